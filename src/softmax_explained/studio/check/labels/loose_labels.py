"""ADRIFT: a number or name that stands beside nothing, so that nobody knows what it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from softmax_explained.stage.design.layout import Frame
from softmax_explained.stage.text.text import Readout, Words
from softmax_explained.studio.check.finding import Rule, Violation
from softmax_explained.studio.check.screen.body import content, in_body
from softmax_explained.studio.check.snapshot import Owner, Snapshot
from softmax_explained.studio.check.thresholds import ADRIFT, PIXEL, READABLE_OPACITY

LOOSE = Rule(
    "ADRIFT", "at most {:.0f} px", "move it to its object, draw a leader line, or let it leave first"
)

LABEL_LETTERS = 16  # longer words are sentences, not labels
FAR = 1e4  # pixels, for a label with nothing else on the screen


@dataclass(frozen=True)
class Things:
    """What stands in the body of a picture."""

    shapes: NDArray[np.intp]  # the places of parts without a text
    texts: Mapping[Owner, NDArray[np.float64]]  # the boxes of pieces of text
    labels: tuple[Owner, ...]  # those of them that are numbers or short words
    inside: frozenset[Owner]  # those that stand on a filled shape, to which they belong

    def others(self, owner: Owner) -> NDArray[np.float64]:
        """The boxes of all other texts, (n, 4)."""
        return np.array([box for other, box in self.texts.items() if other is not owner]).reshape(-1, 4)

    def is_cell(self, owner: Owner) -> bool:
        """Whether there is other text in the row and in the column of a text, as in a table."""
        cells = [box for other, box in self.texts.items() if other is not owner and other not in self.inside]
        return bool(cells) and _in_a_table(self.texts[owner], np.array(cells))


def things_in(snapshot: Snapshot, frame: Frame) -> Things:
    """What stands in the body of a picture."""
    seen = in_body(snapshot, frame)
    # glyphs without a text, such as a part of a formula, are shapes too
    is_shape = np.array([part.owner.piece is None for part in snapshot.parts], dtype=bool)
    size = (snapshot.boxes[:, 2:] - snapshot.boxes[:, :2]).max(axis=1, initial=0.0)
    # a text that reaches out of the body is still whole
    texts = {
        owner: _around(snapshot.boxes[places])
        for owner, places in snapshot.pieces.items()
        if any(seen[place] for place in places)
    }
    shapes = np.flatnonzero(is_shape & seen & (size < max(frame.width, frame.height)))
    filled = content(snapshot, frame) & (snapshot.fills[:, 3] >= READABLE_OPACITY)
    grounds = snapshot.boxes[is_shape & filled]
    inside = frozenset(owner for owner, box in texts.items() if _is_inside(box, grounds))
    return Things(shapes, texts, tuple(filter(_is_label, texts)), inside)


def loose_labels(snapshot: Snapshot, frame: Frame) -> Iterator[Violation]:
    """Labels without a shape or other text near them, other than the cells of a table."""
    for owner, near in alone(snapshot, things_in(snapshot, frame)):
        allowed = snapshot.parts[snapshot.pieces[owner][0]].allowed
        measured = f"{near:.0f} px from the nearest thing"
        yield LOOSE.violation(
            owner.name, measured=measured, excess=near - ADRIFT, limit=ADRIFT, allowed=allowed
        )


def alone(snapshot: Snapshot, things: Things) -> Iterator[tuple[Owner, float]]:
    """Labels without anything near them, and how far the nearest thing is, in pixels."""
    shapes = snapshot.boxes[things.shapes]
    for owner in things.labels:
        box = things.texts[owner]
        near = np.concatenate([apart(box, shapes), apart(box, things.others(owner))]).min(initial=FAR * PIXEL)
        if near > ADRIFT * PIXEL and not things.is_cell(owner):
            yield owner, float(near) / PIXEL


def apart(box: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    """From a box to each of others, in Manim units."""
    gap = np.maximum(np.maximum(others[:, :2] - box[2:], box[:2] - others[:, 2:]), 0.0)
    return np.hypot(gap[:, 0], gap[:, 1])


def _is_label(owner: Owner) -> bool:
    piece = owner.piece
    return isinstance(piece, Readout) or (isinstance(piece, Words) and len(piece.text) <= LABEL_LETTERS)


def _around(boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])


def _is_inside(box: NDArray[np.float64], grounds: NDArray[np.float64]) -> bool:
    """Whether the middle of a box is in one of others."""
    middle = (box[:2] + box[2:]) / 2
    return bool(((middle >= grounds[:, :2]) & (middle <= grounds[:, 2:])).all(axis=1).any())


def _in_a_table(box: NDArray[np.float64], others: NDArray[np.float64]) -> bool:
    """Whether there is other text in its row and in its column."""
    middle, around = (box[:2] + box[2:]) / 2, (others[:, :2] + others[:, 2:]) / 2
    size = box[2:] - box[:2]
    row = np.abs(around[:, 1] - middle[1]) < 0.6 * max(size[1], 0.2)
    column = (others[:, 0] < box[2]) & (others[:, 2] > box[0])
    return bool(row.any() and column.any())
