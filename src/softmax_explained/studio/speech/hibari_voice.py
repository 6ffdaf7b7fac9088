"""The English voice: hibari's ``heart``, offline, with the start and end of every word.

The model predicts the duration of each phoneme but does not output it. An output appended to its graph
exposes the durations, so word times come from the model itself at no cost.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from importlib import metadata
from pathlib import Path
from threading import Lock

import numpy as np
from hibari import dsp
from hibari.tts import Hibari
from hibari.voices import voice_path
from numpy.typing import NDArray

from softmax_explained.errors import SpeechError
from softmax_explained.studio.speech.onnx_patch import with_output
from softmax_explained.studio.speech.phrases import (
    MOST_PHONEMES,
    one_after_another,
    phrases,
    token_ids,
    word_spans,
)
from softmax_explained.studio.speech.text.english_phonemes import EnglishPhonemes
from softmax_explained.studio.speech.text.spoken_word import SpokenWord, Utterance
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
_SEED = 0


class HibariVoice:
    """The voice ``heart`` of hibari; the model is loaded when it first speaks.

    Args:
        rate: the speaking rate, from 0.5 (slow) to 2 (fast).
    """

    name = HEART
    language = "en"
    sample_rate = SAMPLE_RATE

    def __init__(self, rate: float = RATE) -> None:
        self.rate = rate
        self._lock, self._phonemes = Lock(), EnglishPhonemes()

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
        said = phrases(words, self._phonemes.of(words), most=MOST_PHONEMES)
        with self._lock:
            return one_after_another((self._synthesise(phrase, noise) for phrase in said), SAMPLE_RATE)

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

    def _synthesise(self, phrase: list[str], noise: np.random.Generator) -> Utterance:
        ids, edges = token_ids(phrase, self._hibari.vocab)
        feed = {"ids": np.array([ids], np.int64), "speed": np.array([self.rate], np.float32)}
        *spectrum, durations = self._hibari.sess.run([*_SPECTRUM, _DURATIONS], feed)
        sound: NDArray[np.float32] = dsp.synth(*(part[0] for part in spectrum), noise)
        return Utterance(sound, word_spans(durations, edges, ONSET))
