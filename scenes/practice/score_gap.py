"""The loss as a gap on a number line: from the true score, or the targets' average score, up to ln S."""

from __future__ import annotations

import numpy as np
from manim import DOWN, UP, Animation, Create, Dot, FadeIn, GrowFromPoint, Line, Transform, VGroup
from sympy import Integer, Symbol, evaluate, log

from softmax_explained.core.formulas.symbols import S, a, i, j, sum_over, y, z
from softmax_explained.stage import Chapter, Formula, Readout, Region, line, point, style
from softmax_explained.stage.text.label_layout import spread
from softmax_explained.stage.text.text import TypesetText

MARGIN = 0.12  # the part of the line's width that stays free at each end
STEP = 0.62  # Manim units of the nudge dz as it is drawn
LABELLED = 5  # up to this many classes every dot has a label
LEAST_GAP = 0.1  # Manim units: a gap is not drawn shorter than this
RADIUS = 0.11  # of a dot

with evaluate(False):
    LOG_S, AVERAGE = log(S), sum_over(y[j] * z[j], j)
    RISE_OF_LOG, RISE_OF_AVERAGE = a[i] * Symbol("dz"), y[i] * Symbol("dz")
DZ = Symbol("dz")


class ScoreGap(VGroup):
    """A number line of the scores with the mark ln S; the gap up to that mark is the loss.

    Where the gap would be too short to be seen, as for a network that is right and sure, it is drawn just
    long enough; its number says how long it is.

    Args:
        chapter: gives numbers and names.
        region: of the line, its labels below and the gap above it.

    Attributes:
        axis: the line.
        dots: K dots, blue.
        labels: below the dots; of t and i only where there are many classes.
        mark: of ln S, with its label.
        lower: the mark of the lower end, where that is not a score; empty for one-hot targets.
        gap: the bracket, with the loss above it.
    """

    def __init__(self, chapter: Chapter, region: Region) -> None:
        sol = chapter.solution
        self._solution, self._region = sol, region
        self._low_value = float(sol["yz"].value * 10.0 ** sol["yz"].exponent)
        top_value = float(sol["lse"].value * 10.0 ** sol["lse"].exponent)
        bottom_value = min(float(np.min(sol.z)), self._low_value)
        self._origin, self._unit = bottom_value, (1 - 2 * MARGIN) * region.width / (top_value - bottom_value)
        self.y = region.bottom + 0.45 * region.height
        self.axis = line(point(region.left, self.y), point(region.right, self.y))
        self.dots = VGroup(*[self._dot(self.x(value)) for value in sol.z])
        self.top_x = self.x(top_value)
        self.bottom_x = min(self.x(self._low_value), self.top_x - LEAST_GAP)
        self.mark = self._tick(self.top_x, "ink")
        self.mark_label = Formula(LOG_S).next_to(self.mark, UP, buff=0.12)
        self.lower = VGroup() if not sol.is_soft else self._tick(self.bottom_x, "y")
        self.labels = self._labelled(chapter)
        self.gap, self.loss = self._gap(chapter)
        super().__init__(self.axis, self.dots, self.labels, self.mark, self.mark_label, self.lower)

    def x(self, value: float) -> float:
        """The x of a score."""
        left = self._region.left + MARGIN * self._region.width
        return left + (value - self._origin) * self._unit

    def rise(self, chapter: Chapter) -> list[Animation]:
        """The animations of a nudge of z_i: both ends move, to first order, and leave their ways behind."""
        i_dot, sol = self.dots[chapter.solution.i], self._solution
        share, target = float(sol.a[sol.i]), float(sol.lesson.targets[sol.i])
        step = STEP
        self.step = line(i_dot.get_center(), i_dot.get_center() + point(step), colour="z", width="thick")
        self.upper_way = self._way(self.top_x, share * step, "a", UP)
        self.lower_way = self._way(self.bottom_x, target * step, "y", UP)
        moved = [Transform(i_dot, i_dot.copy().shift(point(step)))]
        moved += [
            Transform(each, each.copy().shift(point(share * step))) for each in (self.mark, self.mark_label)
        ]
        end_left, end_right = self.bottom_x + target * step, self.top_x + share * step
        moved.append(Transform(self.gap, self._bracket(end_left, end_right)))
        return [Create(self.step), *moved, Create(self.upper_way), Create(self.lower_way)]

    def grow(self) -> list[Animation]:
        """The animations that show the gap with its number."""
        return [GrowFromPoint(self.gap, point(self.bottom_x, self._gap_y)), FadeIn(self.loss)]

    @property
    def _gap_y(self) -> float:
        return self.y + 0.2 * self._region.height

    def _gap(self, chapter: Chapter) -> tuple[VGroup, TypesetText]:
        bracket = self._bracket(self.bottom_x, self.top_x)
        number = Readout(chapter.quantity("C_lse"), colour="C")
        letter = Formula(Symbol("C"), size="number")
        label = VGroup(letter, number.next_to(letter, point(1), buff=0.25).stand_on(letter.baseline))
        label.next_to(bracket, UP, buff=0.12)
        label.shift(point(max(0.0, self._region.left - label.get_left()[0])))
        return bracket, label

    def _bracket(self, left: float, right: float) -> VGroup:
        at, foot = self._gap_y, 0.14
        bar = Line(point(left, at), point(right, at))
        ends = [Line(point(x, at - foot), point(x, at + foot)) for x in (left, right)]
        return VGroup(bar, *ends).set_stroke(style().colour("C"), style().stroke("line"))

    def _way(self, start: float, length: float, colour: str, side: np.ndarray) -> Line:
        at = self.y
        return line(point(start, at), point(start + max(length, 1e-3), at), colour=colour, width="thick")

    def _dot(self, x: float) -> Dot:
        return Dot(point(x, self.y), radius=RADIUS, color=style().colour("z"))

    def _tick(self, x: float, colour: str) -> VGroup:
        high = 0.2
        tick = line(point(x, self.y - high), point(x, self.y + high), colour=colour, width="line")
        return VGroup(tick)

    def _labelled(self, chapter: Chapter) -> VGroup:
        """Names under the dots in the order of the line, and z_k with its value under each name."""
        sol = chapter.solution
        shown = range(sol.K) if sol.K <= LABELLED else sorted({sol.t, sol.i})
        order = sorted(shown, key=lambda k: float(sol.z[k]))
        blocks = {}
        room = self._region.width / max(1, len(order)) - 0.2
        for k in order:
            name = chapter.class_name(k).fit_width(room, lines=1)
            with evaluate(False):
                score = Formula(z[Integer(k + 1)], size="label")
            value = Readout(chapter.quantity(f"z[{k}]"), size="label", colour="z")
            value.next_to(score, point(1), buff=0.18).stand_on(score.baseline)
            pair = VGroup(score, value)
            pair.next_to(name, DOWN, buff=0.14)
            blocks[k] = VGroup(name, pair)
        if sol.is_soft:
            average = Formula(AVERAGE, size="label")
            number = Readout(chapter.quantity("yz"), size="label", colour="y")
            blocks[-1] = VGroup(average, number.next_to(average, DOWN, buff=0.1))
            order = sorted([*order, -1], key=lambda k: self._low_value if k < 0 else float(sol.z[k]))
        placed = {k: blocks[k] for k in order}
        places = {k: self.bottom_x if k < 0 else self.x(float(sol.z[k])) for k in order}
        spread(placed, places, self._region.left, self._region.right, gap=0.25)
        group = VGroup()
        for k, block in placed.items():
            block.align_to(point(0, self.y - 0.42), UP)
            foot = point(places[k], self.y - RADIUS - 0.03)
            leader = line(foot, point(float(block.get_x()), float(block.get_top()[1]) + 0.06), colour="track")
            group.add(VGroup(leader, block))
        return group
