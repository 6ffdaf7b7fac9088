"""The film has no error, for a covering set of lessons, languages and frames, and neither have its cuts.

Any two of lesson, language and frame meet in the set of whole films.
"""

from __future__ import annotations

import re
from itertools import combinations, product
from pathlib import Path

import pytest

from softmax_explained.core import load_lesson
from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Production
from softmax_explained.stage.scene.film import FULL
from softmax_explained.studio.check.check_film import check_film
from softmax_explained.studio.planning.plan import make_plan

ROOT = Path(__file__).parents[3]
LESSONS = (
    "cat-dog-fox",
    "ten-digits",
    "soft-labels",
)  # two classes: a short film, and a third of the random lessons
LANGUAGES = ("en", "zh")
FRAMES = ("wide", "tall", "square")

COVERING = [
    (lesson, LANGUAGES[(row + column) % 2], frame)
    for row, lesson in enumerate(LESSONS)
    for column, frame in enumerate(FRAMES)
]
"""Every lesson in every frame; the languages alternate like the fields of a chessboard."""

CUTS = [
    ("cat-dog-fox", "zh", "tall", "teaser"),
    ("ten-digits", "en", "square", "teaser"),
    ("binary", "en", "tall", "short"),
    ("soft-labels", "zh", "wide", "short"),
    ("ten-digits", "en", "wide", "short-algebra"),
    ("soft-labels", "zh", "square", "short-algebra"),
]


def test_any_two_of_lesson_language_and_frame_meet_in_the_covering_set() -> None:
    for one, other in combinations(range(3), 2):
        met = {(production[one], production[other]) for production in COVERING}
        assert met == set(product((LESSONS, LANGUAGES, FRAMES)[one], (LESSONS, LANGUAGES, FRAMES)[other]))


def test_every_cut_is_checked_in_both_languages_and_in_two_frames() -> None:
    for cut in set(FILM.cuts) - {FULL.name}:
        _, languages, frames = zip(*[each[:3] for each in CUTS if each[3] == cut], strict=True)
        assert set(languages) == set(LANGUAGES)
        assert len(set(frames)) == 2


def test_make_check_film_goes_through_the_whole_set() -> None:
    script = (ROOT / ".ci" / "check-film.sh").read_text("utf-8")
    lists = [set(names.split()) for names in re.findall(r" in ([\w -]+); do", script)]
    assert all(any(set(names) <= each for each in lists) for names in (LESSONS, LANGUAGES, FRAMES))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lesson", "language", "frame", "cut"), [*[(*each, FULL.name) for each in COVERING], *CUTS]
)
def test_the_film_has_no_error(lesson: str, language: str, frame: str, cut: str) -> None:
    read = load_lesson(ROOT / "assets" / "lessons" / f"{lesson}.toml")
    plan = make_plan(Production(FILM, read, (), language, frame, "draft", "none", cut=FILM.cut(cut)))
    report = check_film(plan.production, tuple(chapter.scene for chapter in plan.chapters))
    assert report.beats == sum(len(chapter.beats) for chapter in plan.chapters)
    found = [
        (each.code, f"{each.chapter}.{each.beat}", each.objects, each.measured) for each in report.errors
    ]
    assert found == []
