"""Sound is measured and mastered as ITU-R BS.1770 says: here by its own filters and gates, in NumPy."""

import numpy as np
import pytest
from meter import CEILING, LUFS, RATE, integrated, true_peak
from scipy.signal import lfilter

from softmax_explained.studio.audio.loudness import Samples, mastered, measure, resampled


def babble(seconds: float, level: float, seed: int = 0) -> Samples:
    """Noise in bursts with pauses, like speech."""
    rng = np.random.default_rng(seed)
    noise = lfilter([1], [1, -0.95], rng.standard_normal(int(seconds * RATE)))
    bursts = np.repeat(rng.random(int(seconds * 4) + 1) > 0.35, RATE // 4)[: len(noise)]
    sound = noise * bursts
    return (level * sound / np.abs(sound).max())[None].astype(np.float32)


def test_a_full_sine_measures_as_the_standard_says() -> None:
    sine = np.sin(2 * np.pi * 997 * np.arange(5 * RATE) / RATE).astype(np.float32)
    assert measure(sine[None])[0] == pytest.approx(
        -3.01, abs=0.1
    )  # BS.1770-4: 997 Hz at 0 dBFS in one channel


@pytest.mark.parametrize("level", [0.02, 0.3, 1.0])
def test_the_measurement_is_that_of_the_standard(level: float) -> None:
    sound = np.concatenate([babble(6, level, 1), babble(6, level, 2)])
    loudness, peak = measure(sound)
    assert loudness == pytest.approx(integrated(sound), abs=0.1)
    assert peak == pytest.approx(true_peak(sound), abs=0.5)


@pytest.mark.parametrize("level", [0.01, 0.3, 1.0])
def test_a_master_is_as_loud_as_it_should_be_and_never_too_loud(level: float) -> None:
    sound = babble(8, level)
    master = mastered(sound, CEILING)
    assert master.shape == (2, sound.shape[1])
    assert integrated(master) == pytest.approx(LUFS, abs=0.5)
    assert true_peak(master) <= CEILING + 0.2


def test_a_master_stays_in_time() -> None:
    sound = babble(4, 0.3)
    master = mastered(sound, CEILING)
    lags = range(-50, 51)
    best = max(lags, key=lambda lag: float(sound[0, 1000:100_000] @ master[0, 1000 + lag : 100_000 + lag]))
    assert best == 0


def test_silence_stays_silent() -> None:
    silence = np.zeros((1, RATE), np.float32)
    assert not mastered(silence, CEILING).any()


def test_another_rate_changes_neither_length_nor_place() -> None:
    sound = np.zeros((1, 24_000), np.float32)
    sound[0, 12_000:12_240] = np.sin(2 * np.pi * 400 * np.arange(240) / 24_000)
    doubled = resampled(sound, 24_000)
    assert doubled.shape == (1, 48_000)
    heard = np.flatnonzero(np.abs(doubled[0]) > 0.1)
    assert heard[0] == pytest.approx(24_000, abs=20)
    assert heard[-1] == pytest.approx(24_480, abs=20)
