"""Worker processes: they ignore Ctrl-C, run no code of the working folder, and end with their parent."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import parent_process
from multiprocessing.connection import wait
from multiprocessing.util import Finalize
from threading import Thread

_SAFE_PATH = "PYTHONSAFEPATH"

_LAST = -1000  # after what `multiprocessing` itself does at the end of a process


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
