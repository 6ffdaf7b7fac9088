"""A process that works for another one, and ends with it."""

from __future__ import annotations

import os
import signal
from multiprocessing import parent_process
from multiprocessing.connection import wait
from threading import Thread


def accompany() -> None:
    """Begin as a worker: Ctrl-C is the parent's to answer, and without a parent there is nothing to do.

    A parent that is killed can tell nobody; the system closes what it held open, and that is waited for.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    parent = parent_process()
    assert parent is not None  # this is a worker
    wait([parent.sentinel])
    os._exit(1)
