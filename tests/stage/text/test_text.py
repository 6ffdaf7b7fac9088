"""Type: hostile text, baselines, sizes, and numbers that follow a value."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from importlib import resources
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import LEFT, ORIGIN, RIGHT
from PIL import ImageFont

from softmax_explained.core import default_lesson, solve
from softmax_explained.core.printing.typst import string
from softmax_explained.errors import WordsError
from softmax_explained.stage.design.style import style
from softmax_explained.stage.text.text import Readout, Words
from softmax_explained.stage.text.typesetter import typeset

SOLUTION = solve(default_lesson())
HOSTILE = [
    '#read("/etc/passwd")',
    '"] #import "@preview/x:1.0.0"',
    "$ x $ *bold* _it_ `raw` #while true {}",
    "\\u{41} \\ \" ' <label> @ref // comment /* x */",
    "{{ a : b }} \n \t \r",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_set_letter_by_letter(text: str) -> None:
    # Words of a safe alphabet with as many visible characters: markup would have set fewer, or failed.
    visible = [character for character in text if not character.isspace()]
    assert len(Words(text).submobjects) == len(visible)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30))
def test_any_text_can_be_set(text: str) -> None:
    typeset(f"#{string(text)}")


def test_typesetting_leaves_nothing_behind(tmp_path: Path) -> None:
    code = "from softmax_explained.stage.text.typesetter import typeset; typeset('x')"
    subprocess.run([sys.executable, "-c", code], env={**os.environ, "TMPDIR": str(tmp_path)}, check=True)
    assert list(tmp_path.iterdir()) == []


def test_bad_markup_is_an_error_that_shows_it() -> None:
    with pytest.raises(WordsError, match="cannot be typeset"):
        typeset("#(")


def test_words_with_and_without_descenders_stand_on_one_line() -> None:
    names = [Words(name, size="label").stand_on(-1.0) for name in ("cat", "dog", "fox")]
    assert [name.baseline for name in names] == pytest.approx([-1.0] * 3)
    assert names[1].get_bottom()[1] < names[0].get_bottom()[1] - 0.05


def test_an_em_is_what_the_style_says_and_shrinks_with_the_type() -> None:
    words = Words("Softmax", size="body")
    assert words.em == pytest.approx(style().size("body"))
    words.scale_to_fit_width(words.width / 2)
    assert words.em == pytest.approx(style().size("body") / 2)


def test_words_look_the_same_on_every_machine() -> None:
    # The advance width, by FreeType, in the font that comes with its package: no system font is asked.
    font = ImageFont.truetype(str(resources.files("manimgx_fonts") / "NotoSans[wght].ttf"), 1000)
    font.set_variation_by_axes([400])
    width = typeset('#set text(font: "Noto Sans")\n#"Softmax"').width
    assert width == pytest.approx(font.getlength("Softmax") / 1000, abs=0.005)


def test_a_readout_shows_its_quantity_with_a_real_minus() -> None:
    assert Readout(SOLUTION["g[t]"]).text == "−0.758"
    assert Readout(SOLUTION["g[i]"], signed=True).text == "+0.659"


def test_a_following_readout_shows_the_value_and_settles_on_its_quantity() -> None:
    readout = Readout(SOLUTION["a[t]"])
    fresh = [glyph.points - readout.get_center() for glyph in readout.submobjects]
    value = [0.5]
    readout.follow(lambda: value[0], edge=LEFT)
    left, baseline = readout.get_left()[0], readout.baseline
    readout.update(0)
    assert readout.text == "0.500"
    value[0] = 10.25
    readout.update(0)
    assert readout.text == "10.250"
    assert readout.get_left()[0] == pytest.approx(left, abs=0.02)
    assert readout.baseline == pytest.approx(baseline, abs=1e-6)
    readout.settle()
    assert readout.text == SOLUTION["a[t]"].text and not readout.updaters
    for glyph, points in zip(readout.submobjects, fresh, strict=True):
        np.testing.assert_allclose(glyph.points - readout.get_center(), points, atol=1e-6)


def test_a_following_readout_keeps_the_edge_it_is_told() -> None:
    readout = Readout(SOLUTION["a[t]"])
    right = readout.get_right()[0]
    readout.follow(lambda: -123.4, edge=RIGHT)
    readout.update(0)
    assert readout.text == "−123.400"
    assert readout.get_right()[0] == pytest.approx(right, abs=0.02)


def test_a_power_of_ten_is_set_as_one() -> None:
    huge = replace(SOLUTION["S"], value=1.97, exponent=434)
    assert Readout(huge).text.startswith("1.97")
    assert len(Readout(huge).submobjects) == len("1.970×10434")


LONG = "a small domestic short-haired black cat"


def test_words_that_fit_are_left_alone() -> None:
    words = Words(LONG)
    assert words.fit_width(words.width + 0.01).em == pytest.approx(style().size("body"))


def test_words_a_little_too_wide_are_shrunk_on_one_line() -> None:
    words = Words(LONG, size="label")
    wide, high = words.width, words.height
    words.fit_width(0.95 * wide)
    assert words.width == pytest.approx(0.95 * wide)
    assert words.height == pytest.approx(0.95 * high)


@pytest.mark.parametrize("text", [LONG, "x" * 40, "一种很长很长的中文类别名称用来测试换行的效果如何"])
@pytest.mark.parametrize("edge", [LEFT, ORIGIN, RIGHT])
def test_words_much_too_wide_are_broken_into_lines_of_the_least_size(text: str, edge: np.ndarray) -> None:
    words = Words(text, size="label", colour="y", language="zh" if ord(text[0]) > 255 else "en")
    anchor, baseline = words.get_critical_point(edge)[0], words.baseline
    words.fit_width(0.45 * words.width, edge=edge)
    assert words.em == pytest.approx(style().size("least"))
    assert words.height > 1.2 * words.em
    assert words.get_critical_point(edge)[0] == pytest.approx(anchor, abs=1e-6)
    assert words.baseline == pytest.approx(baseline, abs=1e-6)
    assert words.get_fill_color() == style().colour("y")
    assert len(words) >= len(text.replace(" ", ""))


@pytest.mark.parametrize("text", [LONG, "大白鲨大白鲨大白鲨大白鲨大白鲨大白鲨"])
def test_words_that_cannot_fit_are_cut_short_at_a_readable_size(text: str) -> None:
    words = Words(text, size="label", language="zh").fit_width(1.0, lines=1)
    assert words.width <= 1.0 and words.lines == 1
    assert words.em == pytest.approx(style().size("least"))
    assert words.width > 0.6  # no letter that fits was dropped
    assert words.text == text


def test_even_a_single_letter_stays_in_its_width() -> None:
    assert Words(LONG, size="label").fit_width(0.1, lines=1).width == pytest.approx(0.1)


def test_words_that_are_broken_already_can_be_given_fewer_lines() -> None:
    words = Words("dishwasher, dish washer", size="least").fit_width(1.4)
    assert words.lines > 1
    words.fit_width(2.4, lines=1)
    assert words.lines == 1
    assert words.width <= 2.4
    assert words.height < 1.5 * Words("dishwasher", size="least").height
