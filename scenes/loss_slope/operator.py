"""∂/∂x on its own: it hovers over a line of terms and lands on one of them."""

from __future__ import annotations

from typing import Self

from manim import VGroup

from softmax_explained.core.formulas.nodes import Partial
from softmax_explained.stage.design.layout import Point
from softmax_explained.stage.text.formula import Formula


class Operator(Formula):
    """A derivative of something, of which only the ∂/∂x is seen.

    Args:
        expr: the derivative, such as ∂/∂a_j (−y_j ln a_j).

    Attributes:
        sign: the glyphs of ∂/∂x.
    """

    def __init__(self, expr: Partial) -> None:
        super().__init__(expr)
        inside = {id(glyph) for glyph in fence_of(self).set_opacity(0)}
        self.sign = VGroup(*[glyph for glyph in self if id(glyph) not in inside])

    def stand(self, bottom: Point) -> Self:
        """Stand with the middle of the lower edge of ∂/∂x on a point."""
        return self.shift(bottom - self.sign.get_bottom())


def fence_of(formula: Formula) -> VGroup:
    """The glyphs of the parentheses of a formula, with what they hold."""
    fences = [node for node in formula.nodes if node.kind == "paren"]
    return VGroup(*[glyph for node in fences for glyph in formula.glyphs(node)])
