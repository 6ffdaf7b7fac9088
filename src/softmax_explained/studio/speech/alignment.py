"""When each word of a known text is said in a recording.

A recogniser says what it hears and when. What it hears is compared with the text, by sound: in Chinese by the
syllables, because it often writes another character that sounds the same. Words that agree are anchors, the
others share the time between them; and a word after a pause begins where the sound begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from softmax_explained.stage.narration.narration import PUNCTUATION
from softmax_explained.stage.narration.sentence import Sentence
from softmax_explained.studio.speech.recogniser import HeardWord, heard, resampled_for_recognition
from softmax_explained.studio.speech.text.lexicon import lexicon
from softmax_explained.studio.speech.text.spoken_sentence import spoken

Times = Sequence[tuple[float, float]]  # the start and end of every token, in seconds

_QUIET = 10 ** (-42 / 20)  # the level below which there is a pause, relative to full scale
_PAUSE = 0.08  # seconds that a pause lasts at least
_REACH = 0.4  # seconds between a word as it was aligned and the sound that begins it, at most
_EARLY = 0.06  # seconds by which the recogniser puts words too early: the mean over 144 words of two voices
_WINDOW = 0.005  # seconds over which the level is averaged
_NUMBER = re.compile(r"[−-]?\d+(?:\.\d+)?")


def aligned(
    audio: NDArray[np.int16], rate: int, sentence: Sentence, language: str, spread: Times
) -> tuple[tuple[float, float], ...]:
    """The start and end of every token of a sentence in a recording of it.

    Args:
        audio: the recording, (n,), from its first audible sample to its last.
        rate: samples per second.
        sentence: what is said.
        language: its tag.
        spread: the start and end of every token as far as they are known without listening.
    """
    primary = language.partition("-")[0]
    words = heard(resampled_for_recognition(audio, rate), primary)
    return _after_pauses(_between_anchors(sentence, primary, words, spread), sentence, _pauses(audio, rate))


def _between_anchors(sentence: Sentence, language: str, words: Sequence[HeardWord], spread: Times) -> Times:
    ours, tokens = _sounds_of(sentence, language)
    theirs = [(sound, start, end) for word in words for sound, start, end in _sounds_heard(word, language)]
    matcher = SequenceMatcher(None, ours, [sound for sound, _, _ in theirs], autojunk=False)
    total = spread[-1][1]
    known, placed = [0.0], [0.0]  # moments as they were spread, and as they were heard
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            token, (_, start, _) = tokens[block.a + step], theirs[block.b + step]
            is_first = block.a + step == 0 or tokens[block.a + step - 1] != token
            if is_first and spread[token][0] > known[-1] and placed[-1] < start < total:
                known.append(spread[token][0])
                placed.append(start)
    known.append(total)
    placed.append(total)
    starts = np.interp([start for start, _ in spread], known, placed)
    ends = np.interp([end for _, end in spread], known, placed)
    return [(float(start), float(end)) for start, end in zip(starts, ends, strict=True)]


def _sounds_of(sentence: Sentence, language: str) -> tuple[list[str], list[int]]:
    """The sounds of a sentence in order, and the token of each."""
    if language not in ("en", "zh"):
        words = [(token.text.lower(), index) for index, token in enumerate(sentence.tokens)]
    else:
        words = [
            (sound, word.token)
            for word in spoken(sentence, language)
            for sound in _sounds(word.text, language)
        ]
    return [sound for sound, _ in words], [token for _, token in words]


def _sounds_heard(word: HeardWord, language: str) -> Iterator[tuple[str, float, float]]:
    """The sounds of a recognised word, which share its time."""
    sounds = _sounds(word.text, language)
    length = (word.end - word.start) / max(len(sounds), 1)
    for number, sound in enumerate(sounds):
        yield sound, word.start + number * length, word.start + (number + 1) * length


def _sounds(text: str, language: str) -> list[str]:
    """The words of a text in lower case; in Chinese its syllables without tones."""
    if language == "zh":
        from softmax_explained.studio.speech.text.chinese_words import ChineseText

        number, pinyin = ChineseText(lexicon("zh")).number, ChineseText.toneless
        return pinyin(_NUMBER.sub(lambda found: number(found[0].replace("-", "−")), text))
    if language == "en":
        from softmax_explained.studio.speech.text.english_numbers import number_words

        text = _NUMBER.sub(lambda found: f" {number_words(found[0])} ", text)
    return re.findall(r"[^\W_]+", text.lower())


def _pauses(audio: NDArray[np.int16], rate: int) -> list[tuple[float, float]]:
    """The start and end of every pause, in seconds."""
    window = max(int(_WINDOW * rate), 1)
    power = np.convolve((audio / 32768.0) ** 2, np.full(window, 1 / window), "same")
    edges = np.flatnonzero(np.diff(np.concatenate([[0], (power <= _QUIET**2).astype(int), [0]])))
    quiet = [(first / rate, last / rate) for first, last in zip(edges[::2], edges[1::2], strict=True)]
    return [(start, end) for start, end in quiet if end - start >= _PAUSE]


def _after_pauses(
    times: Times, sentence: Sentence, pauses: Sequence[tuple[float, float]]
) -> tuple[tuple[float, float], ...]:
    """Move words to the end of a pause: those that would begin in one, and those after a punctuation mark.

    The recogniser counts the pause before a word as a part of it. The times stay in order.
    """
    starts = [min(start + _EARLY, times[-1][1]) for start, _ in times]
    starts[0] = 0.0
    for index in range(1, len(starts)):
        follows_mark = any(sign in PUNCTUATION for sign in sentence.tokens[index - 1].after)
        reach = _REACH if follows_mark else 0.0
        at = starts[index]
        near = [end - at for begin, end in pauses if begin - reach <= at <= end + reach]
        starts[index] = at + min(near, key=abs, default=0.0)
    ordered = np.maximum.accumulate(starts)
    following = [*ordered[1:], times[-1][1]]
    return tuple(
        (float(start), float(max(min(end + _EARLY, after), start)))
        for start, after, (_, end) in zip(ordered, following, times, strict=True)
    )
