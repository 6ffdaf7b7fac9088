"""`softmax-explained render`: the film, its captions and its ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from softmax_explained.cli.arguments import (
    Chapters,
    CutName,
    FrameName,
    Language,
    LessonFile,
    check_folder,
    chosen,
    lesson_of,
)

if TYPE_CHECKING:
    from softmax_explained.studio.plan import Plan


MOST_REASONS = 3
"""Changes that are named of a chapter that is drawn anew."""


def render(
    chapters: Chapters = None,
    lesson: LessonFile = None,
    lang: Language = "en",
    frame: FrameName = "wide",
    cut: CutName = "full",
    quality: Annotated[
        Literal["draft", "medium", "high", "4k"], typer.Option(help="480p15, 720p30, 1080p60 or 2160p60.")
    ] = "high",
    voice: Annotated[
        Literal["heart", "none"] | None,
        typer.Option(
            help="Who speaks; none times the film by reading. Without it, a voice of the language "
            "if there is one.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder for the files.")] = Path("out"),
    jobs: Annotated[
        int | None,
        typer.Option(min=1, help="Chapters drawn at a time; as many as there are cores.", show_default=False),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Of a Dask cluster that draws, such as tcp://host:8786."),
    ] = None,
    explain_cache: Annotated[
        bool, typer.Option("--explain-cache", help="Say of every chapter why it is drawn, or that it is not.")
    ] = False,
) -> None:
    """Make the film: film.mp4, its captions and film.json, the ledger of all it says and shows.

    Raises:
        UsageError: there is no such chapter or none in the cut, no voice of that name speaks the language,
            or the folder cannot be written.
        SoftmaxExplainedError: the lesson, the words, the voice or a chapter fails; nothing is written then.
    """
    names = chosen(chapters or [], cut)
    check_folder(out)

    # The renderer is heavy: it is loaded only now, so that help and mistakes come at once.
    from softmax_explained.studio.commission import commission
    from softmax_explained.studio.produce import produce
    from softmax_explained.studio.reel_cache import ReelCache
    from softmax_explained.studio.workers import on_a_cluster, on_this_machine

    plan = commission(
        lesson_of(lesson), names, language=lang, frame=frame, quality=quality, voice=voice, cut=cut
    )
    with Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.completed:.0f} of {task.total:.0f} s", markup=False),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    ) as progress:
        files = produce(
            plan,
            out,
            _Bars(progress, plan, explain=explain_cache),
            ReelCache(),
            hire=lambda scratch: on_a_cluster(scheduler) if scheduler else on_this_machine(scratch, jobs),
        )
    for file in files:
        typer.echo(file)


class _Bars:
    """A progress bar a chapter."""

    def __init__(self, progress: Progress, plan: Plan, *, explain: bool) -> None:
        self._progress = progress
        self._explain = explain
        self._lengths = {chapter.scene.name: chapter.seconds for chapter in plan.chapters}
        self._tasks: dict[str, TaskID] = {
            chapter.scene.name: progress.add_task(chapter.title, total=chapter.seconds)
            for chapter in plan.chapters
        }

    def reused(self, chapter: str) -> None:
        """Fill a chapter's bar at once."""
        self.drawn(chapter, self._lengths[chapter])
        self._say(f"{chapter}: reused")

    def drawing(self, chapter: str, because: list[str]) -> None:
        """Say why, if that was asked for."""
        others = f" and {len(because) - MOST_REASONS} more" if len(because) > MOST_REASONS else ""
        reasons = f"changed: {', '.join(because[:MOST_REASONS])}{others}" if because else "not drawn before"
        self._say(f"{chapter}: drawn ({reasons})")

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

    def _say(self, line: str) -> None:
        if self._explain:
            self._progress.console.print(line, markup=False, highlight=False)
