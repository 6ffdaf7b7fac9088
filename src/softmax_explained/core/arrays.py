"""Arrays that cannot be written to: what the core hands out."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def read_only(values: ArrayLike) -> Array:
    """Copy values to float64, so that nobody can change them and zero has no sign.

    >>> read_only([1, -0.0])
    array([1., 0.])
    """
    copy = np.array(values, dtype=np.float64) + 0.0
    copy.flags.writeable = False
    return copy
