"""No word of the film is drawn as a box: what no font can draw is an error before the first frame."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import ImageFont

from softmax_explained.core import Lesson, default_lesson, solve
from softmax_explained.core.lesson.loader import shipped_lesson, shipped_lessons
from softmax_explained.errors import LessonError, WordsError
from softmax_explained.scenes.film import FILM
from softmax_explained.stage.narration.script import Script
from softmax_explained.stage.narration.words_file import languages, read_words
from softmax_explained.studio.planning.glyph_check import check_glyphs, without_glyph

FONTS = [
    Path(str(resources.files(package))) / file
    for package, file in (
        ("manimgx_fonts", "NotoSans[wght].ttf"),
        ("manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc"),
    )
]
NEVER_DRAWN = "𓀀𓃠ꦗⵜ༄"


def letters_of(table: Any) -> str:
    """All text in a tree of tables."""
    if isinstance(table, str):
        return table
    children = table.values() if isinstance(table, dict) else table if isinstance(table, list) else []
    return "".join(map(letters_of, children))


def drawn_by_freetype(letter: str) -> bool:
    """Whether FreeType draws anything but the box with one of the two fonts the film names."""
    for file in FONTS:
        font = ImageFont.truetype(file, 40)
        box, mask = (font.getmask(each) for each in ("\U0010fffe", letter))
        if box.size != mask.size or not np.array_equal(np.asarray(box), np.asarray(mask)):
            return True
    return False


@pytest.mark.parametrize("language", languages(FILM.words_folder))
def test_every_character_of_a_words_file_has_a_glyph(language: str) -> None:
    letters = "".join(
        sorted(set(letters_of(dict(read_words(language, FILM.words_folder).tables))) - set(" \n"))
    )
    assert without_glyph(letters, language) == []
    assert [letter for letter in letters if not drawn_by_freetype(letter)] == []


@pytest.mark.parametrize("name", shipped_lessons())
@pytest.mark.parametrize("language", languages(FILM.words_folder))
def test_the_class_names_of_every_lesson_can_be_drawn(name: str, language: str) -> None:
    assert without_glyph(" ".join(shipped_lesson(name).class_names(language)), language) == []


@pytest.mark.parametrize("letter", NEVER_DRAWN)
def test_a_character_that_no_font_has_is_found(letter: str) -> None:
    assert without_glyph(f"cat {letter} dog", "en") == [letter] == without_glyph(letter, "zh")
    assert not drawn_by_freetype(letter)


@pytest.mark.parametrize(
    "name", ["பூனை", "😀", "고양이", "кот", "ne\u0301e", "עכבר", "قطة", "🧑\u200d🚀", "แมว"]
)
def test_names_in_other_letters_are_no_mistake(name: str) -> None:
    assert without_glyph(name, "en") == []


def test_a_class_name_that_cannot_be_drawn_names_the_character() -> None:
    lesson = Lesson.from_logits([1, 2], ["cat", "god 𓃠"], [0, 1], source="egypt.toml")
    with pytest.raises(LessonError, match=r"egypt\.toml: classes: 'god 𓃠' has '𓃠' \(U\+130E0\)"):
        check_glyphs(FILM.script("en", solve(lesson)), {})


def test_names_of_a_language_that_is_not_told_may_hold_anything() -> None:
    lesson = Lesson.from_logits([1, 2], ["cat", "dog"], [0, 1], names={"egy": ["𓃠", "𓃡"]})
    check_glyphs(FILM.script("en", solve(lesson)), {})


@pytest.mark.parametrize(
    ("path", "where"),
    [
        (("film", "title"), "[film]"),
        (("loss", "title"), "[loss]"),
        (("loss", "who_pays", "title"), "[loss.who_pays]"),
        (("loss", "who_pays", "say_soft"), "[loss.who_pays]"),
        (("loss", "who_pays", "sight"), "[loss.who_pays]"),
        (("loss", "who_pays", "sight_soft"), "[loss.who_pays]"),
        (("goal", "sensitivity", "labels", "gradient"), "[goal.sensitivity]"),
    ],
)
def test_words_that_cannot_be_drawn_are_told_by_their_table(path: tuple[str, ...], where: str) -> None:
    text = (resources.files("softmax_explained.assets") / "words" / "en.toml").read_text("utf-8")
    words = tomllib.loads(text)
    table = words
    for key in path[:-1]:
        table = table[key]
    table[path[-1]] = "the 𓀀"
    script = Script("en", solve(default_lesson()), words, schema=FILM.words)
    with pytest.raises(WordsError, match="'𓀀'") as caught:
        check_glyphs(script, {"loss": ("who_pays",), "goal": ("sensitivity",)})
    assert where in str(caught.value)
