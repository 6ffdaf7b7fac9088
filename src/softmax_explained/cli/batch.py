"""`softmax-explained batch`: all films of a course, and an index of them."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from softmax_explained.cli.arguments import Jobs, Scheduler, check_folder
from softmax_explained.errors import FilmError, SoftmaxExplainedError
from softmax_explained.studio.output.manifest import file_names, unlike

if TYPE_CHECKING:
    from softmax_explained.studio.batch.course import Course
    from softmax_explained.studio.planning.plan import Plan

_WIDTH = 44
"""Columns of a film's name in a list."""


def batch(
    course: Annotated[Path, typer.Argument(metavar="COURSE", help="A course file (TOML).")],
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="The folder for the films and their index, in place of the one the course names.",
            show_default=False,
        ),
    ] = None,
    jobs: Jobs = None,
    scheduler: Scheduler = None,
    list_: Annotated[
        bool, typer.Option("--list", help="Print the films and whether they are finished; make none.")
    ] = False,
) -> None:
    """Make all films of a course that are not finished yet, and an index of them.

    Raises:
        CourseError: the course, a lesson or the words of a film are wrong; nothing is drawn then.
        UsageError: the folder cannot be written, or no cluster answers.
        FilmError: films failed; the others are finished, and all are in the index.
    """
    from softmax_explained.studio.batch.course import (
        load_course,  # only now: it slows the other commands down
    )

    asked = load_course(course, out)
    if list_:
        _print_films(asked)
        return
    check_folder(asked.out)
    failed = _made(asked, jobs, scheduler)

    from softmax_explained.studio.batch.index_page import write_index

    for file in write_index(asked, failed):
        typer.echo(file)
    if failed:
        told = [f"{name}: {error.message}; {error.hint}" for name, error in failed.items()]
        raise FilmError(f"{len(failed)} of {len(asked.films)} films failed", hint="\n  ".join(told))


def _print_films(course: Course) -> None:
    for film in course.films:
        why = unlike(course.out / film.name, file_names(film.order.tag), film.order.made_of())
        typer.echo(f"{film.name:<{_WIDTH}} {'to do: ' + ', '.join(why) if why else 'done'}")


def _made(course: Course, jobs: int | None, scheduler: str | None) -> dict[str, SoftmaxExplainedError]:
    # The renderer is heavy: it is loaded only now, so that help, mistakes and lists come at once.
    from softmax_explained.studio.batch.make_batch import make_course
    from softmax_explained.studio.video.segment_cache import SegmentCache
    from softmax_explained.studio.workers.dask_cluster import cluster_workers
    from softmax_explained.studio.workers.local_pool import local_workers

    with Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.completed:.0f} of {task.total:.0f} {task.fields[unit]}", markup=False),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    ) as progress:
        return make_course(
            course,
            _Told(progress, len(course.films)),
            SegmentCache(),
            hire=lambda scratch: cluster_workers(scheduler) if scheduler else local_workers(scratch, jobs),
        )


class _Told:
    """A bar for the course, and one for every film under way."""

    def __init__(self, progress: Progress, films: int) -> None:
        self._progress, self._bars = progress, dict[str, TaskID]()
        self._course = progress.add_task("films", total=films, unit="films")

    def planned(self, film: str) -> None:
        """Say nothing: it takes a second."""

    def skipped(self, film: str) -> None:
        """Move the bar of the course."""
        self._say(f"{film}: finished before")
        self._progress.advance(self._course)

    def begun(self, film: str, plan: Plan) -> _Bar:
        """Add a bar."""
        total = sum(chapter.seconds for chapter in plan.chapters)
        self._bars[film] = self._progress.add_task(film, total=total, unit="s")
        lengths = {chapter.scene.name: chapter.seconds for chapter in plan.chapters}
        return _Bar(self._progress, self._bars[film], lengths)

    def made(self, film: str) -> None:
        """Take the bar away and move that of the course."""
        self._end(film, "finished")

    def failed(self, film: str, error: SoftmaxExplainedError) -> None:
        """Say why at once: whoever looks may put it right while the others are drawn."""
        self._end(film, f"failed: {error.message}")

    def _end(self, film: str, how: str) -> None:
        if film in self._bars:
            self._progress.remove_task(self._bars.pop(film))
        self._progress.advance(self._course)
        self._say(f"{film}: {how}")

    def _say(self, line: str) -> None:
        self._progress.console.print(line, markup=False, highlight=False, soft_wrap=True)


class _Bar:
    """How far a film is, from how far its chapters are."""

    def __init__(self, progress: Progress, bar: TaskID, lengths: dict[str, float]) -> None:
        self._progress, self._bar, self._lengths = progress, bar, lengths
        self._drawn, self._one_at_a_time = dict[str, float](), Lock()

    def drawn(self, chapter: str, seconds: float) -> None:
        """Move the bar; a chapter that comes out longer than planned counts as planned."""
        with self._one_at_a_time:
            self._drawn[chapter] = min(seconds, self._lengths[chapter])
            self._progress.update(self._bar, completed=sum(self._drawn.values()))

    def reused(self, chapter: str) -> None:
        """Count a chapter as drawn."""
        self.drawn(chapter, self._lengths[chapter])

    def drawing(self, chapter: str, because: list[str]) -> None:
        """Say nothing: a course has too many chapters."""

    def joining(self) -> None:
        """Fill the bar."""
        self._progress.update(self._bar, completed=sum(self._lengths.values()))
