"""Formulas with numbers in them: the lesson's digits, and an honest sign before the result."""

from decimal import Decimal

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from lessons import film_lesson, lessons
from sympy import Eq, Ne, evaluate, log, sin

from softmax_explained.core import Lesson, Quantity, solve
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.nodes import Approx, Cases, Literal, Paren, Shown, Word
from softmax_explained.core.formulas.symbols import (
    DEFINITIONS,
    C,
    a,
    derivative,
    dz,
    epsilon,
    eta,
    i,
    j,
    k,
    m,
    sum_over,
    w,
    x,
    y,
    z,
)
from softmax_explained.core.number_format import format_number, parse_number
from softmax_explained.core.printing.unicode import to_text
from softmax_explained.core.quantities.substitution import compute, with_numbers, with_result
from softmax_explained.errors import ProofError, UnknownQuantityError, UsageError

FILM = solve(film_lesson())

SEEN = [
    ("loss_slope", -1, {j: 1}, "−1/0.242"),
    ("case_i_equals_j", 3, {i: 0}, "(7.389 · 11.213 − 7.389 · 7.389) / 11.213²"),
    ("case_i_equals_j", -1, {i: 0}, "0.659 (1 − 0.659)"),
    ("case_i_not_j", -1, {i: 0, j: 1}, "−0.659 · 0.242"),
    ("jacobian", 1, {i: 0, j: 0}, "0.659 (1 − 0.659)"),
    ("jacobian", 1, {i: 0, j: 1}, "−0.659 · 0.242"),
    ("jacobian", 2, {i: 0, j: 0}, "1 · 0.659 − 0.659 · 0.659"),
    ("chain", -1, {i: 0}, "0.000 · 0.225 + (−4.125) (−0.160) + 0.000 (−0.065)"),
    ("collapse", 3, {i: 1}, "(−1/0.242) · 0.184 + (−0/0.659) (−0.160) + (−0/0.099) (−0.024)"),
    ("collapse", 8, {i: 0}, "−0 + 0 · 0.659 + 1 · 0.659 + 0 · 0.659"),
    ("collapse", 10, {i: 0}, "−0 + 0.659 (0 + 1 + 0)"),
    ("collapse", -1, {i: 0}, "0.659 − 0"),
    ("other_path", 1, {i: 0, j: 1}, "(−1/0.242) (−0.659 · 0.242)"),
    ("weights", -1, {i: 0, m: 1}, "(0.659 − 0) · 2.0"),
    ("log_sum_exp", 1, {}, "−(0 ln 0.659 + 1 ln 0.242 + 0 ln 0.099)"),
]


@pytest.mark.parametrize(("name", "line", "index", "text"), SEEN)
def test_a_line_of_the_film_with_the_numbers_of_the_film(name, line, index, text):
    assert to_text(with_numbers(DERIVATIONS[name][line], FILM, index)) == text


def test_a_definition_with_numbers_has_numbers_on_both_sides():
    assert to_text(with_numbers(DEFINITIONS["z"], FILM, {i: 0})) == "2.0 = 0.6 · 1.0 + 0.5 · 2.0 + 0.4"


def test_every_number_knows_its_quantity():
    put = with_numbers(DERIVATIONS["case_i_not_j"][-1], FILM, {i: 0, j: 1})
    assert sorted(shown.key for shown in put.atoms(Shown)) == ["a[0]", "a[1]"]


@pytest.mark.parametrize(
    ("letter", "index", "key"),
    [
        (eta, {}, "eta"),
        (epsilon, {}, "eps"),
        (w[i, m], {i: 2, m: 1}, "W[2,1]"),
        (x[2], {}, "x[1]"),
        (derivative(C, z[i]), {i: 1}, "g[1]"),
        (derivative(C, w[i, m]), {i: 2, m: 0}, "dW[2,0]"),
        (derivative(a[j], z[i]), {i: 0, j: 2}, "J[2,0]"),
    ],
)
def test_a_letter_becomes_the_quantity_of_its_name(letter, index, key):
    shown = with_numbers(letter, FILM, index)
    assert (shown.key, shown.text) == (key, FILM[key].text)


PROVED = [
    (name, line, letters)
    for name, letters in [
        ("case_i_equals_j", (i,)),
        ("case_i_not_j", (i, j)),
        ("loss_slope", (j,)),
        ("chain", (i,)),
        ("direct_path", (i,)),
        ("other_path", (i, j)),
        ("collapse", (i,)),
        ("weights", (i, m)),
    ]
    for line in range(len(DERIVATIONS[name]))
]


@settings(max_examples=60, deadline=None)
@given(lessons(reach=20), st.data())
def test_lines_that_are_proved_equal_have_equal_numbers(lesson, data):
    solution = solve(lesson)
    name = data.draw(st.sampled_from(sorted({name for name, _, _ in PROVED})))
    letters = next(letters for other, _, letters in PROVED if other == name)
    sizes = [solution.M if letter is m else solution.K for letter in letters]
    index = {letter: data.draw(st.integers(0, size - 1)) for letter, size in zip(letters, sizes, strict=True)}
    assume(index.get(i) != index.get(j))
    values = []
    for line in DERIVATIONS[name].lines:
        try:
            values.append(value(with_numbers(line, solution, index)))
        except UsageError:
            continue  # a slope that is written, not known: ∂/∂z_i (…)
    assert len(values) > 1
    assert values == pytest.approx([values[0]] * len(values), rel=1e-6, abs=1e-6)


# The sign before the result -------------------------------------------------------------------------------


def value(expr, **options):
    return float(compute(expr, **options))


def shown(number, decimals=3):
    return Shown(number, format_number(number, decimals))


def quantity(number, decimals=3):
    return Quantity("q", a[1], number, decimals, "a result")


def test_digits_that_close_get_an_equals_sign():
    own = with_numbers(DERIVATIONS["case_i_equals_j"][-1], FILM, {i: 0})
    assert to_text(with_result(own, FILM["J[0,0]"])) == "0.659 (1 − 0.659) = 0.225"


def test_digits_that_do_not_close_get_an_approximately_sign():
    tax = with_numbers(DERIVATIONS["case_i_not_j"][-1], FILM, {i: 0, j: 1})
    assert to_text(with_result(tax, FILM["J[1,0]"])) == "−0.659 · 0.242 ≈ −0.160"


@given(st.floats(0.001, 0.999), st.floats(0.001, 0.999))
@example(0.5, 0.015076607163832738)  # 0.0075 on the calculator, half-way between 0.007 and 0.008
def test_the_sign_is_what_a_viewer_with_a_calculator_finds(first, second):
    with evaluate(False):
        product = shown(first) * shown(second)
    result = quantity(first * second)
    calculator = Decimal(format_number(first, 3)) * Decimal(format_number(second, 3))
    on_screen = Decimal(result.text)
    closes = abs(calculator - on_screen) < Decimal("0.0005")
    assert isinstance(with_result(product, result), Eq if closes else Approx)


def test_a_result_half_way_between_two_digits_is_approximate():
    with evaluate(False):
        half = shown(0.5) * shown(0.001)  # 0.0005: 0.000 to one viewer, 0.001 to another
    assert isinstance(with_result(half, quantity(0.0005)), Approx)


def test_a_quantity_that_is_not_the_value_of_the_formula_is_refused():
    own = with_numbers(DERIVATIONS["case_i_equals_j"][-1], FILM, {i: 0})
    with pytest.raises(ProofError, match=r"0\.659 \(1 − 0\.659\) is 0\.2247.*, but J\[1,0\] is −?-?0\.159"):
        with_result(own, FILM["J[1,0]"])


def test_numbers_no_float_can_hold_keep_their_digits():
    far = solve(Lesson.from_logits([1000, 0, -1000], classes=["a", "b", "c"], targets=[0, 0, 1]))
    share = with_numbers(DEFINITIONS["a"].rhs, far, {i: 1})
    assert to_text(with_result(share, far["a[1]"])).startswith("1.000 / (1.970 × 10⁴³⁴ + 1.000")
    slope = with_numbers(DERIVATIONS["loss_slope"][-1], far, {j: 2})
    assert to_text(with_result(slope, far["dCda[2]"])) == "−1/0.000 ≈ −3.881 × 10⁸⁶⁸"


def test_a_share_no_float_can_hold_does_not_belie_its_logarithm():
    far = solve(Lesson.from_logits([1000, 0, -1000], classes=["a", "b", "c"], targets=[0, 0, 1]))
    with evaluate(False):
        price = -log(far["a[2]"].shown)  # held at 2.2e-308, although it is e^−2000
    assert to_text(with_result(price, far["C"])) == "−ln 0.000 ≈ 2000.000"


# Values ------------------------------------------------------------------------------------------------


def test_a_value_is_computed_from_exact_or_from_displayed_numbers():
    with evaluate(False):
        product = shown(0.6590011) * (1 - shown(0.6590011)) + Literal(2) * Paren(shown(0.5))
    assert value(product) == pytest.approx(0.6590011 * (1 - 0.6590011) + 1)
    assert value(product, shown=True) == pytest.approx(0.659 * 0.341 + 1)


def test_displayed_numbers_are_read_by_the_inverse_of_the_formatter():
    assert value(shown(-0.34149), shown=True) == float(parse_number("−0.341"))


@pytest.mark.parametrize("expr", [a[i], Word("cat"), sum_over(y[k], k)])
def test_what_is_no_number_has_no_value(expr):
    with pytest.raises(UsageError, match="with_numbers first"):
        value(expr)


# What is refused ----------------------------------------------------------------------------------------


def test_an_open_index_is_named():
    with pytest.raises(UsageError, match=r"the index j is open\n.*\{j: 0\}"):
        with_numbers(a[i] * a[j], FILM, {i: 0})


def test_a_slope_that_is_no_quantity_is_told_with_those_that_are():
    with pytest.raises(UsageError, match=r"∂z_i/∂b_i is no quantity\n.*∂C/∂a"):
        with_numbers(DERIVATIONS["biases"][1].args[1], FILM, {i: 0})


def test_a_letter_the_lesson_does_not_know_is_an_unknown_quantity():
    with pytest.raises(UnknownQuantityError):
        with_numbers(a[7], FILM, {})


@pytest.mark.parametrize("expr", [dz, Word("cat")])
def test_what_can_have_no_number_is_refused(expr):
    with pytest.raises(UsageError, match="has no number"):
        with_numbers(expr, FILM, {})


def test_the_case_that_applies_is_taken():
    cases = Cases((a[i], Eq(i, j)), (y[i], Ne(i, j)))
    assert value(with_numbers(cases, FILM, {i: 0, j: 0})) == pytest.approx(FILM.a[0])
    assert value(with_numbers(cases, FILM, {i: 1, j: 0})) == 1


def test_a_case_needs_a_condition_on_indices():
    with pytest.raises(UsageError, match="= or ≠ of two indices"):
        with_numbers(Cases((a[i], a[i] < 1)), FILM, {i: 0})


def test_a_function_without_a_rule_is_refused():
    with pytest.raises(UsageError):
        with_numbers(sin(a[i]), FILM, {i: 0})
