"""The quantities of the backward pass: Jacobian, paths, gradients, the update, and stable computation."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from sympy import IndexedBase, Symbol, evaluate, exp, log

from softmax_explained.core.formulas.symbols import C, Q, a, b, derivative, j, sum_over, w, y, y_smooth, z
from softmax_explained.core.numerics.loss_comparison import FINISH
from softmax_explained.core.numerics.softmax import lacking
from softmax_explained.core.numerics.values import Values
from softmax_explained.core.quantities.forward import score_decimals
from softmax_explained.core.quantities.quantity import Quantity, computed, entries, given, of_logarithm

z_after, a_after, C_after = IndexedBase("z'"), IndexedBase("a'"), Symbol("C'")


def jacobian(s: Values) -> Iterator[Quantity]:
    """List the two parts of ∂a_j/∂z_i, the Jacobian, and the sums of its columns."""
    classes, i = s.lesson.classes, s.i + 1
    taken = 0.0 - s.a * s.a[s.i]
    meaning = "what the tax takes from {} for each unit of dz"
    yield from entries("tax", lambda k: -a[k] * a[i], taken, meaning, classes)
    yield from entries("lack", lambda k: 1 - a[k], lacking(s.z), "share that {} lacks", classes)
    meaning = "how the share of {} answers the score of {}"
    yield from entries("J", lambda k, n: derivative(a[k], z[n]), s.J, meaning, classes, classes)
    meaning = "all answers to the score of {} together"
    yield from entries("Jsum", lambda k: sum_over(derivative(a[j], z[k]), j), s.column_sums, meaning, classes)


def paths(s: Values) -> Iterator[Quantity]:
    """List ∂C/∂a = −y/a, and the contribution of each path from the focus score to the loss."""
    classes, i = s.lesson.classes, s.i + 1
    focus = classes[s.i]
    for k, name in enumerate(classes):
        yield _slope_of_loss(s, k, f"slope of the loss in the share of {name}")
    meaning = f"path from the score of {focus} through {{}}"
    yield from entries(
        "term", lambda k: derivative(C, a[k]) * derivative(a[k], z[i]), s.terms, meaning, classes
    )
    with evaluate(False):
        alone = -y[i] * (1 - a[i])
    yield computed("onepath", alone, s.one_path, f"what the path through {focus} alone would give")
    yield from entries(
        "JTv",
        lambda k: sum_over(derivative(a[j], z[k]) * (-y[j] / a[j]), j),
        s.product,
        "all paths from the score of {} together",
        classes,
    )


def _slope_of_loss(s: Values, k: int, meaning: str) -> Quantity:
    """Compute −y_k/a_k from ln a_k, which is accurate even where a_k is smaller than any float."""
    key, symbol, target = f"dCda[{k}]", derivative(C, a[k + 1]), float(s.lesson.targets[k])
    if target == 0:
        return computed(key, symbol, 0.0, meaning)
    return of_logarithm(key, symbol, math.log(target) - float(s.log_a[k]), meaning, sign=-1, small=False)


def gradient(s: Values) -> Iterator[Quantity]:
    """List a − y, its sum, and the sums of its positive and negative entries."""
    g, classes = s.gradient, s.lesson.classes
    yield from entries("g", lambda k: derivative(C, z[k]), g, "slope of the loss in the score of {}", classes)
    yield computed("gsum", sum_over(derivative(C, z[j]), j), s.gradient_sum, "all slopes together")
    down, up = Symbol("down"), Symbol("up")
    yield computed("gdown", down, float(g[g > 0].sum()), "all pushes down")
    yield computed("gup", up, float(-g[g < 0].sum()) + 0.0, "all pulls up")
    yield computed("gabs", down + up, float(np.abs(g).sum()), "all pushes and pulls together")


def smoothed(s: Values) -> Iterator[Quantity]:
    """List the targets smoothed by ε, and the gradient they give."""
    classes = s.lesson.classes
    yield from entries("ys", lambda k: y_smooth[k], s.smoothed, "smoothed target of {}", classes)
    total = float(s.smoothed.sum())
    yield computed("yssum", sum_over(y_smooth[j], j), total, "all smoothed targets together")
    meaning = "slope in the score of {}, smoothed targets"
    yield from entries("gs", lambda k: a[k] - y_smooth[k], s.smoothed_gradient, meaning, classes)


def squared_error(s: Values) -> Iterator[Quantity]:
    """List the squared error, its derivative ∂Q/∂a = a − y, and its gradient ∂Q/∂z."""
    classes = s.lesson.classes
    yield computed("Q", Q, s.Q, "the squared error")
    meaning = "slope of the squared error in the share of {}"
    yield from entries("dQda", lambda k: derivative(Q, a[k]), s.gradient, meaning, classes)
    meaning = "slope of the squared error in the score of {}"
    yield from entries("gq", lambda k: derivative(Q, z[k]), s.Q_gradient, meaning, classes)


def race(s: Values) -> Iterator[Quantity]:
    """List the start of the race, its end, and the number of steps under each loss."""
    run = s.race
    yield given("drop", Symbol("drop"), run.drop, "how far the true score starts below its best rival", 0)
    yield given("finish", Symbol("finish"), FINISH, "the share of the true class that ends the race", 1)
    yield Quantity("cap", Symbol("cap"), run.cap, 0, "the number of steps after which a runner is stopped")
    yield Quantity("n_ce", Symbol("n_ce"), run.n_ce, 0, "steps to one half under cross-entropy")
    yield Quantity("n_q", Symbol("n_q"), run.n_q, 0, "steps to one half under squared error")


def step(s: Values) -> Iterator[Quantity]:
    """List scores, shares and loss after one step of gradient descent on the scores."""
    classes = s.lesson.classes
    yield from entries("z1", lambda k: z_after[k], s.next_z, "score of {} after one step", classes)
    yield from entries("a1", lambda k: a_after[k], s.next_a, "share of {} after one step", classes)
    yield computed("C1", C_after, s.next_C, "the loss after one step")


def weights(s: Values) -> Iterator[Quantity]:
    """List the derivative of the loss with respect to each weight and bias."""
    classes, inputs = s.lesson.classes, range(1, s.M + 1)
    meaning = "slope of the loss in the weight of input {1} for {0}"
    yield from entries("dW", lambda k, m: derivative(C, w[k, m]), s.dW, meaning, classes, inputs)
    meaning = "slope of the loss in the bias of {}"
    yield from entries("db", lambda k: derivative(C, b[k]), s.db, meaning, classes)


def practice(s: Values) -> Iterator[Quantity]:
    """List what a stable implementation computes: scores minus the largest, and the loss by log-sum-exp."""
    meaning = "how far the score of {} lies below the largest"
    yield from entries(
        "shifted",
        lambda k: z[k] - Symbol("z_max"),
        s.shifted,
        meaning,
        s.lesson.classes,
        decimals=score_decimals(s),
    )
    with evaluate(False):
        lse = log(sum_over(exp(z[j]), j))
        second_route = lse - sum_over(y[j] * z[j], j)
    yield computed("lse", lse, s.lse, "log-sum-exp of the scores")
    yield computed("C_lse", second_route, s.C_lse, "the loss by the second route")
