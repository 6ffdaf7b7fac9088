"""Every derivation of the film, by name, and the theory they are proved in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sympy import Eq

from softmax_explained.core.derivations import extensions, loss_gradient, softmax_jacobian
from softmax_explained.core.derivations.derivation import TARGETS_SUM_TO_ONE, Derivation
from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.derivations.theory import Theory
from softmax_explained.core.formulas.symbols import (
    DEFINITIONS,
    K,
    M,
    b,
    c,
    epsilon,
    eta,
    gap,
    i,
    j,
    k,
    m,
    sum_over,
    top,
    w,
    x,
    y,
)
from softmax_explained.core.numerics.softmax import cross_entropy, softmax, squared_error

_IN_ORDER = (
    loss_gradient.loss_slope,
    softmax_jacobian.case_i_equals_j,
    softmax_jacobian.case_i_not_j,
    softmax_jacobian.jacobian,
    softmax_jacobian.jacobian_column,
    loss_gradient.chain,
    loss_gradient.other_path,
    loss_gradient.direct_path,
    loss_gradient.collapse,
    loss_gradient.product,
    softmax_jacobian.shift_invariance,
    extensions.smoothed_targets,
    extensions.squared_error_link,
    extensions.squared_error,
    extensions.log_undoes_exp,
    extensions.log_share,
    extensions.log_sum_exp,
    extensions.second_proof,
    extensions.score_slope,
    extensions.weights,
    extensions.biases,
)

#: In the order the film needs them.
DERIVATIONS: Mapping[str, Derivation] = MappingProxyType({one.name: one for one in _IN_ORDER})

#: Linear neurons, softmax, cross-entropy and squared error.
SOFTMAX = Theory(
    name="softmax",
    ranges={
        x[m]: (-1.5, 1.5),
        w[i, m]: (-1, 1),
        b[i]: (-1, 1),
        y[i]: (0, 1),
        c: (-2, 2),
        epsilon: (0, 1),
        eta: (0.01, 1),
        top: (-2, 2),
        gap[k]: (0, 2),
    },
    definitions=DEFINITIONS,
    variables=frozenset({"a", "z", "w", "b"}),
    indices={i: K, j: K, k: K, m: M},
    facts={TARGETS_SUM_TO_ONE: Eq(sum_over(y[k], k), 1, evaluate=False)},
    reference={
        "a": (("z",), softmax),
        "C": (("z", "y"), cross_entropy),
        "Q": (("z", "y"), squared_error),
    },
    derivations=DERIVATIONS,
    identities=IDENTITIES,
)
