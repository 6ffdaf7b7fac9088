"""What is printed says what was written: random trees are printed, read back independently, and compared."""

import cmath
import math
from random import Random

import pytest
from sympy import Add, Integer, Mul, Number, Pow, Rational, Sum, evaluate, exp, log
from sympy.tensor.indexed import Indexed
from typst_reader import Reader

from softmax_explained.core.formulas.nodes import Literal, Paren, SumNot
from softmax_explained.core.formulas.symbols import K, a, i, j, k, m, sum_over, y, z
from softmax_explained.core.printing import layout
from softmax_explained.core.printing.precedence import ATOM, fraction, terms
from softmax_explained.core.printing.typst import to_typst

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
    return {exp: cmath.exp, log: cmath.log}[expr.func](parts[0])


def check(count, seed, **options):
    """Print and read back until `count` trees were compared; give how many were."""
    draw, compared = Random(seed), 0
    while compared < count:
        with evaluate(False):
            grown = tree(draw, draw.randint(1, 5), [i])
        try:
            expected = value(grown, {i: 1})
        except (OverflowError, ZeroDivisionError, ValueError):
            continue  # no finite value to compare
        if not 1e-9 < abs(expected) < 1e12:
            continue
        source = to_typst(grown, **options).source
        found = Reader(source, LETTERS).read({"i": 1})
        # ln of a negative number has two branches a rounding apart: they agree up to 2πi inside.
        assert cmath.isclose(found, expected, rel_tol=1e-6), (source, grown, found, expected)
        compared += 1
    return compared


def test_two_thousand_random_trees_say_what_was_written():
    assert check(2_000, seed=1) == 2_000


@pytest.mark.slow
def test_twenty_thousand_more_random_trees_say_what_was_written():
    assert check(20_000, seed=2) == 20_000


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("2 - 3 dot.c 4", -10),
        ("frac(1, 2) lr((3 + 1))^(2)", 8),
        ("sum_(j) z_(j) + 1", sum(LETTERS["z"]) + 1),
        ("sum_(j != i) z_(j) a_(i)", sum(LETTERS["z"][1:]) * LETTERS["a"][0]),
        ("ln e^(2) 3", 6),
    ],
)
def test_the_reader_reads_as_a_person_does(source, expected):
    assert Reader(source, LETTERS).read({"i": 1}) == pytest.approx(expected)


BROKEN_RULES = {
    "nothing binds loosely": ("binding", lambda expr: ATOM),
    "a minus is never split off": (
        "without_minus",
        lambda expr: (False, abs(expr) if expr.is_Number else expr),
    ),
    "the last term is lost": ("terms", lambda expr: terms(expr)[:2]),
    "a fraction is upside down": ("fraction", lambda expr: (fraction(expr) or ())[::-1] or None),
    "no dot between numbers": ("starts_with_digit", lambda expr: False),
}


@pytest.mark.parametrize("name", BROKEN_RULES)
def test_a_broken_rule_of_the_printer_is_noticed(name, monkeypatch):
    monkeypatch.setattr(layout, *BROKEN_RULES[name])
    with pytest.raises((AssertionError, RecursionError)):
        check(500, seed=3)
