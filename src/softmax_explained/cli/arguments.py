"""What the commands that draw are told: a lesson, some chapters, a folder."""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer

from softmax_explained.core.lesson.lesson import Lesson
from softmax_explained.core.lesson.loader import DEFAULT, load_lesson, shipped_lesson, shipped_lessons
from softmax_explained.errors import UsageError
from softmax_explained.scenes.film import RUNNING_ORDER, chapters_of
from softmax_explained.studio.planning import request as order

Chapters = Annotated[
    list[str] | None,
    typer.Argument(metavar="CHAPTER", help=f"Only these: {', '.join(RUNNING_ORDER)}.", show_default=False),
]

LessonFile = Annotated[
    str | None,
    typer.Option(
        "--lesson",
        metavar="LESSON",
        help=f"One of {', '.join(shipped_lessons())}; or a file of your own (TOML).",
        show_default=False,
    ),
]


Language = Annotated[
    str,
    typer.Option(
        "--lang", metavar="LANG", help="A language of the film, en or zh; or a words file of your own (TOML)."
    ),
]

FrameName = Annotated[order.Frame, typer.Option("--frame", help="16:9, 9:16 or 1:1, each laid out anew.")]

CutName = Annotated[order.CutName, typer.Option("--cut", help="All of the film, or its three-minute cut.")]

Jobs = Annotated[
    int | None,
    typer.Option(min=1, help="Chapters drawn at a time; as many as there are cores.", show_default=False),
]

Scheduler = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Of a Dask cluster that draws, such as tcp://host:8786."),
]


def lesson_of(asked: str | None) -> Lesson:
    """The lesson that is asked for: one that comes with the film, or a file; without either the film's own.

    Raises:
        UsageError: what is asked for is neither.
        LessonError: the file cannot be read or breaks a rule.
    """
    known = shipped_lessons()
    if asked is None or asked in known:
        return shipped_lesson(asked or DEFAULT)
    named_like_one = Path(asked).name == asked and not Path(asked).suffix
    if named_like_one and asked not in {file.name for file in Path().iterdir()}:
        near = get_close_matches(asked, known, 1)
        meant = f"did you mean {near[0]}? " if near else ""
        raise UsageError(
            f"no lesson {asked!r}",
            hint=f"{meant}lessons: {', '.join(known)}; or the path of a lesson file, such as my-lesson.toml",
        )
    return load_lesson(asked)


def chosen(names: list[str], cut: str = "full") -> tuple[str, ...]:
    """The chapters to draw, in the order of the film; all of the cut's if none is named.

    Raises:
        UsageError: there is no such chapter, or the cut has nothing of it.
    """
    shown = chapters_of(cut)
    for name in names:
        if name not in RUNNING_ORDER:
            near = get_close_matches(name, RUNNING_ORDER, 1)
            meant = f"did you mean {near[0]}? " if near else ""
            raise UsageError(f"no chapter {name!r}", hint=f"{meant}chapters: {', '.join(RUNNING_ORDER)}")
        if name not in shown:
            raise UsageError(
                f"the {cut} cut has nothing of chapter {name!r}", hint=f"its chapters: {', '.join(shown)}"
            )
    return tuple(name for name in shown if name in names or not names)


def check_folder(out: Path) -> None:
    """Say now, and not after minutes of drawing, that the files will have nowhere to go."""
    try:
        nearest = next(folder for folder in (out, *out.absolute().parents) if folder.exists())
    except (OSError, ValueError) as error:  # a name too long, or below a folder that may not be entered
        raise UsageError(
            f"--out {out}: {getattr(error, 'strerror', None) or error}", hint="name a folder you can write"
        ) from error
    if not nearest.is_dir():
        raise UsageError(
            f"--out {out}: {nearest} is a file", hint="name a folder; it is made if it is missing"
        )
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise UsageError(f"--out {out}: {nearest} cannot be written", hint="name a folder you can write")
