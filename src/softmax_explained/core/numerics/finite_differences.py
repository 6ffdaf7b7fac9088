"""Finite differences of the loss."""

from __future__ import annotations

import numpy as np

from softmax_explained.core.arrays import Array, read_only
from softmax_explained.core.numerics.softmax import cross_entropy

NUDGE = 1e-4
"""h of the central difference: its error is below 2e-9 (h² |C'''| / 6); rounding adds about 1e-16 |C| / h."""


def central_differences(z: Array, y: Array, h: float = NUDGE) -> Array:
    """(C(z + h e_i) − C(z − h e_i)) / 2h for every class i, (K,).

    Args:
        z: (K,) scores.
        y: (K,) targets.
        h: step size, > 0.

    >>> central_differences(np.array([2.0, 1.0, 0.1]), np.array([0.0, 1.0, 0.0])).round(3)
    array([ 0.659, -0.758,  0.099])
    """
    nudges = h * np.eye(len(z))
    return read_only([(cross_entropy(z + e, y) - cross_entropy(z - e, y)) / (2 * h) for e in nudges])


def forward_ratios(z: Array, y: Array, i: int, steps: Array) -> Array:
    """(C(z + h e_i) − C(z)) / h for each h of `steps`, the shape of `steps`.

    Args:
        z: (K,) scores.
        y: (K,) targets.
        i: the class whose score is nudged, 0-based.
        steps: step sizes, each > 0.
    """
    before = cross_entropy(z, y)
    nudge = np.eye(len(z))[i]
    return read_only([(cross_entropy(z + h * nudge, y) - before) / h for h in steps])
