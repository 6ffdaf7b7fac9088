"""The lines of the collapse, and the parts of them that are spoken of."""

from __future__ import annotations

from manim import VGroup, VMobject
from sympy import evaluate

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.nodes import Partial, SumNot
from softmax_explained.core.formulas.symbols import C, a, i, j, sum_over, y, z
from softmax_explained.stage import AlgebraSheet, Formula, Region, point, style

COLLAPSE = DERIVATIONS["collapse"].equations
# From the chain rule to the two terms that are left, the expanded one first; then the completed sum
PRODUCTS = [COLLAPSE[n] for n in (0, 1, 3, 4, 5, 6, 7)]
CHAIN, FIRST_LINK, BOTH_LINKS, SIGNS, OTHERS_DONE, OWN_DONE, EXPANDED = range(len(PRODUCTS))
SUMMAND = PRODUCTS[FIRST_LINK].rhs.function  # with the brackets round the first link
COMPLETED, FACTORED, TIMES_ONE, RESULT = COLLAPSE[8], COLLAPSE[9], COLLAPSE[10], COLLAPSE[11]
TARGETS_ARE_ONE = IDENTITIES["targets_sum_to_one"].relation

# Manim units between two lines: in a landscape frame the split sum has room below the one it splits
APART = 0.3
BELOW = 0.15  # Manim units from a part of a line down to the bracket under it

with evaluate(False):
    SLOPE, SECOND = Partial(C, a[j]), Partial(a[j], z[i])
    PIECE, TOGETHER, TARGET_TIMES_SHARE = y[i] * a[i], sum_over(y[j], j), y[j] * a[i]


def sum_term(line: Formula) -> VGroup:
    """The glyphs of the sum over the other paths."""
    (node,) = [node for node in line.nodes if node.kind == "expr" and isinstance(node.expr, SumNot)]
    return line.glyphs(node)


def own_term(line: Formula) -> VGroup:
    """The glyphs of the terms of the right-hand side before the sum over the other paths."""
    right = line.nodes[line.nodes[0].children[-1]]
    children = [line.nodes[child] for child in right.children]
    sums = [n for n, node in enumerate(children) if node.kind == "expr" and node.expr.atoms(SumNot)]
    before = [node for node in children[: sums[0]] if not (node.kind == "op" and node.expr == "+")]
    return VGroup(*[glyph for node in before for glyph in line.glyphs(node)])


def bracket_under(part: VMobject) -> VMobject:
    """A square bracket under a part of a line, as wide as it."""
    left, right = float(part.get_left()[0]), float(part.get_right()[0])
    y = float(part.get_bottom()[1]) - BELOW
    corners = point(left, y + 0.1), point(left, y), point(right, y), point(right, y + 0.1)
    bracket = VMobject().set_points_as_corners(list(corners))
    return bracket.set_stroke(style().colour("ink"), style().stroke("line"))


def product_sheet(region: Region) -> AlgebraSheet:
    """The sheet from the chain rule to the expanded line."""
    return AlgebraSheet(PRODUCTS, region, apart=APART)
