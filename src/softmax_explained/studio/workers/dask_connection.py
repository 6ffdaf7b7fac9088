"""Connects to the scheduler of a Dask cluster; nothing here waits without a bound."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from softmax_explained.errors import UsageError

if TYPE_CHECKING:
    from distributed import Client

SCHEMES = ("tcp", "tls", "ws", "wss")
"""The protocols of Dask that are taken."""

PATIENCE = 2.0
"""Seconds after which it is told what is waited for."""

Tell = Callable[[str], None]
"""Called with what is waited for."""

Result = TypeVar("Result")


def connect(address: str, timeout: float, tell: Tell) -> Client:
    """Connect to a scheduler.

    Args:
        address: as `scheduler_address` returns it.
        timeout: seconds to wait for an answer.
        tell: called with what is waited for, when that takes long.

    Raises:
        UsageError: Dask is not installed, or no scheduler answers there.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError(
            "--scheduler needs Dask, which is not installed", hint="pip install 'softmax-explained[cluster]'"
        ) from error
    waiting = f"{address}: waiting for a scheduler to answer, for {timeout:.0f} s at most …"
    with _no_answer(address, timeout):
        kind = in_time(lambda: asyncio.run(_kind(address, timeout)), timeout, lambda: tell(waiting))
        if kind != "Scheduler":
            raise ValueError(f"a {kind} answers")
        return in_time(
            lambda: Client(address, timeout=timeout, set_as_default=False),  # type: ignore[no-untyped-call]
            timeout,
        )


def scheduler_address(given: str) -> str:
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


def in_time(
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
    thread.join(min(seconds, PATIENCE))
    if thread.is_alive():
        tell_waiting()
        thread.join(max(0.0, seconds - PATIENCE) + 1)  # a second more than the work gives itself
    for error in errors:
        raise error
    if not results:
        raise TimeoutError
    return results[0]


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
