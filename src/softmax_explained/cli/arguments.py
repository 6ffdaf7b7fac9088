"""What the commands that draw are told: a lesson, some chapters, a folder."""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

import typer

from softmax_explained.core import Lesson
from softmax_explained.core.lesson_file import default_lesson, load_lesson
from softmax_explained.errors import UsageError
from softmax_explained.scenes import RUNNING_ORDER

Chapters = Annotated[
    list[str] | None,
    typer.Argument(metavar="CHAPTER", help=f"Only these: {', '.join(RUNNING_ORDER)}.", show_default=False),
]

LessonFile = Annotated[
    Path | None,
    typer.Option("--lesson", metavar="FILE", help="A lesson (TOML) instead of the film's own."),
]


Language = Annotated[
    str,
    typer.Option("--lang", metavar="LANG", help="The language: a words file, such as en or zh."),
]

FrameName = Annotated[
    Literal["wide", "tall", "square"], typer.Option("--frame", help="16:9, 9:16 or 1:1, each laid out anew.")
]


def lesson_of(file: Path | None) -> Lesson:
    """The lesson of a file, or the film's own.

    Raises:
        LessonError: the file cannot be read or breaks a rule.
    """
    return default_lesson() if file is None else load_lesson(file)


def chosen(names: list[str]) -> tuple[str, ...]:
    """The chapters to draw, in the order of the film; all of them if none is named."""
    for name in names:
        if name not in RUNNING_ORDER:
            near = get_close_matches(name, RUNNING_ORDER, 1)
            meant = f"did you mean {near[0]}? " if near else ""
            raise UsageError(f"no chapter {name!r}", hint=f"{meant}chapters: {', '.join(RUNNING_ORDER)}")
    return tuple(name for name in RUNNING_ORDER if name in names or not names)


def check_folder(out: Path) -> None:
    """Say now, and not after minutes of drawing, that the files will have nowhere to go."""
    nearest = next(folder for folder in (out, *out.absolute().parents) if folder.exists())
    if not nearest.is_dir():
        raise UsageError(
            f"--out {out}: {nearest} is a file", hint="name a folder; it is made if it is missing"
        )
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise UsageError(f"--out {out}: {nearest} cannot be written", hint="name a folder you can write")
