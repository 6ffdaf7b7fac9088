"""Speaks every beat, lets the recogniser write it down, and counts the differences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from softmax_explained.core.interfaces import FilmLesson
from softmax_explained.scenes.film import FILM
from softmax_explained.stage.narration.chinese_numbers import chinese_number
from softmax_explained.stage.narration.sentence import Sentence
from softmax_explained.stage.scene.production import Production
from softmax_explained.studio.speech.recogniser import heard, resampled_for_recognition
from softmax_explained.studio.speech.speech import speak_all, voice_named
from softmax_explained.studio.speech.speech_cache import SpeechCache
from softmax_explained.studio.speech.text.english_numbers import number_words
from softmax_explained.studio.speech.text.spoken_sentence import spoken

_SYMBOLS = re.compile(r"(?:[ayz][ijk]|xm|dz)+")  # written together, such as AI for a i
_SAME = {"logeet": "logit", "peace": "piece"}  # that sound the same


@dataclass(frozen=True)
class HeardBeat:
    """What a beat says and what was heard, as comparable sounds."""

    beat: str
    said: tuple[str, ...]
    heard: tuple[str, ...]
    text: str  # as the recogniser wrote it

    @property
    def errors(self) -> int:
        """Sounds that were missed, added or taken for others."""
        return distance(self.said, self.heard)

    @property
    def rate(self) -> float:
        """Errors per sound."""
        return self.errors / len(self.said)


def read_back(
    language: str, voice: str, lesson: FilmLesson | None = None, cache: SpeechCache | None = None
) -> list[HeardBeat]:
    """Speak all beats of the film and of the teaser, and read them back."""
    script = Production(FILM, lesson, language=language).script
    beats = [f"{chapter.name}.{name}" for chapter in FILM.chapter_classes() for name in chapter.beats()]
    sentences = [script.narration(beat).voice for beat in beats]
    speaker = voice_named(voice)
    assert speaker is not None
    found = list[HeardBeat]()
    speeches = speak_all(sentences, speaker, cache or SpeechCache())
    for beat, sentence, speech in zip(beats, sentences, speeches, strict=True):
        words = heard(resampled_for_recognition(speech.audio, speech.sample_rate), language)
        text = "".join(word.text for word in words)
        sounds = chinese_sounds(text) if language == "zh" else english_sounds(text, words_of(sentence))
        said = chinese_sounds(str(sentence)) if language == "zh" else words_of(sentence)
        found.append(HeardBeat(beat, tuple(said), tuple(sounds), text))
    return found


def error_rate(beats: Sequence[HeardBeat]) -> float:
    """Errors per sound over all beats."""
    return sum(beat.errors for beat in beats) / sum(len(beat.said) for beat in beats)


def words_of(sentence: Sentence) -> list[str]:
    """The English words of a sentence as they are said, in lower case; letters one by one."""
    return [
        part
        for word in spoken(sentence)
        for part in re.findall(r"[a-z]+", word.text.lower().replace("'", ""))
    ]


def english_sounds(text: str, expected: Sequence[str]) -> list[str]:
    """English words as they were heard, written like those that were expected.

    Numbers are written in words, and letters that were written together, such as AI for a i, one by one.
    """
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    text = re.sub(r"\d+(?:\.\d+)?", lambda number: f" {number_words(number[0])} ", text)
    text = text.replace("=", " equals ").replace("+", " plus ")
    text = re.sub(r" -(?=[A-Za-z]\b|\d)", " minus ", text)  # others only join letters: log-a-k
    words = list(_split(re.findall(r"[a-z]+", text.lower().replace("'", "")), set(expected)))
    return _with_endings(words, set(expected))


def _split(words: Sequence[str], expected: set[str]) -> Iterator[str]:
    for word in words:
        word = _SAME.get(word, word)
        yield from word if word not in expected and _SYMBOLS.fullmatch(word) else word.split()


def _with_endings(words: Sequence[str], expected: set[str]) -> list[str]:
    """Join an s that was written alone to the word before, where that is expected: score s for score's."""
    joined = list[str]()
    for word in words:
        if word == "s" and joined and f"{joined[-1]}s" in expected:
            joined[-1] += "s"
        else:
            joined.append(word)
    return joined


def chinese_sounds(text: str) -> list[str]:
    """The syllables of a Chinese text without tones, and its words in Latin letters."""
    from softmax_explained.studio.speech.text.chinese_words import ChineseText

    number = re.compile(r"[−-]?\d+(?:\.\d+)?")
    read = number.sub(lambda found: chinese_number(found[0].replace("-", "−")), text.replace("≈", "约"))
    return ChineseText.toneless(read)


def distance(said: Sequence[str], heard: Sequence[str]) -> int:
    """The Levenshtein distance.

    >>> distance("kitten", "sitting")
    3
    """
    row = list(range(len(heard) + 1))
    for i, ours in enumerate(said, 1):
        before, row[0] = row[0], i
        for j, theirs in enumerate(heard, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (ours != theirs))
    return row[-1]
