"""Break a formula that is too wide before an operator, as in print, without typesetting it again.

It breaks at relation signs and between the terms of its two sides, never inside a condition, an index, a
fraction, a power or parentheses, where a line that begins with an operator would be read as a new term.
The glyphs after the break move down and to the left, so parts can still be found, animated and coloured.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Protocol

from manim import DOWN, RIGHT, VGroup, VMobject
from sympy import Add
from sympy.core.relational import Relational

from softmax_explained.core.formulas.nodes import Approx, Becomes
from softmax_explained.core.printing.boxes import Node

RELATIONS = (Relational, Approx, Becomes)

LEADING, INDENT = 0.35, 1.0  # ems between two lines, and indentation in ems if there is nothing to align with
MOST_LINES = 3

CLEAN = 1e-3  # ems by which neighbouring glyphs may overlap
LATER_RELATION, TERM, FIRST_RELATION = 0, 1, 2  # ranks: a second =, a + or − between terms, the only =


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
        indent = under if best[n].rank == TERM else left + INDENT * em
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
    """Operators at which a line may begin."""
    relations, margin = _relations(formula), CLEAN * formula.em
    for node in formula.nodes:
        if not _joins(formula, node) or not _is_outermost(formula, node):
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
            yield BreakPoint(x, TERM)


def _relations(formula: Printed) -> list[Node]:
    """The operators =, ≈ and ← of the whole formula, not those in a condition, from left to right."""
    found = [
        node
        for node in formula.nodes
        if node.kind == "op"
        and isinstance(_parent(formula, node).expr, RELATIONS)
        and _is_outermost(formula, node)
    ]
    return sorted(found, key=lambda node: float(_sign(formula, node).get_x()))


def _joins(formula: Printed, node: Node) -> bool:
    """Whether a node is a binary operator; the minus of −y_i is not."""
    parent = _parent(formula, node)
    if node.kind != "op" or not isinstance(parent.expr, (Add, *RELATIONS)):
        return False
    first = min(formula.glyphs(parent), key=lambda glyph: float(glyph.get_left()[0]))
    return _sign(formula, node) is not first


def _is_outermost(formula: Printed, node: Node) -> bool:
    """Whether a node belongs to a side of the formula or to a sum that is one, without parentheses."""
    above = _parent(formula, node)
    if above is node:
        return True
    outside = isinstance(above.expr, (Add, *RELATIONS)) and above.kind == "expr" == _kind(node)
    return outside and _is_outermost(formula, above)


def _parent(formula: Printed, node: Node) -> Node:
    return node if node.parent is None else formula.nodes[node.parent]


def _kind(node: Node) -> str:
    """The kind of a node, an operator being one of the expression that it joins."""
    return "expr" if node.kind == "op" else node.kind


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
