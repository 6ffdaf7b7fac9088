"""The terms of S in a row: differentiated by z_i, each becomes 0 but e^(z_i)."""

from __future__ import annotations

from manim import RIGHT, Animation, VGroup
from sympy import Integer, evaluate, exp

from softmax_explained.core import Solution
from softmax_explained.core.formulas.nodes import Dots, Literal, Word
from softmax_explained.core.formulas.symbols import i, z
from softmax_explained.stage import Formula, Region
from softmax_explained.stage.design.rate_functions import instead

MOST = 3  # terms that are written; between them stand dots


class SumTerms(VGroup):
    """e^(z_1) + e^(z_i) + e^(z_3): K terms, or the first, that of class i and the last, with dots between.

    Attributes:
        terms: the terms by class; that of class i is written with the letter i.
    """

    def __init__(self, solution: Solution, region: Region, y: float) -> None:
        K, focus = solution.K, solution.i
        shown = range(K) if K <= MOST else sorted({0, focus, K - 1})
        with evaluate(False):
            self.terms = {k: Formula(exp(z[i] if k == focus else z[Integer(k + 1)])) for k in shown}
        parts, before = list[Formula](), -1
        for k, term in self.terms.items():
            if k > before + 1:
                parts += [*([Formula(Word("+"))] if parts else []), Formula(Dots())]
            parts += [*([Formula(Word("+"))] if parts else []), term]
            before = k
        if before < K - 1:
            parts += [Formula(Word("+")), Formula(Dots())]
        super().__init__(*parts)
        self.arrange(RIGHT, buff=0.16)
        for part in parts:
            part.stand_on(0)
        middle = (Formula(Word("+")).stand_on(0)).get_y()
        for part in parts:
            if part.expr == Dots():
                part.set_y(middle)
        self.scale(min(1.0, region.width / self.width)).move_to(region.centre).set_y(y)
        others = [term for k, term in self.terms.items() if k != focus]
        self._zeros = [(term, Formula(Literal(0)).move_to(term).stand_on(term.baseline)) for term in others]

    def differentiate(self) -> list[Animation]:
        """The animations in which every term but that of class i becomes 0, at its place."""
        return [move for term, zero in self._zeros for move in instead(term, zero)]

    def settle(self) -> None:
        """Take the zeros in, once they are there."""
        for term, zero in self._zeros:
            self.submobjects[self.submobjects.index(term)] = zero
