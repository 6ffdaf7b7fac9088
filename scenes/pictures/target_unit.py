"""All the targets together: one green unit, as long as the ruler of the shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from manim import Animation, VGroup
from numpy.typing import NDArray

from softmax_explained.stage import Outline, Region
from softmax_explained.stage.animations.reshape_outlines import ReshapeOutline
from softmax_explained.stage.shapes.box import Edges


class TargetUnit(VGroup):
    """The targets y_k end to end, dashed: a whole unit, upright or lying, cut between two classes.

    A class with target 0 has no piece. With a one-hot target there is one piece.

    Args:
        targets: (K,) with sum 1.
        region: its longer side is the unit, its shorter side the thickness.

    Attributes:
        pieces: by class, from the bottom or the left, each an `Outline`.

    >>> unit = TargetUnit([0.0, 1.0, 0.0], Region(0, 0, 0.4, 3))
    >>> list(unit.pieces), [round(float(each.height), 2) for each in unit]
    ([1], [3.0])
    """

    def __init__(self, targets: Sequence[float] | NDArray[np.float64], region: Region) -> None:
        starts = np.cumsum([0.0, *targets])
        self.pieces: dict[int, Outline] = {}
        for k, target in enumerate(targets):
            if target > 0:
                edges = _part(region, float(starts[k]), float(starts[k] + target))
                self.pieces[k] = Outline(*edges)
        super().__init__(*self.pieces.values())

    def give(self, places: Mapping[int, Edges]) -> list[Animation]:
        """The animations that move pieces to other rectangles of the same class, where they stay."""
        moves: list[Animation] = []
        for k, there in places.items():
            if k in self.pieces:
                moves.append(ReshapeOutline(self.pieces[k], there))
        return moves


def _part(region: Region, start: float, end: float) -> Edges:
    """The rectangle between two fractions of the unit."""
    if region.height >= region.width:
        bottom = region.bottom + start * region.height
        return region.left, bottom, region.right, bottom + (end - start) * region.height
    left = region.left + start * region.width
    return left, region.bottom, left + (end - start) * region.width, region.top
