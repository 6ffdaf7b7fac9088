"""Filled and dashed rectangles given by their edges."""

from typing import Self

import numpy as np
from manim import DashedVMobject, VGroup, VMobject

from softmax_explained.stage.design.style import style


class Box(VMobject):
    """A filled rectangle.

    >>> box = Box(0, 0, 2, 1, colour="a")
    >>> float(box.reshape(0, 0, 4, 1).width)
    4.0
    """

    def __init__(
        self, left: float, bottom: float, right: float, top: float, *, colour: str, opacity: float = 1.0
    ) -> None:
        super().__init__()
        self.set_stroke(width=0).set_fill(style().colour(colour), opacity)
        self.reshape(left, bottom, right, top)

    def reshape(self, left: float, bottom: float, right: float, top: float) -> Self:
        """Move the edges."""
        corners = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
        self.set_points_as_corners(np.array([(x, y, 0.0) for x, y in corners]))
        return self


class Outline(VGroup):
    """A dashed rectangle, used for targets; a dashed line if its height is 0."""

    def __init__(self, left: float, bottom: float, right: float, top: float, *, colour: str = "y") -> None:
        super().__init__()
        self._colour = colour
        self.reshape(left, bottom, right, top)

    def reshape(self, left: float, bottom: float, right: float, top: float) -> Self:
        """Move the edges; the dashes keep their length."""
        edge = Box(left, bottom, right, top, colour=self._colour, opacity=0.0)
        edge.set_stroke(style().colour(self._colour), style().stroke("line"))
        length = 2 * (right - left + top - bottom)
        self.submobjects = [DashedVMobject(edge, num_dashes=max(8, round(length / 0.24)), dashed_ratio=0.6)]
        return self
