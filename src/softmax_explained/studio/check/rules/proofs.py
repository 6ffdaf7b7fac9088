"""UNPROVED: a relation that can be read and is no line, identity or definition of the film."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from softmax_explained.core.printing.unicode import to_text
from softmax_explained.errors import ProofError
from softmax_explained.stage.scene.proofs import Proofs
from softmax_explained.stage.text.partial_formula import PrintedExpression
from softmax_explained.stage.text.text import Glyph
from softmax_explained.studio.check.finding import Sighting
from softmax_explained.studio.check.snapshot import Snapshot


def misread(proofs: Proofs, glance: Snapshot, *, moves: bool) -> Iterator[Sighting]:
    """What reads as a relation in the visible glyphs and is not proved.

    Args:
        proofs: of the chapter.
        glance: the picture.
        moves: whether it is in the middle of a move; glyphs between two formulas are not read then.
    """
    seen: dict[int, dict[PrintedExpression, set[int]]] = defaultdict(lambda: defaultdict(set))
    for place in glance.glyphs[glance.visible[glance.glyphs]]:
        part = glance.parts[place]
        if isinstance(part.mobject, Glyph) and part.mobject.printed and (part.owner.piece or not moves):
            printed, nth = part.mobject.printed
            seen[id(part.owner)][printed].add(nth)
    pieces = [{printed: frozenset(nth) for printed, nth in piece.items()} for piece in seen.values()]
    stage = {printed: nth for piece in pieces for printed, nth in piece.items()}
    for piece in pieces:
        for relation, error in proofs.misread(piece, stage):
            yield unproved(relation, error)


def unproved(claim: Any, error: ProofError) -> Sighting:
    """A claim without a proof, as a finding."""
    return Sighting("UNPROVED", (f"Formula {to_text(claim)}",), error.message, "proved", 1.0, error.hint)
