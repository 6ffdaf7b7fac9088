"""The loss term by term: a row for each class, a line under them, and the sum."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from manim import DOWN, LEFT, RIGHT, Animation, Create, Dot, FadeIn, FadeOut, LaggedStart, Transform, VGroup
from sympy import Eq, evaluate, log

from softmax_explained.core import Solution
from softmax_explained.core.formulas.nodes import Approx
from softmax_explained.core.formulas.symbols import DEFINITIONS, a
from softmax_explained.stage import Formula, Point, Region, Words, equals, line, point, style
from softmax_explained.stage.design.rate_functions import early, late

MOST, PITCH = 5, 1.0  # most rows; greatest distance between two of them in Manim units
LEAST = 0.62  # least distance between two rows in Manim units
LETTERS = 0.75  # height of the letters of a row above the next, in ems
SUM = 1.5  # height in Manim units of the line under the rows and the sum below it
NAMES = 1.7  # greatest width of the names before the rows in Manim units
GAP = 0.35  # Manim units between a name and its row, and between the rows and the line under them
DOT, RADIUS = 0.09, 0.028  # Manim units between the dots that stand for rows left out, and their radius


class LossRows(VGroup):
    """A row −y_k ln a_k per class with its target as a number, a line, and C = −Σ_k y_k ln a_k below it.

    Where not all rows fit, those of the true class, the focus class, the first and the last are written, as
    far as they fit, and dots stand for the others.

    Args:
        solution: the shares and targets.
        names: K names; written before the rows where there is room for all.
        region: of everything.

    Attributes:
        rows: the rows by class.
        names: the names by class, as far as they are written.
        dots: for the rows that are left out.
        rule: the line.
        total: the sum.
    """

    def __init__(self, solution: Solution, names: Sequence[Words], region: Region) -> None:
        self._solution = solution
        self.total = Formula(DEFINITIONS["C"]).fit_width(region.width)
        under = max(SUM, self.total.height + 2 * GAP)
        classes = self._classes(int((region.height - under) / LEAST))
        self.rows = {k: Formula(self._written(k)) for k in classes}
        self._worked = {k: Formula(self._number(k)) for k in classes}
        widest = max(row.width for row in self._worked.values())
        room = min(NAMES, region.width - widest - GAP)
        longest = max(names[k].width for k in classes)
        before = longest if longest <= room else 0.0
        scale = min(1.0, region.width / widest)
        pitch = min(PITCH, (region.height - under) / len(classes))
        high = pitch * len(classes) + under
        top = region.y + high / 2
        wide = min(region.width, widest * scale + (before + GAP if before else 0.0))
        left = region.x - wide / 2
        self.names: dict[int, Words] = {}
        for n, k in enumerate(classes):
            y, x = top - (n + 0.5) * pitch, left
            if before:
                name = names[k].fit_width(before, lines=1)
                self.names[k] = name.align_to(point(left), LEFT).centre_on(y)
                x += before + GAP
            for row in (self.rows[k], self._worked[k]):
                row.scale(scale).align_to(point(x), LEFT).stand_on(y - 0.27 * row.em)
        self.dots = self._dots(classes, region.right)
        y = top - pitch * len(classes) - 0.1
        self.rule = line(point(left, y), point(left + wide, y), colour="ink")
        self.total.move_to(point(left + wide / 2, y - under / 2))
        self.total.shift(max(0.0, region.left - self.total.get_left()[0]) * -LEFT)
        super().__init__(*self.names.values(), *self.rows.values(), self.dots, self.rule, self.total)

    def weigh(self) -> Animation:
        """Show the rows one after another."""
        shown = [VGroup(*([self.names[k]] if k in self.names else []), row) for k, row in self.rows.items()]
        parts = [*shown, *([self.dots] if len(self.dots) else [])]
        return LaggedStart(*[FadeIn(part, shift=0.3 * -LEFT) for part in parts], lag_ratio=0.3)

    def add_up(self) -> list[Animation]:
        """Draw the line and write the sum below it."""
        return [Create(self.rule), FadeIn(self.total, shift=0.2 * DOWN)]

    def pay(self) -> list[Any]:
        """Dim the rows whose target is 0, and put the numbers into the others."""
        moves: list[Any] = []
        for k, row in self.rows.items():
            if self._solution.lesson.targets[k] > 0:
                continue
            moves.append(Transform(row, row.copy().deemphasise()))
            if k in self.names:
                moves.append(self.names[k].animate.set_fill(opacity=style().dim("quiet")))
        return moves

    @property
    def paying(self) -> list[tuple[Formula, Formula]]:
        """The rows that pay, each with its numbers."""
        targets = self._solution.lesson.targets
        return [(row, self._worked[k]) for k, row in self.rows.items() if targets[k] > 0]

    def work_out(self) -> list[Animation]:
        """Put the share into each row that pays, and write what it pays; weight and logarithm stay."""
        moves = list[Animation]()
        for k, row in self.rows.items():
            if self._solution.lesson.targets[k] > 0:
                letter, worked = row.find(a[k + 1]), self._worked[k]
                gone = [] if worked.matches(a[k + 1]) else letter.submobjects
                moves += [FadeOut(glyph, rate_func=early) for glyph in gone]
                moves.append(FadeIn(VGroup(*worked[len(row) - len(gone) :]), rate_func=late))
        return moves

    def _classes(self, most: int) -> list[int]:
        """The classes whose rows are written, in order."""
        sol = self._solution
        if min(MOST, most) >= sol.K:
            return list(range(sol.K))
        order = dict.fromkeys([sol.t, sol.i, sol.K - 1, 0])
        return sorted([*order][: max(1, min(4, most))])

    def _written(self, k: int) -> Any:
        with evaluate(False):
            return -self._solution[f"y[{k}]"].shown * log(a[k + 1])

    def _number(self, k: int) -> Any:
        """The row with its result; a share that would be written 0.000 keeps its letter.

        A share has a digit more than elsewhere where only with that its digits give those of the result.
        """
        share = self._solution[f"a[{k}]"]
        weight, result = self._solution[f"y[{k}]"].shown, self._solution[f"loss_term[{k}]"]
        with evaluate(False):
            if share.read == 0:
                return Eq(-weight * log(a[k + 1]), result.shown)
            rows = [equals(-weight * log(each.shown), result) for each in (share, share.finer())]
        return next((row for row in rows if not isinstance(row, Approx)), rows[0])

    def _dots(self, classes: Sequence[int], right: float) -> VGroup:
        """Three dots for rows left out: between two rows or, where these are close, behind the first.

        There they are clear of what it will pay; without room for that there are none.
        """
        dots = VGroup()
        for k, following in pairwise(classes):
            if following == k + 1:
                continue
            row, below = self.rows[k], self.rows[following]
            free = row.get_y() - below.get_y() - LETTERS * row.em
            if free >= 4 * DOT:
                place, step = point(row.get_left()[0] + 0.1, (row.get_y() + below.get_y()) / 2), DOT * DOWN
            else:
                pays = self._solution.lesson.targets[k] > 0
                longest = max(row.get_right()[0], self._worked[k].get_right()[0] if pays else -np.inf)
                place, step = point(longest + GAP, row.get_y()), DOT * RIGHT
                if place[0] + DOT > right:
                    continue
            dots.add(*[_dot(place + n * step) for n in (-1, 0, 1)])
        return dots


def _dot(place: Point) -> Any:
    return Dot(place, radius=RADIUS, color=style().colour("ink"))
