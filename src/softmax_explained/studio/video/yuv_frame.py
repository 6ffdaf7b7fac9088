"""RGBA pictures as the encoder wants them, BT.709 in limited range: only what has changed is converted."""

from __future__ import annotations

from collections import defaultdict

import av
import numpy as np
from av.video.plane import VideoPlane
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, VideoReformatter
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""(height, width, 4): red, green, blue and opacity, the top line first."""

MARGIN = 8
"""Pixels to each side that a colour sample may be filtered from, and more."""

TILE = 128
"""Pixels: what is converted is a whole number of tiles wide and high, so that few sizes occur. The converter
takes several milliseconds to prepare for a size, and is kept."""


class YuvFrame:
    """The picture that is on show, in planes of luma and of colour at half the resolution.

    Most frames of a move differ from the one before in a small part. To find it takes half a millisecond at
    1080p; to convert the whole picture takes six.

    Args:
        width: pixels, even.
        height: pixels, even.

    Attributes:
        frame: the picture; `show` changes it in place. x264 copies a frame when it is given one.
    """

    def __init__(self, width: int, height: int) -> None:
        self.frame = av.VideoFrame(width, height, "yuv420p")
        self.frame.colorspace, self.frame.color_range = Colorspace.ITU709, ColorRange.MPEG
        self._planes = [_lines(plane) for plane in self.frame.planes]
        self._shown: Pixels | None = None
        self._reformatters = defaultdict[tuple[int, ...], VideoReformatter](VideoReformatter)

    def show(self, pixels: Pixels) -> None:
        """Put a picture in the place of the last one.

        Args:
            pixels: (height, width, 4) uint8.
        """
        if self._shown is None:
            self._shown = pixels.copy()
            self._convert(0, len(pixels), 0, pixels.shape[1])
        elif (box := changed(self._shown, pixels)) is not None:
            top, bottom, left, right = box
            self._shown[top:bottom, left:right] = pixels[top:bottom, left:right]
            self._convert(*box)

    def _convert(self, top: int, bottom: int, left: int, right: int) -> None:
        """Convert the tiles that a box lies in, or spreads to."""
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
            inner = _lines(fresh)[(top - above) // step :, (left - before) // step :]
            rows, columns = slice(top // step, bottom // step), slice(left // step, right // step)
            plane[rows, columns] = inner[: (bottom - top) // step, : (right - left) // step]


def _lines(plane: VideoPlane) -> Pixels:
    """The samples of a plane, (lines, bytes a line); a line may be filled up at its end."""
    return np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)


def _tiles(first: int, last: int, length: int) -> tuple[int, int]:
    """The ends of the tiles that some pixels of a line lie in, or close to."""
    return max((first - MARGIN) // TILE * TILE, 0), min(-(-(last + MARGIN) // TILE) * TILE, length)


def changed(before: Pixels, after: Pixels) -> tuple[int, int, int, int] | None:
    """The smallest box in which two pictures differ: top, bottom, left, right, the ends not included.

    Returns:
        Nothing if they are equal.

    >>> before = np.zeros((4, 6, 4), np.uint8)
    >>> after = before.copy()
    >>> after[1, 2:4, 0] = 255
    >>> changed(before, after)
    (1, 2, 2, 4)
    """
    # Four bytes at a time: a pixel is one number.
    one, other = (np.ascontiguousarray(each).view(np.uint32)[..., 0] for each in (before, after))
    different = one != other
    rows = np.flatnonzero(different.any(axis=1))
    if not len(rows):
        return None
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    columns = np.flatnonzero(different[top:bottom].any(axis=0))
    return top, bottom, int(columns[0]), int(columns[-1]) + 1
