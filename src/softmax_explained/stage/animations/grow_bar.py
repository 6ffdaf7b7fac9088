"""Grow a bar from one of its edges at constant thickness."""

from typing import Any

import numpy as np
from manim import Transform, VMobject

from softmax_explained.stage.design.layout import Point

FLAT = 1e-3  # initial fraction of the bar's length


class GrowBar(Transform):
    """Grow a bar in length only; Manim's own growing animations also change its thickness.

    Args:
        bar: the bar at the end.
        edge: the side it grows from: UP, DOWN, LEFT or RIGHT.
        kwargs: as for Manim's ``Transform``.

    >>> from manim import DOWN, Rectangle
    >>> move = GrowBar(Rectangle(width=1, height=4), DOWN)
    >>> move.begin()
    >>> start = move.starting_mobject
    >>> round(float(start.width), 3), round(float(start.height), 3), round(float(start.get_bottom()[1]), 3)
    (1.0, 0.004, -2.0)
    """

    def __init__(self, bar: VMobject, edge: Point, **kwargs: Any) -> None:
        self._edge = edge
        super().__init__(bar, introducer=True, **kwargs)

    def create_target(self) -> Any:
        """The bar itself."""
        return self.mobject

    def create_starting_mobject(self) -> Any:
        """The flat bar, at the edge."""
        along = int(np.argmax(np.abs(self._edge)))
        return super().create_starting_mobject().stretch(FLAT, along, about_edge=self._edge)
