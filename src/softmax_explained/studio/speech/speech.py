"""The speech of a beat: its sound, and when each token of its sentence is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from softmax_explained.errors import SpeechError
from softmax_explained.stage.narration.sentence import Sentence
from softmax_explained.studio.cores import cores
from softmax_explained.studio.sigint import sigint_blocked
from softmax_explained.studio.speech.hibari_voice import HibariVoice
from softmax_explained.studio.speech.kokoro_voice import KokoroVoice
from softmax_explained.studio.speech.speech_cache import Entry, SpeechCache
from softmax_explained.studio.speech.text.lexicon import Lexicon
from softmax_explained.studio.speech.text.spoken_sentence import spoken
from softmax_explained.studio.speech.text.spoken_word import SpokenWord, Utterance
from softmax_explained.studio.speech.trimming import FADE, audible_part, ramped
from softmax_explained.studio.speech.voices import SILENT, TABLE, VOICES


class Voice(Protocol):
    """A text-to-speech engine with one voice; several threads may use it."""

    @property
    def language(self) -> str:
        """What it speaks, a code of ISO 639-1."""

    @property
    def identity(self) -> str:
        """Everything that the sound depends on besides the words."""

    @property
    def sample_rate(self) -> int:
        """Samples per second."""

    def say(self, words: tuple[SpokenWord, ...]) -> Utterance:
        """Speak the words."""


@dataclass(frozen=True)
class Speech:
    """The sound of one beat, from its first audible sample to its last."""

    audio: NDArray[np.int16]  # (n,), one channel
    sample_rate: int
    times: tuple[tuple[float, float], ...]  # of every token, in seconds; the first starts at 0

    @property
    def duration(self) -> float:
        """Seconds."""
        return len(self.audio) / self.sample_rate

    def with_silences(self, silences: Sequence[tuple[float, float]]) -> Speech:
        """The speech with silences in it.

        Args:
            silences: the moment and the length of each in seconds, in order; the moments count from the start
                of the speech as it is.
        """
        if not silences:
            return self
        rate, audio = self.sample_rate, self.audio.astype(np.float64)
        cuts = [min(round(moment * rate), len(audio)) for moment, _ in silences]
        parts = [ramped(part, int(FADE * rate)) for part in np.split(audio, cuts)]
        for number, (_, seconds) in enumerate(silences):
            parts[number] = np.pad(parts[number], (0, round(seconds * rate)))

        def moved(start: float, end: float) -> tuple[float, float]:
            later = sum(seconds for moment, seconds in silences if moment <= start)
            return start + later, end + later

        times = tuple(moved(*span) for span in self.times)
        return replace(self, audio=np.round(np.concatenate(parts)).astype(np.int16), times=times)


def one_after_the_other(first: Speech, second: Speech, pause: float) -> Speech:
    """Two speeches of one voice with some seconds of silence between them; it has the times of the second."""
    rate = first.sample_rate
    silence = np.zeros(round(pause * rate), np.int16)
    later = (len(first.audio) + len(silence)) / rate
    times = tuple((start + later, end + later) for start, end in second.times)
    return Speech(np.concatenate([first.audio, silence, second.audio]), rate, times)


def voice_named(name: str) -> Voice | None:
    """The voice of that name, or None for ``none``.

    Raises:
        SpeechError: there is no such voice here; the engine would try to download it.

    >>> voice_named("none") is None
    True
    """
    if name == SILENT:
        return None
    if name in TABLE:
        return HibariVoice() if TABLE[name].engine == "hibari" else KokoroVoice(name)
    raise SpeechError(f"no voice {name!r}", hint=f"voices: {', '.join(VOICES)}")


def speak(
    sentence: Sentence, voice: Voice, cache: SpeechCache, pronunciations: Lexicon | None = None
) -> Speech:
    """Speak a sentence, or take it from the cache if this voice has said the same words before.

    Args:
        sentence: what is said.
        voice: says it.
        cache: what it said before.
        pronunciations: the lexicon of its language, if it is not the usual one.

    Raises:
        SpeechError: the voice cannot say it.
    """
    words = spoken(sentence, voice.language, pronunciations)
    key = cache.key(voice.identity, words)
    entry = cache.load(key)
    if entry is None:
        entry = _trimmed(voice.say(words), voice.sample_rate)
        cache.store(key, *entry)
    audio, spans = entry
    return Speech(audio, voice.sample_rate, _by_token(words, spans, len(sentence.tokens)))


def speak_all(
    sentences: Sequence[Sentence],
    voice: Voice,
    cache: SpeechCache,
    pronunciations: Lexicon | None = None,
    told: Callable[[int], None] = lambda number: None,
) -> list[Speech]:
    """Speak sentences, as many at a time as there are cores; see `speak`.

    Args:
        sentences: what is said.
        voice: says it.
        cache: what it said before.
        pronunciations: the lexicon of its language, if it is not the usual one.
        told: is called after every sentence with the number of those that are spoken, in order.
    """
    with ThreadPoolExecutor(cores()) as threads:
        try:
            with sigint_blocked():  # an executor interrupted while it starts a thread forgets that thread
                asked = [threads.submit(speak, each, voice, cache, pronunciations) for each in sentences]
            said = list[Speech]()
            for each in asked:
                said.append(each.result())
                told(len(said))
        except BaseException:  # Ctrl-C, or a sentence that cannot be said: the others are not needed any more
            threads.shutdown(wait=False, cancel_futures=True)
            raise
    return said


def _trimmed(said: Utterance, rate: int) -> Entry:
    """Cut off the silence before and after, so that time 0 is the start of the first word."""
    samples, first = audible_part(said.audio.astype(np.float64), rate)
    spans = np.clip(np.array(said.spans) - first / rate, 0, len(samples) / rate)
    spans[0, 0] = 0.0
    return samples, tuple((float(start), float(end)) for start, end in spans)


def _by_token(
    words: tuple[SpokenWord, ...], spans: tuple[tuple[float, float], ...], tokens: int
) -> tuple[tuple[float, float], ...]:
    """A token lasts from the first of its spoken words to the last."""
    starts, ends = [0.0] * tokens, [0.0] * tokens
    for word, (start, end) in reversed(list(zip(words, spans, strict=True))):
        starts[word.token] = start
        ends[word.token] = max(ends[word.token], end)
    return tuple(zip(starts, ends, strict=True))
