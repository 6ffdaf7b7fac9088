"""The two links of a path from a score to the loss: ∂C/∂a_j, and the two cases of ∂a_j/∂z_i."""

from __future__ import annotations

from sympy import Eq, KroneckerDelta, Ne, evaluate, exp, log

from softmax_explained.core.derivations.derivation import Derivation, Step
from softmax_explained.core.formulas.nodes import Cases, Literal
from softmax_explained.core.formulas.symbols import (
    C,
    S,
    a,
    cross_entropy,
    derivative,
    dz,
    exp_sum,
    i,
    j,
    sum_over,
    y,
    z,
)

with evaluate(False):
    #: In the order the film needs them.
    LINKS = (
        Derivation(
            "loss_slope",
            derivative(C, a[j]),
            Step(derivative(cross_entropy, a[j]), "definition"),
            Step(derivative(-y[j] * log(a[j]), a[j]), "constants-drop"),
            Step(-y[j] / a[j], "log-rule"),
            free=(j,),
        ),
        Derivation(
            "growth",
            exp(z[i] + dz),
            Step(exp(z[i]) * exp(dz), "power-of-a-sum"),
            Step(exp(z[i]) * (1 + dz), "first-order", small=dz),
            free=(i,),
        ),
        Derivation("net_slice", a[i] - a[i] ** 2, Step(a[i] * (1 - a[i]), "factor"), free=(i,)),
        Derivation(
            "total_slope",
            derivative(S, z[i]),
            Step(derivative(exp_sum, z[i]), "definition"),
            Step(derivative(exp(z[i]), z[i]), "constants-drop"),
            Step(exp(z[i]), "exponential-rule"),
            free=(i,),
        ),
        Derivation(
            "case_i_equals_j",
            derivative(a[i], z[i]),
            Step(derivative(exp(z[i]) / exp_sum, z[i]), "definition"),
            Step(derivative(exp(z[i]) / S, z[i]), "name-the-sum"),
            Step((exp(z[i]) * S - exp(z[i]) * exp(z[i])) / S**2, "quotient-rule"),
            Step((exp(z[i]) / S) * ((S - exp(z[i])) / S), "factor"),
            Step((exp(z[i]) / S) * (1 - exp(z[i]) / S), "split-fraction"),
            Step(a[i] * (1 - a[i]), "name-the-share"),
            free=(i,),
        ),
        Derivation(
            "case_i_not_j",
            derivative(a[j], z[i]),
            Step(derivative(exp(z[j]) / exp_sum, z[i]), "definition"),
            Step(derivative(exp(z[j]) / S, z[i]), "name-the-sum"),
            Step((Literal(0) * S - exp(z[j]) * exp(z[i])) / S**2, "quotient-rule"),
            Step(-(exp(z[j]) * exp(z[i])) / S**2, "drop-zero"),
            Step(-(exp(z[j]) / S) * (exp(z[i]) / S), "split-fraction"),
            Step(-a[j] * a[i], "name-the-share"),
            Step(-a[i] * a[j], "reorder"),
            free=(i, j),
            when="i!=j",
        ),
        Derivation(
            "jacobian",
            derivative(a[j], z[i]),
            Step(Cases((a[i] * (1 - a[i]), Eq(i, j)), (-a[i] * a[j], Ne(i, j))), "both-cases"),
            Step(KroneckerDelta(i, j) * a[i] - a[i] * a[j], "one-line"),
            free=(i, j),
        ),
        Derivation(
            "jacobian_column",
            sum_over(derivative(a[j], z[i]), j),
            Step(sum_over(KroneckerDelta(i, j) * a[i] - a[i] * a[j], j), "one-line"),
            Step(a[i] - a[i] * sum_over(a[j], j), "sum-term-by-term"),
            Step(a[i] - a[i] * Literal(1), "shares-sum-to-one"),
            Step(Literal(0), "cancel"),
            free=(i,),
        ),
    )
