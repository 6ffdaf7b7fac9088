"""The operator ∂/∂x on its own, to be moved onto a term."""

from typing import Self

from manim import VGroup

from softmax_explained.core.formulas.nodes import Partial
from softmax_explained.stage import Formula, Point


class Operator(Formula):
    """A derivative such as ∂/∂a_j (−y_j ln a_j), of which only ∂/∂x is visible.

    Attributes:
        sign: the glyphs of ∂/∂x.
    """

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
