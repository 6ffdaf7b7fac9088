"""`softmax-explained render`: the film, its captions and its ledger."""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from softmax_explained.core.lesson_file import default_lesson, load_lesson
from softmax_explained.errors import UsageError
from softmax_explained.scenes import RUNNING_ORDER

if TYPE_CHECKING:
    from softmax_explained.studio.plan import Plan


def render(
    chapters: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="CHAPTER", help=f"Only these: {', '.join(RUNNING_ORDER)}.", show_default=False
        ),
    ] = None,
    lesson: Annotated[
        Path | None,
        typer.Option("--lesson", metavar="FILE", help="A lesson (TOML) instead of the film's own."),
    ] = None,
    quality: Annotated[
        Literal["draft", "medium", "high", "4k"], typer.Option(help="480p15, 720p30, 1080p60 or 2160p60.")
    ] = "high",
    voice: Annotated[
        Literal["heart", "none"], typer.Option(help="Who speaks; none times the film by reading.")
    ] = "heart",
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder for the files.")] = Path("out"),
) -> None:
    """Make the film: film.mp4, its captions and film.json, the ledger of all it says and shows.

    Raises:
        UsageError: there is no such chapter, or the folder cannot be written.
        SoftmaxExplainedError: the lesson, the words, the voice or a chapter fails; nothing is written then.
    """
    names = _chosen(chapters or [])
    _check_folder(out)

    # The renderer is heavy: it is loaded only now, so that help and mistakes come at once.
    from softmax_explained.studio.commission import commission
    from softmax_explained.studio.produce import produce

    plan = commission(default_lesson() if lesson is None else load_lesson(lesson), names, quality, voice)
    with Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.completed:.0f} of {task.total:.0f} s", markup=False),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    ) as progress:
        files = produce(plan, out, _Bars(progress, plan))
    for file in files:
        typer.echo(file)


class _Bars:
    """A progress bar a chapter."""

    def __init__(self, progress: Progress, plan: Plan) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {
            chapter.scene.name: progress.add_task(chapter.title, total=chapter.seconds)
            for chapter in plan.chapters
        }

    def drawn(self, chapter: str, seconds: float) -> None:
        """Move a chapter's bar; its length was a guess, so it may grow."""
        task = self._tasks[chapter]
        total = max(self._progress.tasks[task].total or 0.0, seconds)
        self._progress.update(task, completed=seconds, total=total)

    def joining(self) -> None:
        """Fill every bar, and say what takes the last half minute."""
        for task in self._tasks.values():
            self._progress.update(task, total=self._progress.tasks[task].completed)
        self._progress.console.print("Bringing sound and pictures together …")


def _chosen(names: list[str]) -> tuple[str, ...]:
    """The chapters to draw, in the order of the film; all of them if none is named."""
    for name in names:
        if name not in RUNNING_ORDER:
            near = get_close_matches(name, RUNNING_ORDER, 1)
            meant = f"did you mean {near[0]}? " if near else ""
            raise UsageError(f"no chapter {name!r}", hint=f"{meant}chapters: {', '.join(RUNNING_ORDER)}")
    return tuple(name for name in RUNNING_ORDER if name in names or not names)


def _check_folder(out: Path) -> None:
    """Say now, and not after minutes of drawing, that the files will have nowhere to go."""
    nearest = next(folder for folder in (out, *out.absolute().parents) if folder.exists())
    if not nearest.is_dir():
        raise UsageError(
            f"--out {out}: {nearest} is a file", hint="name a folder; it is made if it is missing"
        )
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise UsageError(f"--out {out}: {nearest} cannot be written", hint="name a folder you can write")
