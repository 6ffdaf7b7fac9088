"""Text normalisation: the symbols and numbers of a sentence as the words that the voice reads."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from hibari.g2p.numbers import cardinal

from softmax_explained.core.number_format import from_superscript
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


_SIGN = "|".join(re.escape(sign) for sign in SIGNS)
_NAME = re.compile(rf"[^\W\d_]+(?:['-][^\W\d_]+)*|[0-9]+|[{re.escape(''.join(NAME_SIGNS))}]")
_SYMBOL = re.compile(rf"{'|'.join(FUNCTIONS)}|[A-Za-z]|[0-9]+(?:\.[0-9]+)?|\^2|{_SIGN}")


@dataclass(frozen=True)
class SpokenWord:
    """One word as it is said."""

    text: str  # letters, hyphens and apostrophes only, so that a class name cannot contain engine markup
    token: int  # the index of its token in the sentence
    phonemes: str | None = None  # its pronunciation, where the dictionary of the voice would be wrong
    pause: str = ""  # the punctuation after it that is audible, if any


def spoken(sentence: Sentence) -> tuple[SpokenWord, ...]:
    """The words of a sentence in the order they are said, at least one for each of its tokens.

    >>> filled = {"cls[t]": ("cat-3", "word"), "g": ("−0.1", "number")}
    >>> [word.text for word in spoken(Sentence.parse("For {cls[t]}: {g}.", filled.__getitem__))]
    ['For', 'cat', 'three', 'minus', 'zero', 'point', 'one']
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


def _said(token: Token, index: int) -> Iterator[SpokenWord]:
    match token.kind:
        case "number":
            for word in number_words(token.text).split():
                yield SpokenWord(word, index)
        case "symbol":
            for piece in _SYMBOL.findall(token.source):
                yield from _symbol(piece, index)
        case "word":
            is_class = token.source.startswith("cls[")  # a class named "a" is the letter, not the article
            for piece in _NAME.findall(unicodedata.normalize("NFKC", token.text.replace("’", "'"))):
                yield from _name(piece, index, letter=is_class)


def _symbol(piece: str, index: int) -> Iterator[SpokenWord]:
    text = FUNCTIONS.get(piece) or SIGNS.get(piece) or ("squared" if piece == "^2" else piece)
    for word in (number_words(text) if text[0].isdigit() else text).split():
        yield SpokenWord(word, index, _phonemes(word, letter=True))


def _name(piece: str, index: int, *, letter: bool) -> Iterator[SpokenWord]:
    if piece[0].isdigit():
        yield from (SpokenWord(word, index) for word in number_words(piece).split())
    elif piece in NAME_SIGNS:
        yield SpokenWord(NAME_SIGNS[piece], index)
    elif all(character in "'-" or _is_latin(character) for character in piece):
        yield SpokenWord(piece, index, _phonemes(piece, letter=letter))


def _is_latin(character: str) -> bool:
    return character.isalpha() and unicodedata.name(character, "").startswith("LATIN")


def _phonemes(word: str, *, letter: bool) -> str | None:
    if letter and len(word) == 1:
        return LETTERS.get(word.lower())
    return PRONUNCIATIONS.get(word.lower())
