"""Stills: the last frame of every beat, and all of them on one sheet."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import tiny_film
from PIL import Image
from typer.testing import CliRunner

from softmax_explained.cli.app import app
from softmax_explained.errors import FilmError
from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Production
from softmax_explained.studio.planning.plan import make_plan
from softmax_explained.studio.stills import SHEET_WIDTH, stills


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    return stills(Production(FILM), (FILM.chapter("neuron"),), tmp_path_factory.mktemp("stills"), width=480)


def test_every_beat_gets_a_picture_named_for_it_and_the_sheet_comes_last(drawn: tuple[Path, ...]) -> None:
    beats = [f"neuron.{beat}.png" for beat in FILM.chapter("neuron").beats()]
    assert [file.name for file in drawn] == [*beats, "sheet.png"]
    assert all((file.stat().st_mode & 0o444) == 0o444 for file in drawn)


def test_a_picture_has_the_size_that_was_asked_for_and_is_not_empty(drawn: tuple[Path, ...]) -> None:
    with Image.open(drawn[0]) as picture:
        assert picture.size == (480, 270)
        pixels = np.asarray(picture.convert("RGB"))
    ground = np.array([0x0E, 0x11, 0x16])
    assert np.abs(pixels[0, 0].astype(int) - ground).max() <= 1
    assert (np.abs(pixels.astype(int) - ground).max(axis=2) > 60).mean() > 0.01


def test_the_sheet_shows_the_pictures_in_rows(drawn: tuple[Path, ...]) -> None:
    with Image.open(drawn[-1]) as sheet, Image.open(drawn[0]) as first:
        assert sheet.size == (SHEET_WIDTH, SHEET_WIDTH // 4 * 9 // 16)
        corner = np.asarray(sheet.crop((0, 0, *first.size)).convert("RGB")).astype(int)
        assert np.abs(corner - np.asarray(first.convert("RGB"))).mean() < 1


@pytest.mark.parametrize(("frame", "height"), [("tall", 284), ("square", 160)])
def test_a_picture_has_the_shape_of_its_frame(frame: str, height: int, tmp_path: Path) -> None:
    first, *_, sheet = stills(Production(FILM, frame=frame), (FILM.chapter("neuron"),), tmp_path, width=160)
    with Image.open(first) as picture, Image.open(sheet) as all_of_them:
        assert picture.size == (160, height)
        assert all_of_them.width == SHEET_WIDTH


def test_a_folder_that_cannot_be_made_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(FilmError, match="file"):
        stills(Production(FILM), (FILM.chapter("neuron"),), tmp_path / "file", width=160)


def test_a_chapter_that_cannot_be_drawn_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(FilmError, match="chapter broken could not be drawn: ZeroDivisionError") as caught:
        stills(tiny_film.faulty("broken"), (tiny_film.Broken,), tmp_path, width=160)
    assert "tiny_film.py" in caught.value.hint


def test_a_still_shows_the_last_caption_if_captions_are_burned_in(tmp_path: Path) -> None:
    pixels = {}
    for mode in ("burn", "lane"):
        plan = make_plan(replace(tiny_film.PRODUCTION, frame="tall", captions=mode))
        first, *_ = stills(plan.production, (tiny_film.Opening,), tmp_path / mode, width=360)
        with Image.open(first) as picture:
            pixels[mode] = np.asarray(picture.convert("L")).astype(int)
    height = pixels["burn"].shape[0]
    place = slice(round(0.76 * height), round(0.82 * height))
    assert pixels["burn"][place].max() > 200
    assert pixels["lane"][place].max() < 40
    above = slice(0, round(0.75 * height))
    assert (pixels["burn"][above] == pixels["lane"][above]).all()


def test_the_command_writes_the_pictures_and_prints_where_they_are(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["stills", "neuron", "--width", "160", "--out", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert result.output.split() == [str(file) for file in sorted(tmp_path.glob("*.png"))]
