"""FLASH: brightness that changes back and forth so often that it can trigger a seizure.

Measured on a coarse grid of the frame, from filled shapes only: strokes and glyphs are too small.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

import numpy as np
from manim import Animation, Mobject, VMobject
from numpy.typing import NDArray

from softmax_explained.stage.design.contrast import luminance
from softmax_explained.stage.design.layout import Frame
from softmax_explained.stage.design.style import style
from softmax_explained.studio.check.finding import Rule, Violation
from softmax_explained.studio.check.snapshot import Snapshot
from softmax_explained.studio.check.thresholds import FLASH_AREA, FLASH_CHANGE, FLASH_DARKER, FLASHES

FLASH = Rule("FLASH", "at most {}", "let it change once, or more slowly, or make it smaller")

COLUMNS, ROWS = 32, 18  # cells of the grid: a cell is 1/576 of the frame, and 1/16 of the area that counts
Luminances = NDArray[np.float64]  # (rows, columns): the relative luminance of each cell


def luminances(snapshot: Snapshot, frame: Frame) -> Luminances:
    """The luminances of a picture, from the boxes of its filled shapes in drawing order."""
    x = ((np.arange(COLUMNS) + 0.5) / COLUMNS - 0.5) * frame.width
    y = ((np.arange(ROWS) + 0.5) / ROWS - 0.5) * frame.height
    painted = np.tile(np.array(style().colour("ground").to_rgb(), dtype=float), (ROWS, COLUMNS, 1))
    for place in np.flatnonzero(snapshot.fills[:, 3] > 0):
        if snapshot.parts[place].is_glyph:
            continue
        left, bottom, right, top = snapshot.boxes[place]
        rows, columns = (y >= bottom) & (y <= top), (x >= left) & (x <= right)
        if rows.any() and columns.any():
            *colour, opacity = snapshot.fills[place]
            cells = np.ix_(rows, columns)
            painted[cells] = painted[cells] * (1 - opacity) + np.array(colour) * opacity
    return luminance(painted)


def is_large(animations: list[Animation] | None, frame: Frame) -> bool:
    """Whether an animation moves a filled shape of the size that counts."""
    return any(
        isinstance(part, VMobject)
        and len(part.points)
        and part.get_fill_opacity() > 0
        and part.width * part.height >= FLASH_AREA * frame.width * frame.height
        for animation in animations or ()
        if isinstance(animation.mobject, Mobject)
        for part in animation.mobject.get_family()
    )


def flashes(seen: list[tuple[str, float, Luminances]]) -> Iterator[Violation]:
    """Seconds with too many flashes, reported where they start, from beat, time and luminances in order.

    A flash is two opposing changes of the same place: an edge that moves on changes many places once each.
    """
    recent: deque[tuple[str, float, NDArray[np.bool_]]] = (
        deque()
    )  # which cells have turned, in the last second
    until = -1.0
    for beat_id, time, turned in _opposing_changes(seen):
        recent.append((beat_id, time, turned))
        while recent[0][1] < time - 1:
            recent.popleft()
        pairs = np.sum([cells for _, _, cells in recent], axis=0) // 2
        start_id, start, _ = recent[0]
        if start > until and (pairs > FLASHES).mean() >= FLASH_AREA:
            until = start + 1
            most = int(np.sort(pairs, axis=None)[-round(FLASH_AREA * pairs.size)])
            area, measured = f"{FLASH_AREA:.1%} of the frame or more", f"{most} flashes in a second"
            violation = FLASH.violation(area, measured=measured, excess=most, limit=FLASHES)
            yield violation.at(start_id, start)


def _opposing_changes(
    seen: list[tuple[str, float, Luminances]],
) -> Iterator[tuple[str, float, NDArray[np.bool_]]]:
    """Which cells become darker after they have become brighter, or the other way round, and when."""
    if not seen:
        return
    turned = seen[0][2].copy()  # the luminance of each cell at its last extreme
    direction = np.zeros_like(turned)
    for beat_id, time, now in seen:
        change = now - turned
        counts = (np.abs(change) >= FLASH_CHANGE) & (np.minimum(now, turned) < FLASH_DARKER)
        onwards = np.sign(change) == direction
        turning = counts & ~onwards
        if turning.any():
            yield beat_id, time, turning
        direction[turning] = np.sign(change)[turning]
        extreme = counts | (onwards & (change != 0))
        turned[extreme] = now[extreme]
