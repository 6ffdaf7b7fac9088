"""The sum S as the term of z_i between the other terms: differentiated by z_i, those become 0."""

from __future__ import annotations

from manim import RIGHT, Animation, VGroup
from sympy import evaluate, exp

from softmax_explained.core import Solution
from softmax_explained.core.formulas.nodes import Dots, Literal, Word
from softmax_explained.core.formulas.symbols import i, z
from softmax_explained.stage import Formula, Region
from softmax_explained.stage.design.rate_functions import instead

APART = 0.16  # Manim units between two parts of the row


class SumTerms(VGroup):
    """The terms of S, ⋯ + e^(z_i) + ⋯, with dots for the terms before and after that of z_i.

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
        super().__init__(*parts)
        self.arrange(RIGHT, buff=APART)
        for part in parts:
            part.stand_on(0)
        for dots in others:
            dots.set_y(Formula(Word("+")).stand_on(0).get_y())
        self.scale(min(1.0, region.width / self.width)).move_to(region.centre)
        self._zeros = [(dots, _zero(dots)) for dots in others]

    def differentiate(self) -> list[Animation]:
        """The animations in which every other term becomes 0, at its place."""
        return [move for term, zero in self._zeros for move in instead(term, zero)]

    def settle(self) -> None:
        """Take the zeros in, once they are there."""
        for term, zero in self._zeros:
            self.submobjects[self.submobjects.index(term)] = zero


def _zero(dots: Formula) -> Formula:
    zero = Formula(Literal(0))
    baseline = dots.get_y() - 0.2 * zero.em
    return zero.scale(min(1.0, dots.em / zero.em or 1.0)).move_to(dots).stand_on(baseline)
