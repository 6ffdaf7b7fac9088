"""OVERLAP: text that lies on text, standing or crossing in the middle of a move."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from softmax_explained.stage.text.formula import Formula
from softmax_explained.studio.check.finding import Sighting
from softmax_explained.studio.check.snapshot import Owner, Part, Snapshot
from softmax_explained.studio.check.thresholds import CROSS_FADE, CROSSING, OVERLAP, PIXEL, READABLE

Pair = tuple[int, int]
"""The places of two parts of a glance."""

Meeting = frozenset[object]
"""Two that touch: two glyphs, or a glyph and the piece of type that another one belongs to."""


def touching(glance: Snapshot, pixels: float = OVERLAP) -> list[Pair]:
    """The pairs of glyphs whose boxes share more than so many pixels, seen or not.

    Glyphs of one word are set by Typst and never count; those of one formula do, for its parts can travel.
    """
    glyphs = glance.glyphs
    boxes = glance.boxes[glyphs]
    low = np.maximum(boxes[:, None, :2], boxes[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
    one, other = np.nonzero(np.triu(((high - low) > pixels * PIXEL).all(axis=2), 1))
    found = list[Pair]()
    for i, j in zip(glyphs[one], glyphs[other], strict=True):
        first, second = glance.parts[i], glance.parts[j]
        if first.owner is not second.owner or _can_come_apart(first.owner):
            found.append((int(i), int(j)))
    return found


def meetings(glance: Snapshot) -> set[Meeting]:
    """What touches at the start or the end of a move, and may touch on the way too.

    A glyph that sets out from a formula that stays has its own way over that formula, so it may touch all of
    it. What lies on other text at the start or at the end is found in the picture that stands.
    """
    found: set[Meeting] = set()
    for pair in touching(glance):
        found |= _meetings(*(glance.parts[place] for place in pair))
    return found


def standing(glance: Snapshot) -> Iterator[Sighting]:
    """Pieces of type that lie on each other in a picture that stands."""
    pairs = [
        (i, j)
        for i, j in touching(glance)
        if glance.parts[i].owner is not glance.parts[j].owner
        and glance.visible[i]
        and glance.visible[j]
        and glance.parts[i].owner.piece
        and glance.parts[j].owner.piece
    ]
    yield from _sightings(glance, pairs, OVERLAP)


def crossing(glance: Snapshot, natural: set[Meeting]) -> Iterator[Sighting]:
    """Readable text on readable text in the middle of a move.

    Args:
        glance: the moment.
        natural: the meetings at the start and at the end of the move.
    """
    opacity = glance.opacity
    pairs = [
        (i, j)
        for i, j in touching(glance, CROSSING)
        if min(opacity[i], opacity[j]) >= READABLE
        and opacity[i] + opacity[j] > CROSS_FADE
        and not natural & _meetings(glance.parts[i], glance.parts[j])
    ]
    yield from _sightings(glance, pairs, CROSSING)


def _meetings(one: Part, other: Part) -> set[Meeting]:
    """The pair itself, and each glyph with the piece of type the other is a part of."""
    found: set[Meeting] = {frozenset((id(one.mobject), id(other.mobject)))}
    for glyph, near in ((one, other), (other, one)):
        if near.owner.piece is not None and near.owner.piece is not glyph.owner.piece:
            found.add(frozenset((id(glyph.mobject), id(near.owner.piece))))
    return found


def _can_come_apart(owner: Owner) -> bool:
    return owner.piece is None or isinstance(owner.piece, Formula)


def _sightings(glance: Snapshot, pairs: list[Pair], most: float) -> Iterator[Sighting]:
    """One sighting for each two pieces, however many of their glyphs meet."""
    depth: dict[tuple[str, ...], float] = {}
    reason: dict[tuple[str, ...], str | None] = {}
    boxes = glance.boxes
    for i, j in pairs:
        names = tuple(sorted((glance.parts[i].owner.name, glance.parts[j].owner.name)))
        shared = np.minimum(boxes[i, 2:], boxes[j, 2:]) - np.maximum(boxes[i, :2], boxes[j, :2])
        depth[names] = max(depth.get(names, 0.0), float(shared.min()) / PIXEL)
        reason[names] = _allowed(glance.parts[i], glance.parts[j])
    for names, pixels in depth.items():
        yield Sighting(
            "OVERLAP",
            names,
            f"{pixels:.0f} px deep",
            f"at most {most:.0f} px",
            pixels,
            "leave room between them, or let one go before the other comes (rate functions early and late)",
            reason[names],
        )


def _allowed(*parts: Part) -> str | None:
    return next((part.allowed["OVERLAP"] for part in parts if "OVERLAP" in part.allowed), None)
