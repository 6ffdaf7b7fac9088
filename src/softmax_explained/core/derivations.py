"""Every derivation of the film, by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from softmax_explained.core import beyond, loss_slope, softmax_slope
from softmax_explained.core.derivation import Derivation

_IN_ORDER = (
    loss_slope.loss_slope,
    softmax_slope.case_i_equals_j,
    softmax_slope.case_i_not_j,
    softmax_slope.jacobian,
    softmax_slope.jacobian_column,
    loss_slope.chain,
    loss_slope.other_path,
    loss_slope.direct_path,
    loss_slope.collapse,
    loss_slope.product,
    softmax_slope.shift_invariance,
    beyond.smoothed_targets,
    beyond.squared_error_link,
    beyond.squared_error,
    beyond.log_undoes_exp,
    beyond.log_share,
    beyond.log_sum_exp,
    beyond.second_proof,
    beyond.score_slope,
    beyond.weights,
    beyond.biases,
)

#: In the order the film needs them.
DERIVATIONS: Mapping[str, Derivation] = MappingProxyType({one.name: one for one in _IN_ORDER})
