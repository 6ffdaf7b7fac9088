"""A chapter that is drawn in takes is the chapter drawn in one go, pixel by pixel."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from softmax_explained.scenes.film import FILM
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.production import Production
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.studio.video.encoder import SegmentEncoder
from softmax_explained.studio.video.segment import draw
from softmax_explained.studio.video.yuv_frame import YuvFrame

PRODUCTION = Production(FILM, quality="draft")


@pytest.fixture
def frames(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The frames that are encoded, each by the hash of its planes."""
    written: list[str] = []
    show, encode = YuvFrame.show, SegmentEncoder.write
    shown = ""

    def showing(picture: YuvFrame, *given: Any) -> None:
        nonlocal shown
        show(picture, *given)
        shown = hashlib.sha256(picture.frame.to_ndarray().tobytes()).hexdigest()

    def write(reel: SegmentEncoder, pixels: np.ndarray, repeat: int = 1, *others: Any) -> None:
        encode(reel, pixels, repeat, *others)
        written.extend([shown] * repeat)

    monkeypatch.setattr(YuvFrame, "show", showing)
    monkeypatch.setattr(SegmentEncoder, "write", write)
    return written


def drawn(scene: type[Chapter], takes: Sequence[tuple[str, ...] | None], folder: Path) -> list[BeatRecord]:
    """The records of some takes, with the times they have one after the other."""
    records, begun = [], 0.0
    for take in takes:
        for beat in draw(PRODUCTION, scene, folder, take=take):
            records += [record.later(begun) for record in beat.records]
            begun += beat.duration
    return records


@pytest.mark.slow
@pytest.mark.parametrize("name", FILM.chapters)
def test_every_beat_drawn_by_itself_is_what_it_is_in_its_chapter(
    name: str, frames: list[str], tmp_path: Path
) -> None:
    scene = FILM.chapter(name)
    whole = drawn(scene, [None], tmp_path)
    in_one_go = frames.copy()
    frames.clear()
    one_by_one = drawn(scene, [(beat,) for beat in scene.beats()], tmp_path)
    assert frames == in_one_go
    for alone, together in zip(one_by_one, whole, strict=True):
        assert (alone.id, alone.numbers, alone.formulas, alone.words) == (
            together.id,
            together.numbers,
            together.formulas,
            together.words,
        )
        assert (alone.start, alone.end) == pytest.approx((together.start, together.end))
        assert [move.start for move in alone.moves] == pytest.approx([move.start for move in together.moves])
