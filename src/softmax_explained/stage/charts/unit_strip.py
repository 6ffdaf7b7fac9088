"""The shares as a strip of length 1: letters and numbers on it, names over it, a ruler under it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from manim import Animation, Line, Transform
from numpy.typing import NDArray
from sympy import Integer

from softmax_explained.core.formulas.symbols import a
from softmax_explained.core.numerics.softmax import softmax
from softmax_explained.stage.charts.segment_labels import SegmentLabels, fit_over
from softmax_explained.stage.charts.strip import QUIET_SEGMENT, Ruler, Strip
from softmax_explained.stage.design.layout import point
from softmax_explained.stage.design.style import style
from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import Readout, Words

HEIGHT = 1.05  # of the strip, in Manim's units: room for a letter and a number under each other
FLAT = 0.02  # how high a strip is when it starts to grow out of another one, in Manim's units


class UnitStrip(Strip):
    """A strip of length 1 and what stands around it, each a mobject of its own to be shown when it is due.

    Args:
        values: K readouts of the shares, in the order of the classes.
        names: K class names.
        left: x of the left end.
        ruler_y: y of the ruler; the strip stands on it.
        unit: length of the strip, in Manim's units.
        lines: on how many a name may stand.

    Attributes:
        ruler: from 0 to 1.
        letters: a_1 … a_K, where they fit.
        values: the numbers, where they fit.
        names: the names, where they fit.
        rise: Manim units that names on several lines take above their last line.
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
        self._numbers = tuple(values)

    def light(self, *lit: int) -> list[Animation]:
        """The animations that bring out some segments, or all of them if none is named."""
        return [
            Transform(box, box.copy().set_fill(opacity=1.0 if not lit or k in lit else QUIET_SEGMENT))
            for k, box in enumerate(self)
        ]

    def follow_scores(self, z: Callable[[], NDArray[np.float64]]) -> None:
        """Show the shares of the scores `z()` in every frame until `rest`, with all that rides on them."""
        self.follow(lambda: softmax(z()))
        for k, number in enumerate(self._numbers):
            number.follow(partial(self._length, k))
        for riders in (self.letters, self.values, self.names):
            riders.follow()

    def _length(self, k: int) -> float:
        return float(self.lengths[k])

    def settle(self) -> None:
        """Stop following; the numbers are the lesson's own again, to the last digit."""
        self.clear_updaters()
        self.draw([number.quantity.value for number in self._numbers])
        for number in self._numbers:
            number.settle()
        for riders in (self.letters, self.values, self.names):
            riders.settle()


def project_strip(longer: Strip, shorter: Strip) -> tuple[list[Transform], list[Transform]]:
    """One strip grows out of the lower edge of the other; rays tie their cuts together.

    Returns:
        K + 1 rays, which stay on the screen, and K copies, which end exactly where the shorter strip belongs.
    """
    rays = []
    for start, end in zip(_cuts(longer), _cuts(shorter), strict=True):
        ray = Line(point(start, longer.bottom), point(start, longer.bottom - FLAT))
        ray.set_stroke(style().colour("quiet"), style().stroke("thin"))
        goal = ray.copy().put_start_and_end_on(point(start, longer.bottom), point(end, shorter.top))
        rays.append(Transform(ray, goal))
    copies = []
    for (start, end), piece, share in zip(longer.spans, longer, shorter, strict=True):
        edge = piece.copy().reshape(start, longer.bottom - FLAT, end, longer.bottom)
        copies.append(Transform(edge, share.copy()))
    return rays, copies


def _cuts(strip: Strip) -> list[float]:
    """Where the segments of a strip begin, and where it ends."""
    return [*[start for start, _ in strip.spans], strip.right]
