"""Draws takes with as many workers as there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field

from softmax_explained.errors import FilmError
from softmax_explained.studio.workers.local_pool import Workers
from softmax_explained.studio.workers.task import DrawnBeat, DrawnTake, Task

Progress = Callable[[str, float], None]
"""Called with the name of a chapter and the seconds of it that were drawn."""

TRIES = 3
"""How often a take is tried if its worker is lost. The last try is in a process of its own: the loss of one
process takes down the other takes of its pool, of other films too, which are not the cause."""


def draw_all(
    tasks: Iterable[Task],
    workers: Workers,
    progress: Progress,
    finished: Callable[[DrawnBeat], None],
) -> None:
    """Draw takes, the longest first.

    A take that fails does not stop the others: they are finished, so that they can be cached.

    Args:
        tasks: the takes.
        workers: draw them.
        progress: called as chapters progress.
        finished: called with each beat as soon as its take is drawn.

    Raises:
        FilmError: chapters failed; the message names them.
    """
    _Drawing(workers, progress, finished).run(tuple(tasks))


@dataclass
class _Chapter:
    """The state of a chapter: the frames drawn by take, and its first error."""

    frame_rate: int
    frames: dict[str, int] = field(default_factory=dict)
    error: FilmError | None = None


@dataclass
class _Drawing:
    """The state of `draw_all`."""

    workers: Workers
    progress: Progress
    finished: Callable[[DrawnBeat], None]
    chapters: dict[str, _Chapter] = field(default_factory=dict)
    isolate: list[Task] = field(default_factory=list)
    running: dict[Future[DrawnTake], tuple[Task, int]] = field(default_factory=dict)

    def run(self, tasks: Sequence[Task]) -> None:
        for task in tasks:
            new = _Chapter(task.production.frame_rate)
            self.chapters.setdefault(task.take.chapter.name, new).frames[task.take.name] = 0
        try:
            for task in sorted(tasks, key=lambda task: task.take.seconds, reverse=True):
                self.running[self.workers.submit(task)] = task, 1
            while self.running or self.isolate:
                if not self.running:
                    task = self.isolate.pop()
                    self.running[self.workers.submit(task, isolated=True)] = task, TRIES
                done, _ = wait(self.running, timeout=0.2, return_when=FIRST_COMPLETED)
                for take, frames in self.workers.progress():
                    self._report(take, frames)
                for future in done:
                    self._collect(future, *self.running.pop(future))
        finally:  # after an exception nobody waits for the rest
            for future in self.running:
                future.cancel()
        if errors := [chapter.error for chapter in self.chapters.values() if chapter.error]:
            first, *others = errors
            also = "".join(f"\n  also {other.message}: {other.hint}" for other in others)
            raise FilmError(first.message, hint=f"{first.hint}{also}")

    def _collect(self, future: Future[DrawnTake], task: Task, tries: int) -> None:
        """Keep the result of a task, submit it again, or note its error."""
        chapter = self.chapters[task.take.chapter.name]
        try:
            drawn = future.result()
        except self.workers.lost_worker_errors:
            if tries < TRIES - 1:
                self.running[self.workers.submit(task)] = task, tries + 1
            elif tries < TRIES:
                self.isolate.append(task)
            else:
                chapter.error = chapter.error or _killed(task)
        except FilmError as error:
            chapter.error = chapter.error or error
        else:
            self._report(task.take.name, drawn.frames)
            for beat in drawn.beats:
                self.finished(beat)

    def _report(self, take: str, frames: int) -> None:
        name = take.partition(".")[0]
        chapter = self.chapters[name]
        chapter.frames[take] = frames
        self.progress(name, sum(chapter.frames.values()) / chapter.frame_rate)


def _killed(task: Task) -> FilmError:
    message = f"chapter {task.take.chapter.name}: the process that drew it was killed {TRIES} times"
    return FilmError(message, hint="most likely the memory ran out: use fewer --jobs, or a lower quality")
