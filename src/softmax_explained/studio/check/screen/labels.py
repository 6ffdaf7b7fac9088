"""ADRIFT: a number or name that stands beside nothing, so that nobody knows what it belongs to."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from softmax_explained.stage.design.layout import Frame
from softmax_explained.stage.text.text import Readout, Words
from softmax_explained.studio.check.finding import Rule, Violation
from softmax_explained.studio.check.screen.body import in_body
from softmax_explained.studio.check.snapshot import Snapshot
from softmax_explained.studio.check.thresholds import ADRIFT, PIXEL

LOOSE = Rule(
    "ADRIFT", "at most {:.0f} px", "move it to its object, draw a leader line, or let it leave first"
)

LABEL_LETTERS = 16  # longer words are sentences, not labels


def loose_labels(snapshot: Snapshot, frame: Frame) -> Iterator[Violation]:
    """Labels without a shape or other text near them, other than the cells of a table."""
    seen = in_body(snapshot, frame)
    # glyphs without a text, such as a part of a formula, are shapes too
    is_shape = [p.owner.piece is None for p in snapshot.parts]
    shapes = snapshot.boxes[np.logical_and(is_shape, seen)]
    whole = max(frame.width, frame.height)
    shapes = shapes[(shapes[:, 2:] - shapes[:, :2]).max(axis=1) < whole] if len(shapes) else shapes
    texts = {
        owner: _around(snapshot.boxes[shown])
        for owner, places in snapshot.pieces.items()
        if (shown := [place for place in places if seen[place]])
    }
    for owner, box in texts.items():
        piece = owner.piece
        if isinstance(piece, Words):
            if len(piece.text) > LABEL_LETTERS:
                continue
        elif not isinstance(piece, Readout):
            continue
        allowed = snapshot.parts[snapshot.pieces[owner][0]].allowed
        others = np.array([each for other, each in texts.items() if other is not owner]).reshape(-1, 4)
        near = min(_distance(box, shapes), _distance(box, others)) / PIXEL
        if near > ADRIFT and not _in_a_table(box, others):
            yield LOOSE.violation(
                owner.name,
                measured=f"{near:.0f} px from the nearest thing",
                excess=min(near, 1e4) - ADRIFT,
                limit=ADRIFT,
                allowed=allowed,
            )


def _around(boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])


def _distance(box: NDArray[np.float64], others: NDArray[np.float64]) -> float:
    """From a box to the nearest of others; infinite if there are none."""
    if not len(others):
        return float("inf")
    gap = np.maximum(np.maximum(others[:, :2] - box[2:], box[:2] - others[:, 2:]), 0.0)
    return float(np.hypot(gap[:, 0], gap[:, 1]).min())


def _in_a_table(box: NDArray[np.float64], others: NDArray[np.float64]) -> bool:
    """Whether there is other text in its row and in its column."""
    if not len(others):
        return False
    middle, around = (box[:2] + box[2:]) / 2, (others[:, :2] + others[:, 2:]) / 2
    size = box[2:] - box[:2]
    row = np.abs(around[:, 1] - middle[1]) < 0.6 * max(size[1], 0.2)
    column = (others[:, 0] < box[2]) & (others[:, 2] > box[0])
    return bool(row.any() and column.any())
