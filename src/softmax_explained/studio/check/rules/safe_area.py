"""OUTSIDE: anything beyond the safe area of the frame."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from softmax_explained.stage.design.layout import Region
from softmax_explained.studio.check.finding import Rule, Violation
from softmax_explained.studio.check.snapshot import Owner, Snapshot
from softmax_explained.studio.check.thresholds import OUTSIDE, PIXEL

SAFE_AREA = Rule(
    "OUTSIDE", "at most {:.0f} px", "put it into a region of self.stage: .place shrinks what is too large"
)


def outside_safe_area(snapshot: Snapshot, safe: Region) -> Iterator[Violation]:
    """What is visible beyond the safe area, once per object, at its farthest side."""
    boxes = snapshot.boxes
    beyond = np.column_stack(
        [safe.left - boxes[:, 0], safe.bottom - boxes[:, 1], boxes[:, 2] - safe.right, boxes[:, 3] - safe.top]
    )
    far = beyond.max(axis=1) / PIXEL
    worst: dict[Owner, int] = {}
    for place in map(int, np.flatnonzero((far > OUTSIDE) & snapshot.visible)):
        owner = snapshot.parts[place].owner
        if owner not in worst or far[place] > far[worst[owner]]:
            worst[owner] = place
    for owner, place in worst.items():
        side = ("left", "bottom", "right", "top")[int(beyond[place].argmax())]
        yield SAFE_AREA.violation(
            owner.name,
            measured=f"{far[place]:.1f} px beyond the {side}",
            excess=float(far[place]),
            limit=OUTSIDE,
            allowed=snapshot.parts[place].allowed,
        )
