"""Takes into reels: as many at once as there are workers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from pathlib import Path

from softmax_explained.errors import FilmError
from softmax_explained.studio.video.mux import spliced
from softmax_explained.studio.video.segment import Segment
from softmax_explained.studio.workers.local_pool import Workers
from softmax_explained.studio.workers.task import Drawn, Task

Progress = Callable[[str, float], None]
"""Called with a chapter's name and the seconds of it that are drawn."""

TRIES = 3
"""How often a take is begun whose worker dies; the last time in a process of its own: where one process dies,
takes that wait or that others are drawing are lost with it, of other films too, and are not to blame."""


def draw_all(
    tasks: Iterable[Task],
    workers: Workers,
    folder: Path,
    progress: Progress,
    finished: Callable[[Segment], None],
) -> None:
    """Draw takes, the longest first, and splice those of a chapter as soon as the last of them is drawn.

    A chapter that fails does not stop the others: they are finished first, so that they can be kept.

    Args:
        tasks: the takes; those of a chapter in the order they are shown.
        workers: who draws them.
        folder: an existing folder for the reels.
        progress: told how far each chapter is.
        finished: called with each chapter's reel as soon as it is whole.

    Raises:
        FilmError: chapters failed; the message names them.
    """
    drawing = _Drawing(tuple(tasks), workers, folder, progress, finished)
    try:
        drawing.go_on_to_the_end()
    finally:
        drawing.cancel()
    if drawing.failed:
        raise _together(drawing.failed)


class _Drawing:
    """The takes that are being drawn; see `draw_all`."""

    def __init__(
        self,
        tasks: tuple[Task, ...],
        workers: Workers,
        folder: Path,
        progress: Progress,
        finished: Callable[[Segment], None],
    ) -> None:
        self._workers, self._folder, self._progress, self._finished = workers, folder, progress, finished
        self._chapters = {task.take.chapter.name: _Chapter(task.production.frame_rate) for task in tasks}
        for task in tasks:
            self._chapters[task.take.chapter.name].frames[task.take.name] = 0
        self._waiting = sorted(tasks, key=lambda task: task.take.seconds, reverse=True)
        self._suspects: list[Task] = []
        self._begun: dict[Future[Drawn], tuple[Task, int]] = {}

    @property
    def failed(self) -> list[FilmError]:
        """Why chapters failed."""
        return [chapter.failed for chapter in self._chapters.values() if chapter.failed]

    def go_on_to_the_end(self) -> None:
        """Draw every take, or see it fail."""
        for task in self._waiting:
            self._begun[self._workers.submit(task)] = task, 1
        while self._begun or self._suspects:
            if not self._begun:
                suspect = self._suspects.pop()
                self._begun[self._workers.submit_alone(suspect)] = suspect, TRIES
            done, _ = wait(self._begun, timeout=0.2, return_when=FIRST_COMPLETED)
            for take, frames in self._workers.progress():
                self._tell(take, frames)
            for future in done:
                self._take_in(future, *self._begun.pop(future))

    def cancel(self) -> None:
        """Take back what is not done: if it failed or was stopped, nobody waits for the rest any more."""
        for future in self._begun:
            future.cancel()

    def _take_in(self, future: Future[Drawn], task: Task, tries: int) -> None:
        """Keep what was drawn, or find out what to do about it."""
        chapter = self._chapters[task.take.chapter.name]
        try:
            drawn = future.result()
        except self._workers.deaths:
            if tries < TRIES - 1:
                self._begun[self._workers.submit(task)] = task, tries + 1
            elif tries < TRIES:
                self._suspects.append(task)
            else:
                chapter.failed = chapter.failed or _killed(task)
        except FilmError as error:
            chapter.failed = chapter.failed or error
        else:
            self._tell(task.take.name, drawn.frames)
            chapter.reels[task.take.name] = drawn.reel(task, self._folder)
            if chapter.whole:
                self._finished(spliced([chapter.reels[take] for take in chapter.frames], self._folder))

    def _tell(self, take: str, frames: int) -> None:
        name = take.partition(".")[0]
        chapter = self._chapters[name]
        chapter.frames[take] = frames
        self._progress(name, sum(chapter.frames.values()) / chapter.frame_rate)


@dataclass
class _Chapter:
    """How far a chapter is, by the names of its takes in the order they are shown."""

    frame_rate: int
    frames: dict[str, int] = field(default_factory=dict)
    reels: dict[str, Segment] = field(default_factory=dict)
    failed: FilmError | None = None

    @property
    def whole(self) -> bool:
        return len(self.reels) == len(self.frames)


def _killed(task: Task) -> FilmError:
    return FilmError(
        f"chapter {task.take.chapter.name}: the process that drew it was ended from outside, again and again",
        hint="most likely the memory ran out: use fewer --jobs, or a lower quality",
    )


def _together(failed: list[FilmError]) -> FilmError:
    """One error for all chapters that failed."""
    first, *others = failed
    also = "".join(f"\n  also {other.message}: {other.hint}" for other in others)
    return FilmError(first.message, hint=f"{first.hint}{also}")
