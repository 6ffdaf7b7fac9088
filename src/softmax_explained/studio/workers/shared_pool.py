"""One set of workers for several films at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from threading import Event, Lock

from softmax_explained.studio.workers.local_pool import Workers
from softmax_explained.studio.workers.task import DrawnTake, StoppedError, Task


class SharedPool:
    """Passes tasks from the threads of several films to the same workers."""

    def __init__(self, workers: Workers) -> None:
        self.lost_worker_errors = workers.lost_worker_errors
        self._workers = workers
        self._lock = Lock()
        self._stopped = Event()

    def open(self, scratch: Path) -> AbstractContextManager[Workers]:
        """These workers for one film; they stay open after it."""
        return nullcontext(self)

    def submit(self, task: Task, *, isolated: bool = False) -> Future[DrawnTake]:
        """Submit a task."""
        with self._lock:
            return self._workers.submit(task, isolated=isolated)

    def progress(self) -> Iterator[tuple[str, int]]:
        """Nothing: the workers do not report which film they are drawing.

        Raises:
            StoppedError: the films were stopped. Every film asks several times per second.
        """
        if self._stopped.is_set():
            raise StoppedError
        with self._lock:
            for _ in self._workers.progress():
                continue  # unread messages would pile up
        return iter(())

    def stop(self) -> None:
        """Stop every film that is being drawn."""
        self._stopped.set()
