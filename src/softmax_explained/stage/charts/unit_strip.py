"""The shares as a strip of length 1: letters and numbers on it, names above it, a ruler below it."""

from collections.abc import Callable, Sequence

import numpy as np
from manim import Animation, Transform
from numpy.typing import NDArray
from sympy import Integer

from softmax_explained.core.formulas.symbols import a
from softmax_explained.core.numerics.softmax import softmax
from softmax_explained.stage.charts.segment_labels import SegmentLabels, fit_over
from softmax_explained.stage.charts.strip import QUIET_SEGMENT, Ruler, Strip
from softmax_explained.stage.design.layout import point
from softmax_explained.stage.design.style import style
from softmax_explained.stage.shapes.annotations import line
from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import Readout, Words, component

HEIGHT = 1.05  # of the strip in Manim units: a letter above a number
FLAT = 0.02  # initial height in Manim units of a strip that grows out of another one


class UnitStrip(Strip):
    """A strip of length 1 with labels; each attribute is a mobject of its own, to be shown when needed.

    Args:
        values: K readouts of the shares.
        names: K class names.
        left: x of the left end.
        ruler_y: y of the ruler below the strip.
        unit: length of the strip in Manim units.
        lines: maximum number of lines per name.

    Attributes:
        ruler: from 0 to 1.
        letters: a_1 … a_K, where they fit.
        values: the numbers, where they fit.
        names: the names, where they fit.
        rise: height in Manim units of the names' lines above the last.
    """

    def __init__(
        self,
        values: Sequence[Readout],
        names: Sequence[Words],
        *,
        left: float,
        ruler_y: float,
        unit: float,
        lines: int = 1,
    ) -> None:
        shares = [value.quantity.value for value in values]
        self.rise = fit_over(names, [unit * share for share in shares], lines=lines)
        super().__init__(shares, left=left, y=ruler_y + 0.12 + HEIGHT / 2, unit=unit, height=HEIGHT)
        letters = [Formula(a[Integer(k + 1)]) for k in range(len(shares))]
        for label in (*letters, *values):
            label.set_fill(style().colour("ground"))
        self.ruler = Ruler(left=left, right=left + unit, y=ruler_y)
        self.letters = SegmentLabels(letters, self, y=self.y + 0.08)
        self.values = SegmentLabels(values, self, y=self.bottom + 0.14)
        self.names = SegmentLabels(names, self, y=self.top + 0.28)
        self._labels, self._numbers = (self.letters, self.values, self.names), tuple(values)

    def light(self, *lit: int) -> list[Animation]:
        """Highlight some segments, or all of them if none is given."""
        opacities = [1.0 if not lit or k in lit else QUIET_SEGMENT for k in range(len(self.boxes))]
        pairs = zip(self, opacities, strict=True)
        return [Transform(box, box.copy().set_fill(opacity=opacity)) for box, opacity in pairs]

    def follow_scores(self, z: Callable[[], NDArray[np.float64]]) -> None:
        """Show the shares of the scores `z()`, with all labels, in every frame until `settle`."""
        self.follow(lambda: softmax(z()))
        for k, number in enumerate(self._numbers):
            number.follow(component(lambda: self.lengths, k))
        for labels in self._labels:
            labels.follow()

    def settle(self) -> None:
        """Stop following and show the solution's shares exactly."""
        self.clear_updaters()
        self.draw([number.quantity.value for number in self._numbers])
        for number in self._numbers:
            number.settle()
        for labels in self._labels:
            labels.settle()


def project_strip(longer: Strip, shorter: Strip) -> tuple[list[Transform], list[Transform]]:
    """Let a strip grow out of the lower edge of a longer one, with lines between corresponding ends.

    Returns:
        K + 1 lines, which stay on screen, and K copies, which end exactly where the shorter strip belongs.
    """
    rays = []
    for start, end in zip(_cuts(longer), _cuts(shorter), strict=True):
        top = point(start, longer.bottom)
        ray = line(top, point(start, longer.bottom - FLAT))
        rays.append(Transform(ray, ray.copy().put_start_and_end_on(top, point(end, shorter.top))))
    copies = []
    for (start, end), piece, share in zip(longer.spans, longer, shorter, strict=True):
        edge = piece.copy().reshape(start, longer.bottom - FLAT, end, longer.bottom)
        copies.append(Transform(edge, share.copy()))
    return rays, copies


def _cuts(strip: Strip) -> list[float]:
    """The left ends of the segments, and the right end of the strip."""
    return [*[start for start, _ in strip.spans], strip.right]
