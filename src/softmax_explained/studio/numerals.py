"""Numbers as English words, digit by digit behind the point: −0.341 is "minus zero point three four one"."""

from __future__ import annotations

import re

from softmax_explained.core.number_format import lowered
from softmax_explained.errors import SpeechError

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = ((10**9, "billion"), (10**6, "million"), (10**3, "thousand"))
_SIGNS = {"−": "minus", "-": "minus", "+": "plus"}
_NUMBER = re.compile(
    r"(?P<about>≈)?\s*(?P<sign>[−+-])?(?P<whole>[0-9]+)(?:\.(?P<part>[0-9]+))?"
    r"(?:\s*×\s*10(?P<power>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))?"
)


def number_words(text: str) -> str:
    """A number as the film prints it, in words.

    Args:
        text: digits with a sign, a point and a power of ten where there is one.

    Raises:
        SpeechError: the text is not such a number.

    >>> number_words("−0.341")
    'minus zero point three four one'
    >>> number_words("1.97 × 10⁴³⁴")
    'one point nine seven times ten to the four hundred and thirty-four'
    """
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        raise SpeechError(
            f"the voice cannot read the number {text!r}",
            hint="a number has digits, one sign and one point: −0.341, or a power of ten: 1.97 × 10⁴³⁴",
        )
    words = ["about"] if match["about"] else []
    if match["sign"]:
        words.append(_SIGNS[match["sign"]])
    words.append(cardinal(int(match["whole"])) if len(match["whole"]) <= 12 else _digits(match["whole"]))
    if match["part"]:
        words += ["point", _digits(match["part"])]
    if match["power"]:
        words += ["times ten to the", number_words(lowered(match["power"]))]
    return " ".join(words)


def cardinal(number: int) -> str:
    """A whole number in words, with the "and" of British counting.

    Args:
        number: at least zero and below a trillion; `number_words` says more than that digit by digit.

    >>> cardinal(61), cardinal(1040), cardinal(2_000_300)
    ('sixty-one', 'one thousand and forty', 'two million three hundred')
    """
    words = list[str]()
    for scale, name in _SCALES:
        if number >= scale:
            words += [_below_thousand(number // scale), name]
            number %= scale
    if not words:
        return _below_thousand(number)
    if number:
        words += ["and", _below_thousand(number)] if number < 100 else [_below_thousand(number)]
    return " ".join(words)


def _digits(text: str) -> str:
    return " ".join(_UNITS[int(digit)] for digit in text)


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if hundreds == 0:
        return _below_hundred(rest)
    return f"{_UNITS[hundreds]} hundred" + (f" and {_below_hundred(rest)}" if rest else "")


def _below_hundred(number: int) -> str:
    if number < 20:
        return _UNITS[number]
    tens, units = divmod(number, 10)
    return _TENS[tens - 2] + (f"-{_UNITS[units]}" if units else "")
