"""SYMBOL: one letter, one colour, in all formulas of the film."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sympy import Indexed, Symbol

from softmax_explained.core.printing.boxes import Node
from softmax_explained.stage.design.style import style
from softmax_explained.stage.text.formula import Formula
from softmax_explained.studio.check.finding import Rule, SymbolUse, Violation
from softmax_explained.studio.check.snapshot import Snapshot

SYMBOL = Rule(
    "SYMBOL", "the colour of {}", "leave its colour to Formula.paint(), or paint a larger part in one role"
)

SHADES = {"a": "growth"}
"""A second, lighter colour of a role."""

NEUTRAL = ("ink", "quiet", "ground")
"""Colours without a meaning, which any letter may have, such as dark ink on a filled strip."""


def symbol_uses(snapshot: Snapshot, beat_id: str, time: float) -> Iterator[SymbolUse]:
    """The letters in the formulas of a picture, except those painted together with their neighbours."""
    neutral = {style().colour(name).to_hex() for name in NEUTRAL}
    for owner, places in snapshot.pieces.items():
        formula = owner.piece
        if not isinstance(formula, Formula) or SYMBOL.code in snapshot.parts[places[0]].allowed:
            continue
        for node in formula.nodes:
            if node.kind != "expr" or not isinstance(node.expr, Indexed | Symbol):
                continue
            glyph = formula.submobjects[formula.indices(node)[0]]
            colour = glyph.get_fill_color().to_hex()
            if colour not in neutral and not _painted_together(formula, node, colour):
                indexed = isinstance(node.expr, Indexed)
                letter = node.expr.base.label.name if indexed else node.expr.name
                yield SymbolUse(letter, colour, formula.roles[node.id], formula.plain, beat_id, time)


def inconsistent_colours(uses: Sequence[SymbolUse]) -> Iterator[Violation]:
    """Letters in another colour than that of their role or, without a role, than in their first use."""
    first: dict[str, str] = {}
    reported: set[tuple[str, str, str]] = set()
    for use in uses:
        expected = style().colour(use.role).to_hex() if use.role else first.setdefault(use.letter, use.colour)
        key = use.letter, use.colour, use.beat_id
        if use.colour not in (expected, _shade_of(use.role)) and key not in reported:
            reported.add(key)
            yield SYMBOL.violation(
                f"{use.letter} in Formula {use.formula}",
                measured=_role_name(use.colour),
                excess=1.0,
                limit=f"{use.letter}: {_role_name(expected)}",
            ).at(use.beat_id, use.time)


def _shade_of(role: str | None) -> str | None:
    """Another colour of a role: what a share gains is a lighter yellow."""
    return style().colour(SHADES[role]).to_hex() if role in SHADES else None


def _painted_together(formula: Formula, node: Node, colour: str) -> bool:
    """Whether a larger part around a letter, or the whole formula, has its colour."""
    parent = node.parent
    while parent is not None and parent >= 0:
        around = formula.nodes[parent]
        parent = around.parent
        glyphs = formula.indices(around)
        if len(glyphs) > len(formula.indices(node)):
            return all(formula.submobjects[at].get_fill_color().to_hex() == colour for at in glyphs)
    return False


def _role_name(colour: str) -> str:
    """The role with a colour, or the colour itself."""
    roles = [name for name, value in style().tables["colour"].items() if value.upper() == colour.upper()]
    return roles[0] if roles else colour
