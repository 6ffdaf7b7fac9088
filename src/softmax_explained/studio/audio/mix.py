"""The sound of a film as AAC: every speech clip in its place at the target loudness, and quiet ticks."""

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
"""Bits per second of stereo AAC-LC: what platforms recommend for uploads that they encode once more."""

PRIMING = 1024
"""Samples that the AAC encoder puts before the sound. As many are cut off its front, so that no edit list is
needed."""

_HEADROOM = 0.6  # dB below the ceiling, for the overshoot of AAC


@dataclass(frozen=True)
class Clip:
    """A speech and when it starts, in seconds of the film."""

    start: float
    speech: Speech


def narration_track(clips: tuple[Clip, ...], duration: float) -> Samples:
    """Place speech clips on one track.

    Args:
        clips: in the order they are heard; all at one sample rate.
        duration: seconds of the film; the track is exactly as long.

    Returns:
        (1, n) at `RATE`.

    Raises:
        FilmError: a clip overlaps the next or ends after the film.
    """
    rate = clips[0].speech.sample_rate
    track = np.zeros((1, round(duration * rate)), np.float32)
    free = 0
    for clip in clips:
        first = round(clip.start * rate)
        last = first + len(clip.speech.audio)
        if first < free or last > track.shape[1]:
            message = f"the speech at {clip.start:.2f} s does not fit: it lasts {clip.speech.duration:.2f} s"
            raise FilmError(message, hint="a beat must last until its speech has ended")
        track[0, first:last] = clip.speech.audio / np.float32(32768)
        free = last
    full = resampled(track, rate)
    length = round(duration * RATE)
    return np.pad(full, ((0, 0), (0, max(length - full.shape[1], 0))))[:, :length]


@dataclass(frozen=True)
class Mix:
    """The sound of a film: as it is heard, and as it is in the film."""

    voice: Samples  # (2, n) at `RATE`: the mastered narration
    ticks: Samples | None  # (1, n): heard from both channels beside it
    file: bytes  # their sum as AAC-LC in an MP4 file


def encoded_aac(narration: Samples, ticks: Samples | None = None) -> bytes:
    """The file of `mixed`."""
    return mixed(narration, ticks).file


def mixed(narration: Samples, ticks: Samples | None = None) -> Mix:
    """Master a narration and encode it so that, once decoded, it meets `TARGET` and `CEILING`.

    Args:
        narration: (1, n) at `RATE`, with silence in its first `PRIMING` samples.
        ticks: the same, as loud as it is to be heard; it is added to the mastered narration.

    Raises:
        FilmError: the loudness cannot be reached.
    """
    ceiling = CEILING - _HEADROOM
    for _ in range(4):
        voice = mastered(narration, ceiling)
        sound = voice if ticks is None else voice + ticks
        file = _encode(np.asarray(sound[:, PRIMING:], np.float32))
        loudness, peak = measure(_decode(file))
        if peak <= CEILING:
            break
        ceiling -= peak - CEILING + 0.1
    if peak > CEILING or abs(loudness - TARGET) > 1:
        hint = f"it must be {TARGET:.0f} ± 1 LUFS and at most {CEILING:.0f} dBTP: does the voice click?"
        raise FilmError(f"the sound has {loudness:.1f} LUFS with peaks of {peak:.1f} dBTP", hint=hint)
    return Mix(voice, ticks, file)


def _encode(track: Samples) -> bytes:
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=RATE, layout="stereo")
        stream.bit_rate = BIT_RATE
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(track), format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, 0, Fraction(1, RATE)
        container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return file.getvalue()


def _decode(file: bytes) -> Samples:
    with av.open(io.BytesIO(file), "r") as container:
        frames = [np.asarray(frame.to_ndarray(), np.float32) for frame in container.decode(audio=0)]
    return np.concatenate(frames, axis=1)
