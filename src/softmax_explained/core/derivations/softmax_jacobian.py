"""How softmax answers a nudge: the two cases of ∂a_j/∂z_i, and why a common shift changes nothing."""

from __future__ import annotations

from sympy import Eq, KroneckerDelta, Ne, evaluate, exp

from softmax_explained.core.derivations.derivation import Derivation, Step
from softmax_explained.core.formulas.nodes import Cases, Literal
from softmax_explained.core.formulas.symbols import S, a, c, derivative, exp_sum, i, j, k, sum_over, z

with evaluate(False):
    case_i_equals_j = Derivation(
        "case_i_equals_j",
        derivative(a[i], z[i]),
        (
            Step(derivative(exp(z[i]) / exp_sum, z[i]), "definition"),
            Step(derivative(exp(z[i]) / S, z[i]), "name-the-sum"),
            Step((exp(z[i]) * S - exp(z[i]) * exp(z[i])) / S**2, "quotient-rule"),
            Step((exp(z[i]) / S) * ((S - exp(z[i])) / S), "factor"),
            Step(a[i] * (1 - a[i]), "definition"),
        ),
        free=(i,),
    )

    case_i_not_j = Derivation(
        "case_i_not_j",
        derivative(a[j], z[i]),
        (
            Step(derivative(exp(z[j]) / exp_sum, z[i]), "definition"),
            Step(derivative(exp(z[j]) / S, z[i]), "name-the-sum"),
            Step((Literal(0) * S - exp(z[j]) * exp(z[i])) / S**2, "quotient-rule"),
            Step(-(exp(z[j]) / S) * (exp(z[i]) / S), "factor"),
            Step(-a[j] * a[i], "definition"),
            Step(-a[i] * a[j], "reorder"),
        ),
        free=(i, j),
        when="i!=j",
    )

    jacobian = Derivation(
        "jacobian",
        derivative(a[j], z[i]),
        (
            Step(
                Cases((a[i] * (1 - a[i]), Eq(i, j)), (-a[i] * a[j], Ne(i, j))),
                "both-cases",
            ),
            Step(KroneckerDelta(i, j) * a[i] - a[i] * a[j], "one-line"),
        ),
        free=(i, j),
    )

    jacobian_column = Derivation(
        "jacobian_column",
        sum_over(derivative(a[j], z[i]), j),
        (
            Step(sum_over(KroneckerDelta(i, j) * a[i] - a[i] * a[j], j), "one-line"),
            Step(a[i] - a[i] * sum_over(a[j], j), "sum-term-by-term"),
            Step(a[i] - a[i] * Literal(1), "shares-sum-to-one"),
            Step(Literal(0), "cancel"),
        ),
        free=(i,),
    )

    shift_invariance = Derivation(
        "shift_invariance",
        exp(z[i] + c) / sum_over(exp(z[k] + c), k),
        (
            Step((exp(c) * exp(z[i])) / sum_over(exp(c) * exp(z[k]), k), "power-of-a-sum"),
            Step((exp(c) * exp(z[i])) / (exp(c) * exp_sum), "factor"),
            Step(exp(z[i]) / exp_sum, "cancel"),
            Step(a[i], "definition"),
        ),
        free=(i,),
    )
