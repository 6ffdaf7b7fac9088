"""The narration of a whole film: every speech in its place, as loud as a film should be, as AAC."""

from __future__ import annotations

import io
from dataclasses import dataclass
from fractions import Fraction

import av
import numpy as np

from softmax_explained.errors import FilmError
from softmax_explained.studio.audio.loudness import (
    CEILING,
    RATE,
    TARGET,
    Samples,
    mastered,
    measure,
    resampled,
)
from softmax_explained.studio.speech.speech import Speech

BIT_RATE = 384_000
"""Bits a second of AAC-LC in stereo: what platforms ask of an upload they encode once more."""

PRIMING = 1024
"""Samples that AAC puts before the sound. They are taken off its front, so no edit list is needed."""

_HEADROOM = 0.6  # dB below the ceiling, for AAC's own overshoot


@dataclass(frozen=True)
class Placed:
    """A speech and when it starts, in seconds of the film."""

    start: float
    speech: Speech


@dataclass(frozen=True)
class Sound:
    """Encoded sound.

    Attributes:
        file: AAC-LC in an MP4 file.
        loudness: LUFS over the film, decoded.
        peak: dBTP, decoded.
    """

    file: bytes
    loudness: float
    peak: float


def narration(speeches: tuple[Placed, ...], duration: float) -> Samples:
    """Lay the speeches on one track.

    Args:
        speeches: in the order they are heard; all at one sample rate.
        duration: seconds of the film; the track is exactly as long.

    Returns:
        (1, n) at `RATE`.

    Raises:
        FilmError: one speech runs into the next or past the end.
    """
    rate = speeches[0].speech.sample_rate
    track = np.zeros((1, round(duration * rate)), np.float32)
    free = 0
    for placed in speeches:
        first = round(placed.start * rate)
        last = first + len(placed.speech.audio)
        if first < free or last > track.shape[1]:
            raise FilmError(
                f"the speech at {placed.start:.2f} s does not fit: it lasts {placed.speech.duration:.2f} s",
                hint="a beat must last until its speech has ended",
            )
        track[0, first:last] = placed.speech.audio / np.float32(32768)
        free = last
    full = resampled(track, rate)
    length = round(duration * RATE)
    return np.pad(full, ((0, 0), (0, max(length - full.shape[1], 0))))[:, :length]


def encoded(track: Samples) -> Sound:
    """Master a track and encode it, so that what is decoded keeps to `TARGET` and `CEILING`.

    Args:
        track: (1, n) at `RATE`, with silence in its first `PRIMING` samples.

    Raises:
        FilmError: the loudness cannot be reached.
    """
    ceiling = CEILING - _HEADROOM
    for _ in range(4):
        file = _aac(mastered(track, ceiling)[:, PRIMING:])
        loudness, peak = measure(_heard(file))
        if peak <= CEILING:
            break
        ceiling -= peak - CEILING + 0.1
    if peak > CEILING or abs(loudness - TARGET) > 1:
        raise FilmError(
            f"the sound comes out at {loudness:.1f} LUFS with peaks of {peak:.1f} dBTP",
            hint=f"it has to be {TARGET:.0f} ± 1 LUFS and at most {CEILING:.0f} dBTP: does the voice click?",
        )
    return Sound(file, loudness, peak)


def _aac(track: Samples) -> bytes:
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=RATE, layout="stereo")
        stream.bit_rate = BIT_RATE
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(track), format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, 0, Fraction(1, RATE)
        container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return file.getvalue()


def _heard(file: bytes) -> Samples:
    with av.open(io.BytesIO(file), "r") as container:
        frames = [np.asarray(frame.to_ndarray(), np.float32) for frame in container.decode(audio=0)]
    return np.concatenate(frames, axis=1)
