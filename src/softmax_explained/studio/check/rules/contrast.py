"""CONTRAST: text that does not stand out from its background."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from softmax_explained.stage.design.contrast import Colours, contrast_ratio
from softmax_explained.stage.design.style import style
from softmax_explained.studio.check.finding import Rule, Violation
from softmax_explained.studio.check.snapshot import Snapshot
from softmax_explained.studio.check.thresholds import CONTRAST_LARGE, CONTRAST_TEXT, LARGE, PIXEL, UNDIMMED

CONTRAST = Rule(
    "CONTRAST",
    "at least {:.1f}:1",
    "dim with formula.deemphasise() or style().dim(role); on a filled shape use ink_on(colour)",
)


def low_contrast(snapshot: Snapshot) -> Iterator[Violation]:
    """Pieces of text with a glyph that has too little contrast."""
    everything = [place for places in snapshot.pieces.values() for place in places]
    measured_at = dict(zip(everything, _contrasts(snapshot, everything), strict=True))
    for owner, places in snapshot.pieces.items():
        dimmed = snapshot.fills[places, 3] < UNDIMMED
        large = snapshot.ems[owner] >= LARGE * PIXEL
        least = np.where(dimmed | large, CONTRAST_LARGE, CONTRAST_TEXT)
        measured = np.array([measured_at[place] for place in places])
        worst = int(np.argmin(measured / least))
        if measured[worst] < least[worst]:
            yield CONTRAST.violation(
                owner.name,
                measured=f"{measured[worst]:.2f}:1",
                excess=float(least[worst] - measured[worst]),
                limit=least[worst],
                allowed=snapshot.parts[places[worst]].allowed,
            )


def _contrasts(snapshot: Snapshot, places: Sequence[int]) -> NDArray[np.float64]:
    """The WCAG contrast of glyphs with the background, or with the filled shapes drawn below them."""
    if not places:
        return np.zeros(0)
    boxes, fills = snapshot.boxes, snapshot.fills
    middle = (boxes[places, :2] + boxes[places, 2:]) / 2
    ground = np.tile(style().colour("ground").to_rgb(), (len(places), 1)).astype(float)
    order = np.asarray(places, dtype=int)
    for shape in np.flatnonzero(fills[:, 3] >= 0.01):
        if snapshot.parts[shape].is_glyph:
            continue
        low, high = boxes[shape, :2], boxes[shape, 2:]
        on = (order > shape) & (middle >= low).all(axis=1) & (middle <= high).all(axis=1)
        ground[on] = _over(ground[on], fills[[shape]])
    return contrast_ratio(_over(ground, fills[places]), ground)


def _over(below: Colours, above: NDArray[np.float64]) -> Colours:
    """RGBA colours painted over RGB colours."""
    opacity = above[:, 3:]
    return np.asarray(below * (1 - opacity) + above[:, :3] * opacity)
