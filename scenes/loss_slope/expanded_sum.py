"""The loss with its sum expanded, on as many lines as necessary, and the operator ∂/∂x above a term."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Self

from manim import DOWN, LEFT, UP, Animation, FadeIn, LaggedStart, TransformFromCopy, VGroup
from sympy import Eq, Expr, evaluate, log

from softmax_explained.core.formulas.nodes import Partial
from softmax_explained.core.formulas.symbols import C, a, y
from softmax_explained.stage import Formula, Point, Region

LEADING = 0.35  # maximum distance between two lines in Manim units


class Operator(Formula):
    """A derivative such as ∂/∂a_j (−y_j ln a_j), of which only ∂/∂x, its `sign`, is visible."""

    def __init__(self, expr: Partial) -> None:
        super().__init__(expr)
        inside = {id(glyph) for glyph in fence_of(self).set_opacity(0)}
        self.sign = VGroup(*[glyph for glyph in self if id(glyph) not in inside])

    def stand(self, bottom: Point) -> Self:
        """Move the middle of the lower edge of ∂/∂x to a point."""
        return self.shift(bottom - self.sign.get_bottom())


def fence_of(formula: Formula) -> VGroup:
    """The glyphs of the parentheses of a formula, with their contents."""
    fences = [node for node in formula.nodes if node.kind == "paren"]
    return VGroup(*[glyph for node in fences for glyph in formula.glyphs(node)])


class ExpandedSum(VGroup):
    """C = −y_1 ln a_1 − y_2 ln a_2 − …, every term of it, broken before a minus where a line is full.

    >>> loss = ExpandedSum(3, Region(-6, -1, 6, 1))
    >>> [line.plain for line in loss.lines]
    ['C = −y_1 ln a_1 − y_2 ln a_2 − y_3 ln a_3']
    >>> [line.plain for line in ExpandedSum(3, Region(-3, -1, 3, 1)).lines]
    ['C = −y_1 ln a_1 − y_2 ln a_2', '−y_3 ln a_3']
    """

    def __init__(self, count: int, region: Region) -> None:
        lines = list(_lines(count, region.width))
        self._of = {k: (line, k - ks[0]) for ks, line in lines for k in ks}
        formulas = [line for _, line in lines]
        spare = region.height - sum(line.height for line in formulas)
        leading = min(LEADING, spare / max(1, len(formulas) - 1))
        for above, line in pairwise(formulas):
            line.next_to(above, DOWN, buff=leading).align_to(formulas[0].find("−", 0), LEFT)
        self.lines = [formulas[0].continued_by(*formulas[1:]), *formulas[1:]]
        self.head = VGroup(*formulas[0].find(C), *formulas[0].find("="))
        super().__init__(*formulas)
        region.place(self, UP)

    def term(self, k: int) -> VGroup:
        """The glyphs of term `k`, counted from 0, with its minus."""
        line, nth = self._of[k]
        return VGroup(*line.find("−", nth), *line.find(_term(k)))

    def rest(self, k: int) -> VGroup:
        """The glyphs of all other terms."""
        kept = {id(glyph) for glyph in (*self.head, *self.term(k))}
        return VGroup(*[glyph for line in self for glyph in line if id(glyph) not in kept])

    def come_out_of(self, summand: VGroup) -> list[Animation]:
        """Let the terms emerge one by one from the summand; on several lines they just fade in."""
        terms = [line.find(_term(k)) for k, (line, _) in self._of.items()]
        flying = {id(glyph) for term in terms for glyph in term}
        signs = VGroup(*[glyph for line in self.lines for glyph in line if id(glyph) not in flying])
        flying_in = [
            FadeIn(term) if len(self.lines) > 1 else TransformFromCopy(summand, term) for term in terms
        ]
        return [FadeIn(signs), LaggedStart(*flying_in, lag_ratio=0.5)]


def _lines(count: int, width: float) -> Iterator[tuple[range, Formula]]:
    """The longest lines that fit, each with the 0-based range of its terms."""
    start, indent = 0, 0.0
    while start < count:
        for end in range(count, start, -1):
            line = _line(start, end)
            if line.width + indent <= width or end == start + 1:
                break
        yield range(start, end), line
        indent = indent or float(line.find("−", 0).get_left()[0] - line.get_left()[0])
        start = end


def _line(start: int, end: int) -> Formula:
    with evaluate(False):
        terms: Expr = -_term(start)
        for k in range(start + 1, end):
            terms = terms - _term(k)
        return Formula(terms if start else Eq(C, terms))


def _term(k: int) -> Expr:
    with evaluate(False):
        return y[k + 1] * log(a[k + 1])
