"""Displayed digits taken apart: "−1.97 × 10⁴³⁴" is a mantissa and an exponent."""

from __future__ import annotations

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
