"""Random formulas as an author would write them, and their values found by walking the tree."""

import cmath
import math
from random import Random

from sympy import Add, Integer, Mul, Number, Pow, Rational, Sum, evaluate, exp, log
from sympy.tensor.indexed import Indexed

from softmax_explained.core.formulas.nodes import Literal, Paren, SumNot
from softmax_explained.core.formulas.symbols import K, a, i, j, k, m, sum_over, y, z

SIZE = 3
_draw = Random(7)
LETTERS = {name: [_draw.uniform(0.3, 1.7) for _ in range(SIZE)] for name in "zya"}
KINDS = [
    "add",
    "subtract",
    "times",
    "times",
    "times",
    "over",
    "minus",
    "power",
    "e",
    "ln",
    "sum",
    "hole",
    "fence",
]


def tree(draw, depth, scope):
    """Grow a random tree as an author would write it, under `evaluate(False)`."""
    if depth == 0 or draw.random() < 0.12:
        letter = draw.choice((z, y, a))[draw.choice(scope)]
        return draw.choice(
            [letter, letter, Integer(draw.choice((-3, -2, -1, 1, 2, 4))), Rational(1, 2), Literal(1)]
        )

    def grow(inner=scope):
        return tree(draw, depth - 1, inner)

    unused = [counter for counter in (j, k, m) if counter not in scope]
    kind = draw.choice(KINDS)
    if kind in ("sum", "hole") and unused:
        counter = unused[0]
        body = grow([*scope, counter])
        return SumNot(body, counter, i, 1, K) if kind == "hole" else sum_over(body, counter)
    make = {
        "add": lambda: Add(grow(), grow()),
        "subtract": lambda: grow() - grow(),
        "times": lambda: Mul(grow(), grow()),
        "over": lambda: grow() / grow(),
        "minus": lambda: -grow(),
        "power": lambda: Pow(grow(), Integer(draw.choice((-2, -1, 2, 3)))),
        "e": lambda: exp(grow()),
        "ln": lambda: log(grow()),
        "fence": lambda: Paren(grow()),
    }
    return make.get(kind, grow)()


def value(expr, index):
    """Compute a tree by walking it."""
    if isinstance(expr, Indexed):
        return complex(LETTERS[str(expr.base.label)][index[expr.indices[0]] - 1])
    if isinstance(expr, Number):
        return complex(float(expr))
    if isinstance(expr, Literal | Paren):
        return value(expr.args[0], index)
    if isinstance(expr, Sum | SumNot):
        body, counter = expr.args[0], expr.limits[0][0] if isinstance(expr, Sum) else expr.index
        hole = index[expr.missing] if isinstance(expr, SumNot) else None
        return sum(value(body, {**index, counter: n}) for n in range(1, SIZE + 1) if n != hole)
    parts = [value(part, index) for part in expr.args]
    if isinstance(expr, Add):
        return sum(parts)
    if isinstance(expr, Mul):
        return math.prod(parts)
    if isinstance(expr, Pow):
        return parts[0] ** parts[1]
    if expr.func is log and parts[0].real < 0 and abs(parts[0].imag) < 1e-9:
        raise ValueError("ln of a negative number has two branches a rounding apart")
    return {exp: cmath.exp, log: cmath.log}[expr.func](parts[0])


def grown(draw):
    """Grow a random tree whose value can be compared, and give both."""
    while True:
        with evaluate(False):
            found = tree(draw, draw.randint(1, 5), [i])
        try:
            number = value(found, {i: 1})
        except (OverflowError, ZeroDivisionError, ValueError):
            continue  # no finite value to compare
        if 1e-9 < abs(number) < 1e12:
            return found, number
