"""Measuring and setting loudness (ITU-R BS.1770, with the filters of FFmpeg)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import cast

import av
import numpy as np
from av.filter import Graph
from numpy.typing import NDArray

Samples = NDArray[np.float32]  # (channels, n) in [−1, 1]
RATE = 48_000  # samples per second of the film's sound
TARGET = -14.0  # LUFS of the whole film, the level to which platforms normalise
CEILING = -1.0  # the highest true peak, in dBTP, once decoded

_OVERSAMPLED = 4 * RATE  # a limiter sees inter-sample peaks only at a higher rate


def measure(sound: Samples) -> tuple[float, float]:
    """Integrated loudness in LUFS, −70 or less for silence, and the true peak in dBTP of sound at `RATE`."""
    measured = {"lavfi.r128.I": "-70", "lavfi.r128.true_peak": "0"}
    chain = ("asetnsamples", f"n={RATE // 10}:p=1"), ("ebur128", "metadata=1:peak=true")
    for frame in _filtered(sound, RATE, *chain):
        measured.update(frame.metadata)
    peak = float(measured["lavfi.r128.true_peak"])
    return float(measured["lavfi.r128.I"]), 20 * math.log10(max(peak, 1e-9))


def momentary(sound: Samples) -> float:
    """The highest momentary loudness, over 400 ms, in LUFS; −70 or less for silence.

    Args:
        sound: (1, n) at `RATE`, heard from both channels.
    """
    loudest = -70.0
    chain = ("asetnsamples", f"n={RATE // 100}:p=1"), ("ebur128", "metadata=1")
    for frame in _filtered(np.repeat(sound, 2, axis=0), RATE, *chain):
        loudest = max(loudest, float(frame.metadata.get("lavfi.r128.M", "-70")))
    return loudest


def mastered(sound: Samples, ceiling: float) -> Samples:
    """Bring sound to `TARGET` with a gain and a limiter; silence stays silent.

    Args:
        sound: (1, n) at `RATE`.
        ceiling: the highest peak that the limiter lets pass, in dBTP.

    Returns:
        (2, n): the same in both channels, which is 3 LU louder than one channel.
    """
    gain, loud = 0.0, np.repeat(sound, 2, axis=0)
    for _ in range(8):  # limiting lowers the loudness, so the gain is found iteratively
        integrated, peak = measure(loud)
        if integrated <= -70 or (abs(integrated - TARGET) < 0.2 and peak <= ceiling + 0.1):
            break
        gain += TARGET - integrated
        loud = np.repeat(_limited(sound, gain, ceiling), 2, axis=0)
    return loud


def resampled(sound: Samples, rate: int) -> Samples:
    """Sound resampled from another rate to `RATE`; its duration stays the same."""
    return _joined(_filtered(sound, rate, ("aresample", str(RATE))), round(sound.shape[1] * RATE / rate))


def _limited(sound: Samples, gain: float, ceiling: float) -> Samples:
    limit = 10 ** (ceiling / 20)
    chain = (
        ("volume", f"{gain}dB"),
        ("aresample", str(_OVERSAMPLED)),
        ("alimiter", f"limit={limit}:level=0:latency=1:attack=5:release=80"),
        ("aresample", str(RATE)),
    )
    return _joined(_filtered(sound, RATE, *chain), sound.shape[1])


def _filtered(sound: Samples, rate: int, *filters: tuple[str, str]) -> Iterator[av.AudioFrame]:
    layout = "mono" if len(sound) == 1 else "stereo"
    graph = Graph()
    source = graph.add_abuffer(sample_rate=rate, format="fltp", layout=layout, time_base=Fraction(1, rate))
    last = source
    for name, options in (*filters, ("aformat", "sample_fmts=fltp")):
        step = graph.add(name, options)
        last.link_to(step)
        last = step
    last.link_to(graph.add("abuffersink"))
    graph.configure()
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound), format="fltp", layout=layout)
    frame.sample_rate, frame.pts, frame.time_base = rate, 0, Fraction(1, rate)
    graph.push(frame)
    graph.push(None)
    while True:
        try:
            yield cast(av.AudioFrame, graph.pull())
        except (av.EOFError, av.BlockingIOError):
            return


def _joined(frames: Iterator[av.AudioFrame], length: int) -> Samples:
    """The frames as one array of exactly `length` samples."""
    joined = np.concatenate([frame.to_ndarray() for frame in frames], axis=1)[:, :length]
    return np.pad(joined, ((0, 0), (0, length - joined.shape[1]))).astype(np.float32)
