"""The README is short, shows the film, and says the same in both languages."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from draw_readme_picture import FILE, RATE, frames, render, write
from pages import ROOT, Page, page
from PIL import Image, ImageChops, ImageStat
from typer.testing import CliRunner

from softmax_explained.cli.app import app

ENGLISH, CHINESE = page("README.md"), page("README.zh-CN.md")
both = pytest.mark.parametrize("readme", [ENGLISH, CHINESE], ids=lambda readme: readme.name)

MOST_LINES = 150
FIRST_SCREEN = 20
"""Lines that fit on a first screen, above the animation."""
LARGEST_PICTURE = 1_500_000
HAN = re.compile(r"[\u4e00-\u9fff]")


def without_comments(text: str) -> str:
    return re.sub(r" *#.*$", "", text, flags=re.MULTILINE)


@both
def test_the_readme_is_short_and_starts_with_the_two_commands(readme: Page) -> None:
    lines = readme.text.splitlines()
    assert len(lines) <= MOST_LINES
    assert {"$ make film", "$ make test"} <= set(lines[:FIRST_SCREEN])


@both
def test_the_readme_shows_an_animation_that_loads_quickly(readme: Page) -> None:
    (name,) = re.findall(r"!\[.+?\]\((.+?)\)", readme.text)
    assert (ROOT / name).stat().st_size < LARGEST_PICTURE
    with Image.open(ROOT / name) as picture:
        assert picture.n_frames > 100
        shades = [len(set(frame.convert("L").resize((160, 90)).tobytes())) for frame in seek(picture)]
    assert min(shades) > 20, "a frame is almost empty"


def seek(picture: Image.Image) -> list[Image.Image]:
    """The first, the middle and the last frame, in RGB."""
    found = []
    for number in (0, picture.n_frames // 2, picture.n_frames - 1):
        picture.seek(number)
        found.append(picture.convert("RGB"))
    return found


def test_both_languages_have_the_same_structure() -> None:
    assert [level for level, _ in CHINESE.headings] == [level for level, _ in ENGLISH.headings]
    assert CHINESE.links == ENGLISH.links
    assert sorted(set(CHINESE.codes)) == sorted(set(ENGLISH.codes))
    assert [row[0] for row in CHINESE.rows][1:] == [row[0] for row in ENGLISH.rows][1:]


def test_both_languages_show_the_same_code() -> None:
    assert [fence.kind for fence in CHINESE.fences] == [fence.kind for fence in ENGLISH.fences]
    for ours, theirs in zip(ENGLISH.fences, CHINESE.fences, strict=True):
        assert without_comments(theirs.text) == without_comments(ours.text)
        if ours.kind == "toml":
            assert tomllib.loads(theirs.text) == tomllib.loads(ours.text)


def test_the_chinese_readme_is_chinese() -> None:
    paragraphs = [text for text in CHINESE.prose.split("\n\n")[2:] if text.strip()]
    assert len(paragraphs) > 15
    assert [text for text in paragraphs if not HAN.search(text)] == []
    english = {text for text in ENGLISH.prose.split("\n\n")[2:] if text.strip()}
    assert english.isdisjoint(paragraphs)


@pytest.mark.slow
def test_the_readme_gives_the_duration_of_the_film() -> None:
    given = re.search(r"about (\d+) minutes", " ".join(ENGLISH.text.split()))
    assert given
    assert f"约 {given[1]} 分钟" in CHINESE.text
    done = CliRunner().invoke(app, ["check", "--voice", "heart", "--json"])
    assert json.loads(done.stdout)["seconds"] / 60 == pytest.approx(float(given[1]), abs=0.3)


@pytest.mark.slow
def test_the_animation_shows_the_film_as_it_is(tmp_path: Path) -> None:
    render(tmp_path)
    write(frames(tmp_path), tmp_path / "now.webp")
    ours, now = timeline(FILE), timeline(tmp_path / "now.webp")
    assert now[-1][0] == pytest.approx(ours[-1][0], abs=2 / RATE), "draw it again: make readme-pictures"
    levels = [
        max(ImageStat.Stat(ImageChops.difference(shown_at(ours, moment), shown_at(now, moment))).mean)
        for moment in (0, ours[-1][0] / 2, ours[-1][0])
    ]
    assert max(levels) < 1, "draw it again: make readme-pictures"


def timeline(file: Path) -> list[tuple[float, Image.Image]]:
    """Every stored frame in RGB and the second at which it appears.

    How many frames are stored is not compared: one that differs from the frame before it only by the noise of
    the encoder is stored or left out according to that noise.
    """
    shown, second = [], 0.0
    with Image.open(file) as animation:
        for number in range(animation.n_frames):
            animation.seek(number)
            picture = animation.convert("RGB")
            shown.append((second, picture))
            second += animation.info["duration"] / 1000
    return shown


def shown_at(shown: list[tuple[float, Image.Image]], moment: float) -> Image.Image:
    """The last frame that has appeared at a moment."""
    return [picture for second, picture in shown if second <= moment][-1]
