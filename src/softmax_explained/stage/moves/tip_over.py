"""A standing bar tips over and lies down somewhere else, as long as it was."""

from __future__ import annotations

import numpy as np
from manim import PI, Animation, interpolate

from softmax_explained.stage.shapes.box import Box


class TipOver(Animation):
    """Turn an upright bar by a quarter, to the right, on its way to where a lying bar of its length belongs.

    What is seen is one stiff rod: its length never changes, only its thickness does. It comes out of
    the upright bar, which stays.

    Args:
        standing: the upright bar.
        lying: the bar it becomes, not on the stage yet; what travels is gone once it has arrived.
        run_time: seconds.
    """

    def __init__(self, standing: Box, lying: Box, *, run_time: float = 1.0) -> None:
        self._standing, self._lying, self._rod = standing.copy(), lying, standing.copy()
        super().__init__(self._rod, run_time=run_time, introducer=True, remover=True)

    def interpolate_mobject(self, alpha: float) -> None:
        """Stand on the way after a part of the run time."""
        part = self.rate_func(alpha)
        length = interpolate(self._standing.height, self._lying.width, part)
        thickness = interpolate(self._standing.width, self._lying.height, part)
        opacity = min(1.0, 4 * part) * self._lying.get_fill_opacity()
        self._rod.reshape(-thickness / 2, -length / 2, thickness / 2, length / 2)
        self._rod.set_fill(self._lying.get_fill_color(), opacity)
        self._rod.rotate(-part * PI / 2, about_point=np.zeros(3))
        self._rod.shift(interpolate(self._standing.get_center(), self._lying.get_center(), part))
