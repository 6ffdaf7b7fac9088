"""Break a formula that is too wide before an operator, as in print, without typesetting it again.

The glyphs after the break move down and to the left, so parts can still be found, animated and coloured.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Protocol

from manim import DOWN, RIGHT, VGroup, VMobject
from sympy import Add, Pow, exp
from sympy.core.relational import Relational

from softmax_explained.core.formulas.nodes import Approx, Becomes
from softmax_explained.core.printing.boxes import Node

RELATIONS = (Relational, Approx, Becomes)

LEADING, INDENT = 0.35, 1.0  # ems between two lines, and indentation in ems if there is nothing to align with
MOST_LINES = 3

CLEAN = 1e-3  # ems by which neighbouring glyphs may overlap
# Ranks of break points, best first: a second =, a + or − between terms, the only =, inside parentheses
LATER_RELATION, TERM, FIRST_RELATION, INSIDE = 0, 1, 2, 3


class Printed(Protocol):
    """What line breaking needs of a formula: one submobject per glyph, and the expression nodes they draw."""

    submobjects: list[VMobject]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The parts of the formula."""

    @property
    def em(self) -> float:
        """The font size in Manim units."""

    def indices(self, node: Node) -> list[int]:
        """Indices into `submobjects` of a node's glyphs."""

    def glyphs(self, node: Node) -> VGroup:
        """A node's glyphs."""

    def find(self, part: str, nth: int) -> VGroup:
        """The glyphs of the nth occurrence of an operator, counted from 0."""


@dataclass(frozen=True)
class BreakPoint:
    """An operator that a line can begin with: its left edge and its rank as a break point, 0 the best."""

    x: float
    rank: int


def break_lines(formula: Printed, width: float) -> int:
    """Break a one-line formula at the fewest and best operators that make it fit.

    Args:
        formula: set on one line; its glyphs are moved.
        width: Manim units; if no break makes it fit, the narrowest arrangement is used.

    Returns:
        The number of lines.
    """
    best = min(_choices(formula), key=lambda choice: _badness(formula, choice, width))
    lines, em = list(_lines(formula, best)), formula.em
    left, under = _left(formula), _under(formula)
    for n, (above, line) in enumerate(pairwise(lines)):
        indent = under if best[n].rank in (TERM, INSIDE) else left + INDENT * em
        if best[n].rank == LATER_RELATION:
            indent = float(formula.find(_relations(formula)[0].expr, 0).get_left()[0])
        start = max(left, min(indent, left + width - line.width))
        drop = line.get_top()[1] - above.get_bottom()[1] + LEADING * em
        line.shift((start - line.get_left()[0]) * RIGHT + drop * DOWN)
    return len(lines)


def _badness(formula: Printed, choice: Sequence[BreakPoint], width: float) -> tuple[float, ...]:
    """Sort key: overflow first, then number of lines, then rank of the breaks, then width."""
    widest = max(line.width for line in _lines(formula, choice))
    return max(0.0, widest - width), len(choice), sum(opening.rank for opening in choice), widest


def _choices(formula: Printed) -> Iterator[tuple[BreakPoint, ...]]:
    openings = sorted(_openings(formula), key=lambda opening: opening.x)
    for count in range(MOST_LINES):
        yield from combinations(openings, count)


def _lines(formula: Printed, choice: Sequence[BreakPoint]) -> Iterator[VGroup]:
    """The glyphs between consecutive break points, by position."""
    edges = [float("-inf"), *[opening.x for opening in choice], float("inf")]
    for start, end in pairwise(edges):
        yield VGroup(*[glyph for glyph in formula.submobjects if start <= glyph.get_x() < end])


def _openings(formula: Printed) -> Iterator[BreakPoint]:
    """Operators at which a line may break: not inside a fraction, a root or a power."""
    relations, margin = _relations(formula), CLEAN * formula.em
    for node in formula.nodes:
        if node.kind != "op" or not _joins(formula, node) or _is_raised(formula, node):
            continue
        x = float(_sign(formula, node).get_left()[0])
        if any(
            other.get_left()[0] < x - margin < x + margin < other.get_right()[0]
            for other in formula.submobjects
        ):
            continue
        if node in relations:
            yield BreakPoint(x, LATER_RELATION if node is not relations[0] else FIRST_RELATION)
        else:
            yield BreakPoint(x, TERM if _is_outermost(formula, node) else INSIDE)


def _relations(formula: Printed) -> list[Node]:
    """The operators =, ≈ and ← from left to right."""
    signs = [node for node in formula.nodes if node.kind == "op"]
    found = [node for node in signs if isinstance(_parent(formula, node).expr, RELATIONS)]
    return sorted(found, key=lambda node: float(_sign(formula, node).get_x()))


def _joins(formula: Printed, node: Node) -> bool:
    """Whether an operator is binary; the minus of −y_i is not."""
    parent = _parent(formula, node)
    first = min(formula.glyphs(parent), key=lambda glyph: float(glyph.get_left()[0]))
    return isinstance(parent.expr, (Add, *RELATIONS)) and _sign(formula, node) is not first


def _is_raised(formula: Printed, node: Node) -> bool:
    """Whether an operator is part of the base or the exponent of a power."""
    above = _parent(formula, node)
    return isinstance(above.expr, Pow | exp) or (above is not node and _is_raised(formula, above))


def _is_outermost(formula: Printed, node: Node) -> bool:
    above = _parent(formula, _parent(formula, node))
    return above is _parent(formula, node) or isinstance(above.expr, RELATIONS)


def _parent(formula: Printed, node: Node) -> Node:
    return node if node.parent is None else formula.nodes[node.parent]


def _sign(formula: Printed, node: Node) -> VMobject:
    (index,) = formula.indices(node)
    return formula.submobjects[index]


def _left(formula: Printed) -> float:
    return float(VGroup(*formula.submobjects).get_left()[0])


def _under(formula: Printed) -> float:
    """Where continuation lines start: below what follows the first relation, or indented."""
    if not (relations := _relations(formula)):
        return _left(formula) + INDENT * formula.em
    sign = _sign(formula, relations[0])
    behind = [
        glyph.get_left()[0] for glyph in formula.submobjects if glyph.get_left()[0] > sign.get_right()[0]
    ]
    return float(min(behind, default=sign.get_right()[0]))
