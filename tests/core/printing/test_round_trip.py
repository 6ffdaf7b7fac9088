"""What is printed says what was written: random trees are printed, read back independently, and compared."""

import cmath
from random import Random

import pytest
from random_trees import LETTERS, grown
from typst_reader import Reader

from softmax_explained.core.printing import layout
from softmax_explained.core.printing.precedence import ATOM, fraction, terms
from softmax_explained.core.printing.typst import to_typst


def check(count, seed, **options):
    """Print and read back until `count` trees were compared; give how many were."""
    draw, compared = Random(seed), 0
    while compared < count:
        tree, expected = grown(draw)
        source = to_typst(tree, **options).source
        found = Reader(source, LETTERS).read({"i": 1})
        assert cmath.isclose(found, expected, rel_tol=1e-6), (source, tree, found, expected)
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
