"""All films of a course, through one set of workers.

Several films are under way at once, each in a thread that hands its chapters to the same workers, in the
order of the course and the longest of a film first. While the last chapters of one film are drawn and its
sound is made, workers are busy with the next: no core waits for the end of a film. And films come out one
after the other, so that half a course is half of the films, and not the first half of each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Lock, Semaphore
from typing import Protocol

from softmax_explained.errors import CourseError, FilmError, SoftmaxExplainedError
from softmax_explained.studio.batch.course import Course, CourseFilm
from softmax_explained.studio.output.make_film import Hire, Watcher, produce
from softmax_explained.studio.output.manifest import finished
from softmax_explained.studio.output.staging_dir import staging_dir
from softmax_explained.studio.planning.film_fingerprint import film_fingerprint
from softmax_explained.studio.planning.plan import Plan, make_plan
from softmax_explained.studio.video.segment_cache import SegmentCache
from softmax_explained.studio.workers.shared_pool import SharedPool
from softmax_explained.studio.workers.task import StoppedError

FILMS_AT_A_TIME = 4
"""Enough chapters for some dozens of workers; more would only take memory for sound."""


class BatchProgress(Protocol):
    """Whoever is told how far a course is; films tell it from threads of their own."""

    def planned(self, film: str) -> None:
        """The words of a film are checked and spoken."""
        ...

    def skipped(self, film: str) -> None:
        """A film was finished before."""
        ...

    def begun(self, film: str, plan: Plan) -> Watcher:
        """A film is going to be made; the answer is told how far it is."""
        ...

    def made(self, film: str) -> None:
        """A film is finished."""
        ...

    def failed(self, film: str, error: SoftmaxExplainedError) -> None:
        """A film could not be made."""
        ...


def make_course(
    course: Course,
    audience: BatchProgress,
    cache: SegmentCache,
    hire: Hire,
    plan: Callable[[CourseFilm], Plan] = lambda film: make_plan(film.production),
) -> dict[str, SoftmaxExplainedError]:
    """Make every film of a course that is not finished yet.

    Args:
        course: the films.
        audience: told how far it is.
        cache: for the chapters.
        hire: whoever draws them; asked once, and only if there is something to draw.
        plan: how a film is planned.

    Returns:
        Why films could not be made, by their names; the others are finished.

    Raises:
        CourseError: some films cannot be planned. All of them are named, and none was begun.
        FilmError: the folder of the course cannot be written.
    """
    wanted = [film for film in course.films if not _finished(course, film, audience)]
    _check(course, wanted, audience, plan)
    if not wanted:
        return {}
    with staging_dir(course.out) as aside, hire(aside) as workers:
        return _Shift(course, audience, cache, SharedPool(workers), plan).make(wanted)


def _finished(course: Course, film: CourseFilm, audience: BatchProgress) -> bool:
    if finished(course.out / film.name, film.production.tag, film_fingerprint(film.production)):
        audience.skipped(film.name)
        return True
    return False


def _check(
    course: Course, films: Iterable[CourseFilm], audience: BatchProgress, plan: Callable[[CourseFilm], Plan]
) -> None:
    """Plan every film, and tell all their mistakes at once: no hour is lost over a slip in the last one.

    The plans are made again when their time comes, from speech that is kept by then: all of them together
    would take gigabytes.
    """
    mistakes = dict[str, list[str]]()
    for film in films:
        try:
            plan(film)
        except SoftmaxExplainedError as error:
            mistakes.setdefault(f"{error.message}; {error.hint}", []).append(film.name)
        else:
            audience.planned(film.name)
    if mistakes:
        raise CourseError(
            course.where, [f"{mistake} ({', '.join(names)})" for mistake, names in mistakes.items()]
        )


class _Shift:
    """The films that are under way."""

    def __init__(
        self,
        course: Course,
        audience: BatchProgress,
        cache: SegmentCache,
        crew: SharedPool,
        plan: Callable[[CourseFilm], Plan],
    ) -> None:
        self._course, self._audience, self._cache, self._crew = course, audience, cache, crew
        self._plan, self._planning = plan, Lock()  # Typst and the voice are not made for threads
        self._free = Semaphore(FILMS_AT_A_TIME)
        self._failed = dict[str, SoftmaxExplainedError]()

    def make(self, films: Iterable[CourseFilm]) -> dict[str, SoftmaxExplainedError]:
        """Make films; why some could not be made."""
        with ThreadPoolExecutor(FILMS_AT_A_TIME) as threads:
            try:
                for under_way in [self._begin(film, threads) for film in films]:
                    under_way.result()
            except BaseException:  # Ctrl-C, most likely; a film whose sound is made is finished yet
                self._crew.stop()
                raise
        return self._failed

    def _begin(self, film: CourseFilm, threads: ThreadPoolExecutor) -> Future[None]:
        """Wait for a free place and begin a film in it."""
        self._free.acquire()
        return threads.submit(self._make, film)

    def _make(self, film: CourseFilm) -> None:
        try:
            self._produce(film, self._course.out / film.name)
            self._audience.made(film.name)
        except StoppedError:
            return  # whoever stopped it knows
        except SoftmaxExplainedError as error:
            self._fail(film, error)
        except Exception as error:
            kind = type(error).__name__
            self._fail(film, FilmError(f"{kind}: {error}", hint="this is a mistake in the program"))
        finally:
            self._free.release()

    def _produce(self, film: CourseFilm, out: Path) -> None:
        with self._planning:
            made_of, plan = film_fingerprint(film.production), self._plan(film)
        watcher = self._audience.begun(film.name, plan)
        produce(plan, out, watcher, self._cache, self._crew.open, made_of)

    def _fail(self, film: CourseFilm, error: SoftmaxExplainedError) -> None:
        self._failed[film.name] = error
        self._audience.failed(film.name, error)
