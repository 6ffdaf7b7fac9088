"""OUTSIDE: anything beyond the safe area of the frame."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from softmax_explained.stage.design.layout import Region
from softmax_explained.studio.check.finding import Sighting
from softmax_explained.studio.check.snapshot import Owner, Snapshot
from softmax_explained.studio.check.thresholds import OUTSIDE, PIXEL


def outside(glance: Snapshot, safe: Region) -> Iterator[Sighting]:
    """What can be seen and reaches beyond the safe area, each thing with its farthest side."""
    boxes = glance.boxes
    beyond = np.column_stack(
        [safe.left - boxes[:, 0], safe.bottom - boxes[:, 1], boxes[:, 2] - safe.right, boxes[:, 3] - safe.top]
    )
    far = beyond.max(axis=1) / PIXEL
    worst: dict[Owner, int] = {}
    for place in np.flatnonzero((far > OUTSIDE) & glance.visible):
        index = int(place)
        owner = glance.parts[index].owner
        if owner not in worst or far[index] > far[worst[owner]]:
            worst[owner] = index
    for owner, index in worst.items():
        side = ("left", "bottom", "right", "top")[int(beyond[index].argmax())]
        yield Sighting(
            "OUTSIDE",
            (owner.name,),
            f"{far[index]:.1f} px beyond the {side}",
            f"at most {OUTSIDE:.0f} px",
            float(far[index]),
            "put it into a region of self.stage: .place shrinks what is too large",
            glance.parts[index].allowed.get("OUTSIDE"),
        )
