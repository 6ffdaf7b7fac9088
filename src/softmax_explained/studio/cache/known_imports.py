"""The imports of source files that were parsed before, by the hash of their text: parsing all takes 0.4 s."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import TypeAdapter

from softmax_explained.studio.cache.store import Store, cache_folder

Imports = tuple[tuple[str, str, str | None], ...]
"""The imports of a module from the project: local name, module, name in that module."""

MOST = 4096  # source files whose imports are kept; a version of the project has some hundred

_FILE = "imports.json"
_KEY = "imports-1"  # raise the number when what counts as an import changes
_IMPORTS = TypeAdapter(dict[str, Imports])


@dataclass(frozen=True)
class _Record:
    files: int


class KnownImports:
    """Imports by a key that contains the hash of the text they were read from.

    Args:
        folder: of the cache; the user's own if not given.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._store = Store(folder or cache_folder() / "imports", _FILE, TypeAdapter(_Record), largest=2**25)
        entry = self._store.load(_KEY)
        self._known = _IMPORTS.validate_json(entry[1]) if entry else {}
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
        if not self._is_saved:
            self._is_saved = True
            newest = dict([*self._known.items()][-MOST:])
            self._store.put(_KEY, asdict(_Record(len(newest))), json.dumps(newest).encode())
