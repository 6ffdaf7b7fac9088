"""What it costs to render again: with nothing changed, and after one change.

The project is copied and the copy is changed, so that nobody's files are touched. Before the change, the copy
is rendered once with all beats kept from before, so that Python has compiled it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bench.contestants import films, ours
from bench.film import ROOT, Film
from bench.revision import more_words, other_code, other_number, other_picture, other_word
from softmax_explained.core.lesson.loader import DEFAULT
from softmax_explained.errors import FilmError
from softmax_explained.scenes.film import FILM

PACKAGE = "softmax_explained"

_TOLD = re.compile(r"^(\w+): \d+ of \d+ beats drawn: ([\w, ]+)$", re.MULTILINE)
"""What ``--explain-cache`` says of a chapter with beats that were drawn."""


@dataclass(frozen=True)
class Edit:
    """A change to the project.

    Attributes:
        title: what the table calls it.
        change: given the package in a copy of the project and a chapter, changes a file.
        options: of our command, given the package.
        whole: whether the whole film has to be rendered again; that is measured in one round.
    """

    title: str
    change: Callable[[Path, str], None]
    options: Callable[[Path], tuple[str, ...]] = lambda package: ()
    whole: bool = False


def run(name: str, film: Film) -> dict[str, Any]:
    """Render again after an edit of the longest chapter's first beat.

    Args:
        name: a key of `EDITS`.
        film: rendered by our command before, or rendered now.

    Returns:
        `Cost`, the chapter that was edited, and the beats that were drawn again.

    Raises:
        FilmError: a render failed, or beats were drawn again before the change.
    """
    films("ours", film)
    desk, site = film.folder / "edit", film.folder / "edit" / "site"
    shutil.rmtree(desk, ignore_errors=True)
    shutil.copytree(film.folder / "ours", desk)
    package = copied(site)
    imported_from = {"PYTHONPATH": str(site)}  # looked at before the installed project
    _, said = ours(film, desk, imported_from)
    if again := drawn_again(said):
        raise FilmError(f"an unchanged copy was drawn again: {', '.join(again)}", hint=said)
    edited = film.longest()
    edit = EDITS[name]
    edit.change(package, edited)
    cost, said = ours(film, desk, imported_from, edit.options(package))
    return {**cost, "edited": edited, "drawn": drawn_again(said)}


def copied(site: Path) -> Path:
    """Copy the project into a folder as it is when it is installed; the package in it."""
    package = site / PACKAGE
    without = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src" / PACKAGE, package, ignore=without)
    for room in ("scenes", "assets"):
        shutil.copytree(ROOT / room, package / room, ignore=without)
    return package


def drawn_again(said: str) -> list[str]:
    """The beats that were drawn, from what ``--explain-cache`` has said.

    >>> drawn_again("loss: reused\\npaths: changed: style\\npaths: 2 of 3 beats drawn: one, two\\n")
    ['paths.one', 'paths.two']
    """
    return [f"{chapter}.{beat}" for chapter, beats in _TOLD.findall(said) for beat in beats.split(", ")]


def _nothing(package: Path, name: str) -> None:
    """Leave all files as they are."""


def _in_words(change: Callable[[str, str], str], package: Path, name: str) -> None:
    _rewrite(package / "assets" / "words" / "en.toml", change, f"{name}.{FILM.chapter(name).beats()[0]}")


def _in_scene(change: Callable[[str, str], str], package: Path, name: str) -> None:
    _rewrite(package / "scenes" / name / "scene.py", change, FILM.chapter(name).beats()[0])


def _in_lesson(package: Path, name: str) -> None:
    usual = _lesson(package).with_name(f"{DEFAULT}.toml")
    _lesson(package).write_text(other_number(usual.read_text("utf-8")), "utf-8")


def _lesson(package: Path) -> Path:
    """A lesson that the project does not have, beside the others because of their pictures."""
    return package / "assets" / "lessons" / "edited.toml"


def _rewrite(file: Path, change: Callable[[str, str], str], beat: str) -> None:
    file.write_text(change(file.read_text("utf-8"), beat), "utf-8")


EDITS: Mapping[str, Edit] = {
    "unchanged": Edit("no change", _nothing),
    "word": Edit("one sentence, same timing", partial(_in_words, other_word)),
    "sentence": Edit("one sentence and its timing", partial(_in_words, more_words)),
    "code": Edit("the code of one beat, same picture", partial(_in_scene, other_code)),
    "beat": Edit("the animation of one beat", partial(_in_scene, other_picture)),
    "number": Edit(
        "one number of the lesson",
        _in_lesson,
        options=lambda package: ("--lesson", str(_lesson(package))),
        whole=True,
    ),
}
