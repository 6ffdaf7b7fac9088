"""A cache on disk: one folder per entry. Any of it may be deleted at any time."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import TypeAdapter

from softmax_explained.studio.cache.checksums import digest, open_regular

ABANDONED = 3600.0  # seconds after which a temporary folder is taken to belong to a killed process
RECORD = "record.json"  # the file of an entry that describes its data and holds the checksums of both

_TEMPORARY = ".tmp-"

Record = TypeVar("Record")


def cache_folder() -> Path:
    """``$XDG_CACHE_HOME/softmax-explained``, or the same below ``~/.cache``."""
    given = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (given if given.is_absolute() else Path.home() / ".cache") / "softmax-explained"


class Store(Generic[Record]):
    """Entries by key: a data file, and a record that describes it.

    An entry appears complete, by renaming its folder. A damaged entry, or one with a record of another kind,
    counts as missing.

    Args:
        folder: of the entries.
        data: the name of the data file.
        record: reads a record.
        largest: beyond so many bytes the least recently used entries are deleted.
    """

    def __init__(self, folder: Path, data: str, record: TypeAdapter[Record], *, largest: int) -> None:
        self.folder, self._data, self._record, self._largest = folder, data, record, largest
        self._held: int | None = None  # bytes of all entries, as far as this process knows

    def load(self, key: str) -> tuple[Record, bytes] | None:
        """The record and the data of an entry, or None if it is missing or damaged."""
        entry = self.folder / key
        try:
            record, sha256 = self._read(entry)
            data = _content(entry / self._data)
        except (OSError, ValueError):
            return None
        if sha256 != hashlib.sha256(data).hexdigest():
            return None
        with suppress(OSError):  # the cache may be read-only
            os.utime(entry)
        return record, data

    def keys(self, prefix: str) -> Iterator[str]:
        """The keys that begin with a prefix, those that were used last first."""
        entries = sorted(self._entries(f"{prefix}*"), reverse=True)
        return (entry.name for _, entry in entries)

    def records(self) -> Iterator[Record]:
        """The records of all undamaged entries."""
        for _, entry in self._entries():
            with suppress(OSError, ValueError):
                yield self._read(entry)[0]

    def _read(self, entry: Path) -> tuple[Record, str]:
        """The record of an entry and the checksum of its data.

        Raises:
            OSError: it cannot be read.
            ValueError: it is damaged, or of another kind.
        """
        try:
            record = json.loads(_content(entry / RECORD))
        except RecursionError as error:
            raise ValueError("a damaged record") from error
        if not isinstance(record, dict) or record.pop("digest", None) != digest(record):
            raise ValueError("a damaged record")
        sha256 = str(record.pop("sha256", ""))
        return self._record.validate_python(record), sha256

    def put(self, key: str, record: Mapping[str, object], data: bytes) -> None:
        """Add or replace an entry; without space or permission nothing is kept, and nothing is lost."""
        record = {**record, "sha256": hashlib.sha256(data).hexdigest()}
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=self.folder, prefix=_TEMPORARY) as temporary:
                fresh = Path(temporary) / "entry"
                fresh.mkdir()
                (fresh / self._data).write_bytes(data)
                (fresh / RECORD).write_bytes(json.dumps({**record, "digest": digest(record)}).encode())
                _delete(self.folder / key)
                size = _size(fresh)
                fresh.rename(self.folder / key)
            self._held = None if self._held is None else self._held + size
            if self._held is None or self._held > self._largest:  # looking at every entry takes time
                self._held = self._trim()

    def _trim(self) -> int:
        """Delete the least recently used entries beyond the limit, and what killed processes left.

        Other processes may do the same at the same time, so anything may be gone already.

        Returns:
            The bytes of what is kept.
        """
        for temporary in self.folder.glob(f"{_TEMPORARY}*"):
            with suppress(OSError):
                if time.time() - temporary.stat().st_mtime > ABANDONED:
                    shutil.rmtree(temporary, ignore_errors=True)
        seen = kept = 0
        for _, entry in sorted(self._entries(), reverse=True):
            with suppress(OSError):  # deleted meanwhile, or a stray file
                seen += _size(entry)
            if seen > self._largest:
                shutil.rmtree(entry, ignore_errors=True)
            else:
                kept = seen
        return kept

    def _entries(self, pattern: str = "*") -> Iterator[tuple[float, Path]]:
        """Every entry whose name matches a pattern, with the time it was last used."""
        with suppress(OSError):  # the folder may be missing or unreadable
            for entry in self.folder.glob(pattern):
                if not entry.name.startswith(_TEMPORARY):
                    with suppress(OSError):
                        yield entry.stat().st_mtime, entry


def _content(file: Path) -> bytes:
    with open_regular(file) as opened:
        return opened.read()


def _size(entry: Path) -> int:
    return sum(file.stat().st_size for file in entry.iterdir())


def _delete(path: Path) -> None:
    """Delete whatever is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()
