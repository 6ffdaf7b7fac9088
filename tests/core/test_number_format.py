"""How numbers are written."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softmax_explained.core.number_format import format_number, parse_number

finite = st.floats(allow_nan=False, allow_infinity=False)
decimals = st.integers(0, 6)


@pytest.mark.parametrize(
    ("value", "places", "text", "signed"),
    [
        (0.6590011, 3, "0.659", "+0.659"),
        (-0.7575790, 3, "−0.758", "−0.758"),
        (-0.0004, 3, "0.000", "0.000"),
        (0.0004, 3, "0.000", "0.000"),
        (-0.0, 3, "0.000", "0.000"),
        (0.125, 2, "0.12", "+0.12"),
        (0.375, 2, "0.38", "+0.38"),
        (61, 0, "61", "+61"),
        (999999.9, 1, "999999.9", "+999999.9"),
        (1e6, 1, "1.0 × 10⁶", "+1.0 × 10⁶"),
        (-123456789.0, 3, "−1.235 × 10⁸", "−1.235 × 10⁸"),
        (9.99996e7, 3, "1.000 × 10⁸", "+1.000 × 10⁸"),
    ],
)
def test_a_number_is_written_as_people_write_it(value: float, places: int, text: str, signed: str) -> None:
    assert format_number(value, places) == text
    assert format_number(value, places, sign=True) == signed


def test_what_no_float_can_hold_is_written_in_powers_of_ten() -> None:
    assert format_number(1.970071114, 3, exponent=434) == "1.970 × 10⁴³⁴"
    assert format_number(-5.075958897, 2, exponent=-435) == "−5.08 × 10⁻⁴³⁵"
    assert format_number(9.9999, 2, exponent=434) == "1.00 × 10⁴³⁵"
    assert format_number(0.0, 2, exponent=434) == "0.00"


@given(finite, decimals, st.booleans())
def test_what_is_written_can_be_read_back_to_half_a_unit_of_its_last_digit(
    value: float, places: int, sign: bool
) -> None:
    text = format_number(value, places, sign=sign)
    shown = parse_number(text)
    unit = Decimal((0, (1,), shown.as_tuple().exponent))
    assert abs(shown - Decimal(value)) <= unit / 2
    assert "-" not in text


@given(st.floats(-1e5, 1e5), decimals)
def test_rounding_agrees_with_decimal_arithmetic_on_the_exact_value(value: float, places: int) -> None:
    expected = Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    assert parse_number(format_number(value, places)) == expected


@given(finite, decimals)
def test_zero_carries_no_sign_and_nothing_else_loses_its_own(value: float, places: int) -> None:
    signed = format_number(value, places, sign=True)
    shown = parse_number(signed)
    assert signed[0] in "+−" if shown else signed[0] == "0"
    assert shown == 0 or math.copysign(1, shown) == math.copysign(1, value)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_not_written(value: float) -> None:
    with pytest.raises(ValueError, match="must be finite"):
        format_number(value, 3)


def test_there_are_no_negative_decimals() -> None:
    with pytest.raises(ValueError, match="give 0 or more"):
        format_number(1.0, -1)


@pytest.mark.parametrize("text", ["", "-0.758", ".5", "1e3", "0.659 ", "1.97 x 10⁴", "٣", "1 × 10"])
def test_only_numbers_as_this_project_writes_them_are_read(text: str) -> None:
    with pytest.raises(ValueError, match="is not a displayed number"):
        parse_number(text)
