"""`softmax-explained batch`: all films of a course, and an index of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from softmax_explained.cli.arguments import Jobs, Scheduler, SchedulerTimeout, check_folder, workers_of
from softmax_explained.cli.printable import echo_file, printable
from softmax_explained.cli.progress import CourseBars, progress_bars
from softmax_explained.errors import FilmError, SoftmaxExplainedError
from softmax_explained.scenes.film import FILM
from softmax_explained.studio.output.manifest import file_names, outdated_parts
from softmax_explained.studio.planning.fingerprints import film_fingerprint
from softmax_explained.studio.speech.voices import why_silent

if TYPE_CHECKING:
    from softmax_explained.studio.batch.course import Course
    from softmax_explained.studio.workers.local_pool import OpenWorkers

_WIDTH = 44  # columns of a film's name in a list


def batch(
    course: Annotated[Path, typer.Argument(metavar="COURSE", help="A course file (TOML).")],
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Output folder, instead of the one in the course file.",
            show_default=False,
        ),
    ] = None,
    jobs: Jobs = None,
    scheduler: Scheduler = None,
    scheduler_timeout: SchedulerTimeout = 60,
    list_: Annotated[
        bool,
        typer.Option("--list", help="List the films and whether they are up to date, without rendering."),
    ] = False,
) -> None:
    """Render all films of a course that are not up to date, and an index page.

    Raises:
        CourseError: the course, a lesson or the words of a film are wrong; nothing is drawn then.
        UsageError: the folder cannot be written, or no cluster answers.
        FilmError: films failed; the others are finished, and all are in the index.
    """
    from softmax_explained.studio.batch.course import load_course  # only now: it slows other commands down

    asked = load_course(course, FILM, out)
    if list_:
        _print_films(asked)
        return
    check_folder(asked.out)

    from softmax_explained.studio.batch.index_page import check_index, write_index

    check_index(asked.out)
    languages = {film.production.tag for film in asked.films if film.production.voice is None}
    for reason in filter(None, map(why_silent, sorted(languages))):
        typer.echo(printable(f"note: {reason}"), err=True)
    with workers_of(scheduler, jobs, scheduler_timeout) as open_workers:
        failed = _made(asked, open_workers)
    for file in write_index(asked, failed):
        echo_file(file)
    if failed:
        errors = [f"{name}: {error.message}; {error.hint}" for name, error in failed.items()]
        raise FilmError(f"{len(failed)} of {len(asked.films)} films failed", hint="\n  ".join(errors))


def _print_films(course: Course) -> None:
    for film in course.films:
        production = film.production
        why = outdated_parts(
            course.out / film.name, file_names(*production.languages), film_fingerprint(production)
        )
        typer.echo(f"{film.name:<{_WIDTH}} {'to do: ' + ', '.join(why) if why else 'done'}")


def _made(course: Course, open_workers: OpenWorkers) -> dict[str, SoftmaxExplainedError]:
    # Manim is loaded only now, so that help, errors and lists take no time.
    from softmax_explained.studio.batch.make_batch import make_course
    from softmax_explained.studio.video.segment_cache import SegmentCache

    with progress_bars() as progress:
        bars = CourseBars(progress, len(course.films))
        return make_course(course, bars, SegmentCache(), open_workers)
