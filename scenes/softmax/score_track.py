"""The scores as dots on a number line that can be moved, one of them or all together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Self

import numpy as np
from manim import RIGHT, UP, Arrow, Dot, Mobject, VGroup
from numpy.typing import NDArray

from softmax_explained.core import Solution
from softmax_explained.core.formulas.nodes import Word
from softmax_explained.core.formulas.symbols import c
from softmax_explained.scenes.pictures.score_line import broken
from softmax_explained.stage import Formula, Readout, Region, Words, point, span, style
from softmax_explained.stage.animations.show_numbers import ShowNumbers
from softmax_explained.stage.shapes.annotations import tipped
from softmax_explained.stage.shapes.members import members
from softmax_explained.stage.text.text import TypesetText, component

RADIUS = 0.14  # of a dot in Manim units, with the rim that keeps dots apart that are close
EDGE = 0.5  # Manim units from the ends of the line to the outermost places of a dot
DEPTH = 8.0  # scores farther below the largest are left of a break of the line
NEAR = 1.0  # a score that is no farther than this below the others is not left of the break
END = 0.2  # Manim units from the left end of the line to the scores left of the break
BREAK = 0.75  # Manim units from those to the scores right of the break, when all are lifted
BETWEEN = 0.26  # Manim units between a name, which may be a digit, and its number
APART = 0.22  # least Manim units between two labels
NARROWEST = 0.3  # a gap between two dots that is bracketed, in Manim units
UNDER = 0.24  # Manim units from the line down to the arrows
FEW = 5  # up to this many dots each have an arrow
SHORTEST = 0.3  # Manim units: shorter arrows cannot be told from dashes
SHARED, CLEAR = 0.8, 0.3  # Manim units: length of the arrow for all dots, and down to it and its letter

Scores = NDArray[np.float64]


class ScoreTrack(VGroup):
    """A number line with a dot for each score and its name and number over it.

    The line is broken before scores farther below the others than can be seen in e^z, which are at its left
    end. The label of the focus class is always written, and those of others that never come near it nor
    another one.

    Args:
        solution: whose scores they are.
        names: K names.
        region: of the line and its labels.
        start: (K,) the scores from which the focus class is raised.
        raised: where its score goes then.
        lift: how far all scores will be moved.

    Attributes:
        axis: the line.
        gap: the mark where it is broken, which cannot be seen while it is not.
        dots: K dots.
        labels: name and number by class, as far as they are written.
    """

    def __init__(
        self,
        solution: Solution,
        names: Sequence[Words],
        region: Region,
        *,
        start: Scores,
        raised: float,
        lift: float,
    ) -> None:
        self._solution = solution
        z, rest = solution.z, float(np.max(solution.z)) + lift
        is_there = bool(np.array_equal(start, z))
        self._windows = _window(z, max(rest, raised) if is_there else rest), _window(start, raised)
        self._region, self.y, self._lift = region, region.bottom + 0.48, lift
        ends = point(region.left, self.y), point(region.right, self.y)
        self.axis = tipped(*ends, colour="quiet", width="line", tip=0.2, stroke_ratio=20)
        self.gap = broken(0, self.y) if any(window[2] for window in self._windows) else VGroup()
        self.dots = VGroup(*[_rimmed_dot() for _ in z])
        self._numbers = [Readout(solution[f"z[{k}]"], size="body", colour="z") for k in range(solution.K)]
        for name, number in zip(names, self._numbers, strict=True):
            name.fit_width(region.width - BETWEEN - number.width, lines=1)
        everything = [VGroup(*each) for each in zip(names, self._numbers, strict=True)]
        self.labels = dict(enumerate(everything))
        order = sorted(range(solution.K), key=lambda k: (k != solution.i, k != solution.t, -float(z[k])))
        kept = list[int]()
        for k in order:
            if all(self._clear(k, other, start, raised) for other in kept):
                kept.append(k)
        self.zoom(0.0).draw(z)
        self.labels = {k: everything[k] for k in sorted(kept)}
        super().__init__(self.axis, self.gap, self.dots, *self.labels.values())

    def x(self, score: float) -> float:
        """The x of a score right of the break."""
        return self._start + max(0.0, score - self._low) * self._unit

    def zoom(self, part: float) -> Self:
        """Show the range of the solution's scores, that from which one is raised, or one between them."""
        low, high, self._broken = (
            here + part * (there - here) for here, there in zip(*self._windows, strict=True)
        )
        self._end = self._region.left + EDGE + self._broken * (END - EDGE)
        width = self._region.right - EDGE - self._end - self._broken * BREAK
        self._low, self._unit = low, width / (high - low + self._broken * self._lift)
        self._start = self._end + self._broken * (BREAK + self._lift * self._unit)
        return self

    def draw(self, z: Scores) -> Self:
        """Move the dots to other scores, with their labels."""
        for k, score in enumerate(z):
            self.dots[k].move_to(point(self._place(k, float(score)), self.y))
            if k in self.labels:
                self._write(k)
        self.gap.move_to(point(self._start - BREAK / 2, self.y)).set_opacity(self._broken)
        return self

    def follow(self, z: Callable[[], Scores], *, zoom: Callable[[], float]) -> Self:
        """Show the scores `z()` at the range `zoom()` in every frame until `settle`."""
        for k in self.labels:
            self._numbers[k].follow(component(z, k))
        return self.add_updater(lambda _: self.zoom(zoom()).draw(z()))

    def show_labels(self, shown: bool) -> list[ShowNumbers]:
        """Hide the labels, or show them again, where not every score has one: some alone give no shares."""
        if len(self.labels) == len(self.dots):
            return []
        parts = [part for label in self.labels.values() for part in members(label, TypesetText)]
        return [ShowNumbers(parts, shown=shown)]

    def settle(self) -> Self:
        """Stop following and show the scores exactly."""
        self.clear_updaters(recursive=False)
        for k in self.labels:
            self._numbers[k].settle()
        self.zoom(0.0)
        return self.draw(self._solution.z)

    def lifts(self, *, beside: Mobject) -> VGroup:
        """An arrow under each dot as long as all are moved, and the letter of that length once.

        Where the arrows would be many, short, or in one another's way, or the letter over something below,
        there is one arrow for all dots, with a plus sign at its letter.

        Args:
            beside: what stands below the line; the arrow for all is left of it.
        """
        length, y = self._lift * self._unit, self.y - UNDER
        places = sorted(float(dot.get_x()) for dot in self.dots)
        letter, left = Formula(c).set_fill(style().colour("z")), float(beside.get_left()[0])
        apart = all(right - left > length + 0.1 for left, right in pairwise(places))
        if len(places) <= FEW and length > SHORTEST and apart:
            arrows = [_arrow(x, y, length) for x in places]
            letter.next_to(arrows[-1], RIGHT, buff=0.15)
            if letter.get_left()[0] > beside.get_right()[0] or letter.get_right()[0] < left:
                return VGroup(*arrows, letter)
        sign = Formula(Word("+")).set_fill(style().colour("z"))
        shared = _arrow(0.0, y, SHARED, width="thick")
        sign.next_to(shared, RIGHT, buff=0.15)
        letter.next_to(sign, RIGHT, buff=0.08).stand_on(sign.baseline)
        together = VGroup(shared, sign, letter).set_x((self._region.left + left) / 2)
        return VGroup(together.shift((self.y - CLEAR - together.get_top()[1]) * UP))

    def differences(self) -> VGroup:
        """A measure between each two neighbouring dots that are far enough apart, under the line.

        There is none across the break, which leaves out a part of the distance.
        """
        places = sorted(float(dot.get_x()) for dot in self.dots)
        marks = VGroup()
        for left, right in pairwise(places):
            if right - left > NARROWEST and not left < self._start - BREAK / 2 < right:
                marks.add(span(left, right, self.y, colour="z"))
        return marks

    def _place(self, k: int, score: float) -> float:
        """The x of a score of class `k`; left of the break it shows only how far the score is lifted."""
        lifted = min(max(0.0, score - float(self._solution.z[k])), self._lift)
        ends = self._end + lifted * self._unit, self.x(score)
        return float(np.interp(score, (self._low - NEAR + self._lift, self._low), ends))

    def _write(self, k: int) -> None:
        """Put a name and its number beside each other over a dot."""
        foot = self.y + 0.32
        name, number = self.labels[k]
        whole = self._breadth(k)
        left = self._middle(k, float(self.dots[k].get_x())) - whole / 2
        name.set_x(left + name.width / 2).stand_on(foot)
        number.set_x(left + whole - number.width / 2).stand_on(foot)

    def _breadth(self, k: int) -> float:
        """The width of a label in Manim units."""
        name, number = self.labels[k]
        return float(name.width + BETWEEN + number.width)

    def _middle(self, k: int, x: float) -> float:
        """The x of the middle of a label over a place, clear of the ends of the region."""
        half = self._breadth(k) / 2
        return max(self._region.left + half, min(self._region.right - half, x))

    def _clear(self, k: int, other: int, start: Scores, raised: float) -> bool:
        """Whether a label is apart from another one, at rest and while the focus class is raised."""
        room = (self._breadth(k) + self._breadth(other)) / 2 + APART
        for part, scores in enumerate((self._solution.z, start)):
            here, there = (self._middle(n, self.zoom(part)._place(n, float(scores[n]))) for n in (k, other))
            end = self._middle(other, self.x(raised))
            ends = [there, end] if other == self._solution.i else [there]
            if min(ends) - room < here < max(ends) + room:
                return False
        return True


def _rimmed_dot() -> Dot:
    """A dot with a rim in the colour of the ground."""
    dot = Dot(radius=RADIUS, color=style().colour("z"))
    return dot.set_stroke(style().colour("ground"), style().stroke("line"))


def _arrow(x: float, y: float, length: float, *, width: str = "line") -> Arrow:
    """An arrow to the right."""
    return tipped(point(x, y), point(x + length, y), colour="z", width=width, tip=0.18)


def _window(z: Scores, highest: float) -> tuple[float, float, float]:
    """The range of scores that a line shows right of its break, and 1 if scores are left of it, else 0."""
    high = max(highest, float(z.max()))
    low = min(max(float(z.min()), high - DEPTH), high - 2.0)
    for score in sorted(map(float, z), reverse=True):
        if low - NEAR < score < low:
            low = score
    return low, high, float(z.min() < low)
