"""Text normalisation: the symbols, numbers and names of a sentence as the words that a voice reads."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from softmax_explained.stage.design.writing_system import SIGNS
from softmax_explained.stage.narration.sentence import Sentence, Token
from softmax_explained.studio.speech.text.english_numbers import number_words
from softmax_explained.studio.speech.text.lexicon import Lexicon, phonemes_in
from softmax_explained.studio.speech.text.spoken_word import SpokenWord, pause_after

_WORD = rf"[{SIGNS}]+|[^\W\d_{SIGNS}]+(?:['-][^\W\d_{SIGNS}]+)*"


class NormalizedText:
    """Turns sentences of a language into words; a subclass says how numbers and words are read.

    Args:
        lexicon: of the language.
    """

    squared = "squared"  # how ^2 is read

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        signs = map(re.escape, lexicon.signs)
        self._symbol = re.compile(
            rf"{'|'.join(lexicon.functions)}|[A-Za-z]|[0-9]+(?:\.[0-9]+)?|\^2|{'|'.join(signs)}"
        )
        self._name = re.compile(rf"{_WORD}|[0-9]+|[{re.escape(''.join(lexicon.name_signs))}]")

    def words(self, sentence: Sentence) -> tuple[SpokenWord, ...]:
        """The words of a sentence; see `spoken_sentence.spoken`."""
        words = list[SpokenWord]()
        for index, token in enumerate(sentence.tokens):
            said = list(self._token(token, index)) or list(self._read(self.lexicon.unspeakable, index))
            for sign in token.after:
                if sign in self.lexicon.signs:
                    said += self._read(self.lexicon.signs[sign], index)
            said[-1] = replace(said[-1], pause=pause_after(token.after))
            words += said
        return tuple(words)

    def number(self, text: str) -> str:
        """A displayed number in words; SpeechError if it is none."""
        return number_words(text)

    def word(self, text: str, token: int, phonemes: str | None = None) -> Iterator[SpokenWord]:
        """A word of letters, or nothing if the language cannot pronounce it."""
        if all(character in "'-" or is_latin(character) for character in text):
            yield SpokenWord(text, token, phonemes)

    def _read(self, text: str, token: int) -> Iterator[SpokenWord]:
        """Words of the lexicon or of a number."""
        for word in text.split():
            yield from self.word(word, token, self._phonemes(word))

    def _token(self, token: Token, index: int) -> Iterator[SpokenWord]:
        match token.kind:
            case "number":
                yield from self._read(self.number(token.text), index)
            case "symbol":
                for piece in self._symbol.findall(token.source):
                    yield from self._part_of_symbol(piece, index)
            case "word":
                is_class = token.source.startswith("cls[")  # a class named "a" is the letter, no article
                for piece in self._name.findall(unicodedata.normalize("NFKC", token.text.replace("’", "'"))):
                    yield from self._part_of_name(piece, index, letter=is_class)

    def _part_of_symbol(self, piece: str, index: int) -> Iterator[SpokenWord]:
        known = self.lexicon
        text = (
            known.functions.get(piece) or known.signs.get(piece) or (self.squared if piece == "^2" else piece)
        )
        for word in (self.number(text) if text[0].isdigit() else text).split():
            yield from self.word(word, index, self._letter(word) or self._phonemes(word))

    def _part_of_name(self, piece: str, index: int, *, letter: bool) -> Iterator[SpokenWord]:
        known = self.lexicon
        own = known.words.get(piece.lower())
        if piece.isascii() and piece.isdigit():  # ❶ is a digit, too, and no number
            yield from self._read(self.number(piece), index)
        elif piece in known.name_signs:
            yield from self._read(known.name_signs[piece], index)
        elif letter and (named := self._letter(piece)):
            yield from self.word(piece, index, named)
        elif own is not None and phonemes_in(own) is None and is_latin(piece[0]):
            for part in re.findall(_WORD, own):  # written in other words
                yield from self.word(part, index)
        else:
            yield from self.word(piece, index, self._phonemes(piece))

    def _letter(self, word: str) -> str | None:
        return phonemes_in(self.lexicon.letters.get(word.lower(), "")) if len(word) == 1 else None

    def _phonemes(self, word: str) -> str | None:
        return phonemes_in(self.lexicon.words.get(word.lower(), ""))


class EnglishText(NormalizedText):
    """Sentences as English words."""


def is_latin(character: str) -> bool:
    """Whether a character is a letter of the Latin script.

    >>> is_latin("é"), is_latin("猫"), is_latin("1")
    (True, False, False)
    """
    return character.isalpha() and unicodedata.name(character, "").startswith("LATIN")
