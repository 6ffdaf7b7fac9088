"""The gradient of the loss: the sum over the paths from a score to the loss, and how it becomes a_i − y_i."""

from __future__ import annotations

from typing import Any

from sympy import evaluate, exp

from softmax_explained.core.derivations.derivation import SUM_TO_ONE, TARGETS_SUM_TO_ONE, Derivation, Step
from softmax_explained.core.formulas.nodes import Literal, Paren, SumNot
from softmax_explained.core.formulas.symbols import (
    C,
    K,
    a,
    c,
    derivative,
    exp_sum,
    i,
    j,
    k,
    sum_over,
    y,
    z,
)


def sum_not_i(body: Any) -> Any:
    """Σ_{j≠i} body."""
    return SumNot(body, j, i, 1, K)


with evaluate(False):
    slope = derivative(C, z[i])
    path, direct_path = (derivative(C, a[at]) * derivative(a[at], z[i]) for at in (j, i))
    paths = sum_over(path, j)
    first_link, own_first_link = (Paren(-y[at] / a[at]) for at in (j, i))
    own_path, own_term = own_first_link * (a[i] * (1 - a[i])), -y[i] * (1 - a[i])
    others = sum_not_i(y[j] * a[i])

    #: In the order the film needs them.
    GRADIENT = (
        Derivation("chain", slope, Step(paths, "chain-rule"), free=(i,)),
        Derivation(
            "other_path",
            path,
            Step(first_link * (-a[i] * a[j]), "both-links"),
            Step((y[j] / a[j]) * a[i] * a[j], "signs-cancel"),
            Step(y[j] * a[i], "cancel"),
            free=(i, j),
            when="i!=j",
        ),
        Derivation(
            "direct_path",
            direct_path,
            Step(own_path, "both-links"),
            Step(own_term, "cancel"),
            Step(-y[i] + y[i] * a[i], "expand"),
            free=(i,),
        ),
        Derivation(
            "collapse",
            slope,
            Step(paths, "chain-rule"),
            Step(sum_over(first_link * derivative(a[j], z[i]), j), "first-link"),
            Step(
                own_first_link * derivative(a[i], z[i]) + sum_not_i(first_link * derivative(a[j], z[i])),
                "split-sum",
            ),
            Step(own_path + sum_not_i(first_link * Paren(-a[i] * a[j])), "both-links"),
            Step(own_path + sum_not_i((y[j] / a[j]) * a[i] * a[j]), "signs-cancel"),
            Step(own_path + others, "cancel"),
            Step(own_term + others, "cancel"),
            Step(-y[i] + y[i] * a[i] + others, "expand"),
            Step(-y[i] + sum_over(y[j] * a[i], j), "join-sum"),
            Step(-y[i] + a[i] * sum_over(y[j], j), "factor"),
            Step(-y[i] + a[i] * Literal(1), TARGETS_SUM_TO_ONE, uses=SUM_TO_ONE),
            Step(a[i] - y[i], "times-one"),
            free=(i,),
        ),
        Derivation(
            "product",
            slope,
            Step(sum_over(derivative(a[j], z[i]) * first_link, j), "chain-rule"),
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
