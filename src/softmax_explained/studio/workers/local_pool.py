"""Worker processes on this machine; `studio.workers.dask_cluster` has those of a cluster.

Importing this module does not load Manim, so that processes can be started before that.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from multiprocessing import get_context
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from pathlib import Path
from queue import Empty
from select import select
from threading import Event as ThreadEvent
from threading import RLock, Thread
from typing import TYPE_CHECKING, Any, Protocol

from tqdm import tqdm

from softmax_explained.studio.cores import cores
from softmax_explained.studio.sigint import sigint_blocked
from softmax_explained.studio.workers.process_lifetime import (
    exit_at_once_when_done,
    exit_with_parent,
    working_folder_hidden,
)

if TYPE_CHECKING:
    from softmax_explained.stage.scene.film import Film
    from softmax_explained.studio.workers.task import DrawnTake, Task

AT_ONCE = 2  # processes that are started before there are tasks
GRACE = 10.0  # seconds for which a process may go on that was told to stop

_POLL, _MANY = 0.01, 1 << 16  # seconds between looks at a pipe, and bytes to read at once


class Workers(Protocol):
    """Anything that draws takes."""

    lost_worker_errors: tuple[type[BaseException], ...]
    """What a future raises when its worker is gone; the task can be submitted again."""

    def submit(self, task: Task, *, isolated: bool = False) -> Future[DrawnTake]:
        """Submit a task; if it is isolated and its worker is lost, no other task can be the cause."""

    def progress(self) -> Iterator[tuple[str, int]]:
        """The takes with new progress, where that is known, and the number of frames drawn.

        Raises:
            FilmError: no workers are left.
        """


class LocalWorkers:
    """Processes on this machine, by default as many as there are usable cores.

    If one is killed, all are replaced when the next task is submitted.

    Args:
        jobs: their number.
    """

    lost_worker_errors: tuple[type[BaseException], ...] = (BrokenProcessPool,)

    def __init__(self, jobs: int | None = None) -> None:
        self._context = get_context("spawn")
        self._jobs, self._scratch = jobs or cores(), Path()
        self._has_drawn = False
        self._pool: ProcessPoolExecutor | None = None
        self._isolated: dict[LocalWorkers, Future[DrawnTake]] = {}
        self._frames: Queue[tuple[str, int]]
        self._stop: Event

    @contextmanager
    def open(self, scratch: Path) -> Iterator[Workers]:
        """These workers, until the end of the block, with a folder for temporary files."""
        self._scratch = scratch
        try:
            yield self
        finally:
            self.stop()

    def begin(self, film: Film) -> None:
        """Start some processes, which load the code of a film until there are tasks: it takes two seconds."""
        pool = self._pool or self._start()
        with sigint_blocked(), working_folder_hidden():
            for _ in range(min(AT_ONCE, self._jobs)):
                pool.submit(_get_ready, film)

    def submit(self, task: Task, *, isolated: bool = False) -> Future[DrawnTake]:
        """Submit a task; an isolated one to a process that draws nothing else."""
        self._has_drawn = True
        if isolated:
            return self._submit_isolated(task)
        pool = self._pool or self._start()  # it starts a resource tracker, which unblocks SIGINT
        with sigint_blocked(), working_folder_hidden():  # a pool starts its processes as tasks come in
            try:
                return pool.submit(_draw_here, task, self._scratch)
            except BrokenProcessPool:
                pool.shutdown()
                return self._start().submit(_draw_here, task, self._scratch)

    def _submit_isolated(self, task: Task) -> Future[DrawnTake]:
        for workers, future in tuple(self._isolated.items()):
            if future.done():
                workers.stop()
                del self._isolated[workers]
        workers = LocalWorkers(jobs=1)
        workers._scratch = self._scratch
        self._isolated[workers] = workers.submit(task)
        return self._isolated[workers]

    def progress(self) -> Iterator[tuple[str, int]]:
        """The takes with new progress and the number of frames drawn."""
        for workers in (self, *self._isolated):
            while workers._pool is not None:
                try:
                    yield workers._frames.get_nowait()
                except Empty:
                    break

    def stop(self) -> None:
        """End the processes: waiting tasks at once, running ones within a second of film.

        A process that is stuck, or has been stopped, is killed after `GRACE` seconds, or when this is
        interrupted by another signal; those that never had a task are killed at once.
        """
        ending = [_Ending(each._pool, each._stop) for each in (self, *self._isolated) if each._pool]
        self._pool = None
        until = time.monotonic() + (GRACE if self._has_drawn else 0.0)
        try:
            for each in ending:
                each.wait(max(0.0, until - time.monotonic()))
        finally:
            for each in ending:
                each.kill()

    def _start(self) -> ProcessPoolExecutor:
        # Every pool has its own queue: a killed process may hold the lock of the old one for ever.
        with working_folder_hidden():
            self._frames, self._stop = self._context.Queue(), self._context.Event()
        state = (self._frames, self._stop)
        self._pool = ProcessPoolExecutor(self._jobs, self._context, _initialise, state)
        return self._pool


class _Ending:
    """A pool that is told to end. What may take for ever happens in threads."""

    def __init__(self, pool: ProcessPoolExecutor, stop: Event) -> None:
        # These two attributes are not public; Python 3.14 has a method `kill_workers` instead.
        self._processes = tuple((pool._processes or {}).values())
        tasks: Any = pool._call_queue  # type: ignore[attr-defined]
        # The pool closes its own end of the pipe in a thread: two threads must not do that at the same time.
        self._pipe = None if tasks._reader.closed else os.dup(tasks._reader.fileno())
        # A process that was stopped may hold the lock of the event.
        Thread(target=stop.set, daemon=True).start()
        self._ended = ThreadEvent()  # a thread that was joined in vain counts as ended in Python 3.11
        Thread(target=self._shut_down, args=(pool,), daemon=True).start()

    def _shut_down(self, pool: ProcessPoolExecutor) -> None:
        pool.shutdown(cancel_futures=True)
        self._ended.set()

    def wait(self, seconds: float) -> None:
        """Wait until all processes have ended."""
        self._ended.wait(seconds)

    def kill(self) -> None:
        """Kill the processes that are left, and delete what the pool has shared with them."""
        if not self._ended.is_set():
            for process in self._processes:
                process.kill()
            # The thread that hands out tasks may wait for a reader of what it has begun to write.
            while not self._ended.wait(_POLL):
                self._drain()
        if self._pipe is not None:
            os.close(self._pipe)
            self._pipe = None

    def _drain(self) -> None:
        """Read what was written for processes that are gone."""
        while self._pipe is not None and select([self._pipe], [], [], 0)[0] and os.read(self._pipe, _MANY):
            continue


@contextmanager
def local_workers(scratch: Path, jobs: int | None = None) -> Iterator[Workers]:
    """Processes on this machine, until the end of the block; see `LocalWorkers`."""
    with LocalWorkers(jobs).open(scratch) as workers:
        yield workers


OpenWorkers = Callable[[Path], AbstractContextManager[Workers]]
"""Opens workers, given a folder for temporary files."""


@contextmanager
def early_workers(film: Film, jobs: int | None = None) -> Iterator[OpenWorkers]:
    """Processes on this machine that start now, for a production of a film that is planned meanwhile."""
    workers = LocalWorkers(jobs)
    workers.begin(film)
    try:
        yield workers.open
    finally:
        workers.stop()


_state: tuple[Queue[tuple[str, int]], Event]
"""In a worker process: where to report progress, and when to stop."""


def _initialise(frames: Queue[tuple[str, int]], stop: Event) -> None:
    global _state
    _state = frames, stop
    tqdm.set_lock(RLock())  # Manim's progress bars would make a semaphore that a killed process leaves
    frames.cancel_join_thread()
    exit_with_parent()
    exit_at_once_when_done()


def _get_ready(film: Film) -> None:
    from softmax_explained.studio.workers.task import load

    load(film)


def _draw_here(task: Task, scratch: Path) -> DrawnTake:
    from softmax_explained.studio.workers.task import StoppedError, draw_take

    frames, stop = _state
    tempfile.tempdir = str(scratch)  # what a killed process leaves there is deleted

    def report(drawn: int) -> None:
        if drawn:
            frames.put((task.take.name, drawn))
        if stop.is_set():
            raise StoppedError

    report(0)  # starting the process took seconds
    return draw_take(task, report, scratch)
