"""Converting RGBA pictures to YUV 4:2:0, BT.709 in limited range: only where they have changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import av
import numpy as np
from av.video.plane import VideoPlane
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, VideoReformatter

from softmax_explained.studio.painting.rows import Pixels, Rows

MARGIN = 8  # pixels on each side: more than the filter for chroma samples reaches

TILE = 128
"""Pixels: converted areas are whole tiles, so that few sizes occur. A converter takes several milliseconds to
set up for a size, and is kept."""


class YuvFrame:
    """The current picture, as one plane of luma and two of chroma at half the resolution.

    Most frames of an animation differ from the previous one in a small area. Finding it takes half a
    millisecond at 1080p; converting the whole picture takes six. Width and height are even.
    """

    def __init__(self, width: int, height: int) -> None:
        # Changed in place by `show`: x264 copies the frames it is given.
        self.frame = av.VideoFrame(width, height, "yuv420p")
        self.frame.colorspace, self.frame.color_range = Colorspace.ITU709, ColorRange.MPEG
        self._planes = [_rows(plane) for plane in self.frame.planes]
        self._shown: Pixels | None = None
        self._reformatters = defaultdict[tuple[int, ...], VideoReformatter](VideoReformatter)

    def show(self, pixels: Pixels, changed_rows: Sequence[Rows] | None = None) -> None:
        """Replace the picture.

        Args:
            pixels: (height, width, 4): RGBA, the top row first.
            changed_rows: the rows that may differ from the picture before; all if not given.
        """
        if self._shown is None:
            self._shown = pixels.copy()
            self._convert(0, len(pixels), 0, pixels.shape[1])
            return
        for band in [Rows(0, len(pixels))] if changed_rows is None else changed_rows:
            rows = slice(*band)
            if (box := changed(self._shown[rows], pixels[rows])) is not None:
                top, bottom, left, right = box
                top, bottom = band.top + top, band.top + bottom
                self._shown[top:bottom, left:right] = pixels[top:bottom, left:right]
                self._convert(top, bottom, left, right)

    def _convert(self, top: int, bottom: int, left: int, right: int) -> None:
        """Convert the tiles that a box touches or affects."""
        assert self._shown is not None  # `show` has set it
        height, width = self._shown.shape[:2]
        (top, bottom), (left, right) = _tiles(top, bottom, height), _tiles(left, right, width)
        above, before = max(top - MARGIN, 0), max(left - MARGIN, 0)
        part = self._shown[above : bottom + MARGIN, before : right + MARGIN]
        converted = self._reformatters[part.shape].reformat(
            av.VideoFrame.from_numpy_buffer(part, format="rgba"),
            format="yuv420p",
            dst_colorspace=Colorspace.ITU709,
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
            dst_color_primaries=ColorPrimaries.BT709,
            dst_color_trc=ColorTrc.BT709,
        )
        for step, plane, fresh in zip((1, 2, 2), self._planes, converted.planes, strict=True):
            inner = _rows(fresh)[(top - above) // step :, (left - before) // step :]
            rows, columns = slice(top // step, bottom // step), slice(left // step, right // step)
            plane[rows, columns] = inner[: (bottom - top) // step, : (right - left) // step]


def _rows(plane: VideoPlane) -> Pixels:
    """The samples of a plane as (rows, bytes per row); rows may be padded."""
    return np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)


def _tiles(first: int, last: int, length: int) -> tuple[int, int]:
    """The bounds of the tiles that contain some pixels of a row or column, or are close to them."""
    return max((first - MARGIN) // TILE * TILE, 0), min(-(-(last + MARGIN) // TILE) * TILE, length)


def changed(before: Pixels, after: Pixels) -> tuple[int, int, int, int] | None:
    """The smallest box in which two pictures differ: top, bottom (exclusive), left, right (exclusive).

    Returns:
        None if they are equal.

    >>> before = np.zeros((4, 6, 4), np.uint8)
    >>> after = before.copy()
    >>> after[1, 2:4, 0] = 255
    >>> changed(before, after)
    (1, 2, 2, 4)
    """
    # Four bytes at a time: each pixel is one number.
    one, other = (np.ascontiguousarray(each).view(np.uint32)[..., 0] for each in (before, after))
    different = one != other
    rows = np.flatnonzero(different.any(axis=1))
    if not len(rows):
        return None
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    columns = np.flatnonzero(different[top:bottom].any(axis=0))
    return top, bottom, int(columns[0]), int(columns[-1]) + 1
