"""Lengths as horizontal bars from a common start, and laid end to end as a strip as long as their sum."""

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
from manim import RIGHT, AnimationGroup, FadeIn, FadeOut, LaggedStart, Line, Transform, ValueTracker, VGroup
from manim.utils.rate_functions import linear, smooth, squish_rate_func
from numpy.typing import NDArray

from softmax_explained.stage import Box, Readout, Region, Strip, Words, point, span, style
from softmax_explained.stage.charts.segment_labels import SegmentLabels, fit_over
from softmax_explained.stage.text.label_layout import beside_rows, column_width

Points = NDArray[np.float64]

PITCH = 1.3  # maximum distance between two lengths in Manim units
SPACE = 0.22  # Manim units between a length and its name or number
WIDEST_NAMES = 0.4  # maximum fraction of the width for names
TALLEST = 0.8  # maximum em of a number as a fraction of its row
HEIGHT = 0.85  # of the strip, in Manim units
LEAVING = squish_rate_func(smooth, 0.0, 0.3)
ARRIVING = squish_rate_func(smooth, 0.7, 1.0)  # labels reappear when their bar has arrived


class Lengths(VGroup):
    """K bars from a common start, each with its name before it and its number after it.

    The longest bar is at most `longest` Manim units long, and `unit` is the scale, in Manim units per length
    of 1. The `readouts` shrink in low rows; where not all names fit, only the `priority` classes are named.
    """

    def __init__(
        self,
        values: NDArray[np.float64],
        region: Region,
        *,
        names: Sequence[Words],
        readouts: Sequence[Readout],
        longest: float,
        priority: Collection[int],
    ) -> None:
        K = len(values)
        pitch = min(PITCH, region.height / K)
        for readout in readouts:
            readout.scale(min(1.0, TALLEST * pitch / readout.em, 0.3 * region.width / readout.width))
            readout.scale(max(1.0, style().size("least") / readout.em))
        number = max(readout.width for readout in readouts)
        most = WIDEST_NAMES * region.width
        left = region.left + column_width(names, most) + SPACE
        self.longest = min(longest, region.right - left - number - SPACE)
        self.unit = self.longest / float(np.max(values))
        before = Region(region.left, region.y - pitch * K / 2, left - SPACE, region.y + pitch * K / 2)
        rows = before.rows(*[1] * K)
        self.written = beside_rows(names, rows, priority=priority)
        self.names, self.readouts = VGroup(*self.written.values()), VGroup(*readouts)
        self.bars = VGroup()
        for value, row, readout in zip(values, rows, readouts, strict=True):
            half = 0.28 * pitch
            bar = Box(left, row.y - half, left + self.unit * float(value), row.y + half, colour="ink")
            self.bars.add(bar)
            readout.next_to(bar, RIGHT, buff=SPACE)
        self.start = Line(point(left, rows[-1].bottom), point(left, rows[0].top))
        self.start.set_stroke(style().colour("quiet"), style().stroke("thin"))
        super().__init__(self.start, self.bars, self.names, self.readouts)


def sideways_first(start: Points, end: Points, alpha: float) -> Points:
    """A path for ``Transform``: below its place first, then up, so that pieces do not cross."""
    across, up = smooth(min(1.0, alpha / 0.7)), smooth(max(0.0, (alpha - 0.4) / 0.6))
    return np.asarray(start + (end - start) * np.array([across, up, 0.0]))


class UnnormalisedStrip(Strip):
    """A strip of length S over a region's width, below its total, with labels to be shown when needed."""

    def __init__(
        self,
        lengths: NDArray[np.float64],
        region: Region,
        *,
        names: Sequence[Words],
        values: Sequence[Readout],
        total: Readout,
        lines: int,
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
        arriving = [each.labels[k] for each in (self.names, self.values) if each.labels[k] in each]
        leaving = [pieces.written[k]] if k in pieces.written else []
        return AnimationGroup(
            Transform(pieces.bars[k], self[k].copy(), path_func=sideways_first, rate_func=linear),
            *[FadeOut(label, rate_func=LEAVING) for label in (*leaving, pieces.readouts[k])],
            *[FadeIn(label, rate_func=ARRIVING) for label in arriving],
        )
