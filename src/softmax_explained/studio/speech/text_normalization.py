"""What the voice reads: the one place where the symbols and numbers of a sentence become words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from softmax_explained.core.number_format import lowered
from softmax_explained.errors import SpeechError
from softmax_explained.stage.narration.sentence import Sentence, Token
from softmax_explained.studio.speech.pronunciations import (
    FUNCTIONS,
    LETTERS,
    NAME_SIGNS,
    PAUSES,
    PRONUNCIATIONS,
    SIGNS,
    UNSPEAKABLE,
)

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


_SIGN = "|".join(re.escape(sign) for sign in SIGNS)
_NAME = re.compile(rf"[^\W\d_]+(?:['-][^\W\d_]+)*|[0-9]+|[{re.escape(''.join(NAME_SIGNS))}]")
_SYMBOL = re.compile(rf"{'|'.join(FUNCTIONS)}|[A-Za-z]|[0-9]+(?:\.[0-9]+)?|\^2|{_SIGN}")


@dataclass(frozen=True)
class SpokenWord:
    """One word as it is said.

    Attributes:
        text: letters, hyphens and apostrophes, nothing else: what a class is called is only ever read out.
        token: the index of the token of the sentence it belongs to.
        phonemes: how to say it, where the voice's own dictionary would be wrong.
        pause: the punctuation heard after it, or nothing.
    """

    text: str
    token: int
    phonemes: str | None = None
    pause: str = ""


def spoken(sentence: Sentence) -> tuple[SpokenWord, ...]:
    """The words of a sentence in the order they are said, at least one for each of its tokens.

    >>> filled = {"cls[t]": ("cat-3", "word"), "g": ("−0.1", "number")}
    >>> spelled(spoken(Sentence.parse("For {cls[t]}: a_i is {g}.", filled.__getitem__)))
    'For cat three: a i is minus zero point one.'
    """
    words = list[SpokenWord]()
    for index, token in enumerate(sentence.tokens):
        said = list(_said(token, index)) or [SpokenWord(word, index) for word in UNSPEAKABLE.split()]
        said += [
            SpokenWord(word, index) for sign in token.after if sign in SIGNS for word in SIGNS[sign].split()
        ]
        said[-1] = replace(said[-1], pause=next((PAUSES[sign] for sign in token.after if sign in PAUSES), ""))
        words += said
    return tuple(words)


def spelled(words: tuple[SpokenWord, ...]) -> str:
    """Spoken words as a line of text."""
    return " ".join(word.text + word.pause for word in words)


def _said(token: Token, index: int) -> Iterator[SpokenWord]:
    match token.kind:
        case "number":
            for word in number_words(token.text).split():
                yield SpokenWord(word, index)
        case "symbol":
            for piece in _SYMBOL.findall(token.source):
                yield from _symbol(piece, index)
        case "word":
            lone = token.source.startswith("cls[")  # a class called "a" is the letter, not the article
            for piece in _NAME.findall(unicodedata.normalize("NFKC", token.text.replace("’", "'"))):
                yield from _name(piece, index, lone)


def _symbol(piece: str, index: int) -> Iterator[SpokenWord]:
    text = FUNCTIONS.get(piece) or SIGNS.get(piece) or ("squared" if piece == "^2" else piece)
    for word in (number_words(text) if text[0].isdigit() else text).split():
        yield SpokenWord(word, index, _phonemes(word, letter=True))


def _name(piece: str, index: int, lone: bool) -> Iterator[SpokenWord]:
    if piece[0].isdigit():
        yield from (SpokenWord(word, index) for word in number_words(piece).split())
    elif piece in NAME_SIGNS:
        yield SpokenWord(NAME_SIGNS[piece], index)
    elif all(unicodedata.name(letter, "").startswith("LATIN") for letter in piece if letter.isalpha()):
        yield SpokenWord(piece, index, _phonemes(piece, letter=lone))


def _phonemes(word: str, *, letter: bool) -> str | None:
    if letter and len(word) == 1:
        return LETTERS.get(word.lower())
    return PRONUNCIATIONS.get(word.lower())
