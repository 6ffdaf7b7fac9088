"""SMALL: text and index letters that cannot be read on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from sympy import Indexed

from softmax_explained.stage.text.formula import Formula
from softmax_explained.studio.check.finding import Rule, Violation
from softmax_explained.studio.check.snapshot import Snapshot
from softmax_explained.studio.check.thresholds import EM, INDEX, PIXEL, ROUNDING

SMALL = Rule(
    "SMALL",
    "at least {:.0f} px",
    "give it more space or fewer neighbours; break it into two lines rather than shrink it",
)


def small_text(snapshot: Snapshot) -> Iterator[Violation]:
    """Text below the minimum sizes."""
    for owner, places in snapshot.pieces.items():
        sizes = [("em", snapshot.ems[owner] / PIXEL, EM)]
        if isinstance(owner.piece, Formula) and (heights := _index_heights(snapshot, owner.piece, places)):
            sizes.append(("index", min(heights), INDEX))
        for name, pixels, least in sizes:
            if 0 < pixels < least * ROUNDING:
                yield SMALL.violation(
                    owner.name,
                    measured=f"{name} {pixels:.1f} px",
                    excess=least - pixels,
                    limit=least,
                    allowed=snapshot.parts[places[0]].allowed,
                )


def _index_heights(snapshot: Snapshot, formula: Formula, places: list[int]) -> list[float]:
    """The height in pixels of the tallest visible index letter of each indexed symbol."""
    at = {id(snapshot.parts[place].mobject): place for place in places}
    heights = list[float]()
    for node in formula.nodes:
        if node.kind == "expr" and isinstance(node.expr, Indexed):
            letters = [formula.submobjects[place] for place in formula.indices(node)[1:]]
            if seen := [at[id(letter)] for letter in letters if id(letter) in at]:
                boxes = snapshot.boxes[seen]
                heights.append(float(np.max(boxes[:, 3] - boxes[:, 1])) / PIXEL)
    return heights
