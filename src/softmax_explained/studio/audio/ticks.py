"""Quiet sounds that go with some moves, synthesised: nothing is recorded, nothing is downloaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import numpy as np

from softmax_explained.stage.scene.record import RequestedSound
from softmax_explained.studio.audio.loudness import RATE, Samples, momentary

LOUDEST = -34.0
"""LUFS that all ticks together never exceed, in any 400 ms of the finished film: 20 LU below the voice."""

NEAREST = 0.1  # seconds between two ticks of a kind; of those that are nearer, the first is heard


@dataclass(frozen=True)
class Timbre:
    """A decaying tone that may fall in pitch."""

    hertz: float  # at the start
    fall: float  # octaves by which the pitch falls
    decay: float  # seconds in which it falls to 1/e
    loudness: float  # momentary loudness of a single tick, in LUFS


TIMBRES: Mapping[str, Timbre] = MappingProxyType(
    {
        "cancel": Timbre(880.0, 0.5, 0.035, -38.0),
        "land": Timbre(330.0, 0.1, 0.05, -38.0),
        "count": Timbre(1500.0, 0.0, 0.012, -44.0),
    }
)

_ATTACK = 0.003  # seconds


@cache
def tick(kind: str) -> Samples:
    """One tick, (1, n) at `RATE`, as loud as it is to be in the finished film.

    Args:
        kind: a key of `TIMBRES`.
    """
    timbre = TIMBRES[kind]
    time = np.arange(round(6 * timbre.decay * RATE)) / RATE
    octaves = -timbre.fall * (1 - np.exp(-time / timbre.decay))
    phase = 2 * np.pi * np.cumsum(timbre.hertz * 2**octaves) / RATE
    envelope = np.minimum(time / _ATTACK, 1) * np.exp(-time / timbre.decay)
    sound = (np.sin(phase) * envelope)[None].astype(np.float32)
    alone = np.pad(sound, ((0, 0), (RATE // 2, RATE)))
    scaled: Samples = sound * np.float32(10 ** ((timbre.loudness - momentary(alone)) / 20))
    return scaled


def tick_track(sounds: Sequence[RequestedSound], duration: float) -> Samples:
    """Ticks on a track of their own, at most as loud as `LOUDEST`.

    Args:
        sounds: in any order, in seconds of the film; what begins after its end is not heard.
        duration: seconds of the film.

    Returns:
        (1, n) at `RATE`.
    """
    track = np.zeros((1, round(duration * RATE)), np.float32)
    heard = dict[str, float]()  # by kind, when the last tick began
    for sound in sorted(sounds, key=lambda sound: sound.start):
        if sound.start - heard.get(sound.kind, -1.0) < NEAREST - 1e-9:
            continue
        heard[sound.kind] = sound.start
        first = round(sound.start * RATE)
        part = tick(sound.kind)[:, : max(track.shape[1] - first, 0)]
        track[:, first : first + part.shape[1]] += part
    over = momentary(track) - LOUDEST
    return track * np.float32(10 ** (-over / 20)) if over > 0 else track
