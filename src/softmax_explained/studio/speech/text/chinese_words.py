"""Text normalisation in Mandarin: every character as a syllable, with its phonemes in context.

Pinyin comes from pypinyin, whose dictionary knows the reading of a character in a phrase; what it does not
know is in ``assets/pronunciation/zh.toml``. The phonemes are those of misaki, which the voices were trained
on. Source: ``misaki/zh.py`` 0.9.4, whose first version the model was trained with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import rjieba
from misaki.transcription import pinyin_to_ipa
from pypinyin import Style, lazy_pinyin

from softmax_explained.errors import SpeechError
from softmax_explained.stage.design.writing_system import SIGNS, is_sign
from softmax_explained.stage.narration.chinese_numbers import chinese_number
from softmax_explained.stage.narration.sentence import Sentence
from softmax_explained.studio.speech.text.lexicon import phonemes_in
from softmax_explained.studio.speech.text.spoken_word import SpokenWord
from softmax_explained.studio.speech.text.text_normalization import NormalizedText, is_latin

_PINYIN = re.compile(r"[a-zü]+[1-5](?: [a-zü]+[1-5])*")
_TONES = {"˧˩˧": "↓", "˧˥": "↗", "˥˩": "↘", "˥": "→"}  # the longer ones first
_NOT_IN_VOICES = {"ɻ\u0329": "ɨ", "ɹ\u0329": "ɨ", "\u032f": ""}  # phonemes as the model writes them


class ChineseText(NormalizedText):
    """Sentences as syllables of Mandarin; words in Latin letters stay English words."""

    squared = "平方"

    def words(self, sentence: Sentence) -> tuple[SpokenWord, ...]:
        """The syllables of a sentence; see `spoken_sentence.spoken`."""
        syllables, run = list[SpokenWord](), list[SpokenWord]()
        for word in super().words(sentence):
            if is_sign(word.text):
                run += _characters(word)
            if not is_sign(word.text) or word.pause:
                syllables += self._syllables(run)
                run = []
            if not is_sign(word.text):
                syllables.append(word)
        return (*syllables, *self._syllables(run))

    def number(self, text: str) -> str:
        """A displayed number in Chinese characters; SpeechError if it is none."""
        about = "约" if text.startswith("≈") else ""
        try:
            return about + chinese_number(text.removeprefix("≈").strip())
        except ValueError as error:
            hint = "write a number such as −0.341 or 1.97 × 10⁴³⁴"
            raise SpeechError(f"the voice cannot read the number {text!r}", hint=hint) from error

    def word(self, text: str, token: int, phonemes: str | None = None) -> Iterator[SpokenWord]:
        """Characters, or a word of Latin letters."""
        if is_sign(text) or all(character in "'-" or is_latin(character) for character in text):
            yield SpokenWord(text, token, phonemes)

    @staticmethod
    def toneless(text: str) -> list[str]:
        """The syllables of a text in pinyin without tones, and its other words in lower case.

        >>> ChineseText.toneless("softmax 的和")
        ['softmax', 'de', 'he']
        """
        pieces = re.findall(rf"[{SIGNS}]+|[^\W_{SIGNS}]+", text)
        return [
            sound for piece in pieces for sound in (lazy_pinyin(piece) if is_sign(piece) else [piece.lower()])
        ]

    def _syllables(self, run: Sequence[SpokenWord]) -> Iterator[SpokenWord]:
        """Characters without a pause between them, with their phonemes."""
        rest = iter(run)
        for word in self._cut("".join(character.text for character in run)):
            pinyin = self._pinyin(word)
            for number, syllable in enumerate(pinyin, 1):
                # a space separates words, as in what the model was trained on
                space = " " if number == len(pinyin) else ""
                character = next(rest)
                yield replace(character, phonemes=_phonemes(syllable) + ("" if character.pause else space))

    def _cut(self, text: str) -> Iterator[str]:
        """The words of a text: the phrases of the lexicon, and what the word breaker finds between them."""
        phrases = [word for word in self.lexicon.words if is_sign(word) and len(word) > 1]
        longest_first = "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))
        for part in re.split(f"({longest_first})", text) if phrases else [text]:
            yield from [part] if part in phrases else rjieba.cut(part)

    def _pinyin(self, word: str) -> list[str]:
        """The syllables of a word in pinyin with tone numbers, one per character."""
        said = self.lexicon.words.get(word, "")
        if not said:
            return _looked_up(word)
        syllables = said.split() if _PINYIN.fullmatch(said) else _looked_up(said)
        if phonemes_in(said) is not None or len(syllables) != len(word):
            hint = f'one syllable of pinyin with its tone for each character: "{" ".join(_looked_up(word))}"'
            raise SpeechError(f"pronunciation: {word} = {said!r}", hint=hint)
        return syllables


def _characters(word: SpokenWord) -> list[SpokenWord]:
    """A word, character by character; the pause follows the last."""
    return [
        replace(word, text=character, pause=word.pause if number == len(word.text) else "")
        for number, character in enumerate(word.text, 1)
    ]


def _looked_up(word: str) -> list[str]:
    """The reading of every character of a word; a character without one, such as a kana, is read as 这."""
    found = lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True, errors=lambda text: "")
    return found if len(found) == len(word) else ["zhe4"] * len(word)


@cache
def _phonemes(syllable: str) -> str:
    """The phonemes of a syllable of pinyin, as the voices write them.

    Raises:
        SpeechError: there is no such syllable.

    >>> _phonemes("jie1"), _phonemes("zhi2")
    ('ʨje→', 'ꭧɨ↗')
    """
    try:
        ipa = "".join(pinyin_to_ipa(syllable)[0])
    except (ValueError, KeyError, AssertionError) as error:
        raise SpeechError(
            f"there is no syllable {syllable!r} in Mandarin", hint="write such as zhong1"
        ) from error
    for found, written in {**_TONES, **_NOT_IN_VOICES}.items():
        ipa = ipa.replace(found, written)
    return ipa
