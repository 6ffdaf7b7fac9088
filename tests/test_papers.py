"""The papers tell the truth: commands and options exist, examples run, shown output is real output."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner

from softmax_explained.cli.app import app
from softmax_explained.core import default_lesson, solve
from softmax_explained.core.lesson.loader import read_lesson
from softmax_explained.scenes.film import RUNNING_ORDER
from softmax_explained.stage.narration.script import Script
from softmax_explained.studio.batch.course import load_course
from softmax_explained.studio.batch.schema import CourseTable, FilmTable

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
LEFT_OUT = "…"
"""A line of dots in shown output: lines are left out here."""


@dataclass(frozen=True)
class Fence:
    """A block of code in a paper.

    Attributes:
        paper: the paper's name.
        kind: the word behind the opening backticks.
        line: where it starts.
        text: its lines.
    """

    paper: str
    kind: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.paper}:{self.line}"


def fences(paper: str, text: str) -> list[Fence]:
    blocks = re.finditer(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [Fence(paper, each[1], text.count("\n", 0, each.start()) + 1, each[2]) for each in blocks]


FENCES = fences("README.md", README) + fences("CONTRIBUTING.md", CONTRIBUTING)


def of_kind(kind: str) -> list[Fence]:
    return [fence for fence in FENCES if fence.kind == kind]


def command_lines() -> list[list[str]]:
    return [
        shlex.split(line[2:])
        for fence in of_kind("console")
        for line in fence.text.splitlines()
        if line.startswith("$ ")
    ]


def commands() -> Mapping[str, Any]:
    return typer.main.get_group(app).commands


def options(command: str) -> set[str]:
    return {
        name
        for each in commands()[command].params
        for name in (*each.opts, *each.secondary_opts)
        if name.startswith("-")
    }


def squeezed(text: str) -> list[str]:
    """Its lines, with runs of blanks as one blank, so that the width of a terminal does not matter."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize(
    "line", [line for line in command_lines() if line[0] == "softmax-explained"], ids=shlex.join
)
def test_a_command_in_the_papers_exists_with_its_options(line: list[str]) -> None:
    _, command, *rest = line
    assert command in commands()
    assert {each.partition("=")[0] for each in rest if each.startswith("-")} <= options(command)


@pytest.mark.parametrize("line", [line for line in command_lines() if line[0] == "make"], ids=shlex.join)
def test_a_make_target_in_the_papers_exists(line: list[str]) -> None:
    for word in line[1:]:
        name, is_setting, _ = word.partition("=")
        assert re.search(rf"^{name} \?=" if is_setting else rf"^{name}:", MAKEFILE, re.MULTILINE)


@pytest.mark.parametrize("line", [line for line in command_lines() if line[0] == "manim"], ids=shlex.join)
def test_a_scene_in_the_papers_exists(line: list[str]) -> None:
    file, scene = line[1:3]
    assert f"class {scene}(" in (ROOT / file).read_text("utf-8")


@pytest.mark.parametrize("command", sorted(commands()))
def test_every_command_and_option_is_in_the_readme(command: str) -> None:
    section = re.search(rf"^### {command}\n(.*?)(?=^##)", README, re.MULTILINE | re.DOTALL)
    assert section, f"README.md has no section ### {command}"
    assert {name for name in options(command) - {"--help"} if name not in section[1]} == set()


def test_every_chapter_is_in_the_readme() -> None:
    assert [name for name in RUNNING_ORDER if f"`{name}`" not in README] == []


@pytest.mark.parametrize(
    "fence",
    [fence for fence in of_kind("console") if not fence.text.splitlines()[-1].startswith("$ ")],
    ids=str,
)
def test_shown_output_is_real_output(fence: Fence) -> None:
    first, *shown = fence.text.splitlines()
    done = CliRunner().invoke(
        app, shlex.split(first.removeprefix("$ softmax-explained ")), env={"COLUMNS": "110"}
    )
    assert done.exit_code == 0, done.output
    real = iter(squeezed(done.output))
    strange = [line for line in squeezed("\n".join(shown)) if line != LEFT_OUT and line not in real]
    assert not strange, "these lines are not printed, or not in this order"


@pytest.mark.parametrize("fence", of_kind("python"), ids=str)
def test_a_python_example_runs(fence: Fence) -> None:
    made: dict[str, object] = {}
    exec(compile(fence.text, str(fence), "exec"), made)  # it is the project's own text
    for name, value in made.items():
        if name.startswith("test_") and callable(value):
            value()


@pytest.mark.parametrize("fence", [fence for fence in of_kind("toml") if "classes" in fence.text], ids=str)
def test_a_lesson_in_the_papers_is_a_lesson(fence: Fence) -> None:
    assert solve(read_lesson(fence.text.encode(), str(fence))).C > 0


@pytest.mark.parametrize("fence", [fence for fence in of_kind("toml") if "lessons" in fence.text], ids=str)
def test_a_course_in_the_papers_is_a_course(fence: Fence, tmp_path: Path) -> None:
    lesson = next(each.text for each in of_kind("toml") if "classes" in each.text)
    (tmp_path / "my-lesson.toml").write_text(lesson, "utf-8")
    (tmp_path / "course.toml").write_text(fence.text, "utf-8")
    course = load_course(tmp_path / "course.toml")
    names = [film.name for film in course.films]
    assert course.out == tmp_path / "films"
    assert len(names) == 13
    assert {"iris-zh-tall", "sigmoid-in-disguise"} <= set(names)


def test_every_key_of_a_course_is_in_the_readme() -> None:
    section = README.partition("### batch")[2].partition("### stills")[0]
    keys = {*CourseTable.model_fields, *FilmTable.model_fields}
    assert {key for key in keys if not re.search(rf"(`|^|\[){key}\b", section, re.MULTILINE)} == set()


def test_the_first_lesson_of_the_readme_shows_every_key() -> None:
    lesson = next(tomllib.loads(fence.text) for fence in of_kind("toml") if "classes" in fence.text)
    table = set(re.findall(r"^\| `(\w+)` \|.*\|.*\|$", README.partition("### render")[0], re.MULTILINE))
    assert table - {"logits"} == set(lesson)


@pytest.mark.parametrize("fence", [fence for fence in of_kind("toml") if "say = " in fence.text], ids=str)
def test_words_in_the_papers_are_words_of_the_film(fence: Fence) -> None:
    words = tomllib.loads(fence.text)
    ours = Script.load("en", solve(default_lesson())).words
    for chapter, beats in words.items():
        for name, beat in beats.items():
            assert {key: ours[chapter][name][key] for key in beat} == beat


def test_every_picture_of_the_readme_is_there_and_small() -> None:
    pictures = re.findall(r"!\[.+?\]\((.+?)\)", README)
    sizes = {picture: (ROOT / picture).stat().st_size for picture in pictures}
    assert len(sizes) == 4
    assert max(sizes.values()) < 150_000


@pytest.mark.parametrize("paper", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_every_file_a_paper_names_exists(paper: str) -> None:
    text = (ROOT / paper).read_text("utf-8")
    named = re.findall(r"`((?:src|scenes|assets|tests|\.ci)/[\w./-]*[\w/])`", text)
    named += [target for target in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in target]
    assert [name for name in named if not (ROOT / name).exists()] == []
