"""Beyond the gradient: smoothed targets, squared error, a second proof, the weights and the inputs."""

from __future__ import annotations

from sympy import KroneckerDelta, Rational, evaluate, exp, log

from softmax_explained.core.derivations.derivation import SUM_TO_ONE, TARGETS_SUM_TO_ONE, Derivation, Step
from softmax_explained.core.formulas.nodes import Literal
from softmax_explained.core.formulas.symbols import (
    C,
    K,
    M,
    Q,
    S,
    a,
    b,
    cross_entropy,
    derivative,
    epsilon,
    i,
    j,
    k,
    m,
    p,
    q,
    sum_over,
    w,
    x,
    y,
    y_smooth,
    z,
)

with evaluate(False):
    #: In the order the film needs them.
    EXTENSIONS = (
        Derivation(
            "smoothed_targets",
            sum_over(y_smooth[j], j),
            Step(sum_over((1 - epsilon) * y[j] + epsilon / K, j), "definition"),
            Step((1 - epsilon) * sum_over(y[j], j) + epsilon, "sum-term-by-term"),
            Step((1 - epsilon) * Literal(1) + epsilon, TARGETS_SUM_TO_ONE, uses=SUM_TO_ONE),
            Step(Literal(1), "cancel"),
        ),
        Derivation(
            "squared_error_link",
            derivative(Q, a[j]),
            Step(derivative(Rational(1, 2) * sum_over((a[k] - y[k]) ** 2, k), a[j]), "definition"),
            Step(a[j] - y[j], "constants-drop"),
            free=(j,),
        ),
        Derivation(
            "squared_error_path",
            derivative(Q, a[j]) * derivative(a[j], z[i]),
            Step((a[j] - y[j]) * (-a[i] * a[j]), "both-links"),
            free=(i, j),
            when="i!=j",
        ),
        Derivation(
            "squared_error",
            derivative(Q, z[i]),
            Step(sum_over(derivative(Q, a[j]) * derivative(a[j], z[i]), j), "chain-rule"),
            Step(sum_over((a[j] - y[j]) * (KroneckerDelta(i, j) * a[i] - a[i] * a[j]), j), "both-links"),
            Step(a[i] * (a[i] - y[i]) - a[i] * sum_over(a[j] * (a[j] - y[j]), j), "sum-term-by-term"),
            Step(a[i] * ((a[i] - y[i]) - sum_over(a[j] * (a[j] - y[j]), j)), "factor"),
            free=(i,),
        ),
        Derivation("log_undoes_exp", log(exp(z[i])), Step(z[i], "log-undoes-exp"), free=(i,)),
        Derivation("price_adds", -log(p * q), Step(-log(p) - log(q), "log-of-product")),
        Derivation(
            "log_share",
            log(a[k]),
            Step(log(exp(z[k]) / S), "definition"),
            Step(log(exp(z[k])) - log(S), "log-of-quotient"),
            Step(z[k] - log(S), "log-undoes-exp"),
            free=(k,),
        ),
        Derivation(
            "log_sum_exp",
            C,
            Step(cross_entropy, "definition"),
            Step(-sum_over(y[k] * (z[k] - log(S)), k), "log-undoes-exp"),
            Step(log(S) * sum_over(y[k], k) - sum_over(y[k] * z[k], k), "sum-term-by-term"),
            Step(log(S) - sum_over(y[k] * z[k], k), TARGETS_SUM_TO_ONE, uses=SUM_TO_ONE),
        ),
        Derivation(
            "lse_slope",
            derivative(log(S), z[i]),
            Step(1 / S * derivative(S, z[i]), "log-rule"),
            Step(exp(z[i]) / S, "total-slope"),
            Step(a[i], "definition"),
            free=(i,),
        ),
        Derivation(
            "second_proof",
            derivative(C, z[i]),
            Step(derivative(log(S) - sum_over(y[k] * z[k], k), z[i]), "log-sum-exp", uses=SUM_TO_ONE),
            Step(exp(z[i]) / S - y[i], "log-rule"),
            Step(a[i] - y[i], "definition"),
            free=(i,),
        ),
        Derivation(
            "score_slope",
            derivative(z[i], w[i, m]),
            Step(derivative(sum_over(w[i, k] * x[k], k, M) + b[i], w[i, m]), "definition"),
            Step(x[m], "constants-drop"),
            free=(i, m),
        ),
        Derivation(
            "weights",
            derivative(C, w[i, m]),
            Step(derivative(C, z[i]) * derivative(z[i], w[i, m]), "chain-rule"),
            Step(derivative(C, z[i]) * x[m], "constants-drop"),
            Step((a[i] - y[i]) * x[m], "result", uses=SUM_TO_ONE),
            free=(i, m),
        ),
        Derivation(
            "biases",
            derivative(C, b[i]),
            Step(derivative(C, z[i]) * derivative(z[i], b[i]), "chain-rule"),
            Step(derivative(C, z[i]) * Literal(1), "constants-drop"),
            Step(a[i] - y[i], "result", uses=SUM_TO_ONE),
            free=(i,),
        ),
        Derivation(
            "inputs",
            derivative(C, x[m]),
            Step(sum_over(derivative(C, z[i]) * derivative(z[i], x[m]), i), "chain-rule"),
            Step(sum_over(derivative(C, z[i]) * w[i, m], i), "constants-drop"),
            Step(sum_over(w[i, m] * (a[i] - y[i]), i), "result", uses=SUM_TO_ONE),
            free=(m,),
        ),
    )
