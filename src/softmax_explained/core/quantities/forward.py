"""The quantities on the way forward: the givens, the scores, the shares, the loss, and its slope measured."""

from __future__ import annotations

import math
from collections.abc import Iterator

from sympy import IndexedBase, Symbol, evaluate, exp, log

from softmax_explained.core.formulas.symbols import C, K, M, S, a, b, epsilon, eta, j, sum_over, w, x, y, z
from softmax_explained.core.numerics.values import Values
from softmax_explained.core.quantities.quantity import (
    Quantity,
    computed,
    fewest_decimals,
    given,
    of_logarithm,
)

h, nudge, error = IndexedBase("h"), IndexedBase("Δz"), IndexedBase("error")
change = Symbol("ΔC")


def givens(solution: Values) -> Iterator[Quantity]:
    """List x, W, b, y, η, ε and the two sizes, each with the digits it was typed with."""
    lesson = solution.lesson
    yield Quantity("K", K, lesson.K, 0, "how many classes")
    yield Quantity("M", M, lesson.M, 0, "how many inputs")
    digits = fewest_decimals(lesson.inputs)
    for n, value in enumerate(lesson.inputs):
        yield given(f"x[{n}]", x[n + 1], value, f"input {n + 1}", digits)
    digits = fewest_decimals(lesson.weights.ravel())
    for k, name in enumerate(lesson.classes):
        for n, value in enumerate(lesson.weights[k]):
            yield given(f"W[{k},{n}]", w[k + 1, n + 1], value, f"weight of input {n + 1} for {name}", digits)
    digits = fewest_decimals(lesson.biases)
    for k, name in enumerate(lesson.classes):
        yield given(f"b[{k}]", b[k + 1], lesson.biases[k], f"bias of {name}", digits)
    digits = fewest_decimals(lesson.targets)
    for k, name in enumerate(lesson.classes):
        yield given(f"y[{k}]", y[k + 1], lesson.targets[k], f"target of {name}", digits)
    yield computed("ysum", sum_over(y[j], j), solution.target_sum, "all targets together", digits)
    for key, symbol, value, meaning in (
        ("eta", eta, lesson.learning_rate, "learning rate"),
        ("eps", epsilon, lesson.smoothing, "how far the targets are smoothed"),
    ):
        yield given(key, symbol, value, meaning, fewest_decimals([value]))


def scores(solution: Values) -> Iterator[Quantity]:
    """List the products w x, their totals z, and what shows that a score is not a probability."""
    lesson = solution.lesson
    products = lesson.weights * lesson.inputs
    digits = fewest_decimals(products.ravel())
    for k, name in enumerate(lesson.classes):
        for n, value in enumerate(products[k]):
            with evaluate(False):
                symbol = w[k + 1, n + 1] * x[n + 1]
            yield given(f"wx[{k},{n}]", symbol, value, f"input {n + 1} times its weight for {name}", digits)
    digits = score_decimals(solution)
    for k, name in enumerate(lesson.classes):
        yield computed(f"z[{k}]", z[k + 1], solution.z[k], f"score of {name}", digits)
    yield computed("zsum", sum_over(z[j], j), float(solution.z.sum()), "all scores together", digits)
    yield computed("z_min", Symbol("z_min"), float(solution.z.min()), "smallest score", digits)
    yield computed("z_max", Symbol("z_max"), solution.z_max, "largest score", digits)


def shares(solution: Values) -> Iterator[Quantity]:
    """List e^z, their total S, and the shares of it."""
    classes = solution.lesson.classes
    for k, name in enumerate(classes):
        yield of_logarithm(f"e[{k}]", exp(z[k + 1]), float(solution.z[k]), f"e to the score of {name}")
    yield of_logarithm("S", S, solution.lse, "length of the whole strip, the sum of all e^z")
    for k, name in enumerate(classes):
        yield computed(f"a[{k}]", a[k + 1], solution.a[k], f"share of {name}")
    yield computed("asum", sum_over(a[j], j), float(solution.a.sum()), "all shares together")


def loss(solution: Values) -> Iterator[Quantity]:
    """List ln a and its slope, what each class pays, and the loss."""
    classes, targets = solution.lesson.classes, solution.lesson.targets
    for k, name in enumerate(classes):
        yield computed(f"lna[{k}]", log(a[k + 1]), solution.log_a[k], f"logarithm of the share of {name}")
    for k, name in enumerate(classes):
        steep = -float(solution.log_a[k])
        meaning = f"slope of −ln a at the share of {name}"
        yield of_logarithm(f"slope[{k}]", -1 / a[k + 1], steep, meaning, sign=-1)
    for k, name in enumerate(classes):
        paid = -float(targets[k] * solution.log_a[k]) + 0.0
        yield computed(f"loss_term[{k}]", -y[k + 1] * log(a[k + 1]), paid, f"what {name} adds to the loss")
    yield computed("C", C, solution.C, "the loss, cross-entropy")
    least = -math.fsum(share * math.log(share) for share in targets if share > 0) + 0.0
    yield computed("entropy", -sum_over(y[j] * log(y[j]), j), least, "the smallest loss these targets allow")


def measured(solution: Values) -> Iterator[Quantity]:
    """List nudges and ratios of the focus class, central differences of all, and how far off they are."""
    focus = solution.lesson.classes[solution.i]
    digits = fewest_decimals(solution.steps)
    for n, value in enumerate(solution.steps):
        yield given(f"h[{n}]", h[n + 1], value, f"nudge {n + 1}", digits)
    for n, value in enumerate(solution.forward):
        meaning = f"change of the loss per nudge {n + 1} of the score of {focus}"
        yield computed(f"ratio[{n}]", change / h[n + 1], value, meaning)
    errors = abs(solution.gradient - solution.central)
    for k, name in enumerate(solution.lesson.classes):
        meaning = f"slope of the loss in the score of {name}, measured"
        yield computed(f"fd[{k}]", change / nudge[k + 1], solution.central[k], meaning)
    for k, name in enumerate(solution.lesson.classes):
        yield computed(f"fd_error[{k}]", error[k + 1], errors[k], f"formula against measurement for {name}")
    largest = float(errors.max())
    yield computed("fd_error_max", Symbol("error_max"), largest, "largest gap, formula against measurement")


def score_decimals(solution: Values) -> int:
    """Count the digits after the point of every score: as few as show them all, and at least one."""
    return fewest_decimals(solution.z, least=1)
