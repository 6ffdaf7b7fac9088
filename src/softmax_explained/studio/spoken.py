"""What the voice reads: the one place where the symbols and numbers of a sentence become words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from softmax_explained.stage.narration.sentence import Sentence, Token
from softmax_explained.studio.lexicon import (
    FUNCTIONS,
    LETTERS,
    NAME_SIGNS,
    PAUSES,
    PRONUNCIATIONS,
    SIGNS,
    UNSPEAKABLE,
)
from softmax_explained.studio.numerals import number_words

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
