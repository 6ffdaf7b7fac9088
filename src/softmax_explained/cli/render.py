"""`softmax-explained render`: the film, its captions and its ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from softmax_explained.cli.arguments import (
    Chapters,
    CutName,
    FrameName,
    Jobs,
    Language,
    LessonFile,
    Scheduler,
    check_folder,
    chosen,
    lesson_of,
)
from softmax_explained.studio.output.manifest import finished
from softmax_explained.studio.planning.request import QualityName, Request, VoiceName

if TYPE_CHECKING:
    from softmax_explained.studio.cache.fingerprint import Fingerprint
    from softmax_explained.studio.planning.plan import Plan


MOST_REASONS = 3
"""Changes that are named of a chapter that is drawn anew."""


def render(
    chapters: Chapters = None,
    lesson: LessonFile = None,
    lang: Language = "en",
    frame: FrameName = "wide",
    cut: CutName = "full",
    quality: Annotated[QualityName, typer.Option(help="480p15, 720p30, 1080p60 or 2160p60.")] = "high",
    voice: Annotated[
        VoiceName | None,
        typer.Option(
            help="Who speaks; none times the film by reading. Without it, a voice of the language "
            "if there is one.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder for the files.")] = Path("out"),
    jobs: Jobs = None,
    scheduler: Scheduler = None,
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
    order = Request(lesson_of(lesson), names, lang, frame, quality, voice, cut)
    made_of = order.made_of()
    files = finished(out, order.tag, made_of)
    if files:
        _say_finished(names if explain_cache else ())
    else:
        files = _made(order, out, made_of, jobs, scheduler, explain_cache=explain_cache)
    for file in files:
        typer.echo(file)


def _say_finished(chapters: tuple[str, ...]) -> None:
    for chapter in chapters:
        typer.echo(f"{chapter}: reused", err=True)
    typer.echo("The film is finished, and nothing has changed.", err=True)


def _made(
    order: Request,
    out: Path,
    made_of: Fingerprint,
    jobs: int | None,
    scheduler: str | None,
    *,
    explain_cache: bool,
) -> tuple[Path, ...]:
    # The renderer is heavy: it is loaded only now, so that help, mistakes and finished films come at once.
    from softmax_explained.studio.output.make_film import produce
    from softmax_explained.studio.video.segment_cache import SegmentCache
    from softmax_explained.studio.workers.dask_cluster import cluster_workers
    from softmax_explained.studio.workers.local_pool import local_workers

    plan = order.plan()
    with Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.completed:.0f} of {task.total:.0f} s", markup=False),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    ) as progress:
        return produce(
            plan,
            out,
            _Bars(progress, plan, explain=explain_cache),
            SegmentCache(),
            hire=lambda scratch: cluster_workers(scheduler) if scheduler else local_workers(scratch, jobs),
            made_of=made_of,
        )


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
