"""Softmax, the losses and their slopes, in float64 that neither overflows nor divides by zero.

Scores may be as far apart as a lesson allows. What keeps them in hand is one identity: only differences
between scores matter, so the largest is subtracted first and no exponent is ever positive.
"""

from __future__ import annotations

import numpy as np

from softmax_explained.core.arrays import Array, read_only

SMALLEST_SHARE = float(np.finfo(np.float64).tiny)
"""No share is held below 2.2e-308, so that −y/a stays finite. Next to the other shares, which sum to 1 only
within 1e-16, that is nothing, and no digit shown changes. True sizes below it are read from ln a."""


def log_softmax(z: Array) -> Array:
    """Compute ln a = (z − max z) − ln Σ e^{z − max z}, (K,), each ≤ 0.

    The largest term of the sum is e^0 = 1, so the logarithm is taken as ln(1 + the others): a class that is
    all but certain keeps its tiny loss instead of rounding it to 0.

    Source: P. Blanchard, D. J. Higham, N. J. Higham, "Accurately computing the log-sum-exp and softmax
    functions", IMA Journal of Numerical Analysis 41, 2021.

    Args:
        z: (K,) scores.

    >>> log_softmax(np.array([1000.0, 0.0]))
    array([    0., -1000.])
    """
    top = int(np.argmax(z))
    shifted = z - z[top]
    others = np.exp(shifted)
    others[top] = 0.0
    return read_only(shifted - np.log1p(others.sum()))


def softmax(z: Array) -> Array:
    """Compute a_i = e^{z_i} / Σ_k e^{z_k}, (K,): positive shares that sum to 1.

    >>> softmax(np.array([2.0, 1.0, 0.1])).round(3)
    array([0.659, 0.242, 0.099])
    """
    return read_only(np.maximum(np.exp(log_softmax(z)), SMALLEST_SHARE))


def log_sum_exp(z: Array) -> float:
    """Compute ln Σ_k e^{z_k} without computing any e^{z_k}.

    >>> round(log_sum_exp(np.array([1000.0, 1000.0])) - 1000, 6)
    0.693147
    """
    top = float(np.max(z))
    return top - float(np.max(log_softmax(z)))


def cross_entropy(z: Array, y: Array) -> float:
    """Compute C = −Σ_i y_i ln a_i, in nats: 0 only when a class with all the target has all the share.

    Args:
        z: (K,) scores.
        y: (K,) targets.

    >>> round(cross_entropy(np.array([2.0, 1.0, 0.1]), np.array([0.0, 1.0, 0.0])), 3)
    1.417
    """
    return float(-(y @ log_softmax(z))) + 0.0


def squared_error(z: Array, y: Array) -> float:
    """Compute Q = ½ Σ_j (a_j − y_j)²."""
    return float(((softmax(z) - y) ** 2).sum() / 2)


def lacking(z: Array) -> Array:
    """Compute 1 − a, (K,): what each share lacks of the whole, exact also where a is 1 to the last bit."""
    return read_only(-np.expm1(log_softmax(z)))


def jacobian(z: Array) -> Array:
    """Compute J = diag(a) − a aᵀ, (K, K): row j, column i holds ∂a_j/∂z_i. Its columns sum to 0.

    >>> jacobian(np.array([2.0, 1.0, 0.1])).round(3)
    array([[ 0.225, -0.16 , -0.065],
           [-0.16 ,  0.184, -0.024],
           [-0.065, -0.024,  0.089]])
    """
    a = softmax(z)
    J = -np.outer(a, a)
    np.fill_diagonal(J, a * lacking(z))
    return read_only(J)


def cross_entropy_gradient(z: Array, y: Array) -> Array:
    """Compute ∂C/∂z = a − y, (K,), for targets that sum to 1: what the whole film derives."""
    return read_only(softmax(z) - y)


def squared_error_gradient(z: Array, y: Array) -> Array:
    """Compute ∂Q/∂z = Jᵀ(a − y), (K,): entry i is a_i ((a_i − y_i) − Σ_j a_j (a_j − y_j))."""
    return read_only(jacobian(z).T @ (softmax(z) - y))
