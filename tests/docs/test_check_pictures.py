"""Each code of the check has a picture of its fault, and the check finds that fault in what is drawn."""

from __future__ import annotations

import re

import pytest
from draw_check_pictures import BETWEEN, FOLDER, HEIGHT, WIDTH, file_of, picture_of
from faults import FAULTS
from pages import ROOT, page
from PIL import Image, ImageChops, ImageStat

CHECKS = page("docs/checks.md")
CODES = [row[0].strip("`") for row in CHECKS.rows if row[0].strip("`").isupper()]

LARGEST, LARGEST_TOGETHER = 15_000, 300_000
"""Bytes of a picture, and of all of them."""
SHADES = 12
"""Different colours that a picture has at least: a frame and a sign in it have fewer."""

every_code = pytest.mark.parametrize("code", list(FAULTS))


def test_every_code_has_a_fault_and_a_section_in_the_order_of_the_table() -> None:
    assert list(FAULTS) == CODES
    assert [
        text.strip("`") for level, text in CHECKS.headings if level == 3 and text.startswith("`")
    ] == CODES


@every_code
def test_a_section_shows_its_picture_and_says_what_it_does_and_how_to_mend_it(code: str) -> None:
    section = CHECKS.section(f"`{code}`")
    ((alternative, link),) = re.findall(r"!\[(.+?)\]\((.+?)\)", section)
    assert (ROOT / "docs" / link).resolve() == file_of(code)
    assert len(alternative.split()) >= 5
    text = " ".join(section.partition(f"({link})")[2].split())
    assert "To mend it" in text and 20 <= len(text.split()) <= 90


@every_code
def test_the_check_finds_the_fault_that_is_drawn_and_not_what_is_mended(code: str) -> None:
    fault = FAULTS[code]
    assert code in fault.wrong.findings()
    assert code not in fault.right.findings()


@every_code
def test_a_picture_is_small_and_shows_something_else_on_its_two_sides(code: str) -> None:
    assert file_of(code).stat().st_size <= LARGEST
    with Image.open(file_of(code)) as picture:
        assert picture.size == (2 * WIDTH + BETWEEN, HEIGHT)
        drawn = picture.convert("RGB")
    wrong = drawn.crop((0, 0, WIDTH, HEIGHT))
    right = drawn.crop((WIDTH + BETWEEN, 0, 2 * WIDTH + BETWEEN, HEIGHT))
    assert len(drawn.getcolors(1 << 20)) >= SHADES
    # Below their signs: a cross and a tick differ in any picture.
    below = [side.crop((40, 40, WIDTH, HEIGHT)) for side in (wrong, right)]
    assert max(ImageStat.Stat(ImageChops.difference(*below)).mean) > 0.1


def test_there_are_no_other_pictures_and_together_they_are_small() -> None:
    files = sorted(FOLDER.iterdir())
    assert files == sorted(file_of(code) for code in FAULTS)
    assert sum(file.stat().st_size for file in files) <= LARGEST_TOGETHER


@pytest.mark.slow
@every_code
def test_a_picture_is_what_is_drawn_now(code: str) -> None:
    with Image.open(file_of(code)) as ours:
        difference = ImageChops.difference(ours.convert("RGB"), picture_of(FAULTS[code]).convert("RGB"))
    assert max(ImageStat.Stat(difference).mean) < 0.5, "draw it again: make check-pictures"
