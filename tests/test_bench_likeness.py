"""SSIM is what its authors say it is, and what is kept without loss is kept without loss."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter

from bench.likeness import likeness
from bench.lossless import Lossless, pictures

WIDTH, HEIGHT = 96, 64


def picture(seed: int) -> np.ndarray:
    """Coloured boxes with soft edges, so that there is something to be like."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(40, 215, (HEIGHT // 16, WIDTH // 16, 3))
    return np.kron(coarse, np.ones((16, 16, 1))).astype(np.uint8)


def planes(pixels: np.ndarray) -> VideoFrame:
    return VideoReformatter().reformat(VideoFrame.from_ndarray(pixels, format="rgb24"), format="gbrp")


def coded(pixels: np.ndarray) -> VideoFrame:
    """As Manim gives it to x264: BT.601 in limited range, which is what libswscale does by default."""
    return VideoReformatter().reformat(VideoFrame.from_ndarray(pixels, format="rgb24"), format="yuv420p")


def ssim_as_published(one: np.ndarray, other: np.ndarray) -> float:
    """Wang, Bovik, Sheikh and Simoncelli, 2004, equation 13, over windows of 8 by 8, four pixels apart."""
    small, tiny = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    found = []
    for top in range(0, one.shape[0] - 7, 4):
        for left in range(0, one.shape[1] - 7, 4):
            x, y = (each[top : top + 8, left : left + 8].astype(float).ravel() for each in (one, other))
            (xx, xy), (_, yy) = np.cov(x, y)
            light = (2 * x.mean() * y.mean() + small) / (x.mean() ** 2 + y.mean() ** 2 + small)
            found.append(light * (2 * xy + tiny) / (xx + yy + tiny))
    return float(np.mean(found))


def test_ssim_is_that_of_its_authors_over_all_colours() -> None:
    wanted = picture(0)
    noise = np.random.default_rng(1).integers(-25, 26, wanted.shape)
    shown = np.clip(wanted.astype(int) + noise, 0, 255).astype(np.uint8)
    frame = coded(shown)
    read = VideoReformatter().reformat(
        frame, format="gbrp", src_color_range=ColorRange.MPEG, dst_color_range=ColorRange.JPEG
    )
    seen = read.to_ndarray(format="rgb24")
    found = likeness([(frame, planes(wanted))], Colorspace.ITU601)
    by_hand = np.mean([ssim_as_published(seen[..., each], wanted[..., each]) for each in range(3)])
    assert found.mean == pytest.approx(by_hand, abs=1e-3)
    assert found.mean < 0.95


def test_the_same_pictures_are_alike_and_the_worst_frame_is_named() -> None:
    wanted, other = planes(picture(0)), coded(picture(1))
    same = coded(picture(0))
    found = likeness([(each, wanted) for each in (same, same, other, same)], Colorspace.ITU601)
    assert (found.worst, found.compared) == (2, 4)
    assert max(found.least, found.least_encoded) < 0.9
    assert found.mean_encoded == pytest.approx((3 + found.least_encoded) / 4, abs=1e-4)


def test_only_every_so_many_frames_are_compared() -> None:
    wanted, same, other = planes(picture(0)), coded(picture(0)), coded(picture(1))
    pairs = [(other if number % 5 else same, wanted) for number in range(12)]
    found = likeness(pairs, Colorspace.ITU601, every=5)
    assert (found.least_encoded, found.compared) == (1, 3)


def test_colours_are_read_as_they_were_written() -> None:
    wanted = picture(2)
    right, wrong = (
        likeness([(coded(wanted), planes(wanted))], matrix).mean
        for matrix in (Colorspace.ITU601, Colorspace.ITU709)
    )
    assert right > wrong


def test_what_is_kept_without_loss_comes_back_as_it_was(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    given = [rng.integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8) for _ in range(5)]
    kept = Lossless(tmp_path / "kept.mkv", "rgb24", (WIDTH, HEIGHT), 30)
    for pixels in given:
        kept.write(VideoFrame.from_ndarray(pixels, format="rgb24"))
    kept.close()
    back = [frame.to_ndarray(format="rgb24") for frame in pictures(tmp_path / "kept.mkv")]
    np.testing.assert_array_equal(back, given)


def test_what_x264_is_given_comes_back_as_it_was(tmp_path: Path) -> None:
    given = [coded(picture(seed)) for seed in range(5)]
    kept = Lossless(tmp_path / "kept.mkv", "yuv420p", (WIDTH, HEIGHT), 30)
    for frame in given:
        kept.write(frame)
    kept.close()
    for back, frame in zip(pictures(tmp_path / "kept.mkv"), given, strict=True):
        np.testing.assert_array_equal(back.to_ndarray(), frame.to_ndarray())
