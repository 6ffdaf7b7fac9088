"""Makes all films of a course with one set of workers.

Several films are in progress at once, each in a thread that submits its chapters to the same workers. So no
core is idle at the end of a film, while its last chapters are drawn and its sound is made; and still films
are finished one after the other, not all at the end.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Protocol

from softmax_explained.errors import CourseError, FilmError, SoftmaxExplainedError
from softmax_explained.studio.batch.course import Course, CourseFilm
from softmax_explained.studio.output.film_progress import FilmProgress
from softmax_explained.studio.output.make_film import make_film
from softmax_explained.studio.output.manifest import file_names, up_to_date
from softmax_explained.studio.output.staging_dir import remove_abandoned, staging_dir
from softmax_explained.studio.planning.fingerprints import film_fingerprint
from softmax_explained.studio.planning.plan import Plan, make_plan
from softmax_explained.studio.sigint import sigint_blocked
from softmax_explained.studio.video.segment_cache import SegmentCache
from softmax_explained.studio.workers.local_pool import OpenWorkers
from softmax_explained.studio.workers.shared_pool import SharedPool
from softmax_explained.studio.workers.task import StoppedError

FILMS_AT_A_TIME = 4  # enough chapters for dozens of workers; more would only take memory for sound


class BatchProgress(Protocol):
    """Receives the progress of a course; films report it from threads of their own."""

    def planned(self, film: str) -> None:
        """The words of a film are checked and spoken."""

    def skipped(self, film: str) -> None:
        """A film is up to date."""

    def begun(self, film: str, plan: Plan) -> FilmProgress:
        """A film is started; the result receives its progress."""

    def made(self, film: str) -> None:
        """A film is finished."""

    def failed(self, film: str, error: SoftmaxExplainedError) -> None:
        """A film could not be made."""


def make_course(
    course: Course,
    progress: BatchProgress,
    cache: SegmentCache,
    open_workers: OpenWorkers,
    plan: Callable[[CourseFilm], Plan] = lambda film: make_plan(film.production),
) -> dict[str, SoftmaxExplainedError]:
    """Make every film of a course that is not up to date.

    Workers are opened once, and only if there is something to draw.

    Returns:
        The errors of films that could not be made, by name; the others are finished.

    Raises:
        CourseError: some films cannot be planned. All of them are named, and none was started.
        FilmError: the folder of the course cannot be written.
    """
    films = list[CourseFilm]()
    for film in course.films:
        names = file_names(*film.production.languages)
        if up_to_date(course.out / film.name, names, film_fingerprint(film.production)):
            remove_abandoned(course.out / film.name)
            progress.skipped(film.name)
        else:
            films.append(film)
    _check(course, films, progress, plan)
    if not films:
        return {}
    with staging_dir(course.out) as scratch, open_workers(scratch) as workers:
        return _Batch(course, progress, cache, SharedPool(workers), plan).make(films)


def _check(
    course: Course, films: Iterable[CourseFilm], progress: BatchProgress, plan: Callable[[CourseFilm], Plan]
) -> None:
    """Plan every film, so that all errors are reported up front.

    The plans are made again later, with the cached speech: all of them together would take gigabytes.
    """
    mistakes = dict[str, list[str]]()
    for film in films:
        try:
            plan(film)
        except SoftmaxExplainedError as error:
            mistakes.setdefault(f"{error.message}; {error.hint}", []).append(film.name)
        else:
            progress.planned(film.name)
    if mistakes:
        lines = [f"{mistake} ({', '.join(names)})" for mistake, names in mistakes.items()]
        raise CourseError(course.where, lines)


@dataclass
class _Batch:
    """The films in progress."""

    course: Course
    progress: BatchProgress
    cache: SegmentCache
    pool: SharedPool
    plan: Callable[[CourseFilm], Plan]
    planning: Lock = field(default_factory=Lock)  # Typst and the voice are not thread-safe
    errors: dict[str, SoftmaxExplainedError] = field(default_factory=dict)

    def make(self, films: Iterable[CourseFilm]) -> dict[str, SoftmaxExplainedError]:
        with ThreadPoolExecutor(FILMS_AT_A_TIME) as threads:
            try:
                with sigint_blocked():  # an executor interrupted while it starts a thread forgets that thread
                    made = [threads.submit(self._make, film) for film in films]
                for future in made:
                    future.result()
            except BaseException:  # Ctrl-C; a film whose sound is being made is still finished
                self.pool.stop()
                threads.shutdown(cancel_futures=True)
                raise
        return self.errors

    def _make(self, film: CourseFilm) -> None:
        try:
            with self.planning:
                fingerprint, plan = film_fingerprint(film.production), self.plan(film)
            progress = self.progress.begun(film.name, plan)
            make_film(plan, self.course.out / film.name, progress, self.cache, self.pool.open, fingerprint)
            self.progress.made(film.name)
        except StoppedError:
            return  # by `make`
        except Exception as error:  # one film must not stop the others
            if not isinstance(error, SoftmaxExplainedError):
                where = traceback.extract_tb(error.__traceback__)[-1]
                message = (
                    f"{type(error).__name__}: {error} ({Path(where.filename).name}, line {where.lineno})"
                )
                error = FilmError(message, hint="this is a bug in the program")
            self.errors[film.name] = error
            self.progress.failed(film.name, error)
