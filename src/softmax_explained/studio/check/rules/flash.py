"""FLASH: light that changes back and forth so often that it can cause a seizure.

Measured on a coarse grid of the frame, from the filled shapes alone: strokes and letters are too small.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from manim import Animation, Mobject, VMobject
from numpy.typing import NDArray

from softmax_explained.stage.design.contrast import luminance
from softmax_explained.stage.design.layout import Frame
from softmax_explained.stage.design.style import style
from softmax_explained.studio.check.finding import Placed, Sighting
from softmax_explained.studio.check.snapshot import Snapshot
from softmax_explained.studio.check.thresholds import FLASH_AREA, FLASH_CHANGE, FLASH_DARKER, FLASHES

ACROSS, UP = 32, 18
"""Cells of the grid: each is a five-hundredth of the frame, an eighteenth of the area that counts."""

Light = NDArray[np.float64]
"""The relative luminance of each cell."""


def light(glance: Snapshot, frame: Frame) -> Light:
    """The light of a picture, from the boxes of its filled shapes in drawing order."""
    x = ((np.arange(ACROSS) + 0.5) / ACROSS - 0.5) * frame.width
    y = ((np.arange(UP) + 0.5) / UP - 0.5) * frame.height
    painted = np.tile(np.array(style().colour("ground").to_rgb(), dtype=float), (UP, ACROSS, 1))
    for place in np.flatnonzero(glance.fills[:, 3] > 0):
        if glance.parts[place].is_glyph:
            continue
        left, bottom, right, top = glance.boxes[place]
        rows, columns = (y >= bottom) & (y <= top), (x >= left) & (x <= right)
        if rows.any() and columns.any():
            *colour, opacity = glance.fills[place]
            cells = np.ix_(rows, columns)
            painted[cells] = painted[cells] * (1 - opacity) + np.array(colour) * opacity
    return luminance(painted)


def is_large(animations: list[Animation] | None, frame: Frame) -> bool:
    """Whether anything that moves is a filled shape of the size that counts."""
    for animation in animations or ():
        mobject = animation.mobject
        family: list[Mobject] = mobject.get_family() if isinstance(mobject, Mobject) else []
        for part in family:
            if (
                isinstance(part, VMobject)
                and len(part.points)
                and part.get_fill_opacity() > 0
                and part.width * part.height >= FLASH_AREA * frame.width * frame.height
            ):
                return True
    return False


def flashes(seen: list[tuple[str, float, Light]]) -> Iterator[Placed]:
    """Seconds with too many flashes; each is told once, where it begins.

    Args:
        seen: beat, second of the reel and light, in order.
    """
    changes = list(_opposing_changes(seen))
    until = -1.0
    for first in range(len(changes)):
        beat_id, start = changes[first]
        within = sum(1 for _, time in changes[first:] if time <= start + 1)
        if start > until and within // 2 > FLASHES:
            until = start + 1
            yield Placed(
                beat_id,
                start,
                Sighting(
                    "FLASH",
                    (f"{FLASH_AREA:.1%} of the frame or more",),
                    f"{within // 2} flashes in a second",
                    f"at most {FLASHES}",
                    within,
                    "let it change once, or slower, or smaller",
                ),
            )


def _opposing_changes(seen: list[tuple[str, float, Light]]) -> Iterator[tuple[str, float]]:
    """When a large part of the frame has become brighter, then darker, then brighter, and so on."""
    if not seen:
        return
    turned = seen[0][2].copy()  # the light of each cell when it last turned
    direction = np.zeros_like(turned)
    last = 0.0
    for beat_id, time, now in seen:
        change = now - turned
        counts = (np.abs(change) >= FLASH_CHANGE) & (np.minimum(now, turned) < FLASH_DARKER)
        onwards = np.sign(change) == direction
        for way in (1.0, -1.0):
            turning = counts & ~onwards & (np.sign(change) == way)
            if turning.mean() >= FLASH_AREA and way != last:
                last = way
                yield beat_id, time
            direction[turning] = way
        extreme = counts | (onwards & (change != 0))
        turned[extreme] = now[extreme]
