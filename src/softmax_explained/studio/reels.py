"""Chapters into reels: each drawn in a process of its own, as many at once as there are cores."""

from __future__ import annotations

import inspect
import os
import signal
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from queue import Empty, Queue
from threading import Event

from softmax_explained.errors import FilmError, SoftmaxExplainedError
from softmax_explained.stage.chapter import Chapter
from softmax_explained.stage.production import Production
from softmax_explained.studio.reel import Reel, draw

Progress = Callable[[str, float], None]
"""Called with a chapter's name and the seconds of it that are drawn."""


def draw_all(
    production: Production,
    chapters: tuple[type[Chapter], ...],
    folder: Path,
    progress: Progress,
    finished: Callable[[Reel], None] = lambda reel: None,
) -> tuple[Reel, ...]:
    """Draw chapters, each in its own process, and return their reels in the order of the chapters.

    A chapter that fails does not stop the others: they are finished first, so that they can be kept.

    Args:
        production: the settings, with the times of the speech.
        chapters: their classes; each can be imported by its name.
        folder: an existing folder for the reels.
        progress: told how far each chapter is.
        finished: called with each reel as soon as it is drawn.

    Raises:
        FilmError: chapters failed; the message names them.
    """
    context = get_context("spawn")
    rate = production.frame_rate
    with context.Manager() as manager:
        drawn: Queue[tuple[str, int]] = manager.Queue()
        stop: Event = manager.Event()
        workers = min(len(chapters), _cores())
        with ProcessPoolExecutor(workers, context, _leave_interrupts_to_the_parent) as pool:
            futures = [
                pool.submit(_draw_or_explain, production, chapter, folder, drawn, stop)
                for chapter in chapters
            ]
            failed: list[FilmError] = []
            try:
                left = set(futures)
                while left:
                    done, left = wait(left, timeout=0.2, return_when=FIRST_COMPLETED)
                    for name, frames in _waiting(drawn):
                        progress(name, frames / rate)
                    for future in done:
                        try:
                            finished(_reel_of(future))
                        except FilmError as error:
                            failed.append(error)
            except BaseException:
                stop.set()
                pool.shutdown(cancel_futures=True)
                raise
    if failed:
        raise _together(failed)
    return tuple(map(_reel_of, futures))


def _together(failed: list[FilmError]) -> FilmError:
    """One error for all chapters that failed."""
    first, *others = {error.message: error for error in failed}.values()
    if not others:
        return first
    rest = "".join(f"\n  also {other.message}: {other.hint}" for other in others)
    return FilmError(first.message, hint=f"{first.hint}{rest}")


def _cores() -> int:
    """The cores this process may use; where a system keeps no such count, all there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _reel_of(future: Future[Reel]) -> Reel:
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise FilmError(
            "a process that was drawing a chapter has been ended from outside",
            hint="most likely the memory ran out: draw fewer chapters at a time, or at a lower quality",
        ) from error


class _StoppedError(Exception):
    """Another chapter failed, or somebody pressed Ctrl-C."""


def _leave_interrupts_to_the_parent() -> None:
    """Ctrl-C reaches every process; the parent alone answers it, by setting `stop`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _draw_or_explain(
    production: Production,
    chapter: type[Chapter],
    folder: Path,
    drawn: Queue[tuple[str, int]],
    stop: Event,
) -> Reel:
    def report(frames: int) -> None:
        drawn.put((chapter.name, frames))
        if stop.is_set():
            raise _StoppedError

    try:
        reel = draw(production, chapter, folder, report)
        drawn.put((chapter.name, reel.frames))
        return reel
    except _StoppedError:
        raise
    except SoftmaxExplainedError as error:
        raise FilmError(f"chapter {chapter.name}: {error.message}", hint=error.hint) from None
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        of_chapter = [frame for frame in frames if frame.filename == inspect.getfile(chapter)]
        where = (of_chapter or frames)[-1]
        raise FilmError(
            f"chapter {chapter.name} could not be drawn: {type(error).__name__}: {error}",
            hint=f"it failed in {where.filename}, line {where.lineno}, in {where.name}",
        ) from error


def _waiting(drawn: Queue[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    while True:
        try:
            yield drawn.get_nowait()
        except Empty:
            return
