"""Replacing several files at once: all of them or none."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import current_thread, main_thread

LONGEST_WAIT = 60.0  # seconds

ENDINGS = signal.SIGINT, signal.SIGTERM, signal.SIGHUP  # signals that a program can handle


def replace_files(source: Path, target: Path, names: Sequence[str]) -> None:
    """Move files from one folder to another. If one cannot be moved, both folders are as they were.

    One process or thread at a time does that in a folder, so that files of two films are not mixed. Ctrl-C
    and ``kill`` are handled afterwards. Only ``kill -9``, in these milliseconds, leaves some files new and
    some old, which the checksums show.

    Args:
        source: where they are, on the same disk.
        target: where they should be.
        names: of the files.

    Raises:
        OSError: one cannot be moved, or another process has been moving files there for a minute.
    """
    with _alone_in(target), _uninterrupted():  # who waits for another process may be interrupted
        moved = list[_Moved]()
        try:
            for name in names:
                moved.append(_Moved(source / name, target / name))
        except OSError:
            for each in reversed(moved):
                each.undo()
            raise


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Wait until nobody else moves files into a folder; a file system without locks lets several do so."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        until = time.monotonic() + LONGEST_WAIT
        while not _locked(opened):
            if time.monotonic() > until:
                raise BlockingIOError(errno.EAGAIN, "another process is writing there", str(folder))
            time.sleep(0.05)
        yield
    finally:
        os.close(opened)  # and the lock with it


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # there are no locks
        return True
    return True


class _Moved:
    """A file that was moved, and how to undo that."""

    def __init__(self, source: Path, target: Path) -> None:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, f"{target.name} is a folder", str(target))
        self._target, self._before = target, source.with_name(f"before-{source.name}")
        self._was_there = target.exists()
        with suppress(OSError):  # nothing there, or a disk that cannot give a file two names
            os.link(target, self._before)
        source.replace(target)

    def undo(self) -> None:
        with suppress(OSError):
            if self._before.exists():
                self._before.replace(self._target)
            elif not self._was_there:
                self._target.unlink()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Delay signals that end the program until the end of the block; only the main thread receives them."""
    if current_thread() is not main_thread():
        yield
        return
    received = list[int]()
    before = {number: signal.getsignal(number) for number in ENDINGS}
    for number in ENDINGS:
        signal.signal(number, lambda number, frame: received.append(number))
    try:
        yield
    finally:
        for ending, handler in before.items():
            signal.signal(ending, handler or signal.SIG_DFL)
        for first in received[:1]:
            signal.raise_signal(first)
