"""The terms of S in a row: differentiated by z_i, each becomes 0 but e^(z_i)."""

from __future__ import annotations

from collections.abc import Sequence

from manim import RIGHT, Animation, VGroup
from sympy import Integer, evaluate, exp

from softmax_explained.core import Solution
from softmax_explained.core.formulas.nodes import Dots, Literal, Word
from softmax_explained.core.formulas.symbols import i, z
from softmax_explained.stage import Formula, Region
from softmax_explained.stage.design.rate_functions import instead

APART = 0.16  # Manim units between two parts of the row
MOST = 3  # terms that are written; dots stand for the others
SMALLEST = 0.95  # scale of the row at least, if it can be written shorter


class SumTerms(VGroup):
    """The terms of S, e^(z_1) + e^(z_i) + e^(z_3), with dots where there are many or little room.

    Args:
        solution: the numbers.
        region: of the row; that of class i is written with the letter i.
    """

    def __init__(self, solution: Solution, region: Region) -> None:
        K, focus = solution.K, solution.i
        ways = [sorted({0, focus, K - 1}), [focus]]
        rows = [_row(shown, focus, K) for shown in ([list(range(K)), *ways] if K <= MOST else ways)]
        parts = next((row for row in rows if SMALLEST * _width(row) <= region.width), rows[-1])
        super().__init__(*parts)
        self.arrange(RIGHT, buff=APART)
        own = _term(focus, focus)
        for part in parts:
            part.stand_on(0)
            if part.expr == Dots():
                part.set_y(Formula(Word("+")).stand_on(0).get_y())
        self.scale(min(1.0, region.width / self.width)).move_to(region.centre)
        others = [part for part in parts if part.expr not in (own.expr, Word("+"))]
        if len(rows) > 1 and len([part for part in parts if part.expr != Dots()]) > 3:
            others = [part for part in others if part.expr != Dots()]
        self._zeros = [(part, _zero(part)) for part in others]

    def differentiate(self) -> list[Animation]:
        """The animations in which every term but that of class i becomes 0, at its place."""
        return [move for term, zero in self._zeros for move in instead(term, zero)]

    def settle(self) -> None:
        """Take the zeros in, once they are there."""
        for term, zero in self._zeros:
            self.submobjects[self.submobjects.index(term)] = zero


def _row(shown: Sequence[int], focus: int, K: int) -> list[Formula]:
    """The terms of some classes, dots for the others, and plus signs between."""
    parts, before = list[Formula](), -1
    for k in (*shown, K):
        if k > before + 1:
            parts += [Formula(Dots())]
        parts += [_term(k, focus)] if k < K else []
        before = k
    signs = [Formula(Word("+")) for _ in parts[1:]]
    return [each for pair in zip(parts, [*signs, None], strict=True) for each in pair if each is not None]


def _term(k: int, focus: int) -> Formula:
    with evaluate(False):
        return Formula(exp(z[i] if k == focus else z[Integer(k + 1)]))


def _zero(term: Formula) -> Formula:
    zero = Formula(Literal(0))
    baseline = term.get_y() - 0.2 * zero.em if term.expr == Dots() else term.baseline
    return zero.scale(min(1.0, term.em / zero.em or 1.0)).move_to(term).stand_on(baseline)


def _width(row: Sequence[Formula]) -> float:
    return sum(float(part.width) for part in row) + APART * (len(row) - 1)
