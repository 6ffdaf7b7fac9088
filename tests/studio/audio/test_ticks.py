"""Ticks are where they were asked for, and far below the voice: by a meter of our own."""

from __future__ import annotations

import numpy as np
import pytest
from meter import CEILING, LUFS, RATE, integrated, momentary_loudness, true_peak

from softmax_explained.stage.scene.record import SOUNDS, RequestedSound
from softmax_explained.studio.audio.loudness import Samples
from softmax_explained.studio.audio.mix import PRIMING, _decode, encoded_aac
from softmax_explained.studio.audio.ticks import tick, tick_track

VERY_QUIET = -34.0  # LUFS: 20 LU below the voice
NEAREST = 0.1  # seconds between two ticks of a kind
PITCHES = {"cancel": (880.0, 0.5), "land": (330.0, 0.1), "count": (1500.0, 0.0)}  # hertz, and octaves down


def requested(*starts: float, kind: str = "count") -> list[RequestedSound]:
    return [RequestedSound(kind, start) for start in starts]


def starts(track: Samples) -> list[float]:
    """When sound begins after silence, in seconds."""
    loud = np.concatenate([[False], np.abs(track[0]) > 1e-5])
    begins = np.flatnonzero(~loud[:-1] & loud[1:])
    return [n / RATE for n in begins if not loud[max(n - RATE // 50, 0) : n].any()]


@pytest.mark.parametrize("kind", SOUNDS)
def test_a_tick_is_very_quiet_and_yet_there(kind: str) -> None:
    track = tick_track(requested(1.0, kind=kind), 3.0)
    assert -50 < momentary_loudness(track).max() <= VERY_QUIET
    assert tick(kind).shape[1] < 0.4 * RATE


def test_many_ticks_at_once_are_as_quiet() -> None:
    burst = [RequestedSound(kind, 1 + n / 60) for n in range(180) for kind in SOUNDS]
    assert momentary_loudness(tick_track(burst, 6.0)).max() <= VERY_QUIET + 0.05


def test_a_tick_starts_when_it_was_asked_for() -> None:
    assert starts(tick_track(requested(2.0, 0.5, 1.25), 4.0)) == pytest.approx([0.5, 1.25, 2.0], abs=1e-3)


def test_ticks_of_a_kind_keep_apart() -> None:
    heard = starts(tick_track(requested(*np.arange(0.5, 1.5, 1 / 60)), 3.0))
    assert len(heard) == 10
    assert min(np.diff(heard)) >= NEAREST - 1e-3


def test_what_comes_after_the_end_is_not_heard() -> None:
    track = tick_track(requested(0.99, 5.0), 1.0)
    assert track.shape == (1, RATE)
    assert len(starts(track)) == 1


@pytest.mark.parametrize("kind", SOUNDS)
def test_a_tick_has_the_pitch_of_its_kind(kind: str) -> None:
    spectrum = np.abs(np.fft.rfft(tick(kind)[0], 8 * RATE))
    highest = np.argmax(spectrum) / 8
    hertz, fall = PITCHES[kind]
    assert hertz * 2**-fall * 0.9 <= highest <= hertz * 1.05


def test_ticks_leave_the_film_as_loud_as_it_was() -> None:
    noise = np.random.default_rng(0).normal(0, 0.1, (1, 4 * RATE)).astype(np.float32)
    noise[:, :PRIMING] = 0
    noise[:, 2 * RATE :] = 0
    plain, ticked = (_decode(encoded_aac(noise, ticks)) for ticks in (None, tick_track(requested(3.0), 4.0)))
    assert integrated(ticked) == pytest.approx(LUFS, abs=1)
    assert true_peak(ticked) <= CEILING + 0.1
    first, last = round(2.9 * RATE), round(3.2 * RATE)
    assert np.abs(ticked[:, first:last]).max() > 0.01 > np.abs(plain[:, first:last]).max()
