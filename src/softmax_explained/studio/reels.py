"""Takes into reels: as many at once as there are workers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from pathlib import Path

from softmax_explained.errors import FilmError
from softmax_explained.studio.reel import Reel
from softmax_explained.studio.splice import spliced
from softmax_explained.studio.task import Drawn, Task
from softmax_explained.studio.workers import Workers

Progress = Callable[[str, float], None]
"""Called with a chapter's name and the seconds of it that are drawn."""

TRIES = 3
"""How often a take is begun whose worker dies; the last time by itself: where one process dies, takes that
others are drawing may be lost with it, and are not to blame."""


def draw_all(
    tasks: Iterable[Task],
    workers: Workers,
    folder: Path,
    progress: Progress,
    finished: Callable[[Reel], None],
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
    waiting = tuple(tasks)
    chapters = {task.take.chapter.name: _Chapter(task.production.frame_rate) for task in waiting}
    for task in waiting:
        chapters[task.take.chapter.name].frames[task.take.name] = 0

    def tell(take: str, frames: int) -> None:
        name = take.partition(".")[0]
        chapters[name].frames[take] = frames
        progress(name, sum(chapters[name].frames.values()) / chapters[name].frame_rate)

    begun: dict[Future[Drawn], tuple[Task, int]] = {}
    suspects: list[Task] = []
    for task in sorted(waiting, key=lambda task: task.take.seconds, reverse=True):
        begun[workers.submit(task)] = task, 1
    while begun or suspects:
        if not begun:
            suspect = suspects.pop()
            begun[workers.submit(suspect)] = suspect, TRIES
        done, _ = wait(begun, timeout=0.2, return_when=FIRST_COMPLETED)
        for take, frames in workers.progress():
            tell(take, frames)
        for future in done:
            task, tries = begun.pop(future)
            chapter = chapters[task.take.chapter.name]
            try:
                drawn = future.result()
            except workers.deaths:
                if tries < TRIES - 1:
                    begun[workers.submit(task)] = task, tries + 1
                elif tries < TRIES:
                    suspects.append(task)
                else:
                    chapter.failed = chapter.failed or _killed(task)
            except FilmError as error:
                chapter.failed = chapter.failed or error
            else:
                tell(task.take.name, drawn.frames)
                chapter.reels[task.take.name] = drawn.reel(task, folder)
                if chapter.whole:
                    finished(spliced([chapter.reels[take] for take in chapter.frames], folder))
    if failed := [chapter.failed for chapter in chapters.values() if chapter.failed]:
        raise _together(failed)


@dataclass
class _Chapter:
    """How far a chapter is, by the names of its takes in the order they are shown."""

    frame_rate: int
    frames: dict[str, int] = field(default_factory=dict)
    reels: dict[str, Reel] = field(default_factory=dict)
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
