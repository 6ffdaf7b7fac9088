"""The sum S as the term of z_i between the other terms: differentiated by z_i, those become 0."""

from __future__ import annotations

from manim import RIGHT, UP, Animation, FadeIn, FadeOut, Transform, VGroup
from sympy import evaluate, exp

from softmax_explained.core import Solution
from softmax_explained.core.formulas.nodes import Dots, Literal, Word
from softmax_explained.core.formulas.symbols import S, derivative, i, z
from softmax_explained.stage import Formula, Region
from softmax_explained.stage.design.rate_functions import early, instead

APART, AROUND = 0.12, 0.23  # Manim units between two parts of the row, and around its equals sign


class SumTerms(VGroup):
    """The terms of S, = ⋯ + e^(z_i) + ⋯, with dots for the terms before and after that of z_i.

    They continue S = …, in the row above or on the left, until ∂S/∂z_i comes before the equals sign.

    The others have no numbers: which number i has is another matter than what the derivative is.

    Args:
        solution: the numbers.
        region: of the row.
    """

    def __init__(self, solution: Solution, region: Region) -> None:
        before, after = solution.i > 0, solution.i < solution.K - 1
        with evaluate(False):
            own = Formula(exp(z[i]))
        others = [Formula(Dots()) for each in (before, after) if each]
        parts = [*others[:before], own, *others[before:]]
        for n in range(len(parts) - 1, 0, -1):
            parts.insert(n, Formula(Word("+")))
        self.derivative, equals = Formula(derivative(S, z[i])), Formula(Word("="))
        super().__init__(self.derivative, equals, *parts)
        terms = VGroup(*parts).arrange(RIGHT, buff=APART)
        VGroup(self.derivative, equals, terms).arrange(RIGHT, buff=AROUND)
        for part in parts:
            part.stand_on(0)
        for dots in others:
            dots.set_y(Formula(Word("+")).stand_on(0).get_y())
        equals.stand_on(0)
        self.derivative.set_y(equals.get_y())  # its bar
        self.scale(min(1.0, region.width / self.width, region.height / self.height)).move_to(region.centre)
        self.remove(self.derivative)
        self._zeros = [(dots, _zero(dots)) for dots in others]
        self._own, self._equals = own, equals

    def align(self, *lines: Formula, x: bool = True, y: bool = False) -> None:
        """Give other lines the same size, and their equals signs the same x or y as here."""
        for each in lines:
            each.scale(min(1.0, self._own.em / each.em))
            away = self._equals.get_center() - each.find("=").get_center()
            each.shift(x * away[0] * RIGHT + y * away[1] * UP)

    def differentiate(self) -> list[Animation]:
        """The animations in which every other term becomes 0, at its place, and the sum the derivative."""
        return [
            FadeIn(self.derivative),
            *[move for term, zero in self._zeros for move in instead(term, zero)],
        ]

    def settle(self) -> None:
        """Take the derivative and the zeros in, once they are there."""
        self.submobjects.insert(0, self.derivative)
        for term, zero in self._zeros:
            self.submobjects[self.submobjects.index(term)] = zero

    def conclude(self, result: Formula) -> list[Animation]:
        """The animations in which the zeros go and the result takes the place of the row."""
        kept = self.derivative, self._equals, self._own
        places = [result.find(part) for part in (self.derivative.expr, "=", self._own.expr)]
        return [
            *[FadeOut(each, rate_func=early) for each in self if each not in kept],
            *[Transform(*pair) for pair in zip(kept, places, strict=True)],
        ]


def _zero(dots: Formula) -> Formula:
    zero = Formula(Literal(0))
    baseline = dots.get_y() - 0.2 * zero.em
    return zero.scale(min(1.0, dots.em / zero.em or 1.0)).move_to(dots).stand_on(baseline)
