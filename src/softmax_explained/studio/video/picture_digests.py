"""Digests of everything that is painted, to tell whether a beat has the same pictures as before."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from softmax_explained.stage.scene.beat import beat_of

Pictures = tuple[str | None, ...]
"""The digests of the parts of a beat; None for a part of which not everything is known."""


class PictureDigests:
    """Digests of the frames of every section of a scene: two that are equal are the same pictures."""

    def __init__(self) -> None:
        self._hashed: dict[str, Any] = {}
        self._unknown = set[str]()

    def add(self, section: str, parts: Sequence[bytes | None], repeat: int) -> None:
        """Add a frame to a section, or several that are equal.

        Args:
            section: the name of the section.
            parts: the digests of what is painted, always as many; None for what nothing is known of.
            repeat: the number of frames.
        """
        known = [part for part in parts if part is not None]
        if len(known) < len(parts):
            self._unknown.add(section)
        hashed = self._hashed.setdefault(section, hashlib.blake2b(digest_size=16))
        hashed.update(b"%d " % repeat + b"".join(known))

    def of(self, section: str) -> str | None:
        """The digest of all frames of a section, or None if one of them is not known."""
        found = None if section in self._unknown else self._hashed.get(section)
        return found and str(found.hexdigest())

    def of_beat(self, beat: str) -> Pictures:
        """The digests of the sections with the parts of a beat, in order."""
        return tuple(self.of(section) for section in self._hashed if beat_of(section) == beat)
