"""What the body of a picture shows: everything but the header, the dock, the rail and burned captions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from softmax_explained.stage.design.contrast import contrast_ratio
from softmax_explained.stage.design.layout import Frame, Region
from softmax_explained.stage.design.style import style
from softmax_explained.studio.check.snapshot import Snapshot
from softmax_explained.studio.check.thresholds import CARD, FAINT, READABLE_OPACITY, SAME_SIZE


def body_of(frame: Frame) -> Region:
    """The body of a frame."""
    return frame.stage


def in_body(snapshot: Snapshot, frame: Frame, opacity: float = READABLE_OPACITY) -> NDArray[np.bool_]:
    """Per part, whether its middle is in the body and it has at least this opacity."""
    body = body_of(frame)
    middle = (snapshot.boxes[:, :2] + snapshot.boxes[:, 2:]) / 2
    inside = (middle >= (body.left, body.bottom)) & (middle <= (body.right, body.top))
    return np.asarray(inside.all(axis=1) & (snapshot.opacity >= opacity))


def content(snapshot: Snapshot, frame: Frame) -> NDArray[np.bool_]:
    """Per part, whether it is content of the body: no large rectangle that only frames something."""
    found = in_body(snapshot, frame)
    size = snapshot.boxes[:, 2:] - snapshot.boxes[:, :2]
    ground = np.array([style().colour("ground").to_rgb()], dtype=float)
    faint = np.zeros(len(found), dtype=bool)
    if len(found):
        opacity = snapshot.fills[:, 3:]
        painted = ground * (1 - opacity) + snapshot.fills[:, :3] * opacity
        faint = contrast_ratio(painted, np.repeat(ground, len(painted), axis=0)) < FAINT
    for place in np.flatnonzero(found & faint):
        part = snapshot.parts[place]
        if not part.is_glyph and (size[place] >= CARD).all() and _is_rectangle(part.mobject.points):
            found[place] = False
    return found


def only_empty_cards(snapshot: Snapshot, frame: Frame, held: NDArray[np.bool_]) -> bool:
    """Whether the body has cards and content (`held`, see `content`), but none of it is on any of the cards.

    A cell of a table may be filled with its colour alone: a bright one among faint ones counts as filled.
    """
    if not held.any():
        return False
    filled = in_body(snapshot, frame) & (snapshot.fills[:, 3] >= READABLE_OPACITY)
    cards = snapshot.boxes[filled & ~held]
    if not len(cards):
        return False
    boxes = snapshot.boxes[held]
    middle = (boxes[:, None, :2] + boxes[:, None, 2:]) / 2
    if ((middle >= cards[:, :2]) & (middle <= cards[:, 2:])).all(axis=2).any():
        return False
    shapes = [place for place in np.flatnonzero(filled & held) if not snapshot.parts[place].is_glyph]
    size, sizes = (np.array(each)[:, 2:] - np.array(each)[:, :2] for each in (cards, snapshot.boxes[shapes]))
    return not (np.abs(sizes[:, None] - size) <= SAME_SIZE * size).all(axis=2).any()


def _is_rectangle(points: NDArray[np.float64]) -> bool:
    """Whether an outline runs along the edges of its box, apart from its corners."""
    low, high = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    near = 0.02 * float((high - low).max()) + 1e-3
    on_edge = (np.abs(points[:, :2] - low) <= near) | (np.abs(points[:, :2] - high) <= near)
    return bool(on_edge.any(axis=1).mean() >= 0.7)
