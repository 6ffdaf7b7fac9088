"""Chapters into reels: as many at once as there are workers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from pathlib import Path

from softmax_explained.errors import FilmError
from softmax_explained.studio.reel import Reel
from softmax_explained.studio.task import Drawn, Task
from softmax_explained.studio.workers import Workers

Progress = Callable[[str, float], None]
"""Called with a chapter's name and the seconds of it that are drawn."""

TRIES = 3
"""How often a chapter is begun whose worker dies."""


def draw_all(
    tasks: Iterable[Task],
    workers: Workers,
    folder: Path,
    progress: Progress,
    finished: Callable[[Reel], None],
) -> None:
    """Draw chapters.

    A chapter that fails does not stop the others: they are finished first, so that they can be kept.

    Args:
        tasks: the chapters, in the order they are begun.
        workers: who draws them.
        folder: an existing folder for the reels.
        progress: told how far each chapter is.
        finished: called with each reel as soon as it is drawn.

    Raises:
        FilmError: chapters failed; the message names them.
    """
    begun: dict[Future[Drawn], tuple[Task, int]] = {workers.submit(task): (task, 1) for task in tasks}
    rates = {task.chapter.name: task.production.frame_rate for task, _ in begun.values()}
    failed: list[FilmError] = []
    while begun:
        done, _ = wait(begun, timeout=0.2, return_when=FIRST_COMPLETED)
        for name, frames in workers.progress():
            progress(name, frames / rates[name])
        for future in done:
            task, tries = begun.pop(future)
            try:
                drawn = future.result()
            except workers.deaths:
                if tries < TRIES:
                    begun[workers.submit(task)] = task, tries + 1
                else:
                    failed.append(_killed(task))
            except FilmError as error:
                failed.append(error)
            else:
                progress(task.chapter.name, drawn.frames / task.production.frame_rate)
                finished(drawn.reel(task, folder))
    if failed:
        raise _together(failed)


def _killed(task: Task) -> FilmError:
    return FilmError(
        f"chapter {task.chapter.name}: the process that drew it was ended from outside, again and again",
        hint="most likely the memory ran out: use fewer --jobs, or a lower quality",
    )


def _together(failed: list[FilmError]) -> FilmError:
    """One error for all chapters that failed."""
    first, *others = failed
    also = "".join(f"\n  also {other.message}: {other.hint}" for other in others)
    return FilmError(first.message, hint=f"{first.hint}{also}")
