"""A reader of MP4 boxes, to see what a file holds without asking the library that wrote it."""

from __future__ import annotations

import struct
from pathlib import Path

_FOLDERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"udta"}


def boxes(path: Path) -> list[str]:
    """The paths of all boxes in the order they stand: ``moov/trak/tkhd``."""
    return list(_boxes(path.read_bytes(), ""))


def _boxes(content: bytes, above: str) -> list[str]:
    found, position = [], 0
    while position + 8 <= len(content):
        size, kind = struct.unpack(">I4s", content[position : position + 8])
        header = 8
        if size == 1:
            size, header = struct.unpack(">Q", content[position + 8 : position + 16])[0], 16
        assert size >= header, "a damaged box"
        name = above + kind.decode("latin1")
        found.append(name)
        if kind in _FOLDERS:
            found += _boxes(content[position + header : position + size], name + "/")
        position += size
    return found
