"""SMALL: text, titles and index letters that cannot be read on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from manim import VMobject

from softmax_explained.stage.text.formula import Formula
from softmax_explained.studio.check.finding import Sighting
from softmax_explained.studio.check.snapshot import Owner, Snapshot
from softmax_explained.studio.check.thresholds import EM, INDEX, PIXEL, ROUNDING, TITLE


def small(glance: Snapshot, title: str) -> Iterator[Sighting]:
    """Type under the norms of size.

    Args:
        glance: the picture.
        title: of the beat.
    """
    for owner, places in glance.pieces.items():
        piece = owner.piece
        least = TITLE if getattr(piece, "text", None) == title else EM
        reason = glance.parts[places[0]].allowed.get("SMALL")
        em = glance.ems[owner] / PIXEL
        if 0 < em < least * ROUNDING:
            yield _sighting(owner, "em", em, least, reason)
        if isinstance(piece, Formula):
            heights = index_heights(glance, piece, places)
            if heights and min(heights) < INDEX * ROUNDING:
                yield _sighting(owner, "index", min(heights), INDEX, reason)


def index_heights(glance: Snapshot, formula: Formula, places: list[int]) -> list[float]:
    """The height in pixels of the tallest index letter of each indexed symbol that can be seen."""
    at = {id(glance.parts[place].mobject): place for place in places}
    heights = list[float]()
    for letters in _index_letters(formula):
        seen = [at[id(letter)] for letter in letters if id(letter) in at]
        if seen:
            boxes = glance.boxes[seen]
            heights.append(float(np.max(boxes[:, 3] - boxes[:, 1])) / PIXEL)
    return heights


def _index_letters(formula: Formula) -> Iterator[list[VMobject]]:
    """The glyphs behind the base letter of each indexed symbol."""
    for node in formula.nodes:
        if node.kind == "expr" and type(node.expr).__name__ == "Indexed":
            yield [formula.submobjects[place] for place in formula.indices(node)[1:]]


def _sighting(owner: Owner, what: str, pixels: float, least: float, reason: str | None) -> Sighting:
    return Sighting(
        "SMALL",
        (owner.name,),
        f"{what} {pixels:.1f} px",
        f"at least {least:.0f} px",
        least - pixels,
        "give it more room or fewer neighbours; break it into two lines rather than shrink it",
        reason,
    )
