"""The sweep: how hard each loss pushes the true class's score, from hopeless to certain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from softmax_explained.core.arrays import Array, read_only
from softmax_explained.core.lesson.lesson import Lesson
from softmax_explained.core.softmax import log_sum_exp

REACH = 8.0
POINTS = 241


@dataclass(frozen=True, eq=False)
class Sweep:
    """Two curves over the true class's score z_t, all other scores as given.

    Args:
        z_t: (241,) the grid, rising: 8 to either side of `half`, further if the lesson's z_t lies outside.
        push_ce: (241,) |∂C/∂z_t|, for a one-hot target 1 − a_t.
        push_q: (241,) |∂Q/∂z_t| of squared error.
        half: the z_t at which a_t = ½; left of it the true class is losing.
    """

    z_t: Array
    push_ce: Array
    push_q: Array
    half: float


def sweep(lesson: Lesson) -> Sweep:
    """Compute both curves for a lesson.

    >>> from softmax_explained.core.lesson.loader import default_lesson
    >>> curves = sweep(default_lesson())
    >>> curves.push_ce[[0, -1]].round(3), curves.push_q[[0, -1]].round(3)
    (array([1., 0.]), array([0.001, 0.   ]))
    """
    t = int(np.argmax(lesson.targets))
    z = lesson.z
    half = log_sum_exp(np.delete(z, t))
    grid = np.linspace(min(half - REACH, z[t]), max(half + REACH, z[t]), POINTS)
    scores = np.tile(z, (POINTS, 1))
    scores[:, t] = grid
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    a = e / e.sum(axis=1, keepdims=True)
    slope = a - lesson.targets
    squared = a[:, t] * (slope[:, t] - (a * slope).sum(axis=1))
    return Sweep(read_only(grid), read_only(abs(slope[:, t])), read_only(abs(squared)), half)
