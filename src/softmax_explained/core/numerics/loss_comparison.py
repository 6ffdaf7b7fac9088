"""Cross-entropy against squared error: steps of gradient descent from a bad start, and the two gradients."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from softmax_explained.core.arrays import Array, read_only
from softmax_explained.core.lesson.lesson import Lesson
from softmax_explained.core.numerics.softmax import (
    cross_entropy_gradient,
    log_sum_exp,
    squared_error_gradient,
)

DROP = 5.0
CAP = 2000
SOON = 200
"""Steps within which cross-entropy has to finish at the lesson's learning rate, so that it can be watched."""
LEARNING_RATE = 0.1
"""The learning rate of a race for a lesson whose own is too small for that: it takes about 45 steps."""
FINISH = 0.5
"""A race ends when the share of the true class exceeds this."""
LAG = 0.2
"""The part of the way of a share under cross-entropy that it has gone at most when it has hardly moved."""
ROUNDING = 1e-12
"""A target of ½ lets the share converge to ½; a last bit above it is no finish."""
REACH = 8.0
POINTS = 241


@dataclass(frozen=True, eq=False)
class Race:
    """How the share of the true class recovers under cross-entropy and under squared error."""

    drop: float  # how far below its best rival the score of the true class starts
    cap: int  # the largest number of steps
    learning_rate: float  # η of both losses
    start: Array  # (K,) the scores before the first step
    t: int  # the true class
    shares_ce: Array  # (n_ce + 1, K) the shares before the first step and after each, under C = −Σ y ln a
    shares_q: Array  # (n_q + 1, K) the same under Q = ½ Σ (a − y)²

    @property
    def trace_ce(self) -> Array:
        """(n_ce + 1,) a_t before the first step and after each, under cross-entropy."""
        return self.shares_ce[:, self.t]

    @property
    def trace_q(self) -> Array:
        """(n_q + 1,) the same under squared error."""
        return self.shares_q[:, self.t]

    @property
    def n_ce(self) -> int:
        """The steps until a_t > ½ under cross-entropy; `cap` if it was stopped."""
        return len(self.trace_ce) - 1

    @property
    def n_q(self) -> int:
        """The steps until a_t > ½ under squared error; `cap` if it was stopped."""
        return len(self.trace_q) - 1

    @property
    def ce_capped(self) -> bool:
        """Whether cross-entropy was stopped before it finished (a target of ½ or less never finishes)."""
        return bool(self.trace_ce[-1] <= FINISH + ROUNDING)

    @property
    def q_capped(self) -> bool:
        """Whether squared error was stopped before it finished."""
        return bool(self.trace_q[-1] <= FINISH + ROUNDING)

    @property
    def n_watched(self) -> int:
        """The steps after which the race is decided, at least one.

        That is when both have finished. A squared error that never does has hardly moved so far: its share
        has gone at most `LAG` of the way that it goes under cross-entropy, if that has not finished later.
        """
        if not self.q_capped:
            return max(self.n_ce, self.n_q)
        finished = 1 if self.ce_capped else self.n_ce
        way = LAG * abs(self.trace_ce[-1] - self.trace_ce[0])
        gone = np.abs(self.trace_q - self.trace_q[0]) > way
        return max(finished, int(np.flatnonzero(gone).min(initial=len(gone)) - 1))

    @property
    def capped(self) -> bool:
        """Whether either was stopped, so that its number of steps is a lower bound."""
        return self.ce_capped or self.q_capped


def race(lesson: Lesson, drop: float = DROP, cap: int = CAP) -> Race:
    """Run gradient descent z ← z − η ∂loss/∂z for both losses, the true score `drop` below its best rival.

    The other scores and the targets are those of the lesson, so there is something to see even where its true
    class leads. So is η, unless cross-entropy would not finish within `SOON` steps although it can: then η is
    `LEARNING_RATE`. Each loss may take `cap` steps at most.

    >>> from softmax_explained.core.lesson.loader import default_lesson
    >>> race(default_lesson()).n_ce, race(default_lesson()).n_q
    (4, 61)
    """
    t = int(np.argmax(lesson.targets))
    z = lesson.z.copy()
    z[t] = np.max(np.delete(z, t)) - drop
    y, eta = lesson.targets, lesson.learning_rate
    if y[t] > FINISH and _run(z, y, eta, min(SOON, cap))[-1, t] <= FINISH + ROUNDING:
        eta = max(eta, LEARNING_RATE)
    ce, q = (_run(z, y, eta, cap, squared=squared) for squared in (False, True))
    return Race(drop, cap, eta, read_only(z), t, ce, q)


def _run(z: Array, y: Array, eta: float, cap: int, *, squared: bool = False) -> Array:
    """Compute (n + 1, K), the shares before the first step and after each, up to `FINISH` or `cap`.

    Softmax and the gradient are inlined, because this is the one place that computes them thousands of times.
    """
    t, trace = int(np.argmax(y)), list[Array]()
    while True:
        e = np.exp(z - z.max())
        a = e / e.sum()
        trace.append(a)
        if a[t] > FINISH + ROUNDING or len(trace) > cap:
            return read_only(trace)
        gradient = a - y
        if squared:
            gradient = a * (gradient - a @ gradient)
        z = z - eta * gradient


@dataclass(frozen=True, eq=False)
class Sweep:
    """Both gradients as functions of the true class's score z_t; the other scores are the lesson's."""

    z_t: Array  # (241,) increasing, from half − 8 to half + 8, and further if the lesson's z_t is outside
    push_ce: Array  # (241,) |∂C/∂z_t|; for a one-hot target 1 − a_t
    push_q: Array  # (241,) |∂Q/∂z_t| of squared error
    half: float  # the z_t at which a_t = ½


def sweep(lesson: Lesson) -> Sweep:
    """Compute both curves for a lesson.

    >>> from softmax_explained.core.lesson.loader import default_lesson
    >>> curves = sweep(default_lesson())
    >>> curves.push_ce[[0, -1]].round(3), curves.push_q[[0, -1]].round(3)
    (array([1., 0.]), array([0.001, 0.   ]))
    """
    t = int(np.argmax(lesson.targets))
    half = log_sum_exp(np.delete(lesson.z, t))
    grid = np.linspace(min(half - REACH, lesson.z[t]), max(half + REACH, lesson.z[t]), POINTS)
    z = np.tile(lesson.z, (POINTS, 1))
    z[:, t] = grid
    push_ce, push_q = (
        read_only(abs(gradient(z, lesson.targets)[:, t]))
        for gradient in (cross_entropy_gradient, squared_error_gradient)
    )
    return Sweep(read_only(grid), push_ce, push_q, half)
