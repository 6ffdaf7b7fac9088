"""Who draws: processes of this machine. The machines of a cluster are `studio.workers.dask_cluster`."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from pathlib import Path
from queue import Empty
from typing import Protocol

from softmax_explained.studio.workers.process_lifetime import accompany, deaf
from softmax_explained.studio.workers.task import Drawn, StoppedError, Task, perform


class Workers(Protocol):
    """Where tasks are handed in.

    Attributes:
        deaths: what a future raises when whoever drew it is gone; the task can be handed in again.
    """

    deaths: tuple[type[BaseException], ...]

    def submit(self, task: Task) -> Future[Drawn]:
        """Hand in a task."""
        ...

    def submit_alone(self, task: Task) -> Future[Drawn]:
        """Hand in a task whose death, if it dies, cannot be that of another one."""
        ...

    def progress(self) -> Iterator[tuple[str, int]]:
        """How many frames of which take are drawn by now, if that has changed and is known.

        Raises:
            FilmError: there is nobody left who could draw.
        """
        ...


class LocalWorkers:
    """Processes of this machine. If one is killed, all are replaced at the next task.

    Args:
        jobs: how many; as many as there are cores to use if not given.
        scratch: a folder for what is half done.
    """

    deaths: tuple[type[BaseException], ...] = (BrokenProcessPool,)

    def __init__(self, scratch: Path, jobs: int | None = None) -> None:
        self._context = get_context("spawn")
        self._jobs, self._scratch = jobs or cores(), scratch
        self._pool: ProcessPoolExecutor | None = None
        self._cells: dict[LocalWorkers, Future[Drawn]] = {}
        self._drawn: Queue[tuple[str, int]]
        self._stop: Event

    def submit(self, task: Task) -> Future[Drawn]:
        """Hand in a task."""
        if self._pool is None:
            self._begin()
        assert self._pool is not None
        with deaf():  # a pool begins its processes as tasks come in
            try:
                return self._pool.submit(_perform_here, task)
            except BrokenProcessPool:
                self._pool.shutdown()
                self._begin()
                return self._pool.submit(_perform_here, task)

    def submit_alone(self, task: Task) -> Future[Drawn]:
        """Hand in a task to a process that draws nothing else."""
        for cell, done in tuple(self._cells.items()):
            if done.done():
                cell.stop()
                del self._cells[cell]
        cell = LocalWorkers(self._scratch, jobs=1)
        self._cells[cell] = cell.submit(task)
        return self._cells[cell]

    def progress(self) -> Iterator[tuple[str, int]]:
        """How many frames of which take are drawn by now, if that has changed."""
        for workers in (self, *self._cells):
            yield from workers._news()

    def stop(self) -> None:
        """End the processes: at once what has not begun, within a second of film what has."""
        for workers in (self, *self._cells):
            if workers._pool is not None:
                workers._stop.set()
                workers._pool.shutdown(cancel_futures=True)

    def _news(self) -> Iterator[tuple[str, int]]:
        while self._pool is not None:
            try:
                yield self._drawn.get_nowait()
            except Empty:
                return

    def _begin(self) -> None:
        # A new pool gets a new queue: a process that was killed may hold the lock of the old one for ever.
        self._drawn, self._stop = self._context.Queue(), self._context.Event()
        told = (self._drawn, self._stop, self._scratch)
        self._pool = ProcessPoolExecutor(self._jobs, self._context, _settle_in, told)


@contextmanager
def on_this_machine(scratch: Path, jobs: int | None = None) -> Iterator[Workers]:
    """Processes of this machine, until the end of the block; see `LocalWorkers`."""
    workers = LocalWorkers(scratch, jobs)
    try:
        yield workers
    finally:
        workers.stop()


def cores() -> int:
    """The cores this process may use; where a system keeps no such count, all there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_told: tuple[Queue[tuple[str, int]], Event, Path]
"""In a process of this machine: where to say how far it is, when to stop, where to put what is half done."""


def _settle_in(drawn: Queue[tuple[str, int]], stop: Event, scratch: Path) -> None:
    """Begin as a worker, and keep what it was told."""
    global _told
    _told = drawn, stop, scratch
    tempfile.tempdir = str(scratch)  # where what a killed process leaves is swept away
    drawn.cancel_join_thread()
    accompany()


def _perform_here(task: Task) -> Drawn:
    drawn, stop, scratch = _told

    def report(frames: int) -> None:
        drawn.put((task.take.name, frames))
        go_on()

    def go_on() -> None:
        if stop.is_set():
            raise StoppedError

    go_on()  # to begin as a worker takes seconds
    return perform(task, report, scratch)
