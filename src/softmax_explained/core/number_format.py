"""Numbers as people read them: one formatter for every digit of the film, and its inverse.

A sign is a sign (U+2212, not a hyphen), a zero has none, and what has no room in plain digits is written in
powers of ten.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal

_RAISED = str.maketrans("0123456789−-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789−")


def in_parts(text: str) -> tuple[str, str]:
    """Mantissa and power of ten of a displayed number; "" when there is no power.

    >>> in_parts("−1.97 × 10⁴³⁴")
    ('−1.97', '434')
    >>> in_parts("0.659")
    ('0.659', '')
    """
    mantissa, _, power = text.partition(" × 10")
    return mantissa, lowered(power)


def raised(text: str) -> str:
    """Digits as superscripts.

    >>> raised("−12")
    '⁻¹²'
    """
    return text.translate(_RAISED)


def lowered(text: str) -> str:
    """Superscripts as digits.

    >>> lowered("⁻¹²")
    '−12'
    """
    return text.translate(_LOWERED)


MINUS = "−"
HUGE = 1e6
"""From here on a number is written in powers of ten: seven digits before the point are counted, not read."""

_NUMBER = re.compile(r"(?P<sign>[−+]?)(?P<digits>[0-9]+(?:\.[0-9]+)?)(?: × 10(?P<power>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))?")


def format_number(value: float, decimals: int, *, sign: bool = False, exponent: int = 0) -> str:
    """Write value · 10^exponent with `decimals` digits after the point.

    The exact binary value is rounded, and a tie goes to the even digit (0.125 to two decimals is 0.12). From
    a million on, or when an exponent is given, the number is written in powers of ten and `decimals` counts
    the digits of its leading factor.

    Args:
        value: any finite number, dimensionless.
        decimals: digits after the point, 0 or more.
        sign: also write a plus; zero never carries a sign.
        exponent: a power of ten that value is to be multiplied by, for what no float can hold (e^1000).

    Raises:
        ValueError: value is NaN or infinite, or decimals is negative.

    >>> format_number(-0.7576, 3), format_number(0.6590, 3, sign=True), format_number(-0.0004, 3, sign=True)
    ('−0.758', '+0.659', '0.000')
    >>> format_number(1.970071114, 2, exponent=434)
    '1.97 × 10⁴³⁴'
    """
    if not math.isfinite(value):
        raise ValueError(f"cannot write {value} in digits: a number on screen has to be finite")
    if decimals < 0:
        raise ValueError(f"cannot write {decimals} decimals: give 0 or more")
    size = abs(value)
    digits, power = f"{size:.{decimals}f}", 0
    if size and (exponent or size >= HUGE):
        digits, _, shift = f"{size:.{decimals}e}".partition("e")
        power = int(shift) + exponent
    if not digits.strip("0."):
        return digits
    lead = MINUS if value < 0 else "+" if sign else ""
    return f"{lead}{digits}" + (f" × 10{raised(str(power))}" if power else "")


def parse_number(text: str) -> Decimal:
    """Read what `format_number` wrote: exactly the digits that were displayed, whatever their exponent.

    Args:
        text: one number as displayed, nothing around it.

    Raises:
        ValueError: text is not a number as this project writes it (a hyphen for a minus, for example).

    >>> parse_number("−0.758"), parse_number("1.97 × 10⁴³⁴")
    (Decimal('-0.758'), Decimal('1.97E+434'))
    """
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not a displayed number: such as 0.659, −0.758 or 1.97 × 10⁴³⁴")
    power = lowered(found["power"] or "0")
    return Decimal(f"{found['sign']}{found['digits']}E{power}".replace(MINUS, "-"))
