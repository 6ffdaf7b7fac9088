"""The scores as dots on a number line that can be moved, one of them or all together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Self

import numpy as np
from manim import RIGHT, Dot, VGroup
from numpy.typing import NDArray

from softmax_explained.core import Solution
from softmax_explained.core.formulas.symbols import c
from softmax_explained.stage import Formula, Readout, Region, Words, point, span, style
from softmax_explained.stage.shapes.annotations import tipped
from softmax_explained.stage.text.text import component

RADIUS = 0.14  # of a dot in Manim units
LABELS = 0.5  # Manim units above and below the line for a line of labels
EDGE = 0.5  # Manim units from the ends of the line to the outermost places of a dot
DEPTH = 8.0  # scores farther below the largest are at the left end of the line
APART = 0.22  # least Manim units between two labels
NARROWEST = 0.3  # a gap between two dots that is bracketed, in Manim units
ARROWS = 0.55  # greatest height of all arrows over the line, in Manim units

Scores = NDArray[np.float64]


class ScoreTrack(VGroup):
    """A number line with a dot for each score; the label of the focus class is above it, the others below.

    Scores farther below the others than can be seen in e^z are at the left end. Where labels would overlap,
    those of the classes that come later in `order` are left out.

    Args:
        solution: whose scores they are.
        names: K names.
        region: of the line and its labels.
        highest: the largest score that a dot will be moved to.
        start: (K,) the scores that it shows first.

    Attributes:
        axis: the line.
        dots: K dots.
        labels: name and number by class, as far as they are written.
    """

    def __init__(
        self,
        solution: Solution,
        names: Sequence[Words],
        region: Region,
        *,
        highest: float,
        start: Scores | None = None,
    ) -> None:
        self._solution = solution
        z = solution.z if start is None else start
        high = max(highest, float(z.max()))
        low = max(float(z.min()), high - DEPTH)
        low = min(low, high - 2.0)
        self._low, self._unit = low, (region.width - 2 * EDGE) / (high - low)
        self._region, self.y = region, region.y
        ends = point(region.left, self.y), point(region.right, self.y)
        self.axis = tipped(*ends, colour="quiet", width="line", tip=0.2, stroke_ratio=20)
        self.dots = VGroup(*[Dot(radius=RADIUS, color=style().colour("z")) for _ in z])
        self._numbers = [Readout(solution[f"z[{k}]"], size="body", colour="z") for k in range(solution.K)]
        everything = [VGroup(*each) for each in zip(names, self._numbers, strict=True)]
        self.labels = dict(enumerate(everything))
        self.draw(z)
        order = sorted(range(solution.K), key=lambda k: (k not in (solution.i, solution.t), -float(z[k])))
        kept = list[int]()
        for k in order:
            if k == solution.i or all(self._clear(k, other) for other in kept if other != solution.i):
                kept.append(k)
        self.labels = {k: everything[k] for k in sorted(kept)}
        super().__init__(self.axis, self.dots, *self.labels.values())

    def x(self, score: float) -> float:
        """The x of a score; the left end for those that are too small to be seen."""
        return self._region.left + EDGE + max(0.0, score - self._low) * self._unit

    def draw(self, z: Scores) -> Self:
        """Move the dots to other scores, with their labels."""
        for k, score in enumerate(z):
            self.dots[k].move_to(point(self.x(float(score)), self.y))
            if k in self.labels:
                above = k == self._solution.i
                self._write(k, self.y + 0.3 if above else self.y - 0.3 - 0.36)
        return self

    def follow(self, z: Callable[[], Scores]) -> Self:
        """Show the scores `z()` in every frame until `settle`."""
        for k in self.labels:
            self._numbers[k].follow(component(z, k))
        return self.add_updater(lambda _: self.draw(z()))

    def settle(self) -> Self:
        """Stop following and show the scores exactly."""
        self.clear_updaters(recursive=False)
        for k in self.labels:
            self._numbers[k].settle()
        return self.draw(self._solution.z)

    def lifts(self, by: float) -> VGroup:
        """An arrow of the same length over each dot, from where it is, and the letter of that length once."""
        step = min(0.16, ARROWS / len(self.dots))
        arrows = VGroup()
        for rank, dot in enumerate(sorted(self.dots, key=lambda each: float(each.get_x()))):
            start = point(float(dot.get_x()), self.y + 0.3 + rank * step)
            end = start + point(by * self._unit)
            arrows.add(tipped(start, end, colour="z", width="line", tip=0.18))
        letter = Formula(c).set_fill(style().colour("z"))
        arrows.add(letter.next_to(arrows[-1], RIGHT, buff=0.15))
        return arrows

    def differences(self) -> VGroup:
        """A measure between each two neighbouring dots that are far enough apart, under the line."""
        places = sorted(float(dot.get_x()) for dot in self.dots)
        marks = VGroup()
        for left, right in pairwise(places):
            if right - left > NARROWEST:
                marks.add(span(left, right, self.y, colour="z"))
        return marks

    def _write(self, k: int, foot: float) -> None:
        """Put a name and its number beside each other over or under a dot."""
        name, number = self.labels[k]
        whole = name.width + 0.14 + number.width
        left = float(self.dots[k].get_x()) - whole / 2
        left = min(max(left, self._region.left), self._region.right - whole)
        name.set_x(left + name.width / 2).stand_on(foot)
        number.set_x(left + whole - number.width / 2).stand_on(foot)

    def _clear(self, k: int, other: int) -> bool:
        """Whether two labels are apart."""
        first, second = self.labels[k], self.labels[other]
        return bool(abs(first.get_x() - second.get_x()) > (first.width + second.width) / 2 + APART)
