"""The loss term by term: beside every class its target, and what it pays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import LEFT, RIGHT, Animation, FadeIn, LaggedStart, Transform
from sympy import evaluate, log

from softmax_explained.core import Solution
from softmax_explained.core.symbols import a, y
from softmax_explained.stage.formula import Formula
from softmax_explained.stage.frame import Region, point
from softmax_explained.stage.leaf import equals, leaf
from softmax_explained.stage.moves.arrive import Arrive
from softmax_explained.stage.pictures.box import Outline
from softmax_explained.stage.style import style
from softmax_explained.stage.type import Words

SYMBOLS_UP_TO = 4
"""With more classes than this the rows are too low for symbols: numbers only."""


class LossTerms:
    """One row a class: its name, its target in a dashed outline, and the term −y ln a it adds to the loss.

    Args:
        solution: where the numbers come from.
        names: K names.
        region: where the rows stand.

    Attributes:
        names: the K names.
        targets: K formulas ``y_k = number``, or the numbers alone.
        outlines: the K outlines around them.
        terms: K formulas, veiled, each with a gap for its target.
    """

    def __init__(self, solution: Solution, names: Sequence[Words], region: Region) -> None:
        self._solution = solution
        self._symbols = solution.K <= SYMBOLS_UP_TO
        self.names = list(names)
        self._weights = [y[k + 1] if self._symbols else leaf(solution[f"y[{k}]"]) for k in range(solution.K)]
        shares = [a[k + 1] if self._symbols else leaf(solution[f"a[{k}]"]) for k in range(solution.K)]
        with evaluate(False):
            self._prices = [log(share) for share in shares]
        self.targets = [self._target(k) for k in range(solution.K)]
        self.terms = [self._term(k).veiled() for k in range(solution.K)]
        left, middle, right = region.columns(2.0, 2.6, 7.4, gap=0.4)
        self.targets_column = middle
        rows = region.rows(*[1] * solution.K)
        for name, target, term, row in zip(self.names, self.targets, self.terms, rows, strict=True):
            name.fit_width(left.width).move_to(point(left.right, row.y), aligned_edge=RIGHT)
            target.move_to(point(middle.x, row.y))
            term.move_to(point(right.left, row.y), aligned_edge=LEFT)
        width = max(target.width for target in self.targets) / 2 + 0.25
        height = min(0.42, 0.38 * rows[0].height)
        self.outlines = [
            Outline(middle.x - width, row.y - height, middle.x + width, row.y + height) for row in rows
        ]

    def name_classes(self) -> list[Animation]:
        """The names appear, one a row."""
        return [FadeIn(name) for name in self.names]

    def set_targets(self) -> Animation:
        """The targets appear in their outlines, row by row."""
        return LaggedStart(*[FadeIn(target) for target in self.targets], lag_ratio=0.3)

    def ask_price(self) -> list[Animation]:
        """Minus ln a appears in every row, with a gap where the target is going to stand."""
        parts = zip(self.terms, self._prices, strict=True)
        return [animation for term, price in parts for animation in term.unveil("−", price)]

    def weigh(self) -> list[Animation]:
        """The targets slide into their terms."""
        return [
            Arrive(target.find(weight), term.find(weight))
            for target, term, weight in zip(self.targets, self.terms, self._weights, strict=True)
        ]

    def pay(self) -> list[Any]:
        """Every row shows what it pays; those without a target pay nothing and are dimmed."""
        moves: list[Any] = []
        for k, target in enumerate(self._solution.lesson.targets):
            shown = self.terms[k].copy().set_opacity(1)
            if not target:
                moves += [self.names[k].animate.set_opacity(style().dim())]
                moves += [self.outlines[k].animate.set_stroke(opacity=style().dim("y"))]
                moves += [Transform(self.targets[k], self.targets[k].copy().quieten())]
                shown.quieten()
            moves.append(Transform(self.terms[k], shown))
        return moves

    def _target(self, k: int) -> Formula:
        target = self._solution[f"y[{k}]"]
        if self._symbols:
            return Formula(equals(y[k + 1], target), size="number")
        return Formula(leaf(target), size="label")

    def _term(self, k: int) -> Formula:
        with evaluate(False):
            written = equals(-self._weights[k] * self._prices[k], self._solution[f"loss_term[{k}]"])
        return Formula(written, size="formula" if self._symbols else "label")
