"""A bar moves to another place and is pale on the way: what is bright does not flicker past other bars."""

from __future__ import annotations

from typing import cast

import numpy as np
from manim import Transform, VMobject

PALE = 0.3  # of its opacity, half-way


class Flow(Transform):
    """Transform a bar into another one, with less opacity while it moves.

    >>> from manim import RIGHT, Square
    >>> bar = Square(fill_opacity=1)
    >>> move = Flow(bar, bar.copy().shift(2 * RIGHT))
    >>> move.begin()
    >>> move.interpolate(0.5)
    >>> round(float(bar.get_x()), 3), round(float(bar.get_fill_opacity()), 3)
    (1.0, 0.3)
    """

    def interpolate_mobject(self, alpha: float) -> None:
        """Draw the bar at a time of the move."""
        super().interpolate_mobject(alpha)
        part = self.rate_func(alpha)
        bar = cast(VMobject, self.mobject)
        opacity = float(bar.get_fill_opacity())
        bar.set_fill(opacity=opacity * (1 - (1 - PALE) * np.sin(np.pi * part)))
