"""Ctrl-C while processes or threads are started."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread


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
