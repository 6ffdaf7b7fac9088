"""The loss as a gap on a number line: from the true score, or the targets' average score, up to ln S."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from manim import (
    DOWN,
    RIGHT,
    UP,
    Animation,
    Create,
    Dot,
    FadeIn,
    FadeOut,
    GrowFromPoint,
    Line,
    Transform,
    VGroup,
)
from sympy import Expr, Symbol, evaluate, log

from softmax_explained.core.formulas.symbols import C, S, a, i, j, sum_over, y, z
from softmax_explained.stage import Chapter, Formula, Readout, Region, line, point, style
from softmax_explained.stage.design.rate_functions import early
from softmax_explained.stage.text.label_layout import spread
from softmax_explained.stage.text.text import TypesetText

LEFT, RIGHT_END = 0.9, 1.5  # Manim units of the line that stay free at the left and the right
LABELS, GAP, FOOT = 0.55, 1.08, 0.1  # Manim units from the line: down to labels, up to the gap; of its ends
OVER_GAP = 0.9  # Manim units from the gap up to the top of what is written over it
STEP = 0.9  # Manim units of the nudge dz as it is drawn
HIGHER = 0.66  # Manim units from the line up to dz, so that it stands over a_i dz where both are close
SEEN = 0.06  # Manim units below which a step cannot be seen and is not drawn
LABELLED = 5  # up to this many classes every dot has a label
LEAST_GAP = 0.1  # Manim units: a gap is not drawn shorter than this
RADIUS = 0.13  # of a dot
BETWEEN = 0.3  # Manim units between two labels
LOG, MEAN = -1, -2  # the labels that are no class

DZ = Symbol("dz")
with evaluate(False):
    LOG_S, AVERAGE = log(S), sum_over(y[j] * z[j], j)
    CHANGE = C + (a[i] - y[i]) * DZ
    RISE_OF_LOG, RISE_OF_AVERAGE = a[i] * DZ, y[i] * DZ


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
        labels: below the line; of t and i only where there are many classes.
        mark: of ln S.
        lower: the mark of the lower end, where that is not a score; empty for one-hot targets.
        gap: the bracket, with the loss above it.
    """

    def __init__(self, chapter: Chapter, region: Region) -> None:
        sol = chapter.solution
        self._solution, self._region = sol, region
        low, high = (float(sol[key].value * 10.0 ** sol[key].exponent) for key in ("yz", "lse"))
        self._origin = min(float(np.min(sol.z)), low)
        self._unit = (region.width - LEFT - RIGHT_END) / max(high - self._origin, 1e-9)
        self.top_x = self.x(high)
        self.bottom_x = min(self.x(low), self.top_x - LEAST_GAP)
        blocks = self._fitting(chapter)
        below = LABELS + max(float(block.height) for block in blocks.values())
        self.y = region.bottom + below + max(0.0, region.height - below - GAP - OVER_GAP) / 2
        self.axis = line(point(region.left, self.y), point(region.right, self.y), width="line")
        self.dots = VGroup(*[Dot(point(self.x(z), self.y), radius=RADIUS) for z in sol.z])
        self.dots.set_color(style().colour("z"))
        self.mark = self._tick(self.top_x, "ink")
        self.lower = self._tick(self.bottom_x, "y") if sol.is_soft else VGroup()
        self.labels = self._labels(blocks)
        self.gap, self.loss = self._gap(chapter)
        super().__init__(self.axis, self.dots, self.labels, self.mark, self.lower)

    def x(self, value: float) -> float:
        """The x of a score."""
        return self._region.left + LEFT + (value - self._origin) * self._unit

    def grow(self) -> list[Animation]:
        """The animations that show the gap with its number."""
        return [GrowFromPoint(self.gap, point(self.bottom_x, self._gap_y)), FadeIn(self.loss)]

    def rise(self) -> list[Animation]:
        """The animations of a nudge of z_i: both ends move, to first order, and leave their ways behind."""
        sol = self._solution
        share, target = float(sol.a[sol.i]), float(sol.lesson.targets[sol.i])
        dot = self.dots[sol.i]
        ends = (self.bottom_x, target, "y", RISE_OF_AVERAGE), (self.top_x, share, "a", RISE_OF_LOG)
        ways = [self._way(*end) for end in ends if end[1] * STEP >= SEEN]
        labels = {n: label for n, (_, label) in enumerate(ways)}
        places = {n: float(label.get_x()) for n, label in labels.items()}
        spread(labels, places, self._region.left, self._region.right, gap=BETWEEN)
        moves: list[Animation] = [Transform(dot, dot.copy().shift(point(STEP)))]
        for way, label in (self._way(float(dot.get_x()), 1.0, "z", DZ, high=HIGHER), *ways):
            moves += [Create(way), FadeIn(label)]
        moved = Transform(self.mark, self.mark.copy().shift(point(share * STEP)))
        if self.lower:
            moves.append(Transform(self.lower, self.lower.copy().shift(point(target * STEP))))
        bracket = self._bracket(self.bottom_x + target * STEP, self.top_x + share * STEP)
        return [*moves, moved, Transform(self.gap, bracket), FadeOut(self.loss, rate_func=early)]

    def change(self) -> list[Animation]:
        """The animations that name by how much the gap has changed."""
        return [FadeIn(self._inside(Formula(CHANGE, size="least_formula").next_to(self.gap, UP, buff=0.16)))]

    def _way(
        self, start: float, part: float, colour: str, letter: Expr, high: float = 0.16
    ) -> tuple[Line, Formula]:
        """A step from x = `start` along the line, `part` as long as the nudge, and its letter above it."""
        end = start + part * STEP
        way = line(point(start, self.y), point(end, self.y), colour=colour, width="thick")
        size = "label" if letter is DZ else "least_formula"
        label = Formula(letter, size=size).next_to(way, UP, buff=high)
        return way, self._inside(label)

    @property
    def _gap_y(self) -> float:
        return self.y + GAP

    def _gap(self, chapter: Chapter) -> tuple[VGroup, VGroup]:
        bracket = self._bracket(self.bottom_x, self.top_x)
        letter = Formula(C, size="formula")
        number = Readout(chapter.quantity("C_lse"), colour="C")
        number.next_to(letter, RIGHT, buff=0.3).stand_on(letter.baseline)
        return bracket, self._inside(VGroup(letter, number).next_to(bracket, UP, buff=0.16))

    def _inside(self, label: Any) -> Any:
        """Move a label to the left if it reaches beyond the region."""
        beyond = float(label.get_right()[0]) - self._region.right
        return label.shift(point(-max(0.0, beyond)))

    def _bracket(self, left: float, right: float) -> VGroup:
        bar = Line(point(left, self._gap_y), point(right, self._gap_y))
        ends = [Line(point(x, self._gap_y - FOOT), point(x, self._gap_y + FOOT)) for x in (left, right)]
        return VGroup(bar, *ends).set_stroke(style().colour("C"), style().stroke("thick"))

    def _tick(self, x: float, colour: str) -> VGroup:
        return VGroup(line(point(x, self.y - 0.2), point(x, self.y + 0.2), colour=colour, width="thick"))

    def _fitting(self, chapter: Chapter) -> dict[int, VGroup]:
        """The labels for which there is room: of all classes, or of t and i only.

        In a low region the average score has no formula over its number, only the colour of the targets.
        """
        sol = chapter.solution
        blocks = self._blocks(chapter, range(sol.K)) if sol.K <= LABELLED else {}
        if not blocks or _width(blocks) > self._region.width:
            blocks = self._blocks(chapter, {sol.t, sol.i})
        room = self._region.height - LABELS - GAP - OVER_GAP
        if MEAN in blocks and blocks[MEAN].height > room:
            blocks[MEAN].remove(blocks[MEAN][0])
        return blocks

    def _labels(self, blocks: dict[int, VGroup]) -> VGroup:
        """Below the line: names with their scores, ln S, and the average score where the targets are soft."""
        sol = self._solution
        places = {LOG: self.top_x, MEAN: self.bottom_x}
        places |= {k: self.x(float(sol.z[k])) for k in range(sol.K)}
        spread(blocks, places, self._region.left, self._region.right, gap=BETWEEN)
        group = VGroup()
        for k, block in blocks.items():
            block.align_to(point(0, self.y - LABELS), UP)
            foot, head = point(places[k], self.y - 0.24), point(float(block.get_x()), self.y - 0.47)
            group.add(VGroup(line(foot, head), block))
        return group

    def _blocks(self, chapter: Chapter, classes: Iterable[int]) -> dict[int, VGroup]:
        """A label for some classes, for ln S and for the average score, in the order of the line."""
        sol = chapter.solution
        at = {k: float(sol.z[k]) for k in classes} | {LOG: float("inf")}
        if sol.is_soft:
            at[MEAN] = self._origin + (self.bottom_x - self._region.left - LEFT) / self._unit
        room = self._region.width / len(at) - BETWEEN
        blocks = {}
        for k in sorted(at, key=lambda k: (at[k], k)):
            head, key = self._head(chapter, k, room)
            number = Readout(chapter.quantity(key), size="label", colour={LOG: "ink", MEAN: "y"}.get(k, "z"))
            blocks[k] = VGroup(head, number.next_to(head, DOWN, buff=0.16))
        return blocks

    def _head(self, chapter: Chapter, k: int, room: float) -> tuple[TypesetText, str]:
        """What is written over the number of a label, and the key of the number."""
        if k == LOG:
            return Formula(LOG_S), "lse"
        if k == MEAN:
            return Formula(AVERAGE, size="least_formula"), "yz"
        return chapter.class_name(k, size="body").fit_width(room, lines=1), f"z[{k}]"


def _width(blocks: dict[int, VGroup]) -> float:
    """The width that labels need side by side."""
    return sum(float(block.width) + BETWEEN for block in blocks.values())
