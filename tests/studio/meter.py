"""A meter of loudness after ITU-R BS.1770-4, in NumPy and SciPy: nothing of the project measures here."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter, resample_poly

RATE = 48_000
"""Samples per second for which the filters below are."""

LUFS = -14.0
"""The loudness that platforms play films at."""

CEILING = -1.0
"""dBTP that no peak exceeds."""

# Tables 1 and 2: the two filters of K-weighting at 48 kHz.
SHELF = [1.53512485958697, -2.69169618940638, 1.19839281085285], [1.0, -1.69065929318241, 0.73248077421585]
HIGH_PASS = [1.0, -2.0, 1.0], [1.0, -1.99004745483398, 0.99007225036621]

Sound = NDArray[Any]
"""(channels, n) at 48 kHz, from −1 to 1."""


def integrated(sound: Sound) -> float:
    """LUFS after annex 1: K-weighting, blocks of 400 ms every 100 ms, gates at −70 LUFS and −10 LU."""
    weighted = _weighted(sound)
    starts = range(0, sound.shape[1] - int(0.4 * RATE) + 1, RATE // 10)
    power = np.array([(weighted[:, n : n + int(0.4 * RATE)] ** 2).mean(axis=1).sum() for n in starts])
    loud = power[-0.691 + 10 * np.log10(power + 1e-30) > -70]
    gate = -0.691 + 10 * np.log10(loud.mean()) - 10
    return float(-0.691 + 10 * np.log10(loud[-0.691 + 10 * np.log10(loud) > gate].mean()))


def true_peak(sound: Sound) -> float:
    """The highest peak in dBTP, between samples as well."""
    return float(20 * np.log10(np.abs(resample_poly(sound.astype(np.float64), 8, 1, axis=1)).max()))


def momentary_loudness(sound: Sound) -> NDArray[np.float64]:
    """LUFS of every 400 ms, a hundred times a second, of one channel that is heard from two."""
    power = np.concatenate([[0.0], np.cumsum(_weighted(sound)[0] ** 2)])
    window, hop = round(0.4 * RATE), RATE // 100
    mean = (power[window::hop] - power[:-window:hop]) / window
    return -0.691 + 10 * np.log10(2 * mean + 1e-12)


def _weighted(sound: Sound) -> NDArray[np.float64]:
    return lfilter(*HIGH_PASS, lfilter(*SHELF, sound.astype(np.float64), axis=1), axis=1)
