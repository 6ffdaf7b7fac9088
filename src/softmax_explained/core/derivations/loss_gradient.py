"""From the loss to the score: the first link, the sum over all paths, and its collapse to a_i − y_i."""

from __future__ import annotations

from sympy import evaluate, log

from softmax_explained.core.derivations.derivation import SUM_TO_ONE, TARGETS_SUM_TO_ONE, Derivation, Step
from softmax_explained.core.formulas.nodes import Literal, Paren, SumNot
from softmax_explained.core.formulas.symbols import C, K, a, cross_entropy, derivative, i, j, sum_over, y, z

with evaluate(False):
    slope = derivative(C, z[i])
    paths = sum_over(derivative(C, a[j]) * derivative(a[j], z[i]), j)

    loss_slope = Derivation(
        "loss_slope",
        derivative(C, a[j]),
        (
            Step(derivative(cross_entropy, a[j]), "definition"),
            Step(derivative(-y[j] * log(a[j]), a[j]), "constants-drop"),
            Step(-y[j] / a[j], "log-rule"),
        ),
        free=(j,),
    )

    chain = Derivation("chain", slope, (Step(paths, "chain-rule"),), free=(i,))

    other_path = Derivation(
        "other_path",
        derivative(C, a[j]) * derivative(a[j], z[i]),
        (
            Step(Paren(-y[j] / a[j]) * (-a[i] * a[j]), "both-links"),
            Step((y[j] / a[j]) * a[i] * a[j], "signs-cancel"),
            Step(y[j] * a[i], "cancel"),
        ),
        free=(i, j),
        when="i!=j",
    )

    direct_path = Derivation(
        "direct_path",
        derivative(C, a[i]) * derivative(a[i], z[i]),
        (
            Step(Paren(-y[i] / a[i]) * (a[i] * (1 - a[i])), "both-links"),
            Step(-y[i] * (1 - a[i]), "cancel"),
            Step(-y[i] + y[i] * a[i], "expand"),
        ),
        free=(i,),
    )

    collapse = Derivation(
        "collapse",
        slope,
        (
            Step(paths, "chain-rule"),
            Step(
                derivative(C, a[i]) * derivative(a[i], z[i])
                + SumNot(derivative(C, a[j]) * derivative(a[j], z[i]), j, i, 1, K),
                "split-sum",
            ),
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
        ),
        free=(i,),
    )

    product = Derivation(
        "product",
        slope,
        (
            Step(sum_over(derivative(a[j], z[i]) * Paren(-y[j] / a[j]), j), "chain-rule"),
            Step(a[i] - y[i], TARGETS_SUM_TO_ONE, uses=SUM_TO_ONE),
        ),
        free=(i,),
    )
