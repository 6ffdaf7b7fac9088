"""The exponentials laid end to end: a strip as long as their sum."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import AnimationGroup, FadeIn, FadeOut, LaggedStart, Transform, ValueTracker, VGroup
from manim.utils.rate_functions import linear, smooth, squish_rate_func
from numpy.typing import NDArray

from softmax_explained.scenes.softmax.lengths import Lengths, sideways_first
from softmax_explained.stage import Readout, Region, Strip, Words, point, span
from softmax_explained.stage.charts.segment_labels import SegmentLabels, fit_over

HEIGHT = 0.85  # of the strip, in Manim units
LEAVING = squish_rate_func(smooth, 0.0, 0.3)
ARRIVING = squish_rate_func(smooth, 0.7, 1.0)  # labels reappear when their bar has arrived


class UnnormalisedStrip(Strip):
    """A strip of length S over a region's width, with labels to be shown when needed.

    Args:
        lengths: (K,) the pieces.
        region: the strip fills its width, below the total at its top.
        names: K class names.
        values: K readouts of the pieces.
        total: the readout of their sum.
        lines: maximum number of lines per name.

    Attributes:
        measure: an arrow over the whole length.
    """

    def __init__(
        self,
        lengths: NDArray[np.float64],
        region: Region,
        *,
        names: Sequence[Words],
        values: Sequence[Readout],
        total: Readout,
        lines: int = 1,
    ) -> None:
        measure_y = region.top - 0.7
        unit = region.width / float(lengths.sum())
        y = measure_y - 1.2 - fit_over(names, [unit * float(length) for length in lengths], lines=lines)
        super().__init__(lengths, left=region.left, y=y, unit=unit, height=HEIGHT, colour="ink")
        self.names = SegmentLabels(names, self, y=self.top + 0.24)
        self.values = SegmentLabels(values, self, y=self.y - 0.12)
        self.measure: VGroup = span(self.left, self.right, measure_y)
        self.total = total.move_to(point(region.x)).stand_on(measure_y + 0.22)

    def lay(self, pieces: Lengths, *, counting: bool) -> list[Any]:
        """Lay the pieces end to end; with `counting`, the total counts along until it is settled."""
        count = range(len(self.lengths))
        laying = LaggedStart(*[self._lay(k, pieces) for k in count], lag_ratio=0.5)
        if not counting:
            return [laying]
        laid: Any = ValueTracker(0)
        ends = np.concatenate([[0.0], np.cumsum(self.lengths)])
        self.total.follow(lambda: float(np.interp(laid.get_value(), range(len(ends)), ends)))
        return [laying, laid.animate(run_time=laying.run_time, rate_func=linear).set_value(len(count))]

    def _lay(self, k: int, pieces: Lengths) -> AnimationGroup:
        arriving = [riders.labels[k] for riders in (self.names, self.values) if riders.labels[k] in riders]
        leaving = [pieces.written[k]] if k in pieces.written else []
        return AnimationGroup(
            Transform(pieces.bars[k], self[k].copy(), path_func=sideways_first, rate_func=linear),
            *[FadeOut(label, rate_func=LEAVING) for label in (*leaving, pieces.readouts[k])],
            *[FadeIn(label, rate_func=ARRIVING) for label in arriving],
        )
