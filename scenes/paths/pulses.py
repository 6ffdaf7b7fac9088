"""What travels the paths from a score to the loss: a dot on each, as large as what it brings."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from manim import Animation, AnimationGroup, Dot, MoveAlongPath, VGroup

from softmax_explained.core.arrays import Array
from softmax_explained.scenes.paths.network import PathNetwork
from softmax_explained.stage.design.style import style

LARGEST, SMALLEST = 0.16, 0.05  # radii of a dot, in Manim's units: of the largest effect, and of none at all


class Pulses:
    """K dots that set out from the score together.

    Args:
        net: the paths.
        effects: (K,) what arrives at the loss along each.
    """

    def __init__(self, net: PathNetwork, effects: Array) -> None:
        self._net = net
        sizes = np.abs(effects) / max(float(np.abs(effects).max()), 1e-12)
        self._radii = SMALLEST + (LARGEST - SMALLEST) * np.sqrt(sizes)

    def to_meters(self) -> Animation:
        """Equal dots run along the first halves of the paths."""
        middle = (LARGEST + SMALLEST) / 2
        return self._run(self._net.replies, [middle] * len(self._radii), "a")

    def to_loss(self) -> Animation:
        """Along the second halves they are as large as what they bring."""
        return self._run(self._net.effects, self._radii, "C")

    @staticmethod
    def _run(ways: VGroup, radii: Iterable[float], role: str) -> Animation:
        dots = [Dot(radius=radius, color=style().colour(role)) for radius in radii]
        moves = zip(dots, ways, strict=True)
        return AnimationGroup(*[MoveAlongPath(dot, way, introducer=True, remover=True) for dot, way in moves])
