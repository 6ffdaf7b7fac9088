"""The gradient of the loss: ∂C/∂a_j, the two cases of ∂a_j/∂z_i, and their sum over j, a_i − y_i."""

from __future__ import annotations

from sympy import Eq, KroneckerDelta, Ne, evaluate, exp, log

from softmax_explained.core.derivations.derivation import SUM_TO_ONE, TARGETS_SUM_TO_ONE, Derivation, Step
from softmax_explained.core.formulas.nodes import Cases, Literal, Paren, SumNot
from softmax_explained.core.formulas.symbols import (
    C,
    K,
    S,
    a,
    c,
    cross_entropy,
    derivative,
    exp_sum,
    i,
    j,
    k,
    sum_over,
    y,
    z,
)

with evaluate(False):
    slope = derivative(C, z[i])
    path, direct_path = (derivative(C, a[at]) * derivative(a[at], z[i]) for at in (j, i))
    paths = sum_over(path, j)

    #: In the order the film needs them.
    GRADIENT = (
        Derivation(
            "loss_slope",
            derivative(C, a[j]),
            Step(derivative(cross_entropy, a[j]), "definition"),
            Step(derivative(-y[j] * log(a[j]), a[j]), "constants-drop"),
            Step(-y[j] / a[j], "log-rule"),
            free=(j,),
        ),
        Derivation(
            "case_i_equals_j",
            derivative(a[i], z[i]),
            Step(derivative(exp(z[i]) / exp_sum, z[i]), "definition"),
            Step(derivative(exp(z[i]) / S, z[i]), "name-the-sum"),
            Step((exp(z[i]) * S - exp(z[i]) * exp(z[i])) / S**2, "quotient-rule"),
            Step((exp(z[i]) / S) * ((S - exp(z[i])) / S), "factor"),
            Step(a[i] * (1 - a[i]), "definition"),
            free=(i,),
        ),
        Derivation(
            "case_i_not_j",
            derivative(a[j], z[i]),
            Step(derivative(exp(z[j]) / exp_sum, z[i]), "definition"),
            Step(derivative(exp(z[j]) / S, z[i]), "name-the-sum"),
            Step((Literal(0) * S - exp(z[j]) * exp(z[i])) / S**2, "quotient-rule"),
            Step(-(exp(z[j]) / S) * (exp(z[i]) / S), "factor"),
            Step(-a[j] * a[i], "definition"),
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
        Derivation("chain", slope, Step(paths, "chain-rule"), free=(i,)),
        Derivation(
            "other_path",
            path,
            Step(Paren(-y[j] / a[j]) * (-a[i] * a[j]), "both-links"),
            Step((y[j] / a[j]) * a[i] * a[j], "signs-cancel"),
            Step(y[j] * a[i], "cancel"),
            free=(i, j),
            when="i!=j",
        ),
        Derivation(
            "direct_path",
            direct_path,
            Step(Paren(-y[i] / a[i]) * (a[i] * (1 - a[i])), "both-links"),
            Step(-y[i] * (1 - a[i]), "cancel"),
            Step(-y[i] + y[i] * a[i], "expand"),
            free=(i,),
        ),
        Derivation(
            "collapse",
            slope,
            Step(paths, "chain-rule"),
            Step(direct_path + SumNot(path, j, i, 1, K), "split-sum"),
            Step(
                -(y[i] / a[i]) * (a[i] * (1 - a[i])) + SumNot((y[j] / a[j]) * a[i] * a[j], j, i, 1, K),
                "both-links",
            ),
            Step(-y[i] * (1 - a[i]) + SumNot(y[j] * a[i], j, i, 1, K), "cancel"),
            Step(-y[i] + y[i] * a[i] + SumNot(y[j] * a[i], j, i, 1, K), "expand"),
            Step(sum_over(y[j] * a[i], j) - y[i], "join-sum"),
            Step(a[i] * sum_over(y[j], j) - y[i], "factor"),
            Step(a[i] * Literal(1) - y[i], TARGETS_SUM_TO_ONE, uses=SUM_TO_ONE),
            Step(a[i] - y[i], "times-one"),
            free=(i,),
        ),
        Derivation(
            "product",
            slope,
            Step(sum_over(derivative(a[j], z[i]) * Paren(-y[j] / a[j]), j), "chain-rule"),
            Step(a[i] - y[i], TARGETS_SUM_TO_ONE, uses=SUM_TO_ONE),
            free=(i,),
        ),
        Derivation(
            "shift_invariance",
            exp(z[i] + c) / sum_over(exp(z[k] + c), k),
            Step((exp(c) * exp(z[i])) / sum_over(exp(c) * exp(z[k]), k), "power-of-a-sum"),
            Step((exp(c) * exp(z[i])) / (exp(c) * exp_sum), "factor"),
            Step(exp(z[i]) / exp_sum, "cancel"),
            Step(a[i], "definition"),
            free=(i,),
        ),
    )
