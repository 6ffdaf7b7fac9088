"""Chapters are drawn side by side, and all stop when one has to."""

import multiprocessing
from pathlib import Path

import pytest
import tiny_film

from softmax_explained.studio.reels import draw_all


def test_an_interrupt_stops_every_process(tmp_path: Path) -> None:
    def press(chapter: str, seconds: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        draw_all(tiny_film.PRODUCTION, (tiny_film.Opening, tiny_film.Ending), tmp_path, press)
    assert multiprocessing.active_children() == []
    assert all(file.suffix == ".mp4" for file in tmp_path.iterdir())  # no half-drawn media is left
