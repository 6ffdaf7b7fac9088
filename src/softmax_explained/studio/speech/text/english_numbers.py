"""Numbers as English words."""

from __future__ import annotations

import re

from hibari.g2p.numbers import cardinal

from softmax_explained.core.number_format import from_superscript
from softmax_explained.errors import SpeechError

_SIGNS = {"−": "minus", "-": "minus", "+": "plus"}
_NUMBER = re.compile(
    r"(?P<about>≈)?\s*(?P<sign>[−+-])?(?P<whole>[0-9]+)(?:\.(?P<part>[0-9]+))?"
    r"(?:\s*×\s*10(?P<power>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))?"
)


def number_words(text: str) -> str:
    """A number as the film prints it, in words; beyond a trillion, digit by digit.

    Args:
        text: digits, optionally with a sign, a decimal point and a power of ten.

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
            f"the voice cannot read the number {text!r}", hint="write a number such as −0.341 or 1.97 × 10⁴³⁴"
        )
    words = ["about"] if match["about"] else []
    if match["sign"]:
        words.append(_SIGNS[match["sign"]])
    whole = match["whole"]
    words.append(cardinal(int(whole)).replace(",", "") if len(whole) <= 12 else _digits(whole))
    if match["part"]:
        words += ["point", _digits(match["part"])]
    if match["power"]:
        words += ["times ten to the", number_words(from_superscript(match["power"]))]
    return " ".join(words)


def _digits(text: str) -> str:
    return " ".join(cardinal(int(digit)) for digit in text)
