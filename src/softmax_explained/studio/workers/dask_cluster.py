"""Who draws: the machines of a Dask cluster. Each needs this package; they need no disk in common."""

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
from softmax_explained.studio.workers.task import Drawn, Task, perform

if TYPE_CHECKING:
    from distributed import Client

PATIENCE = 20.0
"""Seconds to wait for a scheduler that does not answer."""

LONELY = 60.0
"""Seconds to wait for another worker when the last one is gone."""

_LOOK = 2.0  # seconds between two looks at who is there
_PACKAGE = "softmax-explained"


class ClusterWorkers:
    """The workers of a Dask cluster.

    Args:
        client: connected to the scheduler.
        deaths: what its futures raise when a task has outlived too many workers.
    """

    def __init__(self, client: Client, deaths: tuple[type[BaseException], ...]) -> None:
        self._client, self.deaths = client, deaths
        self._executor = client.get_executor(pure=False)  # type: ignore[no-untyped-call]
        self._looked = self._seen = time.monotonic()

    def submit(self, task: Task) -> Future[Drawn]:
        """Hand in a task; Dask itself gives it to another worker when one dies."""
        future: Future[Drawn] = self._executor.submit(_perform_there, task)
        return future

    def submit_alone(self, task: Task) -> Future[Drawn]:
        """Hand in a task: Dask counts the deaths of each one by itself."""
        return self.submit(task)

    def progress(self) -> Iterator[tuple[str, int]]:
        """Nothing: a cluster tells of whole takes only.

        Raises:
            FilmError: the scheduler is gone, or has had no workers for long.
        """
        if time.monotonic() - self._looked > _LOOK:
            if _workers_of(self._client):
                self._seen = time.monotonic()
            self._looked = time.monotonic()
            if self._client.status == "closed":
                raise _gone("its scheduler does not answer any more")
            if self._looked - self._seen > LONELY:
                raise _gone("it has no workers any more")
        return iter(())


@contextmanager
def on_a_cluster(address: str) -> Iterator[Workers]:
    """The workers of a Dask cluster, until the end of the block.

    Args:
        address: of its scheduler, such as ``tcp://127.0.0.1:8786``.

    Raises:
        UsageError: Dask is not installed, this is no address, no scheduler answers there, it has no workers,
            or a machine does not have this package.
    """
    try:
        from distributed import Client, KilledWorker
    except ImportError as error:
        raise UsageError(
            "--scheduler needs Dask, which is not installed",
            hint="pip install 'softmax-explained[cluster]'",
        ) from error
    _check_address(address)
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TypeError, ImportError, RuntimeError) as error:  # of some kinds of address
        raise UsageError(
            f"--scheduler {address}: no Dask scheduler answers",
            hint="start one with `dask scheduler` and give the address it prints",
        ) from error
    with client:
        if not _workers_of(client):
            raise UsageError(
                f"--scheduler {address}: the scheduler has no workers",
                hint=f"start some with `dask worker {address}`, on machines that have this package",
            )
        if without := _without_the_package(client):
            raise UsageError(
                f"--scheduler {address}: {_PACKAGE} is not installed on {', '.join(without)}",
                hint="install the same version on every machine: on that of the scheduler and of all workers",
            )
        yield ClusterWorkers(client, (KilledWorker, CancelledError))


def _perform_there(task: Task) -> Drawn:
    """Draw in the folder of the worker: Dask sweeps away what is left there of one that was killed."""
    from distributed import get_worker

    return perform(task, scratch=Path(get_worker().local_directory))


def _check_address(address: str) -> None:
    """Dask takes a name without a port for an address, and waits for it."""
    try:
        parts = urlsplit(address)
        whole = bool(parts.scheme and parts.hostname and parts.port)
    except ValueError:
        whole = False
    if not whole:
        raise UsageError(
            f"--scheduler {address}: this is no address of a scheduler", hint="such as tcp://127.0.0.1:8786"
        )


def _workers_of(client: Client) -> list[str]:
    """The addresses of the workers that the scheduler knows; none while it does not answer."""
    with suppress(OSError):
        if client.status == "running":
            return list(client.scheduler_info()["workers"])
    return []


def _without_the_package(client: Client) -> list[str]:
    """The machines that could not even read a task. A worker ends itself over one, and says so to nobody."""

    async def ask() -> dict[str, object]:
        found: dict[str, object] = await client.run(version, _PACKAGE, on_error="return")
        return found

    without = list[str]()
    with suppress(OSError):  # one that is dying, or busy with something else, cannot be asked
        found = client.sync(ask, callback_timeout=PATIENCE)  # type: ignore[no-untyped-call]
        without += [address for address, answer in found.items() if isinstance(answer, ImportError)]
    try:
        client.run_on_scheduler(version, _PACKAGE)  # type: ignore[no-untyped-call]
    except ImportError:
        without.insert(0, "the scheduler")
    return without


def _gone(what: str) -> FilmError:
    return FilmError(
        f"the cluster is gone: {what}",
        hint="start it again, and the film: chapters that were finished are kept",
    )
