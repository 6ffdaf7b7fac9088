"""The loss as a gap on a number line: from the true score, or the targets' average score, up to ln S."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from manim import RIGHT, UP, Animation, Create, Dot, FadeIn, FadeOut, GrowFromPoint, Line, Transform, VGroup
from sympy import evaluate

from softmax_explained.core.formulas.nodes import Word
from softmax_explained.core.formulas.symbols import C, a, dz, i, y
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.pictures.score_line import broken
from softmax_explained.scenes.practice.gap_labels import LABELLED, GapLabels
from softmax_explained.scenes.practice.gap_marks import bracket, tick
from softmax_explained.scenes.practice.score_line import ScoreLine
from softmax_explained.stage import Formula, Readout, Region, line, point, style
from softmax_explained.stage.design.rate_functions import early

FREE = 0.6  # Manim units of the line that stay free at the left and the right
GAP = 1.08  # Manim units from the line up to the gap
OVER_GAP = 0.9  # Manim units from the gap up to the top of what is written over it
NUDGE = 0.5  # dz in scores at most: below 1 the nudged score stays below ln S, since −ln a_i ≥ 1 − a_i
SHORT, CLEAR = 0.3, 0.7  # dz is at most this part of the way to ln S, if that is not shorter than 0.3
CLOSEST, PART = 0.25, 0.8  # dz is at most this part of the way to a score that is at least so far above z_i
LEAST_STEPS = 0.6, 1.0  # Manim units of dz, if there is room; with many classes few dots have a label
SEEN = 0.06  # Manim units below which a step cannot be seen and is not drawn
LIFT = 0.2  # Manim units from the line up to the ways of its marks, which leave that of the dot free
LEAST_GAP = 0.1  # Manim units: a gap is not drawn shorter than this
RADIUS = 0.13  # of a dot

with evaluate(False):
    CHANGE = C + (a[i] - y[i]) * dz


class ScoreGap(VGroup):
    """A number line of the scores with the mark ln S; the gap up to that mark is the loss.

    The line has one scale. Where dz would be too short to be seen in it, the line is broken: it keeps the
    places of ln S, of z_i and of the lower end, and leaves out what lies between and below them. Scores that
    are left out have no dot to be seen.

    Where the gap would be too short to be seen, as for a network that is right and sure, it is drawn just
    long enough; its number says how long it is.

    Args:
        chapter: gives numbers and names.
        region: of the line, its labels below and the gap above it.

    Attributes:
        axis: the line.
        breaks: the marks where the line is broken.
        dots: K dots, blue.
        dz: the nudge of z_i that is drawn, in scores.
        labels: of t and i only where there are many classes.
        mark: of ln S.
        lower: the mark of the lower end, where that is not a score; empty for one-hot targets.
        average: that mark with its label, which come with the gap.
        gap: the bracket, with the loss above it.
    """

    def __init__(self, chapter: Chapter, region: Region) -> None:
        sol = chapter.solution
        self._solution, self._region = sol, region
        low, high = (float(sol[key].value * 10.0 ** sol[key].exponent) for key in ("yz", "lse"))
        self.dz = self._nudge()
        step = LEAST_STEPS[sol.K > LABELLED]
        self._line = ScoreLine.around(
            (low, float(sol.z[sol.i]), high), sol.z, self.dz, region.inset(x=FREE), FREE, step
        )
        self.step = self.dz * self._line.unit
        self.top_x = self.x(high)
        self.bottom_x = min(self.x(low), self.top_x - LEAST_GAP)
        ends = self.bottom_x, self.top_x
        self.labels = GapLabels(chapter, self._line, ends, low, region, step=self.step)
        below = self.labels.deep
        self.y = region.bottom + below + max(0.0, region.height - below - GAP - OVER_GAP) / 2
        self.axis = line(point(region.left, self.y), point(region.right, self.y), width="line")
        self.dots = VGroup(*[Dot(point(self.x(z), self.y), radius=RADIUS) for z in sol.z])
        self.dots.set_color(style().colour("z"))
        for value, dot in zip(sol.z, self.dots, strict=True):
            dot.set_opacity(float(self._line.shows(float(value))))
        self.breaks = VGroup(*[broken(x, self.y) for x in self._line.breaks])
        self.mark = tick(self.top_x, self.y, "ink")
        self.lower = tick(self.bottom_x, self.y, "y") if sol.is_soft else VGroup()
        self.labels.stand_at(self.y)
        self.gap, self.loss = self._gap(chapter)
        self.average = VGroup(*self.lower, *self.labels.of_average)
        super().__init__(self.axis, self.breaks, self.dots, *self.labels.of_scores, self.mark)

    def x(self, value: float) -> float:
        """The x of a score."""
        return self._line.x(value)

    def grow(self) -> list[Animation]:
        """The animations that show the gap with its number, and its lower end with its name."""
        lower = [FadeIn(self.average)] if len(self.average) else []
        return [GrowFromPoint(self.gap, point(self.bottom_x, self._gap_y)), FadeIn(self.loss), *lower]

    def rise(self) -> list[Animation]:
        """The animations of a nudge of z_i: both ends move, to first order, and leave their ways behind."""
        sol = self._solution
        share, target = float(sol.a[sol.i]), float(sol.lesson.targets[sol.i])
        dot, step = self.dots[sol.i], self.step
        ways = [self._way(float(dot.get_x()), step, "z")]
        for start, length, colour in (self.bottom_x, target * step, "y"), (self.top_x, share * step, "a"):
            if length >= SEEN:
                ways.append(self._way(start, length, colour, LIFT))
        moves: list[Animation] = [Create(way) for way in ways]
        moves.append(Transform(dot, dot.copy().shift(point(step))))
        moves.append(Transform(self.mark, self.mark.copy().shift(point(share * step))))
        if self.lower:
            moves.append(Transform(self.lower, self.lower.copy().shift(point(target * step))))
        bracket = self._bracket(self.bottom_x + target * step, self.top_x + share * step)
        moves += [Transform(self.gap, bracket), FadeOut(self.loss, rate_func=early)]
        return moves + self.labels.follow()

    def change(self) -> list[Animation]:
        """The animations that name by how much the gap has changed."""
        return [FadeIn(self._inside(Formula(CHANGE, size="least_formula").next_to(self.gap, UP, buff=0.16)))]

    def _way(self, start: float, length: float, colour: str, lift: float = 0.0) -> Line:
        """A step from x = `start` along the line, or some way above it."""
        y = self.y + lift
        return line(point(start, y), point(start + length, y), colour=colour, width="thick")

    def _nudge(self) -> float:
        """How far z_i is moved, in scores: neither up to ln S, where there is room, nor beyond a score."""
        z, i = self._solution.z, self._solution.i
        to_top = CLEAR * (self._solution.lse - float(z[i]))
        above = [PART * float(each - z[i]) for each in z if each - z[i] >= CLOSEST]
        return min([NUDGE, max(SHORT, to_top), *above])

    @property
    def _gap_y(self) -> float:
        return self.y + GAP

    def _gap(self, chapter: Chapter) -> tuple[VGroup, VGroup]:
        bracket = self._bracket(self.bottom_x, self.top_x)
        letter = Formula(C, size="formula")
        sign, number = Formula(Word("="), size="formula"), Readout(chapter.quantity("C_lse"), colour="C")
        for left, right in pairwise((letter, sign, number)):
            right.next_to(left, RIGHT, buff=0.2).stand_on(letter.baseline)
        return bracket, self._inside(VGroup(letter, sign, number).next_to(bracket, UP, buff=0.16))

    def _inside(self, label: Any) -> Any:
        """Move a label to the left if it reaches beyond the region."""
        beyond = float(label.get_right()[0]) - self._region.right
        return label.shift(point(-max(0.0, beyond)))

    def _bracket(self, left: float, right: float) -> VGroup:
        return bracket(left, right, self._gap_y, self._line.breaks)
