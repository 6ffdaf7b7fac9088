"""Ways round a corner, for what would cross a heading on the straight one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from manim import Mobject

Points = npt.NDArray[np.float64]
Way = Callable[[Points, Points, float], Points]


def down_then_across(thing: Mobject, there: Mobject) -> Way:
    """A quarter of an ellipse: it sets out up or down and comes in from the side.

    Args:
        thing: what sets out.
        there: what it becomes, in its place.

    Returns:
        A path for `Transform`. All points go one way, so that the thing keeps its shape.

    >>> from manim import RIGHT, UP, Dot
    >>> way = down_then_across(Dot(UP), Dot(RIGHT))
    >>> x, y, _ = way(UP, RIGHT, 0.5)
    >>> bool(x < 0.3 < 0.7 < 1 - y), bool(np.isclose((1 - x) ** 2 + (1 - y) ** 2, 1))
    (True, True)
    """
    return _round(thing, there, lambda turn: (1 - np.cos(turn), np.sin(turn)))


def across_then_down(thing: Mobject, there: Mobject) -> Way:
    """The other quarter of the ellipse: it sets out to the side and comes in from above or below.

    Args:
        thing: what sets out.
        there: what it becomes, in its place.

    Returns:
        A path for `Transform`, as that of `down_then_across`.
    """
    return _round(thing, there, lambda turn: (np.sin(turn), 1 - np.cos(turn)))


def _round(thing: Mobject, there: Mobject, parts: Callable[[float], tuple[float, float]]) -> Way:
    """The way whose parts sideways and up or down are given, each from 0 to 1, at a turn up to π/2."""
    across, down, _ = there.get_center() - thing.get_center()

    def way(start: Points, end: Points, alpha: float) -> Points:
        sideways, upright = parts(alpha * np.pi / 2)
        aside: Points = np.array([across * (sideways - alpha), down * (upright - alpha), 0.0])
        return np.add((1 - alpha) * start + alpha * end, aside)

    return way
