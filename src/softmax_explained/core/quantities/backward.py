"""The quantities on the way back: the Jacobian, the two links, the paths, and what they collapse to."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from sympy import Expr, Symbol, evaluate

from softmax_explained.core.formulas.symbols import C, Q, a, derivative, j, sum_over, y, z
from softmax_explained.core.numerics.softmax import lacking
from softmax_explained.core.numerics.values import Values
from softmax_explained.core.quantities.quantity import Quantity, computed, of_logarithm


def jacobian(solution: Values) -> Iterator[Quantity]:
    """List growth, tax and their balance: the second link."""
    classes = solution.lesson.classes
    a_i, rest = a[solution.i + 1], lacking(solution.z)
    for k, name in enumerate(classes):
        taken = float(solution.a[k] * solution.a[solution.i])
        yield computed(
            f"tax[{k}]", -a[k + 1] * a_i, 0.0 - taken, f"what the tax takes from {name} for each unit of dz"
        )
    for k, name in enumerate(classes):
        yield computed(f"lack[{k}]", 1 - a[k + 1], rest[k], f"share that {name} lacks")
    for row, answering in enumerate(classes):
        for column, nudged in enumerate(classes):
            meaning = f"how the share of {answering} answers the score of {nudged}"
            symbol = derivative(a[row + 1], z[column + 1])
            yield computed(f"J[{row},{column}]", symbol, solution.J[row, column], meaning)
    for k, name in enumerate(classes):
        total = sum_over(derivative(a[j], z[k + 1]), j)
        yield computed(
            f"Jsum[{k}]", total, solution.column_sums[k], f"all answers to the score of {name} together"
        )


def paths(solution: Values) -> Iterator[Quantity]:
    """List the first link −y/a, and what travels each path from the focus score to the loss."""
    classes, z_i = solution.lesson.classes, z[solution.i + 1]
    for k, name in enumerate(classes):
        yield _slope_of_loss(solution, k, f"slope of the loss in the share of {name}")
    for k, name in enumerate(classes):
        symbol = derivative(C, a[k + 1]) * derivative(a[k + 1], z_i)
        yield computed(
            f"term[{k}]",
            symbol,
            solution.terms[k],
            f"path from the score of {_focus(solution)} through {name}",
        )
    with evaluate(False):
        alone = -y[solution.i + 1] * (1 - a[solution.i + 1])
    yield computed(
        "onepath", alone, solution.one_path, f"what the path through {_focus(solution)} alone would give"
    )
    for k, name in enumerate(classes):
        with evaluate(False):
            symbol = sum_over(derivative(a[j], z[k + 1]) * (-y[j] / a[j]), j)
        yield computed(
            f"JTv[{k}]", symbol, solution.product[k], f"all paths from the score of {name} together"
        )


def gradient(solution: Values) -> Iterator[Quantity]:
    """List a − y and what can be said of it as a whole."""
    g = solution.gradient
    for k, name in enumerate(solution.lesson.classes):
        yield computed(f"g[{k}]", derivative(C, z[k + 1]), g[k], f"slope of the loss in the score of {name}")
    yield computed("gsum", sum_over(derivative(C, z[j]), j), solution.gradient_sum, "all slopes together")
    down, up = Symbol("down"), Symbol("up")
    yield computed("gdown", down, float(g[g > 0].sum()), "all pushes down")
    yield computed("gup", up, float(-g[g < 0].sum()) + 0.0, "all pulls up")
    yield computed("gabs", down + up, float(np.abs(g).sum()), "all pushes and pulls together")


def squared_error(solution: Values) -> Iterator[Quantity]:
    """List the other loss, its first link and its gradient."""
    classes = solution.lesson.classes
    yield computed("Q", Q, solution.Q, "the squared error")
    for k, name in enumerate(classes):
        slope = solution.gradient[k]  # a − y is both the first link of Q and the whole gradient of C
        yield computed(
            f"dQda[{k}]", derivative(Q, a[k + 1]), slope, f"slope of the squared error in the share of {name}"
        )
    for k, name in enumerate(classes):
        meaning = f"slope of the squared error in the score of {name}"
        yield computed(f"gq[{k}]", derivative(Q, z[k + 1]), solution.Q_gradient[k], meaning)


def _slope_of_loss(solution: Values, k: int, meaning: str) -> Quantity:
    """Take −y_k/a_k from ln a_k, so that it is true also where a_k is smaller than any float."""
    key, symbol, target = f"dCda[{k}]", _partial(k), float(solution.lesson.targets[k])
    if target == 0:
        return computed(key, symbol, 0.0, meaning)
    return of_logarithm(
        key, symbol, math.log(target) - float(solution.log_a[k]), meaning, sign=-1, small=False
    )


def _partial(k: int) -> Expr:
    return derivative(C, a[k + 1])


def _focus(solution: Values) -> str:
    return solution.lesson.classes[solution.i]
