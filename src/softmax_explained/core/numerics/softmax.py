"""Softmax, the two losses, their gradients and finite differences, without overflow or division by zero.

Softmax depends on differences between scores only, so the largest score is subtracted first and no exponent
is positive. All functions take z as one vector (K,) or as a stack of vectors (..., K).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from softmax_explained.core.arrays import Array, read_only
from softmax_explained.core.number_format import format_number

SMALLEST_SHARE = float(np.finfo(np.float64).tiny)
"""No share is below 2.2e-308, so that −y/a is finite. No digit shown depends on it: they come from ln a."""
NUDGE = 1e-4
"""h of the central difference: its error is below 2e-9 (h² |C'''| / 6); rounding adds about 1e-16 |C| / h."""
FINER, SETTLED = (10.0, 100.0, 1000.0), 3  # from a step to the next; digits after the point that must settle
SUREST = 4.7
"""How far a sure network puts its largest score over the next one: against one class, a share of 99 %."""
TIED = 1e-9
"""Scores that are closer than this are equal."""


def log_softmax(z: Array) -> Array:
    """Compute ln a = (z − max z) − ln Σ e^{z − max z}, (..., K), each ≤ 0.

    The largest term of the sum is e^0 = 1, so the logarithm is computed as log1p of the other terms: the
    loss of a class whose share is almost 1 is not rounded to 0.

    Source: P. Blanchard, D. J. Higham, N. J. Higham, "Accurately computing the log-sum-exp and softmax
    functions", IMA Journal of Numerical Analysis 41, 2021.

    >>> log_softmax(np.array([1000.0, 0.0]))
    array([    0., -1000.])
    """
    shifted = z - z.max(axis=-1, keepdims=True)
    others = np.exp(shifted)
    np.put_along_axis(others, z.argmax(axis=-1, keepdims=True), 0.0, axis=-1)
    return read_only(shifted - np.log1p(others.sum(axis=-1, keepdims=True)))


def softmax(z: Array) -> Array:
    """Compute a_i = e^{z_i} / Σ_k e^{z_k}, (..., K): positive shares with the sum 1 (J. S. Bridle, 1990).

    >>> softmax(np.array([2.0, 1.0, 0.1])).round(3)
    array([0.659, 0.242, 0.099])
    """
    return read_only(np.maximum(np.exp(log_softmax(z)), SMALLEST_SHARE))


def log_sum_exp(z: Array) -> float:
    """Compute ln Σ_k e^{z_k} for one vector z, (K,), without computing any e^{z_k}.

    >>> round(log_sum_exp(np.array([1000.0, 1000.0])) - 1000, 6)
    0.693147
    """
    return float(np.max(z)) - float(np.max(log_softmax(z)))


def change_of_others(before: Array, after: Array) -> float:
    """Compute a'_k/a_k − 1 = S/S' − 1, which all classes k have in common whose score stays the same.

    Args:
        before: the scores z, (K,).
        after: the scores z' after some of them have changed, (K,).

    >>> round(change_of_others(np.array([2.0, 1.0, 0.1]), np.array([2.5, 1.0, 0.1])), 3)
    -0.299
    """
    return float(np.expm1(log_sum_exp(before) - log_sum_exp(after)))


def surer(z: Array, sureness: float) -> Array:
    """Compute scores (K,) in the same order that differ more: the network is surer of its largest one.

    Args:
        z: scores, (K,).
        sureness: 0 for z itself, 1 for a lead of at least `SUREST` over the next score that is not equal; the
            largest score is 0.

    >>> surer(np.array([2.0, 1.0, 0.0]), 1.0).tolist()
    [0.0, -4.7, -9.4]
    """
    behind = float(z.max()) - z
    lead = min((gap for gap in behind.tolist() if gap > TIED), default=SUREST)
    return read_only(-(1 + sureness * max(0.0, SUREST / lead - 1)) * behind)


def cross_entropy(z: Array, y: Array) -> float:
    """Compute C = −Σ_i y_i ln a_i for one vector z, (K,), in nats.

    >>> round(cross_entropy(np.array([2.0, 1.0, 0.1]), np.array([0.0, 1.0, 0.0])), 3)
    1.417
    """
    return float(-(y @ log_softmax(z))) + 0.0


def squared_error(z: Array, y: Array) -> float:
    """Compute Q = ½ Σ_j (a_j − y_j)² for one vector z, (K,)."""
    return float(((softmax(z) - y) ** 2).sum() / 2)


def lacking(z: Array) -> Array:
    """Compute 1 − a, (..., K), accurate even where a rounds to 1."""
    return read_only(-np.expm1(log_softmax(z)))


def jacobian(z: Array) -> Array:
    """Compute J = diag(a) − a aᵀ, (..., K, K): row j, column i holds ∂a_j/∂z_i. Its columns sum to 0.

    >>> jacobian(np.array([2.0, 1.0, 0.1])).round(3)
    array([[ 0.225, -0.16 , -0.065],
           [-0.16 ,  0.184, -0.024],
           [-0.065, -0.024,  0.089]])
    """
    a = softmax(z)
    J = -a[..., np.newaxis] * a[..., np.newaxis, :]
    return read_only(np.where(np.eye(a.shape[-1], dtype=bool), (a * lacking(z))[..., np.newaxis], J))


def cross_entropy_gradient(z: Array, y: Array) -> Array:
    """Compute ∂C/∂z = a − y, (..., K), for targets with the sum 1: the result that the film derives."""
    return read_only(softmax(z) - y)


def squared_error_gradient(z: Array, y: Array) -> Array:
    """Compute ∂Q/∂z = Jᵀ(a − y), (..., K): entry i is a_i ((a_i − y_i) − Σ_j a_j (a_j − y_j))."""
    return read_only(np.vecmat(softmax(z) - y, jacobian(z)))


def central_differences(z: Array, y: Array, h: float = NUDGE) -> Array:
    """Compute (C(z + h e_i) − C(z − h e_i)) / 2h for every class i, (K,), with a step size h > 0.

    >>> central_differences(np.array([2.0, 1.0, 0.1]), np.array([0.0, 1.0, 0.0])).round(3)
    array([ 0.659, -0.758,  0.099])
    """
    nudges = h * np.eye(len(z))
    return read_only([(cross_entropy(z + e, y) - cross_entropy(z - e, y)) / (2 * h) for e in nudges])


def settling_steps(z: Array, y: Array, classes: Iterable[int], first: float) -> Array:
    """Choose three step sizes, after the last of which the forward ratios show the digits of the slope.

    Each is a tenth of the one before, or else a hundredth or a thousandth. A forward ratio is too large by
    up to h/8, so where a slope is just beside a half unit of its last digit, 0.001 is not small enough.

    Args:
        z: scores, (K,).
        y: targets, (K,).
        classes: 0-based, whose ratios must settle.
        first: the largest step, h > 0.

    >>> z, y = np.array([2.0, 1.0, 0.1]), np.array([0.0, 1.0, 0.0])
    >>> settling_steps(z, y, [0], 0.1).tolist(), settling_steps(z, y, [0, 1], 0.1).tolist()
    ([0.1, 0.01, 0.001], [0.1, 0.001, 1e-05])
    """
    slopes = {k: format_number(float(slope), SETTLED) for k, slope in enumerate(central_differences(z, y))}
    chosen = list(classes)
    for finer in FINER:
        steps = read_only([first / finer**n for n in range(3)])
        last = {k: float(forward_ratios(z, y, k, steps[-1:])[0]) for k in chosen}
        if all(format_number(ratio, SETTLED) == slopes[k] for k, ratio in last.items()):
            break
    return steps


def forward_ratios(z: Array, y: Array, i: int, steps: Array) -> Array:
    """Compute (C(z + h e_i) − C(z)) / h for one class i, 0-based, and each step size h > 0 of `steps`."""
    before = cross_entropy(z, y)
    nudge = np.eye(len(z))[i]
    return read_only([(cross_entropy(z + h * nudge, y) - before) / h for h in steps])
