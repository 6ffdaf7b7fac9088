"""The imports of source files that were parsed before, by the hash of their text: parsing all takes 0.4 s."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from softmax_explained.studio.cache.checksums import digest, open_regular
from softmax_explained.studio.cache.store import cache_folder

Imports = tuple[tuple[str, str, str | None], ...]
"""The imports of a module from the project: local name, module, name in that module."""

LARGEST = 4096  # source files whose imports are kept; a version of the project has some hundred

_FORMAT = 1  # raise it when what counts as an import changes


class ImportsFile:
    """Imports by the hash of the text they were read from, in a file that may be deleted at any time.

    The key is made by the caller; it must contain the hash of the text.

    Args:
        path: the file; in the folder of the caches if not given.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or cache_folder() / "imports.json"
        self._known = self._read()
        self._is_saved = True

    def get(self, key: str) -> Imports | None:
        """The imports of a text, or None if they are not known."""
        return self._known.get(key)

    def put(self, key: str, imports: Imports) -> None:
        """Add the imports of a text; `save` writes them."""
        self._known[key] = imports
        self._is_saved = False

    def save(self) -> None:
        """Write what was added; without space or permission nothing is kept."""
        if self._is_saved:
            return
        self._is_saved = True
        newest = dict([*self._known.items()][-LARGEST:])
        content = {"format": _FORMAT, "imports": newest, "digest": digest(newest)}
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self._path.parent, prefix=".tmp-")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump(content, file)
                Path(temporary).replace(self._path)
            except OSError:
                Path(temporary).unlink(missing_ok=True)

    def _read(self) -> dict[str, Imports]:
        """What the file holds; nothing if it is missing, damaged or of another version."""
        with (
            suppress(OSError, ValueError, TypeError, KeyError, RecursionError),
            open_regular(self._path) as file,
        ):
            content = json.load(file)
            if content["format"] == _FORMAT and content["digest"] == digest(content["imports"]):
                return {
                    key: tuple((alias, of, name) for alias, of, name in imports)
                    for key, imports in content["imports"].items()
                }
        return {}
