"""Files that come to their places together."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import current_thread, main_thread

ENDINGS = signal.SIGINT, signal.SIGTERM, signal.SIGHUP
"""How a program is told to end, and may put its things in order first."""


def together(aside: Path, out: Path, names: Sequence[str]) -> None:
    """Move files to where people look for them. If one cannot be moved, all are as they were.

    Ctrl-C and ``kill`` wait for the end of it. Only ``kill -9``, in these milliseconds, leaves some files new
    and some old; the sums tell.

    Args:
        aside: where they are; on the same disk.
        out: where they should be.
        names: of the files.

    Raises:
        OSError: one cannot be moved.
    """
    with _uninterrupted():
        moved = list[_Moved]()
        try:
            for name in names:
                moved.append(_Moved(aside / name, out / name))
        except OSError:
            for each in reversed(moved):
                each.undo()
            raise


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
    """Hear after the block who wants the program to end. It is the main thread that hears it."""
    if current_thread() is not main_thread():
        yield
        return
    heard = list[int]()
    before = {number: signal.getsignal(number) for number in ENDINGS}
    for number in ENDINGS:
        signal.signal(number, lambda number, frame: heard.append(number))
    try:
        yield
    finally:
        for ending, handler in before.items():
            signal.signal(ending, handler or signal.SIG_DFL)
        for first in heard[:1]:
            signal.raise_signal(first)
