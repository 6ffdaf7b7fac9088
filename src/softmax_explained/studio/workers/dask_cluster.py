"""The workers of a Dask cluster. Each machine needs this package; they need no shared disk.

Nothing here waits without a bound: a scheduler may not answer, or stop answering, and workers may not come.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from softmax_explained.errors import FilmError, UsageError
from softmax_explained.studio.workers.local_pool import Workers
from softmax_explained.studio.workers.task import DrawnTake, Task, draw_take

if TYPE_CHECKING:
    from distributed import Client

TIMEOUT = 60.0
"""Seconds to wait for a scheduler that does not answer, for the first worker, and for another one when the
last one is gone."""

SCHEMES = ("tcp", "tls", "ws", "wss")
"""The protocols of Dask that are taken."""

_PATIENCE = 2.0  # seconds after which it is told what is waited for
_INTERVAL = 2.0  # seconds between two questions to the scheduler
_SHORT = 5.0  # seconds for what can be left undone: asking single workers, and taking leave
_PACKAGE = "softmax-explained"

Tell = Callable[[str], None]
"""Called with what is waited for."""

Result = TypeVar("Result")


class ClusterWorkers:
    """The workers of a Dask cluster, through a connected client.

    Args:
        client: connected.
        address: of the scheduler, for messages.
        timeout: seconds to wait for an answer, or for a worker.
        tell: called with what is waited for.
        lost_worker_errors: what a future raises when its worker is gone.
    """

    def __init__(
        self,
        client: Client,
        address: str,
        timeout: float,
        tell: Tell,
        lost_worker_errors: tuple[type[BaseException], ...],
    ) -> None:
        self.lost_worker_errors = lost_worker_errors
        self._client, self._address, self._timeout, self._tell = client, address, timeout, tell
        self._executor = client.get_executor(pure=False)  # type: ignore[no-untyped-call]
        self._asked = self._answered = self._seen = time.monotonic()
        self._answer: Future[dict[str, Any]] | None = self._ask()
        self._workers = 0  # at the last answer
        self._had_workers = False
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
        if silent > max(2 * _INTERVAL, _PATIENCE):
            waited, waiting = silent, "its scheduler to answer"
            gone = f"its scheduler has not answered for {self._timeout:.0f} s"
        elif not self._workers and alone > _PATIENCE:
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
    try:
        from distributed import Client, KilledWorker
    except ImportError as error:
        raise UsageError(
            "--scheduler needs Dask, which is not installed", hint="pip install 'softmax-explained[cluster]'"
        ) from error
    address = _address(address)
    waiting = f"{address}: waiting for a scheduler to answer, for {timeout:.0f} s at most …"
    with _no_answer(address, timeout):
        kind = _in_time(lambda: asyncio.run(_kind(address, timeout)), timeout, lambda: tell(waiting))
        if kind != "Scheduler":
            raise ValueError(f"a {kind} answers")
        client = _in_time(
            lambda: Client(address, timeout=timeout, set_as_default=False),  # type: ignore[no-untyped-call]
            timeout,
        )
    try:
        check_machines(client, address, min(timeout, _SHORT))
        yield ClusterWorkers(client, address, timeout, tell, (KilledWorker, CancelledError))
    finally:
        with suppress(OSError, TimeoutError):  # the scheduler is gone, or does not answer
            client.close(timeout=_SHORT)  # type: ignore[no-untyped-call]


def _draw_there(task: Task) -> DrawnTake:
    """Draw in the folder of the worker: Dask cleans it up if the worker is killed."""
    from distributed import get_worker

    return draw_take(task, scratch=Path(get_worker().local_directory))


@contextmanager
def _no_answer(address: str, timeout: float) -> Iterator[None]:
    """Turn whatever happens while a scheduler is asked into an error that says how to start one."""
    try:
        yield
    except Exception as error:  # depending on what answers, Dask raises nearly anything
        hint = "start one with `dask scheduler` and give the address it prints"
        if address.startswith(("tls:", "wss:")):
            hint = f"{hint}; certificates are given in Dask's configuration, see docs/cluster.md"
        reason = f"no answer within {timeout:.0f} s" if isinstance(error, TimeoutError) else _line(error)
        message = f"--scheduler {address}: no Dask scheduler answers there ({reason})"
        raise UsageError(message, hint=hint) from error


def _line(error: Exception) -> str:
    first = next(iter(str(error).splitlines()), "")
    return first or type(error).__name__


async def _kind(address: str, timeout: float) -> str:
    """What answers at an address: ``"Scheduler"``, ``"Worker"`` or ``"Nanny"``."""
    from distributed.core import rpc
    from distributed.security import Security

    settings = Security().get_connection_args("client")  # type: ignore[no-untyped-call]
    async with (
        asyncio.timeout(timeout),
        rpc(address, timeout=timeout, connection_args=settings) as asked,  # type: ignore[no-untyped-call]
    ):
        return str((await asked.identity())["type"])


def _in_time(
    work: Callable[[], Result], seconds: float, tell_waiting: Callable[[], None] = lambda: None
) -> Result:
    """The result of some work that may not end; after so many seconds it is left alone.

    Raises:
        TimeoutError: it has not ended.
        Exception: what the work raises.
    """
    results, errors = list[Result](), list[BaseException]()

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:  # raised again below
            errors.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(min(seconds, _PATIENCE))
    if thread.is_alive():
        tell_waiting()
        thread.join(max(0.0, seconds - _PATIENCE) + 1)  # a second more than the work gives itself
    for error in errors:
        raise error
    if not results:
        raise TimeoutError
    return results[0]


def _address(given: str) -> str:
    """The address that was given, or that stands in the scheduler file that was given.

    Raises:
        UsageError: it is none. Dask would take a name without a port, and wait for it.
    """
    address = given
    if given.endswith(".json"):
        try:
            address = str(json.loads(Path(given).read_text("utf-8"))["address"])
        except (OSError, ValueError, LookupError, TypeError) as error:
            hint = "give the file that `dask scheduler --scheduler-file FILE` has written"
            raise UsageError(f"--scheduler {given}: not a scheduler file", hint=hint) from error
    with suppress(ValueError):
        parts = urlsplit(address)
        if parts.scheme in SCHEMES and parts.hostname and parts.port:
            return address
    hint = f"for example tcp://127.0.0.1:8786; protocols: {', '.join(SCHEMES)}"
    raise UsageError(f"--scheduler {address}: not the address of a scheduler", hint=hint)


def check_machines(client: Client, address: str, timeout: float) -> None:
    """Make sure that the scheduler and its workers can unpickle a task: a worker would end without a message.

    Raises:
        UsageError: a machine does not have this package.
    """

    async def ask() -> dict[str, object]:
        found: dict[str, object] = await client.run(version, _PACKAGE, on_error="return")
        return found

    missing = list[str]()
    with suppress(OSError, TimeoutError):  # a worker that is ending or busy does not answer
        found = client.sync(ask, callback_timeout=timeout)  # type: ignore[no-untyped-call]
        missing += [worker for worker, answer in found.items() if isinstance(answer, ImportError)]
    try:
        with suppress(OSError, TimeoutError):
            _in_time(lambda: client.run_on_scheduler(version, _PACKAGE), timeout)  # type: ignore[no-untyped-call]
    except ImportError:
        missing.insert(0, "the scheduler")
    if missing:
        message = f"--scheduler {address}: {_PACKAGE} is not installed on {', '.join(missing)}"
        hint = "install the same version on the machines of the scheduler and of all workers"
        raise UsageError(message, hint=hint)


def _gone(reason: str) -> FilmError:
    hint = "start the cluster and the film again: what is finished is cached"
    return FilmError(f"lost the cluster: {reason}", hint=hint)
