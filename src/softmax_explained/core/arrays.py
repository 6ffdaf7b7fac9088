"""Read-only arrays, the only ones that the core returns."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def read_only(values: ArrayLike) -> Array:
    """Copy values to a read-only float64 array, with +0.0 for −0.0.

    >>> read_only([1, -0.0])
    array([1., 0.])
    """
    copy = np.array(values, dtype=np.float64) + 0.0
    copy.flags.writeable = False
    return copy
