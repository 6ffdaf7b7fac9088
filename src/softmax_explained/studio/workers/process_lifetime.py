"""A process that works for another one, and ends with it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import parent_process
from multiprocessing.connection import wait
from threading import Thread


@contextmanager
def deaf() -> Iterator[None]:
    """Processes that are begun in the block never hear Ctrl-C: it is the parent's to answer.

    They inherit what is blocked here. If each made itself deaf, Ctrl-C would still hit those that are busy
    with their imports, which takes seconds.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def accompany() -> None:
    """Begin as a worker: without a parent there is nothing to do.

    A parent that is killed can tell nobody; the system closes what it held open, and that is waited for.
    """
    Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    parent = parent_process()
    assert parent is not None  # this is a worker
    wait([parent.sentinel])
    os._exit(1)
