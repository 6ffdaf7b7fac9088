"""Every equation and inequality a scene may show that is neither a definition nor a line of a derivation."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sympy import Eq, KroneckerDelta, Le, evaluate, exp, log

from softmax_explained.core.derivations.derivation import SUM_TO_ONE
from softmax_explained.core.derivations.half import HALF
from softmax_explained.core.derivations.identity import Identity
from softmax_explained.core.formulas.nodes import Becomes, Diag, Gradient, Literal, Transposed
from softmax_explained.core.formulas.symbols import (
    C,
    C_smooth,
    J,
    Q,
    S,
    W,
    a,
    any_v,
    c,
    derivative,
    eta,
    exp_sum,
    f,
    f_prime,
    g,
    g_prime,
    gap,
    i,
    j,
    k,
    largest,
    m,
    prime,
    sum_over,
    top,
    u,
    vector_a,
    vector_x,
    vector_y,
    vector_z,
    y,
    y_smooth,
    z,
    z_max,
)

with evaluate(False):
    _power, _gradient = exp(z[j]), Gradient(C, vector_z)
    _through_softmax = Transposed(J) * (-vector_y / vector_a)
    _squared_error_through = Transposed(J) * (vector_a - vector_y)
    _input_gradient = Eq(Gradient(C, vector_x), Transposed(W) * (vector_a - vector_y))
    _product = Eq(_gradient, _through_softmax)
    _step = Becomes(vector_z, vector_z - eta * (vector_a - vector_y))
    _quotient_rule = Eq(prime(f / g, u), (f_prime * g - f * g_prime) / g**2)
    _growth_and_tax = Eq((f_prime * g - f * g_prime) / g**2, f_prime / g - (f / g) * (g_prime / g))
    _paths = sum_over(derivative(C, any_v[j]) * derivative(any_v[j], u), j)
    _chain_rule = Eq(derivative(C, u), _paths)
    _quotient = {f: _power, g: exp_sum, u: z[i]} | {
        f_prime: derivative(_power, z[i]),
        g_prime: derivative(exp_sum, z[i]),
    }
    _below_the_largest = (Eq(c, -z_max), Eq(z[k], top - gap[k]), Eq(gap[largest], 0))
    _IN_ORDER = (
        Identity("total", Eq(S, exp_sum)),
        Identity("share", Eq(a[j], exp(z[j]) / exp_sum), (j,)),
        Identity("loss", Eq(C, -sum_over(y[j] * log(a[j]), j))),
        Identity("one_hot_loss", Eq(C, -log(a[j])), (j,), given=(Eq(y[i], KroneckerDelta(i, j)),)),
        Identity("one_hot_gap", Eq(C, log(S) - z[j]), (j,), given=(Eq(y[i], KroneckerDelta(i, j)),)),
        Identity("certain_costs_nothing", Eq(-log(Literal(1)), Literal(0))),
        Identity("loss_is_least", Eq(a[k] - y[k], Literal(0)), (k,), given=(Eq(a[k], y[k]),)),
        Identity("steeper", Eq(derivative(-log(a[k]), a[k]), -1 / a[k]), (k,)),
        Identity("targets_sum_to_one", Eq(sum_over(y[j], j), Literal(1)), uses=SUM_TO_ONE),
        Identity("shares_sum_to_one", Eq(sum_over(a[j], j), Literal(1))),
        Identity("smoothed_sum_to_one", Eq(sum_over(y_smooth[j], j), Literal(1)), uses=SUM_TO_ONE),
        Identity("smooth_result", Eq(derivative(C_smooth, z[i]), a[i] - y_smooth[i]), (i,), uses=SUM_TO_ONE),
        Identity("none_above_zero", Le(z[k] + c, 0), (k,), chosen=_below_the_largest),
        Identity("exponential_rule", Eq(prime(exp(u), u), exp(u)), (i,), instance={u: z[i]}),
        Identity("logarithm_rule", Eq(prime(log(u), u), 1 / u), (j,), instance={u: a[j]}),
        Identity("quotient_rule", _quotient_rule, (i, j), instance=_quotient),
        Identity("quotient_as_tax", _growth_and_tax, (i, j), instance=_quotient),
        Identity("chain_rule", _chain_rule, (i,), instance={u: z[i], any_v[j]: a[j]}),
        Identity("jacobian_matrix", Eq(J, Diag(vector_a) - vector_a * Transposed(vector_a)), (i, j)),
        Identity("jacobian_is_symmetric", Eq(Transposed(J), J), (i, j)),
        Identity("gradient", _product, (i,)),
        Identity("vector_result", Eq(_gradient, vector_a - vector_y), (i,), uses=SUM_TO_ONE),
        Identity("matrix_product", Eq(_product, vector_a - vector_y), (i,), uses=SUM_TO_ONE),
        Identity("through_softmax", Eq(_through_softmax, vector_a - vector_y), (i,), uses=SUM_TO_ONE),
        Identity("squared_error_gradient", Eq(Gradient(Q, vector_z), _squared_error_through), (i,)),
        HALF,
        Identity("input_gradient", _input_gradient, (m,), uses=SUM_TO_ONE),
        Identity("step", _step, (i,), uses=SUM_TO_ONE),
    )

#: In the order the film needs them.
IDENTITIES: Mapping[str, Identity] = MappingProxyType({one.name: one for one in _IN_ORDER})
