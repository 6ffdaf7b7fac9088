"""Things that were made before: a folder an entry. Any of it may be deleted at any time."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

ABANDONED = 3600.0
"""Seconds after which a half-written entry belongs to nobody any more."""

_ASIDE = ".aside-"


def cache_folder() -> Path:
    """``$XDG_CACHE_HOME/softmax-explained``, or the same below ``~/.cache``."""
    given = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (given if given.is_absolute() else Path.home() / ".cache") / "softmax-explained"


class Store:
    """Entries by a key. An entry appears whole, by renaming; whether it was damaged since is for its reader.

    Args:
        folder: where they lie; made when first needed.
        largest: bytes that all of them together may take.
    """

    def __init__(self, folder: Path, *, largest: int) -> None:
        self.folder = folder
        self.largest = largest

    def entry(self, key: str) -> Path:
        """The folder of an entry, be it there or not."""
        return self.folder / key

    def entries(self) -> Iterator[Path]:
        """The folders of all entries; none if they may not be read."""
        with suppress(OSError):
            yield from (entry for entry in self.folder.glob("*") if not entry.name.startswith(_ASIDE))

    def put(self, key: str, files: Mapping[str, bytes | Path]) -> None:
        """Keep an entry, in the place of one with the same key.

        Args:
            key: a name for a folder.
            files: what is in it, by name: its bytes, or a file to copy.

        Raises:
            OSError: it cannot be written.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self.folder, prefix=_ASIDE) as aside:
            fresh = Path(aside) / "entry"
            fresh.mkdir()
            for name, content in files.items():
                if isinstance(content, Path):
                    shutil.copyfile(content, fresh / name)
                else:
                    (fresh / name).write_bytes(content)
            _away(self.entry(key))
            fresh.rename(self.entry(key))
        self._trim()

    def used(self, key: str) -> None:
        """Say that an entry is still wanted: those that were not used for longest go first."""
        with suppress(OSError):  # a shelf that may only be read
            os.utime(self.entry(key))

    def _trim(self) -> None:
        """Delete what was not used for longest until the rest is small enough, and what a kill left.

        Others may put and delete at the same time: what is gone already is as good as deleted.
        """
        for aside in self.folder.glob(f"{_ASIDE}*"):
            with suppress(OSError):
                if time.time() - aside.stat().st_mtime > ABANDONED:
                    shutil.rmtree(aside, ignore_errors=True)
        kept = 0
        for _, entry in sorted(self._ages(), reverse=True):
            with suppress(OSError):  # gone meanwhile, or no entry of ours
                kept += sum(file.stat().st_size for file in entry.iterdir())
            if kept > self.largest:
                shutil.rmtree(entry, ignore_errors=True)

    def _ages(self) -> Iterator[tuple[float, Path]]:
        for entry in self.entries():
            with suppress(OSError):
                yield entry.stat().st_mtime, entry


def _away(entry: Path) -> None:
    """Make room for an entry, whatever stands in its place."""
    if entry.is_dir() and not entry.is_symlink():
        shutil.rmtree(entry, ignore_errors=True)
    else:
        with suppress(OSError):
            entry.unlink()
