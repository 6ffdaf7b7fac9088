"""Sound as a WAV file."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np

from softmax_explained.studio.audio.loudness import RATE, Samples

_BYTES = 3  # per sample
_FULL = 2 ** (8 * _BYTES - 1)  # what a level of 1 is


def write_wav(sound: Samples, file: Path) -> None:
    """Write sound as PCM with 24 bits, which every program for sound reads; levels beyond ±1 are clipped.

    Args:
        sound: (channels, n) at `RATE`.
        file: where it is written.

    Raises:
        OSError: it cannot be written.
    """
    levels = np.clip(np.rint(sound.astype(np.float64) * _FULL), -_FULL, _FULL - 1).astype("<i4")
    frames = np.ascontiguousarray(levels.T).view(np.uint8).reshape(-1, 4)[:, :_BYTES]
    with wave.open(str(file), "wb") as written:
        written.setnchannels(len(sound))
        written.setsampwidth(_BYTES)
        written.setframerate(RATE)
        written.writeframes(frames.tobytes())
