"""What the benchmark changes in a copy of the project: each change does what it says, and no more."""

from __future__ import annotations

import ast
import doctest
import importlib
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.edits import copied
from bench.revision import more_words, other_code, other_number, other_picture, other_word
from softmax_explained.core import default_lesson, solve
from softmax_explained.core.lesson.loader import DEFAULT, read_lesson
from softmax_explained.scenes.film import FILM
from softmax_explained.stage.narration.script import Script
from softmax_explained.stage.narration.timing import reading_time

ROOT = Path(__file__).parent.parent
WORDS = (ROOT / "assets" / "words" / "en.toml").read_text("utf-8")
SOLUTION = solve(default_lesson())
BEATS = [f"{name}.{beat}" for name in FILM.chapters for beat in FILM.chapter(name).beats()]
FIRST_BEATS = [(name, FILM.chapter(name).beats()[0]) for name in FILM.chapters]


def times(words: str, beat: str) -> tuple[float, dict[str, float]]:
    sentence = Script("en", SOLUTION, tomllib.loads(words)).sentence(beat)
    timing = reading_time(sentence)
    return timing.speech, dict(timing.marks)


def changed_keys(words: str) -> list[str]:
    before, after = tomllib.loads(WORDS), tomllib.loads(words)
    return [
        f"{name}.{beat}.{key}"
        for name in FILM.chapters
        for beat, table in before[name].items()
        if isinstance(table, dict)
        for key in table
        if table[key] != after[name][beat][key]
    ]


@pytest.mark.parametrize("beat", BEATS)
def test_another_word_changes_a_sentence_and_none_of_its_times(beat: str) -> None:
    words = other_word(WORDS, beat)
    assert changed_keys(words) == [f"{beat}.say"]
    assert times(words, beat) == times(WORDS, beat)


@pytest.mark.parametrize("beat", BEATS)
def test_more_words_make_a_sentence_longer(beat: str) -> None:
    words = more_words(WORDS, beat)
    assert changed_keys(words) == [f"{beat}.say"]
    assert times(words, beat)[0] > times(WORDS, beat)[0]


@pytest.mark.parametrize("change", [other_code, other_picture])
@pytest.mark.parametrize(("name", "beat"), FIRST_BEATS, ids=FILM.chapters)
def test_another_picture_changes_the_code_of_one_beat(
    name: str, beat: str, change: Callable[[str, str], str]
) -> None:
    source = (ROOT / "scenes" / name / "scene.py").read_text("utf-8")

    def code(text: str) -> dict[str, str]:
        return {node.name: ast.dump(node) for node in ast.walk(ast.parse(text)) if hasattr(node, "name")}

    before, after = code(source), code(change(source, beat))
    different = {each for each in before if before[each] != after[each]}
    assert different == {beat, FILM.chapter(name).__name__}


def test_another_number_makes_a_lesson_of_its_own() -> None:
    usual = default_lesson()
    text = (ROOT / "assets" / "lessons" / f"{DEFAULT}.toml").read_text("utf-8")
    lesson = read_lesson(other_number(text).encode(), "edited", ROOT / "assets" / "lessons")
    assert [*lesson.inputs] == pytest.approx([*usual.inputs[:-1], usual.inputs[-1] + 0.1])
    assert lesson.targets.tolist() == usual.targets.tolist()


def test_a_copy_of_the_project_is_what_is_imported(tmp_path: Path) -> None:
    package = copied(tmp_path / "site")
    (package / "assets" / "words" / "en.toml").write_text("[film]\ntitle = 'copied'\n", "utf-8")
    asked = (
        "from softmax_explained import cli, scenes\n"
        "from softmax_explained.scenes.film import FILM\n"
        "from softmax_explained.stage import Production\n"
        "print(cli.__file__, scenes.__file__, Production(FILM).script.words['film']['title'])"
    )
    told = subprocess.run(
        [sys.executable, "-c", asked],
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        cwd=tmp_path,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    assert told.split() == [*(str(package / room / "__init__.py") for room in ("cli", "scenes")), "copied"]


@pytest.mark.parametrize("module", ["revision", "edits", "targets", "page"])
def test_the_examples_of_the_benchmark_are_true(module: str) -> None:
    found = doctest.testmod(importlib.import_module(f"bench.{module}"))
    assert found.attempted > 0
    assert found.failed == 0
