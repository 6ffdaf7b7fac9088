"""Cuts the silence off a sound."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from softmax_explained.errors import SpeechError

_AUDIBLE = 10 ** (-50 / 20)  # the level above which speech is audible, relative to full scale
_WINDOW = 0.005  # seconds over which that level is averaged
FADE = 0.02  # seconds kept before the first and after the last audible sample, faded in and out


def audible_part(audio: NDArray[np.float64], rate: int) -> tuple[NDArray[np.int16], int]:
    """A sound from its first audible sample to its last, and the number of samples before it.

    Args:
        audio: (n,) in [−1, 1].
        rate: samples per second.

    Raises:
        SpeechError: nothing is audible.
    """
    window = int(_WINDOW * rate)
    level = np.sqrt(np.convolve(audio**2, np.full(window, 1 / window), "same"))
    audible = np.flatnonzero(level > _AUDIBLE)
    if not len(audible):
        raise SpeechError("the voice said nothing audible", hint="give the beat a sentence with words")
    fade = int(FADE * rate)
    first, last = max(int(audible[0]) - fade, 0), min(int(audible[-1]) + fade, len(audio))
    part = ramped(audio[first:last], fade)
    return np.round(np.clip(part, -1, 1) * 32767).astype(np.int16), first


def ramped(audio: NDArray[np.float64], samples: int) -> NDArray[np.float64]:
    """Fade sound in and out over some samples, at most half of it."""
    samples = min(samples, len(audio) // 2)
    ramp = np.linspace(0, 1, samples)
    envelope = np.ones(len(audio))
    envelope[:samples] = ramp
    envelope[len(audio) - samples :] = ramp[::-1]
    return audio * envelope
