"""SYMBOL: one letter, one colour, in all formulas of the film."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sympy import Indexed, Symbol

from softmax_explained.core.printing.boxes import Node
from softmax_explained.stage.design.style import style
from softmax_explained.stage.text.colour_roles import role_of
from softmax_explained.stage.text.formula import Formula
from softmax_explained.studio.check.finding import Placed, Sighting, SymbolUse
from softmax_explained.studio.check.snapshot import Snapshot

NEUTRAL = ("ink", "quiet", "ground")
"""Colours without a meaning: a letter may be in them anywhere, such as dark ink on a filled strip."""


def uses(glance: Snapshot, beat_id: str, time: float) -> Iterator[SymbolUse]:
    """The letters of the formulas of a picture, but for those painted with their neighbours as one thing."""
    neutral = {style().colour(name).to_hex() for name in NEUTRAL}
    for owner, places in glance.pieces.items():
        formula = owner.piece
        if not isinstance(formula, Formula) or "SYMBOL" in glance.parts[places[0]].allowed:
            continue
        for node in formula.nodes:
            if node.kind != "expr" or not isinstance(node.expr, Indexed | Symbol):
                continue
            glyph = formula.submobjects[formula.indices(node)[0]]
            colour = glyph.get_fill_color().to_hex()
            if colour not in neutral and not _part_of_one(formula, node, colour):
                indexed = isinstance(node.expr, Indexed)
                letter = node.expr.base.label.name if indexed else node.expr.name
                yield SymbolUse(letter, colour, role_of(node.expr), formula.plain, beat_id, time)


def changed(seen: Sequence[SymbolUse]) -> Iterator[Placed]:
    """Uses of a letter in another colour than its role's, or, where it has none, than when it first came."""
    first: dict[str, str] = {}
    told: set[tuple[str, str, str]] = set()
    for use in seen:
        own = style().colour(use.role).to_hex() if use.role else first.setdefault(use.letter, use.colour)
        key = use.letter, use.colour, use.beat_id
        if use.colour != own and key not in told:
            told.add(key)
            yield Placed(
                use.beat_id,
                use.time,
                Sighting(
                    "SYMBOL",
                    (f"{use.letter} in Formula {use.formula}",),
                    _named(use.colour),
                    f"the colour of {use.letter}: {_named(own)}",
                    1.0,
                    "leave its colour to Formula.paint(), or paint a whole part in one role",
                ),
            )


def _part_of_one(formula: Formula, node: Node, colour: str) -> bool:
    """Whether a larger part around a letter, or the formula, is one colour: that is what it means then."""
    parent, around = node.parent, node
    while parent is not None and parent >= 0:
        around = formula.nodes[parent]
        parent = around.parent
        glyphs = formula.indices(around)
        if len(glyphs) > len(formula.indices(node)):
            return all(formula.submobjects[at].get_fill_color().to_hex() == colour for at in glyphs)
    return False


def _named(colour: str) -> str:
    """A colour by the role it belongs to."""
    roles = [name for name, value in style().tables["colour"].items() if value.upper() == colour.upper()]
    return roles[0] if roles else colour
