"""A temporary folder beside the finished files; whatever happens, nothing of it is left."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

from softmax_explained.errors import FilmError

PREFIX, LOCK = ".making-", "lock"

_OURS = re.compile(re.escape(PREFIX) + "[a-z0-9_]{8}")  # as `tempfile` names folders


@contextmanager
def staging_dir(out: Path, what: str = "the film", option: str = "--out") -> Iterator[Path]:
    """A temporary folder in `out`, which is removed too if it was created and got no file.

    Folders that killed processes have left are deleted first: the folder of a running process is locked, and
    the system releases the lock when the process ends, however that happens.

    Args:
        out: the folder of the finished files; created if it is missing.
        what: is made there, for the message of the error.
        option: names the folder on the command line.

    Raises:
        FilmError: it cannot be written, or there is no room.
    """
    created = not out.exists()
    try:
        out.mkdir(parents=True, exist_ok=True)
        remove_abandoned(out)
        with _locked(out) as folder:
            yield folder
    except OSError as error:
        raise FilmError(
            f"{out}: {what} cannot be written: {error.strerror or error}",
            hint=f"choose a folder you can write, with some gigabytes free, with {option}",
        ) from error
    finally:
        if created:
            with suppress(OSError):  # it got a file, or could not be created
                out.rmdir()


@contextmanager
def _locked(out: Path) -> Iterator[Path]:
    """A new locked folder; another process may delete it before it is locked, so this is tried again."""
    while True:
        with tempfile.TemporaryDirectory(dir=out, prefix=PREFIX, ignore_cleanup_errors=True) as folder:
            if lock := _lock(Path(folder), fcntl.LOCK_EX):
                with lock:
                    try:
                        yield Path(folder)
                    finally:
                        _empty(Path(folder))
                return


def remove_abandoned(out: Path) -> None:
    """Delete the folders of killed processes: those with a lock that nobody holds, or still empty ones."""
    for folder in out.glob(f"{PREFIX}*"):
        with suppress(OSError):
            if not _OURS.fullmatch(folder.name) or folder.is_symlink():
                continue
            if (folder / LOCK).is_file():
                if lock := _lock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB):
                    with lock:
                        _empty(folder)
                        shutil.rmtree(folder, ignore_errors=True)
            else:
                folder.rmdir()  # fails if anything is in it: then it is somebody else's


def _empty(folder: Path) -> None:
    """Delete what is in a folder but for its lock, which has to be the last: it tells whose folder it is."""
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        elif entry.name != LOCK:
            with suppress(OSError):
                entry.unlink()


def _lock(folder: Path, how: int) -> IO[str] | None:
    """A folder's lock, until it is closed; None if another process has it or has deleted the folder."""
    with suppress(FileNotFoundError, BlockingIOError), ExitStack() as opened:
        lock = opened.enter_context((folder / LOCK).open("a"))
        fcntl.flock(lock, how)
        if os.path.samestat(os.fstat(lock.fileno()), (folder / LOCK).stat()):
            opened.pop_all()
            return lock
    return None
