"""The race: the same bad start, the same step size, two losses, one finishing line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from softmax_explained.core.arrays import Array, read_only
from softmax_explained.core.lesson.lesson import Lesson
from softmax_explained.core.numerics.softmax import log_sum_exp

DROP = 5.0
CAP = 2000
FINISH = 0.5


@dataclass(frozen=True, eq=False)
class Race:
    """How the true class's share recovers under cross-entropy and under squared error.

    Args:
        drop: how far below its best rival the true class's score starts.
        cap: the number of steps after which a runner is stopped.
        n_ce: steps until a_t > ½ under C = −Σ y ln a (`cap` if it was stopped).
        n_q: steps until a_t > ½ under Q = ½ Σ (a − y)² (`cap` if it was stopped).
        trace_ce: (n_ce + 1,) a_t before the first step and after each.
        trace_q: (n_q + 1,) the same under squared error.
    """

    drop: float
    cap: int
    n_ce: int
    n_q: int
    trace_ce: Array
    trace_q: Array

    @property
    def ce_capped(self) -> bool:
        """Whether cross-entropy was stopped before it finished (a target of ½ or less never finishes)."""
        return bool(self.trace_ce[-1] <= FINISH)

    @property
    def q_capped(self) -> bool:
        """Whether squared error was stopped before it finished."""
        return bool(self.trace_q[-1] <= FINISH)

    @property
    def capped(self) -> bool:
        """Whether either was stopped, so that its count is a lower bound."""
        return self.ce_capped or self.q_capped


def race(lesson: Lesson, drop: float = DROP, cap: int = CAP) -> Race:
    """Run both losses downhill, z ← z − η ∂loss/∂z, from the true score set `drop` below its best rival.

    Args:
        lesson: gives the rivals' scores, the targets and η.
        drop: how far below, in units of score.
        cap: most steps either may take.

    >>> from softmax_explained.core.lesson.loader import default_lesson
    >>> race(default_lesson()).n_ce, race(default_lesson()).n_q
    (4, 61)
    """
    t = int(np.argmax(lesson.targets))
    z = lesson.z.copy()
    z[t] = np.max(np.delete(z, t)) - drop
    ce = _run(lesson, z, t, cap, squared=False)
    q = _run(lesson, z, t, cap, squared=True)
    return Race(drop, cap, len(ce) - 1, len(q) - 1, ce, q)


def _run(lesson: Lesson, z: Array, t: int, cap: int, *, squared: bool) -> Array:
    """Trace a_t before the first step and after each, up to the finishing line or the cap.

    Softmax is written out in its shortest stable form: this runs thousands of times and needs no last bits.
    """
    y, eta = lesson.targets, lesson.learning_rate
    trace: list[float] = []
    while True:
        e = np.exp(z - z.max())
        a = e / e.sum()
        trace.append(a[t])
        if a[t] > FINISH or len(trace) > cap:
            return read_only(trace)
        slope = a - y
        if squared:
            slope = a * (slope - a @ slope)
        z = z - eta * slope


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
