"""Filled and dashed rectangles given by their edges."""

from typing import Self

import numpy as np
from manim import VGroup, VMobject
from numpy.typing import NDArray

from softmax_explained.stage.design.style import style

PITCH = 0.24  # of dashes, in Manim's units
FILLED = 0.6  # the part of it that a dash takes
FEWEST = 8  # dashes of an outline

Edges = tuple[float, float, float, float]
"""Left, bottom, right and top of a rectangle."""


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
        self.set_points_as_corners(_corners(left, bottom, right, top))
        return self


class Outline(VGroup):
    """A dashed rectangle, used for targets; a dashed line if its height is 0.

    Its parts are the dashes. Manim's `DashedVMobject` looks the same, but takes 8 ms to make, too long for
    what is redrawn in every frame.

    Attributes:
        edges: as they were given.
    """

    def __init__(self, left: float, bottom: float, right: float, top: float, *, colour: str = "y") -> None:
        super().__init__()
        self._colour = colour
        self.reshape(left, bottom, right, top)

    def reshape(self, left: float, bottom: float, right: float, top: float) -> Self:
        """Move the edges; the dashes keep their length."""
        self.edges: Edges = (left, bottom, right, top)
        paths = dashes(_corners(left, bottom, right, top), PITCH, FILLED)
        missing = [VMobject() for _ in range(len(paths) - len(self.submobjects))]
        self.submobjects = [*self.submobjects, *missing][: len(paths)]
        for dash, path in zip(self.submobjects, paths, strict=True):
            dash.set_points_as_corners(path)
        self.set_stroke(style().colour(self._colour), style().stroke("line"), opacity=1.0)
        return self


def dashes(corners: NDArray[np.float64], pitch: float, filled: float) -> list[NDArray[np.float64]]:
    """Divide a closed path into dashes of equal length, the first of which begins where the path begins.

    Args:
        corners: (n, 3), the last equal to the first.
        pitch: of the dashes, rounded so that they fit; there are at least `FEWEST`.
        filled: the part of the pitch that a dash takes.

    Returns:
        The points of each dash: its ends, and the corners between them.

    >>> square = np.array([(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0), (0, 0, 0)], dtype=float)
    >>> dashes(square, pitch=0.5, filled=0.5)[1].tolist()
    [[0.5, 0.0, 0.0], [0.75, 0.0, 0.0]]
    """
    at = np.array([0.0, *np.cumsum(np.linalg.norm(np.diff(corners, axis=0), axis=1))])
    count = max(FEWEST, round(at[-1] / pitch))
    starts = at[-1] * np.arange(count) / count
    ends = starts + at[-1] * filled / count
    first, last = (
        np.column_stack([np.interp(lengths, at, coordinate) for coordinate in corners.T])
        for lengths in (starts, ends)
    )
    return [np.vstack([first[n], corners[(at > starts[n]) & (at < ends[n])], last[n]]) for n in range(count)]


def _corners(left: float, bottom: float, right: float, top: float) -> NDArray[np.float64]:
    """(5, 3) the corners of a rectangle, from the lower left to the lower left again."""
    corners = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
    return np.array([(x, y, 0.0) for x, y in corners])
