"""A score as an equation in numbers: every product and the bias, as many of them as there is space for."""

from collections.abc import Iterator
from functools import reduce
from operator import add
from typing import Any

from sympy import Eq, evaluate

from softmax_explained.core import Solution
from softmax_explained.core.formulas.nodes import Dots
from softmax_explained.core.formulas.symbols import z
from softmax_explained.stage import Formula, equals

TERMS_UP_TO = 2  # more products than this are never written out: those in the middle become dots
SHRINKING = 0.96  # rather than lose a product the line is shrunk to this part of its size


def calculation(solution: Solution, k: int, width: float) -> Formula:
    """The score of class `k` in numbers, at most `width` units wide: with dots, or on two lines."""
    formulas = [Formula(equation, size="number") for equation in _equations(solution, k)]
    for formula in formulas:
        if formula.width * SHRINKING <= width:
            return formula.scale(min(1.0, width / formula.width))
    return formulas[-1].fit_width(width)


def _equations(solution: Solution, k: int) -> Iterator[Any]:
    """The longest first."""
    M = solution.M
    with evaluate(False):
        products = [solution[f"W[{k},{m}]"].shown * solution[f"x[{m}]"].shown for m in range(M)]
        first, last = products[0], products[-1]
        shortened = [products, [first, Dots()]] if M > 1 else [products]
        if M > TERMS_UP_TO:
            shortened = [[first, Dots(), last], [first, Dots()], [Dots()]]
        for terms in shortened:
            total = reduce(add, [*terms, solution[f"b[{k}]"].shown])
            yield equals(Eq(z[k + 1], total), solution[f"z[{k}]"])
