"""The quantities on the way from the input data to the loss."""

from __future__ import annotations

import math
from collections.abc import Iterator

from sympy import Symbol, exp, log

from softmax_explained.core.arrays import Array
from softmax_explained.core.formulas.symbols import (
    C,
    K,
    M,
    S,
    a,
    b,
    epsilon,
    eta,
    j,
    sum_over,
    w,
    x,
    y,
    z,
)
from softmax_explained.core.numerics.softmax import change_of_others
from softmax_explained.core.numerics.values import Values
from softmax_explained.core.quantities.quantity import (
    Quantity,
    computed,
    entries,
    fewest_decimals,
    given,
    of_logarithm,
)


def input_data(s: Values) -> Iterator[Quantity]:
    """List x, W, b, y, η, ε and the two sizes, each with the digits it was typed with.

    Inputs that could be read as the numbers of the inputs, 1 to M, get one decimal more.
    """
    lesson, classes, inputs = s.lesson, s.lesson.classes, range(1, s.M + 1)
    yield Quantity("K", K, lesson.K, 0, "how many classes")
    yield Quantity("M", M, lesson.M, 0, "how many inputs")
    for key, symbol, values, meaning, *names in (
        ("x", lambda m: x[m], lesson.inputs, "input {}", inputs),
        ("W", lambda k, m: w[k, m], lesson.weights, "weight of input {1} for {0}", classes, inputs),
        ("b", lambda k: b[k], lesson.biases, "bias of {}", classes),
        ("y", lambda k: y[k], lesson.targets, "target of {}", classes),
    ):
        least = int(key == "x" and _looks_like_indices(values))
        digits = fewest_decimals(values.ravel(), least)
        yield from entries(key, symbol, values, meaning, *names, decimals=digits, make=given)
    yield computed("ysum", sum_over(y[j], j), float(lesson.targets.sum()), "all targets together", digits)
    for key, letter, value, meaning in (
        ("eta", eta, lesson.learning_rate, "learning rate"),
        ("eps", epsilon, lesson.smoothing, "how far the targets are smoothed"),
    ):
        yield given(key, letter, value, meaning, fewest_decimals([value]))


def _looks_like_indices(inputs: Array) -> bool:
    """Whether all inputs are whole, and some could be read as the number of an input, from 1 to M."""
    return bool((inputs % 1 == 0).all() and ((inputs >= 1) & (inputs <= len(inputs))).any())


def scores(s: Values) -> Iterator[Quantity]:
    """List the products w x, their sums z, and what shows that a score is not a probability."""
    products = s.lesson.weights * s.lesson.inputs
    yield from entries(
        "wx",
        lambda k, m: w[k, m] * x[m],
        products,
        "input {1} times its weight for {0}",
        s.lesson.classes,
        range(1, s.M + 1),
        decimals=fewest_decimals(products.ravel()),
        make=given,
    )
    digits = score_decimals(s)
    yield from entries("z", lambda k: z[k], s.z, "score of {}", s.lesson.classes, decimals=digits)
    yield computed("zsum", sum_over(z[j], j), float(s.z.sum()), "all scores together", digits)
    yield computed("z_min", Symbol("z_min"), float(s.z.min()), "smallest score", digits)
    yield computed("z_max", Symbol("z_max"), s.z_max, "largest score", digits)


def score_decimals(s: Values) -> int:
    """Count the digits after the point of every score: the fewest that show them all, and at least one."""
    return fewest_decimals(s.z, least=1)


def shares(s: Values) -> Iterator[Quantity]:
    """List e^z, their sum S, and the shares of it."""
    for k, name in enumerate(s.lesson.classes):
        yield of_logarithm(f"e[{k}]", exp(z[k + 1]), float(s.z[k]), f"e to the score of {name}")
    yield of_logarithm("S", S, s.lse, "length of the whole strip, the sum of all e^z")
    yield from entries("a", lambda k: a[k], s.a, "share of {}", s.lesson.classes)
    yield computed("asum", sum_over(a[j], j), float(s.a.sum()), "all shares together")


def percentage_of_others(before: Array, after: Array) -> Quantity:
    """By how many percent every share changes whose score stays, from scores (K,) to others.

    It is not listed with the quantities of a lesson: how far a score is raised is the picture's choice.
    """
    meaning = "percent by which the share of every untouched class changes"
    ratio = S / Symbol("S'") - 1
    return computed("others", 100 * ratio, 100 * change_of_others(before, after), meaning, decimals=1)


def loss(s: Values) -> Iterator[Quantity]:
    """List ln a and its slope, the contribution of each class, and the loss."""
    classes, targets = s.lesson.classes, s.lesson.targets
    yield from entries("lna", lambda k: log(a[k]), s.log_a, "logarithm of the share of {}", classes)
    for k, name in enumerate(classes):
        meaning = f"slope of −ln a at the share of {name}"
        yield of_logarithm(f"slope[{k}]", -1 / a[k + 1], -float(s.log_a[k]), meaning, sign=-1)
    paid = -(targets * s.log_a) + 0.0
    yield from entries("loss_term", lambda k: -y[k] * log(a[k]), paid, "what {} adds to the loss", classes)
    yield computed("C", C, s.C, "the loss, cross-entropy")
    least = -math.fsum(share * math.log(share) for share in targets if share > 0) + 0.0
    yield computed("entropy", -sum_over(y[j] * log(y[j]), j), least, "the smallest loss these targets allow")
