"""The English voice: hibari's ``heart``, offline, with the start and end of every word.

The model predicts the duration of each phoneme but does not output it. An output appended to its graph
exposes the durations, so word times come from the model itself at no cost.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from pathlib import Path

import numpy as np
from hibari import dsp
from hibari.g2p.token import Tok
from hibari.tts import Hibari
from hibari.voices import voice_path
from numpy.typing import NDArray

from softmax_explained.errors import SpeechError
from softmax_explained.studio.speech.onnx_patch import with_output
from softmax_explained.studio.speech.text_normalization import SpokenWord
from softmax_explained.studio.speech.voices import HEART

SAMPLE_RATE: int = dsp.SR  # samples per second of the voice

RATE = 0.9
"""The speaking rate, relative to the default of the model.

Measured over 22 sentences with 496 words: at 0.9 speech alone has 159 words per minute, captions 143,
sentences with the pauses between beats 141, all within the comfortable range of 140 to 165. At 0.95 speech
has 162, in one chapter 166; at 0.88 the pauses bring it below 140.
"""

ONSET = 0.04
"""Seconds by which a word is audible before the model starts it: the mean over 179 words after a pause."""

_DURATIONS = "/Clip_output_0"
_SPECTRUM = ["lh", "theta", "ln", "lr", "phi", "f0"]
_UNIT = 600  # samples per unit of duration
_MOST_PHONEMES = 400  # the model was trained on sentences; a longer one is split between two words
_SEED = 0
_TAGS = {",": ",", ".": ".", "?": ".", "!": "."}  # all other punctuation is tagged as a colon


@dataclass(frozen=True)
class Utterance:
    """Sound, (n,) in [−1, 1], and the start and end of every spoken word in seconds."""

    audio: NDArray[np.float32]
    spans: tuple[tuple[float, float], ...]


class HibariVoice:
    """The voice ``heart`` of hibari; the model is loaded when it first speaks.

    Args:
        rate: the speaking rate, from 0.5 (slow) to 2 (fast).
    """

    name = HEART
    sample_rate = SAMPLE_RATE

    def __init__(self, rate: float = RATE) -> None:
        self.rate = rate

    @cached_property
    def identity(self) -> str:
        """Everything that its sound depends on besides the words: engine, model, rate and seed."""
        digest = hashlib.sha256(self._model).hexdigest()
        return f"hibari-tts {metadata.version('hibari-tts')} {digest} rate {self.rate} seed {_SEED}"

    def say(self, words: tuple[SpokenWord, ...]) -> Utterance:
        """Speak the words; the same words always give the same samples.

        Raises:
            SpeechError: a single word is longer than the model can say.
        """
        noise = np.random.default_rng(_SEED)
        audio, spans, clock = list[NDArray[np.float32]](), list[tuple[float, float]](), 0.0
        for phrase in self._phrases(words):
            sound, times = self._synthesise(phrase, noise)
            spans += [(clock + start, clock + end) for start, end in times]
            audio.append(sound)
            clock += len(sound) / SAMPLE_RATE
        return Utterance(np.concatenate(audio), tuple(spans))

    @cached_property
    def _model(self) -> bytes:
        try:
            return Path(voice_path(self.name, download_missing=False)).read_bytes()
        except OSError as error:
            message = f"the model of the voice {self.name} cannot be read: {error}"
            raise SpeechError(message, hint="reinstall hibari-tts, or render with --voice none") from error

    @cached_property
    def _hibari(self) -> Hibari:
        return Hibari(voice=self.name, model=with_output(self._model, _DURATIONS))

    def _phrases(self, words: tuple[SpokenWord, ...]) -> Iterator[list[str]]:
        """The phonemes of every word, split at the ends of sentences and where a sentence is too long."""
        phrase = list[str]()
        for word, phonemes in zip(words, self._phonemes(words), strict=True):
            if len(phonemes) > _MOST_PHONEMES:
                message = f"the voice cannot say a word of {len(word.text)} letters: {word.text[:40]}…"
                raise SpeechError(message, hint="shorten the name, or render with --voice none")
            if phrase and sum(map(len, phrase)) + len(phonemes) > _MOST_PHONEMES:
                yield phrase
                phrase = []
            phrase.append(phonemes)
            if word.pause in {".", "?", "!", "…"}:
                yield phrase
                phrase = []
        if phrase:
            yield phrase

    def _phonemes(self, words: tuple[SpokenWord, ...]) -> list[str]:
        """The phonemes of each word and the pause after it; in one go, because they depend on neighbours."""
        g2p = self._hibari.g2p
        pieces = list[Tok]()
        for word in words:
            parts = [(word.text, "")] if word.phonemes else g2p.tokenizer(word.text)
            pieces += [Tok(text, "", "", word.phonemes) for text, _ in parts]
            pieces[-1].whitespace = "" if word.pause else " "
            if word.pause:
                pieces.append(Tok(word.pause, "", " "))
        for piece, tag in zip(pieces, g2p.tagger([piece.text for piece in pieces]), strict=True):
            piece.tag = _TAGS.get(piece.text, ":") if not piece.text[0].isalpha() else tag
        return _by_word(words, g2p.phonemize_tokens(pieces))

    def _synthesise(
        self, phrase: list[str], noise: np.random.Generator
    ) -> tuple[NDArray[np.float32], list[tuple[float, float]]]:
        vocabulary = self._hibari.vocab
        ids, edges = [0], list[tuple[int, int]]()
        for phonemes in phrase:
            known = [vocabulary[phoneme] for phoneme in phonemes if phoneme in vocabulary]
            spoken = sum(phoneme in vocabulary for phoneme in phonemes.rstrip(" ,;:.?!…—"))
            edges.append((len(ids), len(ids) + spoken))
            ids += known
        ids.append(0)
        feed = {"ids": np.array([ids], np.int64), "speed": np.array([self.rate], np.float32)}
        *spectrum, durations = self._hibari.sess.run([*_SPECTRUM, _DURATIONS], feed)
        clock = np.concatenate([[0.0], np.cumsum(durations.ravel())]) * _UNIT / SAMPLE_RATE
        sound: NDArray[np.float32] = dsp.synth(*(part[0] for part in spectrum), noise)
        clock = np.maximum(clock - ONSET, 0.0)
        return sound, [(float(clock[first]), float(clock[last])) for first, last in edges]


def _by_word(words: tuple[SpokenWord, ...], tokens: list[Tok]) -> list[str]:
    """The phonemes of each word, collected from the engine's tokens by counting letters."""
    phonemes, rest = list[str](), iter(tokens)
    for word in words:
        missing, said = len(word.text + word.pause), ""
        while missing > 0:
            token = next(rest)
            missing -= len(token.text)
            said += (token.phonemes or "") + (" " if token.whitespace else "")
        phonemes.append(said)
    return phonemes
