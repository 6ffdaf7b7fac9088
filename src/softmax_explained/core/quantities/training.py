"""The quantities of training: the race of two losses, a step, weights, inputs, and what code computes."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from sympy import IndexedBase, Symbol, evaluate, exp, log

from softmax_explained.core.formulas.symbols import (
    C,
    Q,
    S,
    a,
    b,
    c,
    derivative,
    j,
    sum_over,
    w,
    x,
    y,
    z,
    z_max,
)
from softmax_explained.core.numerics.loss_comparison import FINISH
from softmax_explained.core.numerics.softmax import cross_entropy_gradient, squared_error_gradient
from softmax_explained.core.numerics.values import Values
from softmax_explained.core.quantities.forward import score_decimals
from softmax_explained.core.quantities.quantity import (
    Quantity,
    computed,
    entries,
    fewest_decimals,
    given,
    of_logarithm,
)

z_start, a_start = IndexedBase("z_start"), IndexedBase("a_start")
z_after, a_after, C_after = IndexedBase("z'"), IndexedBase("a'"), Symbol("C'")


def race(s: Values) -> Iterator[Quantity]:
    """List the start of the race, its end, and the number of steps under each loss."""
    run = s.race
    yield given("drop", Symbol("drop"), run.drop, "how far the true score starts below its best rival", 0)
    yield given("finish", Symbol("finish"), FINISH, "the share of the true class that ends the race", 1)
    eta = run.learning_rate
    yield given("race_eta", Symbol("race_eta"), eta, "learning rate of the race", fewest_decimals([eta]))
    yield Quantity("cap", Symbol("cap"), run.cap, 0, "the number of steps after which a runner is stopped")
    digits = fewest_decimals(run.start, least=1)
    meaning = "score of {} at the start of the race"
    yield from entries("start", lambda k: z_start[k], run.start, meaning, s.lesson.classes, decimals=digits)
    meaning = "share of {} at the start of the race"
    yield from entries("start_a", lambda k: a_start[k], run.shares_ce[0], meaning, s.lesson.classes)
    for key, slope, loss in (("push_ce", cross_entropy_gradient, C), ("push_q", squared_error_gradient, Q)):
        push = -float(slope(run.start, s.lesson.targets)[run.t]) + 0.0
        symbol = -derivative(loss, z_start[run.t + 1])
        yield computed(key, symbol, push, f"push on the true score at the start of the race, by {loss}")
    yield Quantity("n_ce", Symbol("n_ce"), run.n_ce, 0, "steps to one half under cross-entropy")
    yield Quantity("n_q", Symbol("n_q"), run.n_q, 0, "steps to one half under squared error")
    meaning = "steps after which the race is decided"
    yield Quantity("n_watched", Symbol("n_watched"), run.n_watched, 0, meaning)


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
    meaning = "what arrives at input {1} from {0}"
    yield from entries("back", lambda k, m: w[k, m] * (a[k] - y[k]), s.back, meaning, classes, inputs)
    meaning = "slope of the loss in input {}"
    yield from entries("dx", lambda m: derivative(C, x[m]), s.dx, meaning, inputs)


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
        lse, average = log(S), sum_over(y[j] * z[j], j)
        second_route = lse - average
        overflowing = exp(z_max + c)
    yield computed("lse", lse, s.lse, "log-sum-exp of the scores")
    meaning = "the scores weighted by the targets, added up"
    yield computed("yz", average, s.yz, meaning, fewest_decimals([s.yz], least=1))
    yield computed("C_lse", second_route, s.C_lse, "the loss by the second route")
    meaning = "score of {} after raising all until the largest is 1000"
    yield from entries(
        "lifted", lambda k: z[k] + c, s.lifted, meaning, s.lesson.classes, decimals=score_decimals(s)
    )
    largest = float(s.lifted.max())
    meaning = "e to the largest of them"
    yield of_logarithm("e_lifted", overflowing, largest, meaning, decimals=2)
    meaning = "the largest number of a computer, in double precision"
    yield computed("float_max", Symbol("float_max"), sys.float_info.max, meaning, decimals=2)
