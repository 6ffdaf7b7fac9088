"""OVERLAP: text on text, in a still picture or during an animation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import Glyph
from softmax_explained.studio.check.finding import Rule, Violation
from softmax_explained.studio.check.snapshot import Owner, Part, Snapshot
from softmax_explained.studio.check.thresholds import CROSS_FADE, CROSSING, OVERLAP, PIXEL, READABLE_OPACITY

TEXT_ON_TEXT = Rule(
    "OVERLAP",
    "at most {:.0f} px",
    "leave space between them, or let one go before the other comes (rate functions early and late)",
)

Pair = tuple[int, int]  # the places of two parts of a snapshot

Meeting = frozenset[object]
"""The ids of two things that touch: two glyphs, or a glyph and the piece of text of another glyph."""


def meetings(snapshot: Snapshot) -> set[Meeting]:
    """What touches at the start or the end of an animation, and may therefore touch during it.

    A glyph that starts from a formula that stays may touch any part of that formula on its way. Text on text
    at the start or the end is found in the still picture.
    """
    found: set[Meeting] = set()
    for i, j in _touching(snapshot, OVERLAP):
        found |= _meetings(snapshot.parts[i], snapshot.parts[j])
    return found


def overlaps(snapshot: Snapshot) -> Iterator[Violation]:
    """Pieces of text that overlap in a still picture."""
    parts, visible = snapshot.parts, snapshot.visible
    pairs = [
        (i, j)
        for i, j in _touching(snapshot, OVERLAP)
        if parts[i].owner is not parts[j].owner
        and (visible[i] and visible[j])
        and (parts[i].owner.piece and parts[j].owner.piece)
    ]
    yield from _violations(snapshot, pairs, OVERLAP)


def crossings(snapshot: Snapshot, natural: set[Meeting]) -> Iterator[Violation]:
    """Readable text on readable text during an animation, except for what touches at its start or end."""
    opacity = snapshot.opacity
    pairs = [
        (i, j)
        for i, j in _touching(snapshot, CROSSING)
        if min(opacity[i], opacity[j]) >= READABLE_OPACITY
        and opacity[i] + opacity[j] > CROSS_FADE
        and not natural & _meetings(snapshot.parts[i], snapshot.parts[j])
    ]
    yield from _violations(snapshot, pairs, CROSSING)


def _touching(snapshot: Snapshot, pixels: float) -> list[Pair]:
    """The pairs of glyphs, visible or not, whose boxes overlap by more than some pixels.

    Glyphs of the same words never count, because Typst places them; those of one formula do, because they can
    move separately.
    """
    glyphs = snapshot.glyphs
    boxes = snapshot.boxes[glyphs]
    low = np.maximum(boxes[:, None, :2], boxes[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
    one, other = np.nonzero(np.triu(((high - low) > pixels * PIXEL).all(axis=2), 1))
    found = list[Pair]()
    for i, j in zip(glyphs[one], glyphs[other], strict=True):
        first, second = snapshot.parts[i].owner, snapshot.parts[j].owner
        if first is not second or _can_come_apart(first):
            found.append((int(i), int(j)))
    return found


def _meetings(one: Part, other: Part) -> set[Meeting]:
    """The pair itself, and each glyph with the piece of text of the other."""
    found: set[Meeting] = {frozenset((id(one.mobject), id(other.mobject)))}
    for glyph, near in ((one, other), (other, one)):
        if near.owner.piece is not None and near.owner.piece is not glyph.owner.piece:
            found.add(frozenset((id(glyph.mobject), id(near.owner.piece))))
    return found


def _can_come_apart(owner: Owner) -> bool:
    return owner.piece is None or isinstance(owner.piece, Formula)


def _violations(snapshot: Snapshot, pairs: list[Pair], limit: float) -> Iterator[Violation]:
    """One violation for each two pieces of text, however many of their glyphs overlap."""
    depth: dict[tuple[str, ...], float] = {}
    allowed: dict[tuple[str, ...], Mapping[str, str]] = {}
    formulas = set[tuple[str, ...]]()
    boxes = snapshot.boxes
    for i, j in pairs:
        parts = snapshot.parts[i], snapshot.parts[j]
        names = tuple(sorted(part.owner.name for part in parts))
        shared = np.minimum(boxes[i, 2:], boxes[j, 2:]) - np.maximum(boxes[i, :2], boxes[j, :2])
        depth[names] = max(depth.get(names, 0.0), float(shared.min()) / PIXEL)
        allowed[names] = {**parts[1].allowed, **parts[0].allowed}
        if any(isinstance(part.mobject, Glyph) and part.mobject.printed for part in parts):
            formulas.add(names)
    for names, pixels in depth.items():
        found = TEXT_ON_TEXT.violation(
            *names, measured=f"{pixels:.0f} px deep", excess=pixels, limit=limit, allowed=allowed[names]
        )
        yield replace(found, never=names in formulas)
