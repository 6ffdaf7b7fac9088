"""One set of workers for several films at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from threading import Event, Lock

from softmax_explained.studio.workers.local_pool import Workers
from softmax_explained.studio.workers.task import Drawn, StoppedError, Task


class SharedPool:
    """Takes tasks from the threads of several films and hands them to the same workers, in their order.

    Args:
        workers: who draws.
    """

    def __init__(self, workers: Workers) -> None:
        self.deaths = workers.deaths
        self._workers = workers
        self._one_at_a_time = Lock()
        self._stopped = Event()

    def hired(self, scratch: Path) -> AbstractContextManager[Workers]:
        """The crew as `produce` hires workers; it is not sent home after a film."""
        return nullcontext(self)

    def submit(self, task: Task) -> Future[Drawn]:
        """Hand in a task."""
        with self._one_at_a_time:
            return self._workers.submit(task)

    def submit_alone(self, task: Task) -> Future[Drawn]:
        """Hand in a task that may not die together with others."""
        with self._one_at_a_time:
            return self._workers.submit_alone(task)

    def progress(self) -> Iterator[tuple[str, int]]:
        """Nothing: what the workers tell does not say which film it is about.

        Raises:
            StoppedError: nobody waits for the films any more. A film asks several times a second.
        """
        if self._stopped.is_set():
            raise StoppedError
        with self._one_at_a_time:
            for _ in self._workers.progress():
                continue  # what nobody reads would pile up
        return iter(())

    def stop(self) -> None:
        """Let every film go that is being drawn."""
        self._stopped.set()
