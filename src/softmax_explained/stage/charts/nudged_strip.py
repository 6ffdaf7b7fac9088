"""The unit strip after a nudge of one score: a segment longer by a sliver, and what each segment gives up."""

from __future__ import annotations

import numpy as np
from manim import VGroup
from numpy.typing import NDArray

from softmax_explained.stage.charts.strip import Strip
from softmax_explained.stage.design.style import style
from softmax_explained.stage.shapes.box import Box


class NudgedStrip(Strip):
    """The shares a, with the sliver a_i dz after segment i, to first order in dz.

    The strip is 1 + a_i dz long. Each segment j gives up its tax a_j a_i dz; afterwards segment i is
    a_i + a_i (1 − a_i) dz long, and the whole is exactly 1 again.

    Args:
        shares: (K,) lengths of the unit strip, Σ = 1.
        i: the segment whose score is nudged, counted from 0.
        dz: the nudge.
        left: x of the left end.
        y: y of the middle.
        unit: Manim units per length of 1.
        height: of the strip, in Manim units.
        colour: a role.

    >>> strip = NudgedStrip(np.array([0.5, 0.3, 0.2]), 0, 0.1, left=0, y=0, unit=10)
    >>> round(strip.right, 6), round(float(strip.taxes().sum()), 6)
    (10.5, 0.05)
    """

    def __init__(
        self,
        shares: NDArray[np.float64],
        i: int,
        dz: float,
        *,
        left: float,
        y: float,
        unit: float,
        height: float = 0.95,
        colour: str = "a",
    ) -> None:
        self.shares, self.i, self.dz = shares, i, dz
        super().__init__(self.grown(dz), left=left, y=y, unit=unit, height=height, focus=i, colour=colour)
        self.sliver.set_fill(style().colour("growth"), 1)

    def grown(self, dz: float) -> NDArray[np.float64]:
        """(K + 1,) lengths with the sliver after segment i."""
        return np.insert(self.shares, self.i + 1, self.shares[self.i] * dz)

    def taxes(self) -> NDArray[np.float64]:
        """(K,) what each segment gives up, a_j a_i dz."""
        return np.asarray(self.shares * self.shares[self.i] * self.dz)

    def taxed(self, paid: float) -> NDArray[np.float64]:
        """(K + 1,) lengths after a fraction `paid` of the tax, in [0, 1], has been given up."""
        return self.grown(self.dz) - np.insert(self.taxes() * paid, self.i + 1, 0.0)

    def nudge(self, dz: float) -> NudgedStrip:
        """Draw the strip for another nudge."""
        self.dz = dz
        return self.draw(self.grown(dz))

    @property
    def one(self) -> float:
        """The x at which a strip of length 1 ends."""
        return self.left + self.unit

    @property
    def sliver(self) -> Box:
        """What segment i has gained."""
        return self.boxes[self.i + 1]

    def segment(self, k: int) -> int:
        """The index of class `k` among the boxes; those after the sliver are one further."""
        return k if k <= self.i else k + 1

    def tax_slivers(self) -> VGroup:
        """What each segment will give up, at its right end."""
        slivers = VGroup()
        for k, tax in enumerate(self.taxes()):
            end = self.spans[self.segment(k)][1]
            slivers.add(Box(end - tax * self.unit, self.bottom, end, self.top, colour="minus"))
        return slivers
