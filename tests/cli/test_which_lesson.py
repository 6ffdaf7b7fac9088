"""`--lesson` takes the name of a lesson that comes with the film, or a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from softmax_explained.cli.arguments import production_of
from softmax_explained.core.lesson.loader import default_lesson, find_lesson, shipped_lesson, shipped_lessons
from softmax_explained.errors import LessonError, UsageError

OWN = "classes = ['yes', 'no']\nlogits = [2, 1]\ntargets = [0, 1]\n"


def test_without_a_name_it_is_the_lesson_of_the_film() -> None:
    assert (
        production_of([], None, "en", "wide", "full").lesson == default_lesson() == find_lesson("cat-dog-fox")
    )


@pytest.mark.parametrize("name", shipped_lessons())
def test_a_lesson_of_the_film_goes_by_its_name(name: str) -> None:
    assert find_lesson(name) == shipped_lesson(name)


@pytest.mark.parametrize(("typed", "meant"), [("Iris", "iris"), ("ten_digits", "ten-digits"), ("cat", "")])
def test_a_name_that_is_not_there_brings_those_that_are(typed: str, meant: str) -> None:
    with pytest.raises(UsageError, match=f"no lesson '{typed}'") as caught:
        find_lesson(typed)
    assert (f"did you mean {meant}?" in caught.value.hint) == bool(meant)
    assert all(name in caught.value.hint for name in shipped_lessons())


@pytest.mark.parametrize("file", ["own.toml", "own", "iris.toml"])
def test_a_file_is_a_file(file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(file).write_text(OWN, "utf-8")
    assert find_lesson(file).classes == ("yes", "no")


def test_a_file_does_not_take_the_place_of_a_lesson_of_the_film(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("iris").write_text(OWN, "utf-8")
    assert find_lesson("iris") == shipped_lesson("iris")
    assert find_lesson("./iris").classes == ("yes", "no")


@pytest.mark.parametrize("hostile", ["x" * 5_000, "evil\x00name", "\x1b[2J"])
def test_whatever_is_typed_gets_an_answer(hostile: str) -> None:
    with pytest.raises((UsageError, LessonError)):
        find_lesson(hostile)
