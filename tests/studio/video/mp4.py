"""A reader of MP4 boxes, to see what a file holds without asking the library that wrote it."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

_FOLDERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"udta"}


def boxes(path: Path) -> list[str]:
    """The paths of all boxes in the order they stand: ``moov/trak/tkhd``."""
    return [name for name, _ in _boxes(path.read_bytes(), "")]


def contents(path: Path, box: str) -> list[bytes]:
    """The contents of all boxes of a path, in the order they stand."""
    return [content for name, content in _boxes(path.read_bytes(), "") if name == box]


@dataclass(frozen=True)
class Track:
    """What the headers of a track say."""

    handler: str  # vide, soun, sbtl or text
    name: str  # of the handler
    language: str
    enabled: bool
    alternate_group: int
    box: tuple[float, float, float, float]  # left, top, width and height in pixels
    entry: bytes  # the first sample description


def tracks(path: Path) -> list[Track]:
    """The tracks in the order they stand."""
    return [_track(content) for content in contents(path, "moov/trak")]


def _track(content: bytes) -> Track:
    found = dict(_boxes(content, ""))
    handler, media, header = found["mdia/hdlr"], found["mdia/mdhd"], found["tkhd"]
    assert header[0] == media[0] == 0, "versions with times of 32 bits"
    matrix = struct.unpack(">9I", header[40:76])
    width, height = struct.unpack(">II", header[76:84])
    (packed,) = struct.unpack(">H", media[20:22])
    return Track(
        handler=handler[8:12].decode(),
        name=handler[24:].rstrip(b"\0").decode(),
        language="".join(chr((packed >> shift & 31) + 0x60) for shift in (10, 5, 0)),
        enabled=bool(header[3] & 1),
        alternate_group=struct.unpack(">h", header[34:36])[0],
        box=(matrix[6] / 65536, matrix[7] / 65536, width / 65536, height / 65536),
        entry=found["mdia/minf/stbl/stsd"][8:],
    )


def _boxes(content: bytes, above: str) -> list[tuple[str, bytes]]:
    found, position = list[tuple[str, bytes]](), 0
    while position + 8 <= len(content):
        size, kind = struct.unpack(">I4s", content[position : position + 8])
        header = 8
        if size == 1:
            size, header = struct.unpack(">Q", content[position + 8 : position + 16])[0], 16
        assert size >= header, "a damaged box"
        name = above + kind.decode("latin1")
        inside = content[position + header : position + size]
        found.append((name, inside))
        if kind in _FOLDERS:
            found += _boxes(inside, name + "/")
        position += size
    return found
