"""The quantities that follow from the gradient: soft targets, race, step, weights, code."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import IndexedBase, Symbol, evaluate, exp, log

from softmax_explained.core.formulas.symbols import C, a, b, derivative, j, sum_over, w, y, y_smooth, z
from softmax_explained.core.numerics.loss_comparison import FINISH
from softmax_explained.core.numerics.values import Values
from softmax_explained.core.quantities.forward import score_decimals
from softmax_explained.core.quantities.quantity import Quantity, computed, given

z_after, a_after, C_after = IndexedBase("z'"), IndexedBase("a'"), Symbol("C'")


def smoothed(solution: Values) -> Iterator[Quantity]:
    """List the targets softened by ε, and the gradient they give."""
    for k, name in enumerate(solution.lesson.classes):
        yield computed(f"ys[{k}]", y_smooth[k + 1], solution.smoothed[k], f"smoothed target of {name}")
    total = float(solution.smoothed.sum())
    yield computed("yssum", sum_over(y_smooth[j], j), total, "all smoothed targets together")
    for k, name in enumerate(solution.lesson.classes):
        meaning = f"slope in the score of {name}, smoothed targets"
        with evaluate(False):
            symbol = a[k + 1] - y_smooth[k + 1]
        yield computed(f"gs[{k}]", symbol, solution.smoothed_gradient[k], meaning)


def race(solution: Values) -> Iterator[Quantity]:
    """List how far behind both runners start, and how many steps they take."""
    run = solution.race
    yield given("drop", Symbol("drop"), run.drop, "how far the true score starts below its best rival", 0)
    yield given("finish", Symbol("finish"), FINISH, "the share of the true class that ends the race", 1)
    yield Quantity("cap", Symbol("cap"), run.cap, 0, "the number of steps after which a runner is stopped")
    yield Quantity("n_ce", Symbol("n_ce"), run.n_ce, 0, "steps to one half under cross-entropy")
    yield Quantity("n_q", Symbol("n_q"), run.n_q, 0, "steps to one half under squared error")


def step(solution: Values) -> Iterator[Quantity]:
    """List where one step of descent on the scores leads."""
    classes = solution.lesson.classes
    for k, name in enumerate(classes):
        yield computed(f"z1[{k}]", z_after[k + 1], solution.next_z[k], f"score of {name} after one step")
    for k, name in enumerate(classes):
        yield computed(f"a1[{k}]", a_after[k + 1], solution.next_a[k], f"share of {name} after one step")
    yield computed("C1", C_after, solution.next_C, "the loss after one step")


def weights(solution: Values) -> Iterator[Quantity]:
    """List the slope of the loss in each weight and bias."""
    for k, name in enumerate(solution.lesson.classes):
        for n, value in enumerate(solution.dW[k]):
            meaning = f"slope of the loss in the weight of input {n + 1} for {name}"
            yield computed(f"dW[{k},{n}]", derivative(C, w[k + 1, n + 1]), value, meaning)
    for k, name in enumerate(solution.lesson.classes):
        yield computed(
            f"db[{k}]", derivative(C, b[k + 1]), solution.db[k], f"slope of the loss in the bias of {name}"
        )


def practice(solution: Values) -> Iterator[Quantity]:
    """List what a program computes: scores below the largest, and the loss without any e^z of its own."""
    digits = score_decimals(solution)
    for k, name in enumerate(solution.lesson.classes):
        meaning = f"how far the score of {name} lies below the largest"
        with evaluate(False):
            symbol = z[k + 1] - Symbol("z_max")
        yield computed(f"shifted[{k}]", symbol, solution.shifted[k], meaning, digits)
    with evaluate(False):
        lse = log(sum_over(exp(z[j]), j))
        second_route = lse - sum_over(y[j] * z[j], j)
    yield computed("lse", lse, solution.lse, "log-sum-exp of the scores")
    yield computed("C_lse", second_route, solution.C_lse, "the loss by the second route")
