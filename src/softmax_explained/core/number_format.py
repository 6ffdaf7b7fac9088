"""How numbers are displayed: one formatter for every digit of the film, and its inverse.

A minus is U+2212, not a hyphen; zero has no sign; numbers too large for plain digits have a power of ten.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal

MINUS = "−"
HUGE = 1e6
"""From this size on, numbers are written with a power of ten."""

_SUPERSCRIPTS = str.maketrans("0123456789−-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789−")
_NUMBER = re.compile(r"(?P<sign>[−+]?)(?P<digits>[0-9]+(?:\.[0-9]+)?)(?: × 10(?P<power>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))?")


def format_number(value: float, decimals: int, *, sign: bool = False, exponent: int = 0) -> str:
    """Write value · 10^exponent with `decimals` digits after the point.

    The exact binary value is rounded, ties to even (0.125 to two decimals is 0.12). From a million on, or
    if an exponent is given, a power of ten is written, and `decimals` counts the digits of the mantissa.

    Args:
        value: any finite number, dimensionless.
        decimals: digits after the point, 0 or more.
        sign: also write a plus; zero never has a sign.
        exponent: a power of ten by which value is multiplied, for numbers that no float can hold (e^1000).

    Raises:
        ValueError: value is NaN or infinite, or decimals is negative.

    >>> format_number(-0.7576, 3), format_number(0.6590, 3, sign=True), format_number(-0.0004, 3, sign=True)
    ('−0.758', '+0.659', '0.000')
    >>> format_number(1.970071114, 2, exponent=434)
    '1.97 × 10⁴³⁴'
    """
    if not math.isfinite(value):
        raise ValueError(f"cannot write {value} in digits: a displayed number must be finite")
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
    return f"{lead}{digits}" + (f" × 10{superscript(str(power))}" if power else "")


def parse_number(text: str) -> Decimal:
    """Read a number that `format_number` wrote: exactly the digits displayed, whatever the exponent.

    Raises:
        ValueError: text is not a number in this format (with a hyphen for a minus, for example).

    >>> parse_number("−0.758"), parse_number("1.97 × 10⁴³⁴")
    (Decimal('-0.758'), Decimal('1.97E+434'))
    """
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not a displayed number: such as 0.659, −0.758 or 1.97 × 10⁴³⁴")
    power = from_superscript(found["power"] or "0")
    return Decimal(f"{found['sign']}{found['digits']}E{power}".replace(MINUS, "-"))


def split_power(text: str) -> tuple[str, str]:
    """Split a displayed number into its mantissa and its power of ten, "" if there is none.

    >>> split_power("−1.97 × 10⁴³⁴"), split_power("0.659")
    (('−1.97', '434'), ('0.659', ''))
    """
    mantissa, _, power = text.partition(" × 10")
    return mantissa, from_superscript(power)


def superscript(text: str) -> str:
    """Turn digits into superscripts: "−12" into "⁻¹²"."""
    return text.translate(_SUPERSCRIPTS)


def from_superscript(text: str) -> str:
    """Turn superscripts into digits: "⁻¹²" into "−12"."""
    return text.translate(_DIGITS)
