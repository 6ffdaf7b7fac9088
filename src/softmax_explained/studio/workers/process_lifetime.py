"""Worker processes: they ignore Ctrl-C, run no code of the working folder, and end with their parent."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import parent_process
from multiprocessing.connection import wait
from multiprocessing.util import Finalize
from threading import Thread, current_thread, main_thread

_SAFE_PATH = "PYTHONSAFEPATH"

_LAST = -1000  # after what `multiprocessing` itself does at the end of a process


@contextmanager
def sigint_blocked() -> Iterator[None]:
    """Processes and threads started in this block never receive SIGINT: only this thread handles Ctrl-C.

    They inherit the signal mask. If each process blocked the signal itself, Ctrl-C would still hit those that
    are importing modules, which takes seconds. A Ctrl-C in the block is handled at its end, also if a thread
    of a library receives it: Python handles every signal in the main thread.
    """
    pressed = list[int]()
    handler = signal.getsignal(signal.SIGINT) if current_thread() is main_thread() else None
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    if callable(handler):
        signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        if callable(handler):
            signal.signal(signal.SIGINT, handler)
        if pressed:
            signal.raise_signal(signal.SIGINT)


@contextmanager
def working_folder_hidden() -> Iterator[None]:
    """Python processes started in this block import nothing from the working folder.

    The helpers of `multiprocessing` are started with ``python -c``, which looks there first: a ``pickle.py``
    in it would be run.
    """
    before = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(_SAFE_PATH, None)
        else:
            os.environ[_SAFE_PATH] = before


def exit_with_parent() -> None:
    """End this worker process when its parent ends.

    A parent that is killed cannot notify anyone, but the operating system closes its end of a pipe.
    """
    Thread(target=_exit_with_parent, daemon=True).start()


def exit_at_once_when_done() -> None:
    """Let this worker process end without freeing its modules one by one, which takes half a second."""
    Finalize(None, os._exit, args=(0,), exitpriority=_LAST)


def _exit_with_parent() -> None:
    parent = parent_process()
    assert parent is not None  # this is a worker
    wait([parent.sentinel])
    os._exit(1)
