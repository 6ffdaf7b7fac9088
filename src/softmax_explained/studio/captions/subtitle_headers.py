"""Where subtitles stand and whether they are shown, written into the headers of a finished MP4 file.

FFmpeg gives a track with text no size and no place, and marks the first one as shown even if none is to be.
These are fields of a fixed length, which are overwritten: in ``tkhd`` (ISO/IEC 14496-12, section 8.3.2), and
the text box of ``tx3g`` (3GPP TS 26.245, section 5.16).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_LINES = 0.16  # the height of two lines of text, of the shorter side of the picture

_ENABLED = 1  # the flag of a track that is shown unless the viewer chooses another
_MATRIX_Y, _WIDTH, _HEIGHT = 68, 76, 80  # in version 0 of `tkhd`, from its version on, all as 16.16
_KIND = 8  # in `hdlr`
_FIRST_ENTRY = 8  # in `stsd`
_TEXT_BOX = 18  # in `tx3g`: top, left, bottom, right

_PATH_OF_STYLE = b"mdia", b"minf", b"stbl", b"stsd"


class _Box(NamedTuple):
    kind: bytes
    start: int  # of its content
    end: int


def place_subtitles(file: Path, size: tuple[int, int], shown: int | None) -> None:
    """Put the tracks with captions at the bottom of the picture, and mark the one that is shown.

    Args:
        file: an MP4 file that FFmpeg has written.
        size: width and height of the picture in pixels.
        shown: the place of the track among those with captions, from 0; None if the viewer has to choose one.
    """
    with file.open("r+b") as opened:
        start = 0
        while True:  # only one box, of some bytes, stands before the index
            opened.seek(start)
            length, kind = struct.unpack(">I4s", opened.read(8))
            if kind == b"moov":
                break
            start += length
        opened.seek(start)
        index = bytearray(opened.read(length))
        tracks = [each for each in _boxes(index, 8, length) if each.kind == b"trak"]
        subtitles = [track for track in tracks if _kind(index, track) == b"sbtl"]
        for number, track in enumerate(subtitles):
            _place(index, track, size, is_shown=number == shown)
        opened.seek(start)
        opened.write(index)


def _place(index: bytearray, track: _Box, size: tuple[int, int], *, is_shown: bool) -> None:
    width, height = size
    lines = round(_LINES * min(size))
    header = _inside(index, track, b"tkhd").start
    (flags,) = struct.unpack_from(">I", index, header)
    struct.pack_into(">I", index, header, flags & ~_ENABLED | (_ENABLED if is_shown else 0))
    for field, pixels in ((_MATRIX_Y, height - lines), (_WIDTH, width), (_HEIGHT, lines)):
        struct.pack_into(">I", index, header + field, pixels << 16)
    descriptions = _inside(index, track, *_PATH_OF_STYLE)
    (style,) = _boxes(index, descriptions.start + _FIRST_ENTRY, descriptions.end)
    struct.pack_into(">4h", index, style.start + _TEXT_BOX, 0, 0, lines, width)


def _kind(index: bytearray, track: _Box) -> bytes:
    handler = _inside(index, track, b"mdia", b"hdlr").start
    return bytes(index[handler + _KIND : handler + _KIND + 4])


def _inside(index: bytearray, box: _Box, *path: bytes) -> _Box:
    """The box that is reached through others."""
    for kind in path:
        box = next(each for each in _boxes(index, box.start, box.end) if each.kind == kind)
    return box


def _boxes(index: bytearray, start: int, end: int) -> Iterator[_Box]:
    while start < end:
        length, kind = struct.unpack_from(">I4s", index, start)
        yield _Box(kind, start + 8, start + length)
        start += length
