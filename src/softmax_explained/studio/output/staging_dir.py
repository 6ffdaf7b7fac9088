"""A folder beside the finished files for what is half done; whatever happens, nothing of it stays."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

from softmax_explained.errors import FilmError

ASIDE, LOCK = ".making-", "lock"


@contextmanager
def staging_dir(out: Path, what: str = "the film") -> Iterator[Path]:
    """A folder in `out`, gone afterwards; so is an `out` that got no file.

    What a killed process left there is swept away first: the folder of a living one is locked, and the
    system takes the lock off whoever dies, however that happens.

    Args:
        out: the folder of the finished files; made if it is missing.
        what: is made there, for whoever is told that it cannot be.

    Raises:
        FilmError: it cannot be written, or there is no room.
    """
    made = not out.exists()
    try:
        out.mkdir(parents=True, exist_ok=True)
        _sweep(out)
        with _held(out) as aside:
            yield aside
    except OSError as error:
        raise FilmError(
            f"{out}: {what} cannot be written: {error.strerror or error}",
            hint="choose a folder you can write, with some gigabytes free, with --out",
        ) from error
    finally:
        if made:
            with suppress(OSError):  # it got a file, or was never made
                out.rmdir()


@contextmanager
def _held(out: Path) -> Iterator[Path]:
    """A new folder, locked. One that somebody sweeps away before it is locked is made once more."""
    while True:
        with tempfile.TemporaryDirectory(dir=out, prefix=ASIDE, ignore_cleanup_errors=True) as aside:
            if lock := _lock(Path(aside), fcntl.LOCK_EX):
                with lock:
                    yield Path(aside)
                return


def _sweep(out: Path) -> None:
    """Delete the folders that nobody holds a lock on."""
    for aside in out.glob(f"{ASIDE}*"):
        with suppress(OSError):
            if lock := _lock(aside, fcntl.LOCK_EX | fcntl.LOCK_NB):
                with lock:
                    shutil.rmtree(aside, ignore_errors=True)


def _lock(folder: Path, how: int) -> IO[str] | None:
    """A folder's lock, until it is closed; nothing if another process has it, or has deleted the folder."""
    with suppress(FileNotFoundError, BlockingIOError), ExitStack() as opened:
        lock = opened.enter_context((folder / LOCK).open("a"))
        fcntl.flock(lock, how)
        if os.path.samestat(os.fstat(lock.fileno()), (folder / LOCK).stat()):
            opened.pop_all()
            return lock
    return None
