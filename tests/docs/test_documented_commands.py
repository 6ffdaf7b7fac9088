"""Every documented command, option and make target exists, and every one that exists is documented."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Collection, Mapping
from typing import Any

import pytest
from pages import ROOT, Fence, commands, fences, page

from softmax_explained.cli.deferred import COMMANDS as HELP
from softmax_explained.cli.deferred import command
from softmax_explained.cli.derive import OutputFormat
from softmax_explained.cli.render import FORMATS
from softmax_explained.core.lesson.loader import shipped_lessons
from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Production
from softmax_explained.stage.design.layout import FRAMES
from softmax_explained.stage.scene.production import CAPTIONS, QUALITIES
from softmax_explained.studio.speech.voices import VOICES

MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
COMMANDS: Mapping[str, Any] = {name: command(name) for name in HELP}
PROGRAMS = {"softmax-explained", "make", "manim", "pytest", "pip", "dask", "export"}
PAGE = page("docs/commands.md")
CHOICES: Mapping[str, Collection[str]] = {
    "--frame": FRAMES,
    "--cut": FILM.cuts,
    "--captions": CAPTIONS,
    "--sounds": ("on", "off"),
    "--quality": QUALITIES,
    "--voice": VOICES,
    "--format": list(OutputFormat),
}
IDS: dict[str, Any] = {"ids": lambda value: str(value) if isinstance(value, Fence) else " ".join(value)}


def options(command: str) -> dict[str, Any]:
    """The parameters of a command by each of their option names."""
    parameters = COMMANDS[command].params
    return {name: each for each in parameters for name in each.opts if name.startswith("-")}


def test_only_known_programs_are_documented() -> None:
    assert {line[0] for fence in fences("console") for line in fence.commands} == PROGRAMS


@pytest.mark.parametrize(("fence", "line"), commands("softmax-explained"), **IDS)
def test_a_documented_command_line_is_accepted(fence: Fence, line: list[str]) -> None:
    _, command, *rest = line
    with COMMANDS[command].make_context(command, rest) as parsed:
        lesson = parsed.params.get("lesson")
        assert lesson is None or lesson in shipped_lessons() or lesson == "my-lesson.toml"
        named = [name.partition(".")[0] for name in parsed.params.get("chapters") or ()]
        assert Production(FILM, chapters=tuple(named)).shown


@pytest.mark.parametrize(("fence", "line"), commands("make"), **IDS)
def test_a_documented_make_command_works(fence: Fence, line: list[str]) -> None:
    for word in line[1:]:
        name, is_setting, _ = word.partition("=")
        assert re.search(rf"^{name} \?=" if is_setting else rf"^{name}:", MAKEFILE, re.MULTILINE)


@pytest.mark.parametrize(("fence", "line"), commands("manim"), **IDS)
def test_a_documented_scene_exists(fence: Fence, line: list[str]) -> None:
    file, scene = line[1:3]
    assert f"class {scene}(" in (ROOT / file).read_text("utf-8")


@pytest.mark.parametrize(("fence", "line"), commands("pytest"), **IDS)
def test_a_documented_test_file_exists(fence: Fence, line: list[str]) -> None:
    assert (ROOT / line[1]).exists()


@pytest.mark.parametrize(("fence", "line"), commands("pip"), **IDS)
def test_a_documented_extra_exists(fence: Fence, line: list[str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    found = re.fullmatch(r"([\w-]+)\[(\w+)\]", line[-1])
    assert found
    assert found[1] == project["name"]
    assert found[2] in project["optional-dependencies"]


@pytest.mark.parametrize(("fence", "line"), commands("dask"), **IDS)
def test_a_documented_dask_option_exists(fence: Fence, line: list[str]) -> None:
    run = [sys.executable, "-m", "distributed.cli.dask_" + line[1], "--help"]
    shown = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    assert [word for word in line if word.startswith("--") and word not in shown] == []


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_option_of_a_command_is_in_its_section(command: str) -> None:
    section = PAGE.section(command)
    documented = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", section.replace("sha256sum --check", "")))
    assert documented == set(options(command)) - {"--help"}


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_the_documented_choices_are_those_of_the_option(command: str) -> None:
    for text in (PAGE.section("Common options"), PAGE.section(command)):
        for name, choices in re.findall(r"`(--[a-z-]+) ((?:[\w]+\\\|)+\w+)`", text):
            if name in options(command):
                known = FORMATS if (command, name) == ("render", "--format") else CHOICES[name]
                assert choices.split(r"\|") == list(known)
                with COMMANDS[command].make_context(command, [name, choices.split(r"\|")[-1]]):
                    pass


def test_every_chapter_is_documented() -> None:
    text = PAGE.section("Common options").replace("\n", " ")
    listed = re.search(r"the chapters you name: (.+?)\.", text)
    assert listed
    assert tuple(re.findall(r"`(\w+)`", listed[1])) == FILM.chapters


def test_every_lesson_is_documented() -> None:
    names = re.findall(r"^\| `([\w-]+)` \|", page("docs/lesson.md").section("Included lessons"), re.MULTILINE)
    assert sorted(names) == sorted(shipped_lessons())


def test_every_make_target_is_documented() -> None:
    phony = re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)
    assert phony
    parts_of_check = {"format", "lint", "types", "imports", "setup", "setup-voices"}
    documented = set(re.findall(r"`make ([\w-]+)`", PAGE.section("Make targets")))
    assert documented == set(phony[1].split()) - parts_of_check
