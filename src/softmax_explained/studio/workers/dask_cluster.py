"""The workers of a Dask cluster. Each machine needs this package; they need no shared disk."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from softmax_explained.errors import FilmError, UsageError
from softmax_explained.studio.workers.local_pool import Workers
from softmax_explained.studio.workers.task import DrawnTake, Task, draw_take

if TYPE_CHECKING:
    from distributed import Client

TIMEOUT = 20.0  # seconds to wait for a scheduler that does not answer
NO_WORKERS_TIMEOUT = 60.0  # seconds to wait for another worker when the last one is gone

_INTERVAL = 2.0  # seconds between two checks of the workers
_PACKAGE = "softmax-explained"


class ClusterWorkers:
    """The workers of a Dask cluster, through a connected client."""

    def __init__(self, client: Client, lost_worker_errors: tuple[type[BaseException], ...]) -> None:
        self._client, self.lost_worker_errors = client, lost_worker_errors
        self._executor = client.get_executor(pure=False)  # type: ignore[no-untyped-call]
        self._checked = self._seen = time.monotonic()

    def submit(self, task: Task, *, isolated: bool = False) -> Future[DrawnTake]:
        """Submit a task; Dask itself counts the lost workers of each task and gives it to another one."""
        future: Future[DrawnTake] = self._executor.submit(_draw_there, task)
        return future

    def progress(self) -> Iterator[tuple[str, int]]:
        """Nothing: a cluster reports complete takes only.

        Raises:
            FilmError: the scheduler is gone, or has had no workers for too long.
        """
        if time.monotonic() - self._checked > _INTERVAL:
            if _workers_of(self._client):
                self._seen = time.monotonic()
            self._checked = time.monotonic()
            if self._client.status == "closed":
                raise _gone("its scheduler does not answer any more")
            if self._checked - self._seen > NO_WORKERS_TIMEOUT:
                raise _gone("it has no workers any more")
        return iter(())


@contextmanager
def cluster_workers(address: str) -> Iterator[Workers]:
    """The workers of a Dask cluster, by the address of its scheduler, until the end of the block.

    Raises:
        UsageError: Dask is not installed, the address is invalid, no scheduler answers there, it has no
            workers, or a machine does not have this package.
    """
    try:
        from distributed import Client, KilledWorker
    except ImportError as error:
        raise UsageError(
            "--scheduler needs Dask, which is not installed", hint="pip install 'softmax-explained[cluster]'"
        ) from error
    _check_address(address)
    try:
        client = Client(address, timeout=TIMEOUT, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TypeError, ImportError, RuntimeError) as error:  # depending on the address
        hint = "start one with `dask scheduler` and give the address it prints"
        raise UsageError(f"--scheduler {address}: no Dask scheduler answers", hint=hint) from error
    with client:
        if not _workers_of(client):
            hint = f"start some with `dask worker {address}`, on machines that have this package"
            raise UsageError(f"--scheduler {address}: the scheduler has no workers", hint=hint)
        if missing := _without_package(client):
            message = f"--scheduler {address}: {_PACKAGE} is not installed on {', '.join(missing)}"
            hint = "install the same version on the machines of the scheduler and of all workers"
            raise UsageError(message, hint=hint)
        yield ClusterWorkers(client, (KilledWorker, CancelledError))


def _draw_there(task: Task) -> DrawnTake:
    """Draw in the folder of the worker: Dask cleans it up if the worker is killed."""
    from distributed import get_worker

    return draw_take(task, scratch=Path(get_worker().local_directory))


def _check_address(address: str) -> None:
    """Dask would accept a name without a port, and wait for it."""
    with suppress(ValueError):
        parts = urlsplit(address)
        if parts.scheme and parts.hostname and parts.port:
            return
    hint = "for example tcp://127.0.0.1:8786"
    raise UsageError(f"--scheduler {address}: not the address of a scheduler", hint=hint)


def _workers_of(client: Client) -> list[str]:
    """The addresses of the workers that the scheduler knows; empty while it does not answer."""
    with suppress(OSError):
        if client.status == "running":
            return list(client.scheduler_info()["workers"])
    return []


def _without_package(client: Client) -> list[str]:
    """The machines that could not unpickle a task. A worker would end over one without a message."""

    async def ask() -> dict[str, object]:
        found: dict[str, object] = await client.run(version, _PACKAGE, on_error="return")
        return found

    missing = list[str]()
    with suppress(OSError):  # a worker that is ending or busy does not answer
        found = client.sync(ask, callback_timeout=TIMEOUT)  # type: ignore[no-untyped-call]
        missing += [address for address, answer in found.items() if isinstance(answer, ImportError)]
    try:
        client.run_on_scheduler(version, _PACKAGE)  # type: ignore[no-untyped-call]
    except ImportError:
        missing.insert(0, "the scheduler")
    return missing


def _gone(reason: str) -> FilmError:
    hint = "start the cluster and the film again: finished chapters are cached"
    return FilmError(f"lost the cluster: {reason}", hint=hint)
