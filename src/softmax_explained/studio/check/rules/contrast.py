"""CONTRAST: text that does not stand out from what it stands on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from softmax_explained.stage.design.contrast import Colours, contrast_ratio
from softmax_explained.stage.design.style import style
from softmax_explained.studio.check.finding import Sighting
from softmax_explained.studio.check.snapshot import Snapshot
from softmax_explained.studio.check.thresholds import CONTRAST_LARGE, CONTRAST_TEXT, PIXEL, TITLE

FULL = 0.95
"""Text with less opacity than this has been dimmed."""


def contrasts(glance: Snapshot, places: Sequence[int]) -> NDArray[np.float64]:
    """The WCAG contrast of glyphs with the ground, or with the filled shapes drawn before them below them."""
    if not places:
        return np.zeros(0)
    boxes, fills = glance.boxes, glance.fills
    middle = (boxes[places, :2] + boxes[places, 2:]) / 2
    ground = np.tile(style().colour("ground").to_rgb(), (len(places), 1)).astype(float)
    order = np.asarray(places, dtype=int)
    for shape in np.flatnonzero(fills[:, 3] >= 0.01):
        if glance.parts[shape].is_glyph:
            continue
        low, high = boxes[shape, :2], boxes[shape, 2:]
        on = (order > shape) & (middle >= low).all(axis=1) & (middle <= high).all(axis=1)
        ground[on] = _over(ground[on], fills[[shape]])
    ink = _over(ground, fills[places])
    return contrast_ratio(ink, ground)


def faint(glance: Snapshot) -> Iterator[Sighting]:
    """Pieces of type with a glyph that has too little contrast."""
    everything = [place for places in glance.pieces.values() for place in places]
    measured_at = dict(zip(everything, contrasts(glance, everything), strict=True))
    for owner, places in glance.pieces.items():
        dimmed = glance.fills[places, 3] < FULL
        large = glance.ems[owner] >= TITLE * PIXEL
        least = np.where(dimmed | large, CONTRAST_LARGE, CONTRAST_TEXT)
        measured = np.array([measured_at[place] for place in places])
        worst = int(np.argmin(measured / least))
        if measured[worst] < least[worst]:
            yield Sighting(
                "CONTRAST",
                (owner.name,),
                f"{measured[worst]:.2f}:1",
                f"at least {least[worst]:.1f}:1",
                float(least[worst] - measured[worst]),
                "dim with formula.deemphasise() or style().dim(role); on a filled shape use ink_on(colour)",
                glance.parts[places[worst]].allowed.get("CONTRAST"),
            )


def _over(below: Colours, above: NDArray[np.float64]) -> Colours:
    """Colours painted over others: red, green, blue and opacity above."""
    opacity = above[:, 3:]
    return np.asarray(below * (1 - opacity) + above[:, :3] * opacity)
