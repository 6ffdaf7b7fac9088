"""A folder beside the finished files for what is half done; whatever happens, nothing of it stays."""

from __future__ import annotations

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from softmax_explained.errors import FilmError

ASIDE, LOCK = ".making-", "lock"


@contextmanager
def workshop(out: Path) -> Iterator[Path]:
    """A folder in `out`, gone afterwards; so is an `out` that got no file.

    What a killed process left there is swept away first: the folder of a living one is locked, and the
    system takes the lock off whoever dies, however that happens.

    Args:
        out: the folder of the finished files; made if it is missing.

    Raises:
        FilmError: it cannot be written, or there is no room.
    """
    made = not out.exists()
    try:
        out.mkdir(parents=True, exist_ok=True)
        _sweep(out)
        with tempfile.TemporaryDirectory(dir=out, prefix=ASIDE) as aside, _locked(Path(aside)):
            yield Path(aside)
    except OSError as error:
        raise FilmError(
            f"{out}: the film cannot be written: {error.strerror or error}",
            hint="choose a folder you can write, with some gigabytes free, with --out",
        ) from error
    finally:
        if made and out.is_dir() and not any(out.iterdir()):
            out.rmdir()


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _sweep(out: Path) -> None:
    """Delete the folders that nobody holds a lock on any more."""
    for aside in out.glob(f"{ASIDE}*"):
        with suppress(OSError), (aside / LOCK).open() as lock:  # without a lock file yet, it is being made
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(aside, ignore_errors=True)
