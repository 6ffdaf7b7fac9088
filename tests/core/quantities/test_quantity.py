"""What a solution shows, and how it is found."""

from __future__ import annotations

import math
from decimal import Decimal

import mpmath
import numpy as np
import pytest
import scipy.special
import scipy.stats
from hypothesis import given, settings
from lessons import film_lesson, lessons
from sympy import Expr, exp

from softmax_explained.core import Lesson, default_lesson, solve
from softmax_explained.core.formulas.symbols import C, a, derivative, y, z
from softmax_explained.core.number_format import parse_number
from softmax_explained.core.printing.typst import to_typst
from softmax_explained.core.printing.unicode import to_text
from softmax_explained.errors import UnknownQuantityError


@pytest.mark.parametrize(
    ("key", "text", "signed"),
    [
        ("a[0]", "0.659", "+0.659"),
        ("a[t]", "0.242", "+0.242"),
        ("z[0]", "2.0", "+2.0"),
        ("z[2]", "0.1", "+0.1"),
        ("W[2,0]", "−0.5", "−0.5"),
        ("x[1]", "2.0", "+2.0"),
        ("wx[0,1]", "1.0", "+1.0"),
        ("y[o]", "1", "+1"),
        ("ysum", "1", "+1"),
        ("eta", "1", "+1"),
        ("eps", "0.45", "+0.45"),
        ("e[1]", "2.718", "+2.718"),
        ("C", "1.417", "+1.417"),
        ("g[t]", "−0.758", "−0.758"),
        ("gsum", "0.000", "0.000"),
        ("Jsum[1]", "0.000", "0.000"),
        ("J[o,i]", "−0.160", "−0.160"),
        ("J[i, i]", "0.225", "+0.225"),
        ("dCda[t]", "−4.125", "−4.125"),
        ("term[t]", "0.659", "+0.659"),
        ("onepath", "0.000", "0.000"),
        ("fd[i]", "0.659", "+0.659"),
        ("h[0]", "0.1", "+0.1"),
        ("h[2]", "0.00001", "+0.00001"),
        ("ratio[0]", "0.670", "+0.670"),
        ("ys[t]", "0.700", "+0.700"),
        ("n_q", "61", "+61"),
        ("C1", "0.605", "+0.605"),
        ("dW[0,1]", "1.318", "+1.318"),
        ("shifted[2]", "−1.9", "−1.9"),
        ("K", "3", "+3"),
        ("a[r]", "0.099", "+0.099"),
        ("ratio_t[0]", "−0.748", "−0.748"),
        ("ratio_t[2]", "−0.758", "−0.758"),
        ("glen", "1.009", "+1.009"),
        ("gqlen", "0.361", "+0.361"),
        ("push_ce", "0.994", "+0.994"),
        ("push_q", "0.010", "+0.010"),
        ("start[t]", "−3.0", "−3.0"),
        ("start_a[t]", "0.006", "+0.006"),
        ("dx[0]", "0.195", "+0.195"),
        ("back[t,1]", "−0.227", "−0.227"),
        ("yz", "1.0", "+1.0"),
        ("lse", "2.417", "+2.417"),
        ("lifted[2]", "998.1", "+998.1"),
        ("e_lifted", "1.97 × 10⁴³⁴", "+1.97 × 10⁴³⁴"),
        ("float_max", "1.80 × 10³⁰⁸", "+1.80 × 10³⁰⁸"),
    ],
)
def test_the_film_shows_these_digits(key: str, text: str, signed: str) -> None:
    quantity = solve(default_lesson())[key]
    assert (quantity.text, quantity.signed) == (text, signed)


def test_a_symbol_counts_from_one_where_its_key_counts_from_zero() -> None:
    solution = solve(default_lesson())
    assert solution["a[0]"].symbol == a[1]
    assert solution["y[2]"].symbol == y[3]
    assert solution["e[t]"].symbol == exp(z[2])
    assert solution["J[0,2]"].symbol == derivative(a[1], z[3])
    assert solution["g[i]"].symbol == derivative(C, z[1])


@pytest.mark.parametrize(
    ("changed", "key", "text"),
    [
        ({"learning_rate": 0.0001}, "eta", "1 × 10⁻⁴"),
        ({"learning_rate": 0.00025}, "eta", "2.5 × 10⁻⁴"),
        ({"learning_rate": 0.125}, "eta", "0.125"),
        ({"targets": [0.25, 0.5, 0.25]}, "y[1]", "0.50"),
        ({"targets": [1 / 3, 1 / 3, 1 / 3]}, "y[1]", "0.333"),
        ({"biases": [1e-7, 0, 0]}, "b[0]", "1 × 10⁻⁷"),
        ({"biases": [1e-7, 0, 0.5]}, "b[1]", "0.0"),
        ({"inputs": [0.1, 0.2], "weights": [[-3, 1.5], [3, 0], [0, 0]], "biases": [0] * 3}, "z[0]", "0.0"),
    ],
)
def test_a_given_shows_as_few_digits_as_it_has_and_is_never_rounded_to_nothing(
    changed: dict[str, object], key: str, text: str
) -> None:
    assert solve(film_lesson(**changed))[key].text == text


def test_what_no_float_can_hold_is_still_shown() -> None:
    solution = solve(Lesson.from_logits([1000, -1000, 3], ["a", "b", "c"], [0, 1, 0]))
    assert solution["e[0]"].text == solution["S"].text == "1.970 × 10⁴³⁴"
    assert solution["e[1]"].text == "5.076 × 10⁻⁴³⁵"
    assert solution["a[t]"].text == "0.000"
    assert solution["dCda[t]"].text == solution["slope[t]"].text == "−3.881 × 10⁸⁶⁸"
    assert solution["C"].text == "2000.000"
    assert solution.shift == 1000


@settings(max_examples=40, deadline=None)
@given(lessons())
def test_exponentials_show_their_value_at_fifty_digits_whatever_their_size(lesson: Lesson) -> None:
    solution = solve(lesson)
    with mpmath.workdps(50):
        for k, score in enumerate(lesson.z):
            shown = parse_number(solution[f"e[{k}]"].text)
            unit = Decimal((0, (1,), shown.as_tuple().exponent))
            exact = Decimal(mpmath.nstr(mpmath.exp(mpmath.mpf(float(score))), 40))
            assert abs(shown - exact) <= unit / 2 * (1 + Decimal("1e-6"))
            assert shown > 0


@settings(max_examples=40, deadline=None)
@given(lessons())
def test_every_quantity_is_finite_named_and_shown_to_half_a_unit_of_its_last_digit(lesson: Lesson) -> None:
    solution = solve(lesson)
    for key, quantity in solution.quantities.items():
        assert key == quantity.key
        assert solution[key] is quantity
        assert isinstance(quantity.symbol, Expr)
        assert quantity.meaning
        assert math.isfinite(quantity.value)
        shown = parse_number(quantity.text)
        unit = Decimal((0, (1,), shown.as_tuple().exponent))
        assert abs(shown - Decimal(quantity.value).scaleb(quantity.exponent)) <= unit / 2 * (
            1 + Decimal("1e-9")
        )
        assert parse_number(quantity.signed) == shown


@settings(max_examples=40, deadline=None)
@given(lessons())
def test_shown_shares_add_up_as_far_as_rounding_allows(lesson: Lesson) -> None:
    solution = solve(lesson)
    half = Decimal("0.0005") * lesson.K
    assert abs(sum(parse_number(solution[f"a[{k}]"].text) for k in range(lesson.K)) - 1) <= half
    assert abs(sum(parse_number(solution[f"g[{k}]"].text) for k in range(lesson.K))) <= half


def test_quantities_stand_once_each_under_a_heading_in_the_order_of_the_film() -> None:
    solution = solve(default_lesson())
    listed = [each.key for group in solution.groups.values() for each in group]
    assert listed == list(solution.quantities)
    assert len(listed) == len(set(listed))
    order = ("x[0]", "z[0]", "a[0]", "C", "fd[0]", "J[0,0]", "term[0]", "g[0]", "Q", "n_ce", "C1", "lse")
    assert sorted(order, key=listed.index) == list(order)


def test_class_names_may_hold_braces() -> None:
    solution = solve(film_lesson(classes=["{0}", "{}", "a}"]))
    assert solution["a[0]"].meaning == "share of {0}"
    assert solution["J[1,2]"].meaning == "how the share of {} answers the score of a}"
    assert solution["ratio[0]"].meaning == "change of the loss per nudge 1 of the score of {0}"
    assert solution["term[1]"].meaning == "path from the score of {0} through {}"
    assert solution["onepath"].meaning == "what the path through {0} alone would give"


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("a[3]", "a[1]"),
        ("b[i,i]", "b[0]"),
        ("A[0]", "a[0]"),
        ("grad[0]", "g[0]"),
        ("loss", "loss_term[0]"),
        ("", "K"),
    ],
)
def test_an_unknown_key_names_its_neighbours(key: str, near: str) -> None:
    with pytest.raises(UnknownQuantityError) as refusal:
        solve(default_lesson())[key]
    assert refusal.value.message == f"there is no quantity {key!r}"
    assert near in refusal.value.hint
    assert "t is 1, i is 0, o is 1" in refusal.value.hint


def test_what_a_quantity_stands_for_can_be_printed_like_any_formula() -> None:
    for quantity in solve(film_lesson(targets=[0.2, 0.7, 0.1])).quantities.values():
        assert to_text(quantity.symbol)
        assert to_typst(quantity.symbol).source


def test_the_smallest_loss_is_the_entropy_of_the_targets() -> None:
    targets = [0.2, 0.7, 0.1]
    assert solve(film_lesson(targets=targets))["entropy"].value == pytest.approx(scipy.stats.entropy(targets))


def test_the_error_of_a_measurement_is_its_distance_from_the_formula() -> None:
    solution = solve(default_lesson())
    errors = [abs(solution[f"fd[{k}]"].value - solution[f"g[{k}]"].value) for k in range(solution.K)]
    assert [solution[f"fd_error[{k}]"].value for k in range(solution.K)] == pytest.approx(errors, abs=1e-15)
    assert solution["fd_error_max"].value == pytest.approx(max(errors), abs=1e-15)


@pytest.mark.parametrize(
    ("inputs", "written"),
    [([1, 2], ["1.0", "2.0"]), ([7, 2], ["7.0", "2.0"]), ([7, 9], ["7", "9"]), ([0.25, 1], ["0.25", "1.00"])],
)
def test_inputs_that_could_be_taken_for_their_numbers_have_a_decimal(
    inputs: list[float], written: list[str]
) -> None:
    lesson = Lesson(inputs=inputs, weights=np.eye(2), biases=[0, 0], classes=["a", "b"], targets=[1, 0])
    solution = solve(lesson)
    assert [solution[f"x[{m}]"].text for m in range(2)] == written


@given(lessons())
@settings(max_examples=40, deadline=None)
def test_growth_and_own_tax_make_the_diagonal_of_the_jacobian(lesson: Lesson) -> None:
    solution = solve(lesson)
    shares = scipy.special.softmax(np.asarray(lesson.z))
    for k, share in enumerate(shares):
        tax, whole = solution[f"own_tax[{k}]"].value, solution[f"J[{k},{k}]"].value
        assert tax == pytest.approx(-(share**2), abs=1e-12)
        assert share + tax == pytest.approx(whole, abs=1e-12)
