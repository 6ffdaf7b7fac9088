"""Dots along the paths from a score to the loss, sized by the effect of each path."""

from collections.abc import Iterable

import numpy as np
from manim import Animation, AnimationGroup, Dot, MoveAlongPath, VGroup

from softmax_explained.core.arrays import Array
from softmax_explained.scenes.paths.network import PathNetwork
from softmax_explained.stage import style

LARGEST, SMALLEST = 0.16, 0.05  # radii in Manim units for the largest effect and for none


class Pulses:
    """K dots that start at the score together; `effects` has shape (K,)."""

    def __init__(self, net: PathNetwork, effects: Array) -> None:
        self._net = net
        sizes = np.abs(effects) / max(float(np.abs(effects).max()), 1e-12)
        self._radii = SMALLEST + (LARGEST - SMALLEST) * np.sqrt(sizes)

    def to_meters(self) -> Animation:
        """Equal dots move along the first halves of the paths."""
        middle = (LARGEST + SMALLEST) / 2
        return self._run(self._net.replies, [middle] * len(self._radii), "a")

    def to_loss(self) -> Animation:
        """Dots sized by their effects move along the second halves."""
        return self._run(self._net.effects, self._radii, "C")

    @staticmethod
    def _run(ways: VGroup, radii: Iterable[float], role: str) -> Animation:
        dots = [Dot(radius=radius, color=style().colour(role)) for radius in radii]
        moves = zip(dots, ways, strict=True)
        return AnimationGroup(*[MoveAlongPath(dot, way, introducer=True, remover=True) for dot, way in moves])
