"""The shares of the small strip while every score is nudged in turn."""

import numpy as np
from numpy.typing import NDArray

NUDGE = 0.6  # of a score, at most


def nudged_shares(a: NDArray[np.float64], turn: float) -> NDArray[np.float64]:
    """The shares while score ⌊turn⌋ is nudged up and goes back within one unit of `turn`.

    >>> nudged_shares(np.array([0.5, 0.5]), 0.0).tolist(), nudged_shares(np.array([0.5, 0.5]), 2.0).tolist()
    ([0.5, 0.5], [0.5, 0.5])
    >>> nudged_shares(np.array([0.5, 0.5]), 1.5).round(3).tolist()
    [0.354, 0.646]
    """
    k, part = divmod(min(turn, float(len(a))), 1.0)
    grown = a.copy()
    if k < len(a):
        grown[int(k)] *= np.exp(NUDGE * np.sin(np.pi * part))
    return np.asarray(grown / grown.sum())
