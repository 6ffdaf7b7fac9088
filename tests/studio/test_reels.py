"""Chapters are drawn side by side, and all stop when one has to."""

import multiprocessing
from pathlib import Path

import pytest
import tiny_film

from softmax_explained.errors import FilmError
from softmax_explained.studio.reels import draw_all


def test_a_process_that_is_killed_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FilmError, match="ended from outside") as caught:
        draw_all(tiny_film.PRODUCTION, (tiny_film.Killed,), tmp_path, lambda chapter, seconds: None)
    assert "memory" in caught.value.hint
    assert multiprocessing.active_children() == []


def test_an_interrupt_stops_every_process(tmp_path: Path) -> None:
    def press(chapter: str, seconds: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        draw_all(tiny_film.PRODUCTION, (tiny_film.Opening, tiny_film.Ending), tmp_path, press)
    assert multiprocessing.active_children() == []
    assert all(file.suffix == ".mp4" for file in tmp_path.iterdir())  # no half-drawn media is left
