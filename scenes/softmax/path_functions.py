"""Ways on which several things move at once without crossing one another, for ``Transform(path_func=…)``."""

from __future__ import annotations

import numpy as np
from manim import smooth
from numpy.typing import NDArray

Points = NDArray[np.float64]


def sideways_first(start: Points, end: Points, alpha: float) -> Points:
    """Below or above the place first, then to its height.

    Args:
        start: (n, 3) points at the start.
        end: (n, 3) points at the end.
        alpha: the part of the time, from 0 to 1.
    """
    across, up = smooth(min(1.0, alpha / 0.7)), smooth(max(0.0, (alpha - 0.4) / 0.6))
    return _moved(start, end, across, up)


def height_first(start: Points, end: Points, alpha: float) -> Points:
    """To the height of the place first, then sideways; arguments as in `sideways_first`."""
    up, across = smooth(min(1.0, 2 * alpha)), smooth(max(0.0, 2 * alpha - 1))
    return _moved(start, end, across, up)


def _moved(start: Points, end: Points, across: float, up: float) -> Points:
    return np.asarray(start + (end - start) * np.array([across, up, 0.0]))
