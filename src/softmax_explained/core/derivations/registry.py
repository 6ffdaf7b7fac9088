"""Every derivation of the film, by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from softmax_explained.core.derivations import extensions, loss_gradient, softmax_jacobian
from softmax_explained.core.derivations.derivation import Derivation

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
