"""UNPROVED: a legible relation that is no line of a derivation, identity or definition of the film."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from softmax_explained.core.printing.unicode import to_text
from softmax_explained.errors import ProofError
from softmax_explained.stage.scene.proofs import Proofs
from softmax_explained.stage.text.partial_formula import PrintedExpression
from softmax_explained.stage.text.text import Glyph
from softmax_explained.studio.check.finding import Rule, Violation
from softmax_explained.studio.check.snapshot import Snapshot

UNPROVED = Rule("UNPROVED", "proved", "")


def unproved_relations(proofs: Proofs, snapshot: Snapshot, *, moves: bool) -> Iterator[Violation]:
    """Relations that the visible glyphs form and that are not proved.

    During an animation (`moves`), glyphs between two formulas are not read.
    """
    seen: dict[int, dict[PrintedExpression, set[int]]] = defaultdict(lambda: defaultdict(set))
    for place in snapshot.glyphs[snapshot.visible[snapshot.glyphs]]:
        part = snapshot.parts[place]
        if isinstance(part.mobject, Glyph) and part.mobject.printed and (part.owner.piece or not moves):
            printed, nth = part.mobject.printed
            seen[id(part.owner)][printed].add(nth)
    pieces = [{printed: frozenset(nth) for printed, nth in piece.items()} for piece in seen.values()]
    stage = {printed: nth for piece in pieces for printed, nth in piece.items()}
    for piece in pieces:
        for relation, error in proofs.unproved_readings(piece, stage):
            yield unproved_claim(relation, error)


def unproved_claim(claim: Any, error: ProofError) -> Violation:
    """A violation for a formula without a proof."""
    return UNPROVED.violation(
        f"Formula {to_text(claim)}", measured=error.message, excess=1.0, hint=error.hint
    )
