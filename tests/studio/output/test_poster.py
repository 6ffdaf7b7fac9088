"""The poster of a film is a frame of it, as sharp and in the colours in which it was drawn."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
import tiny_film
from numpy.typing import NDArray
from PIL import Image

from softmax_explained.studio.output.ledger import Ledger
from softmax_explained.studio.output.poster import poster, save_poster
from softmax_explained.studio.planning.plan import Plan
from softmax_explained.studio.stills import stills


@pytest.fixture(scope="module")
def ledger(tiny_files: dict[str, Path]) -> Ledger:
    return Ledger.parse(tiny_files["film.json"].read_text("utf-8"))


@pytest.fixture(scope="module")
def frames(tiny_files: dict[str, Path]) -> list[NDArray[np.uint8]]:
    with av.open(str(tiny_files["film.mp4"])) as film:
        return [frame.to_ndarray(format="rgb24", src_colorspace="ITU709") for frame in film.decode(video=0)]


@pytest.mark.parametrize("beat", ["opening.first", "opening.second", "ending.last"])
def test_it_is_the_last_frame_of_its_beat(
    beat: str, tiny_files: dict[str, Path], ledger: Ledger, frames: list[NDArray[np.uint8]]
) -> None:
    (end,) = [each.end for each in ledger.beats if each.id == beat]
    shown = np.asarray(poster(tiny_files["film.mp4"], ledger.beats, beat))
    assert np.array_equal(shown, frames[round(end * 15) - 1])


def test_it_looks_as_the_beat_was_drawn(
    tiny_files: dict[str, Path], tiny_plan: Plan, ledger: Ledger, tmp_path: Path
) -> None:
    first, *_ = stills(tiny_plan.production, (tiny_film.Opening,), tmp_path, width=854)
    drawn = np.asarray(Image.open(first).convert("RGB"), float)
    shown = np.asarray(poster(tiny_files["film.mp4"], ledger.beats, "opening.first"), float)
    assert np.abs(shown - drawn).mean() < 2.5
    assert np.abs(shown[0, 0] - drawn[0, 0]).max() <= 3  # the colour of the background


def test_without_its_beat_it_is_the_middle_of_the_film(
    tiny_files: dict[str, Path], frames: list[NDArray[np.uint8]]
) -> None:
    with Image.open(tiny_files["poster.png"]) as picture:
        assert (picture.format, picture.mode, picture.size) == ("PNG", "RGB", (854, 480))
        assert np.array_equal(np.asarray(picture), frames[len(frames) // 2])


def test_the_same_picture_is_the_same_file(tiny_files: dict[str, Path], tmp_path: Path) -> None:
    with Image.open(tiny_files["poster.png"]) as picture:
        save_poster(picture, tmp_path / "again.png")
    assert (tmp_path / "again.png").read_bytes() == tiny_files["poster.png"].read_bytes()
