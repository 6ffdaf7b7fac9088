"""The workers of a Dask cluster. Each machine needs this package; they need no shared disk.

Nothing here waits without a bound: a scheduler may not answer, or stop answering, and workers may not come.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from softmax_explained.errors import FilmError, UsageError
from softmax_explained.studio.workers.dask_connection import (
    PATIENCE,
    Tell,
    connect,
    in_time,
    scheduler_address,
)
from softmax_explained.studio.workers.local_pool import Workers
from softmax_explained.studio.workers.task import DrawnTake, Task, draw_take

if TYPE_CHECKING:
    from distributed import Client

TIMEOUT = 60.0
"""Seconds to wait for a scheduler that does not answer, for the first worker, and for another one when the
last one is gone."""

_INTERVAL = 2.0  # seconds between two questions to the scheduler
_SHORT = 5.0  # seconds for what can be left undone: asking single workers, and taking leave
_PACKAGE = "softmax-explained"


class ClusterWorkers:
    """The workers of a Dask cluster, through a connected client.

    Args:
        client: connected.
        address: of the scheduler, for messages.
        timeout: seconds to wait for an answer, or for a worker.
        tell: called with what is waited for.
        workers: how many there are, and were checked.
        lost_worker_errors: what a future raises when its worker is gone.
    """

    def __init__(
        self,
        client: Client,
        address: str,
        timeout: float,
        tell: Tell,
        workers: int,
        lost_worker_errors: tuple[type[BaseException], ...],
    ) -> None:
        self.lost_worker_errors = lost_worker_errors
        self._client, self._address, self._timeout, self._tell = client, address, timeout, tell
        self._executor = client.get_executor(pure=False)  # type: ignore[no-untyped-call]
        self._asked = self._answered = self._seen = time.monotonic()
        self._answer: Future[dict[str, Any]] | None = self._ask()
        self._workers = workers  # at the last answer
        self._had_workers = workers > 0
        self._told: str | None = None

    def submit(self, task: Task, *, isolated: bool = False) -> Future[DrawnTake]:
        """Submit a task; Dask itself counts the lost workers of each task and gives it to another one."""
        future: Future[DrawnTake] = self._executor.submit(_draw_there, task)
        return future

    def progress(self) -> Iterator[tuple[str, int]]:
        """Nothing: a cluster reports complete takes only.

        Raises:
            FilmError: the scheduler does not answer, or there have been no workers for too long.
            UsageError: a machine that has come does not have this package.
        """
        if self._client.status == "closed":
            raise _gone("its scheduler does not answer any more")
        if self._answer is not None and self._answer.done():
            self._heard()
        now = time.monotonic()
        if self._answer is None and now - self._asked > _INTERVAL:
            self._asked, self._answer = now, self._ask()
        self._check_patience(now)
        return iter(())

    def _ask(self) -> Future[dict[str, Any]] | None:
        """Ask the scheduler who it is, without waiting."""
        scheduler, loop = self._client.scheduler, self._client.loop
        if scheduler is None or loop is None:  # while the client is closing
            return None
        question = scheduler.identity(n_workers=0)
        return asyncio.run_coroutine_threadsafe(question, loop.asyncio_loop)  # type: ignore[attr-defined]

    def _heard(self) -> None:
        """Take the answer of the scheduler."""
        assert self._answer is not None  # it is done
        answer, self._answer = self._answer, None
        with suppress(OSError, CancelledError):  # the connection is lost: another question will tell
            workers, before = int(answer.result()["n_workers"]), self._workers
            self._workers = workers
            if workers > before:
                check_machines(self._client, self._address, _SHORT)
            self._answered = time.monotonic()
            if workers:
                self._seen, self._had_workers = self._answered, True

    def _check_patience(self, now: float) -> None:
        """Tell what is waited for, or raise an error after the timeout."""
        silent, alone = now - self._answered, now - self._seen
        if silent > max(2 * _INTERVAL, PATIENCE):
            waited, waiting = silent, "its scheduler to answer"
            gone = f"its scheduler has not answered for {self._timeout:.0f} s"
        elif not self._workers and alone > PATIENCE:
            waited = alone
            waiting = "another worker" if self._had_workers else "its first worker"
            gone = "it has no workers any more" if self._had_workers else "no worker has come"
        else:
            self._told = None
            return
        if waited > self._timeout:
            raise _gone(gone)
        if self._told != waiting:
            self._told = waiting
            self._tell(f"{self._address}: waiting for {waiting}, for {self._timeout:.0f} s at most …")


@contextmanager
def cluster_workers(
    address: str, timeout: float = TIMEOUT, tell: Tell = lambda what: None
) -> Iterator[Workers]:
    """The workers of a Dask cluster, by the address of its scheduler, until the end of the block.

    Args:
        address: such as ``tcp://host:8786``, or the path of a scheduler file (JSON).
        timeout: seconds to wait for an answer of the scheduler, or for a worker.
        tell: called with what is waited for, when that takes long.

    Raises:
        UsageError: Dask is not installed, the address is invalid, no scheduler answers there, or a machine
            does not have this package.
    """
    address = scheduler_address(address)
    client = connect(address, timeout, tell)
    try:
        from distributed import KilledWorker

        workers = check_machines(client, address, min(timeout, _SHORT))
        yield ClusterWorkers(client, address, timeout, tell, workers, (KilledWorker, CancelledError))
    finally:
        with suppress(OSError, TimeoutError):  # the scheduler is gone, or does not answer
            client.close(timeout=_SHORT)  # type: ignore[no-untyped-call]


def _draw_there(task: Task) -> DrawnTake:
    """Draw in the folder of the worker: Dask cleans it up if the worker is killed."""
    from distributed import get_worker

    return draw_take(task, scratch=Path(get_worker().local_directory))


def check_machines(client: Client, address: str, timeout: float) -> int:
    """Make sure that the scheduler and its workers can unpickle a task: a worker would end without a message.

    Returns:
        How many workers have answered.

    Raises:
        UsageError: a machine does not have this package.
    """

    async def ask() -> dict[str, object]:
        found: dict[str, object] = await client.run(version, _PACKAGE, on_error="return")
        return found

    found, missing = dict[str, object](), list[str]()
    with suppress(OSError, TimeoutError):  # a worker that is ending or busy does not answer
        found = client.sync(ask, callback_timeout=timeout)  # type: ignore[no-untyped-call]
        missing += [worker for worker, answer in found.items() if isinstance(answer, ImportError)]
    try:
        with suppress(OSError, TimeoutError):
            in_time(lambda: client.run_on_scheduler(version, _PACKAGE), timeout)  # type: ignore[no-untyped-call]
    except ImportError:
        missing.insert(0, "the scheduler")
    if missing:
        message = f"--scheduler {address}: {_PACKAGE} is not installed on {', '.join(missing)}"
        hint = "install the same version on the machines of the scheduler and of all workers"
        raise UsageError(message, hint=hint)
    return len(found)


def _gone(reason: str) -> FilmError:
    hint = "start the cluster and the film again: what is finished is cached"
    return FilmError(f"lost the cluster: {reason}", hint=hint)
