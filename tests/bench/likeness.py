"""How near a film comes to the same film without loss: SSIM, frame by frame, by FFmpeg's own filter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from fractions import Fraction
from itertools import islice
from statistics import fmean
from typing import Any

from av.filter import Graph
from av.filter.context import FilterContext
from av.video.format import VideoFormat
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter

from bench import lossless
from bench.contestants import CONTESTANTS, films, frames_in
from bench.film import Film

EVERY = {"draft": 1, "medium": 1, "high": 5}
"""Which frames are compared: all, or each fifth."""

CEILING = "planes"
"""The pictures as x264 is given them, with colour at half the resolution: no film can come nearer. In 4:2:0
it is 1 but for the rounding of two ways to get there."""


@dataclass(frozen=True)
class Likeness:
    """SSIM of some frames; 1 is the same picture.

    Attributes:
        mean: in red, green and blue, over the frames that were compared.
        least: of the worst of them.
        worst: its number in the film.
        mean_encoded: in 4:2:0, as x264 is given the frames: only what it has lost by itself.
        least_encoded: of the worst of them.
        compared: how many frames were.
    """

    mean: float
    least: float
    worst: int
    mean_encoded: float
    least_encoded: float
    compared: int


def run(name: str, film: Film) -> dict[str, Any]:
    """Compare what a contestant has made with the film without loss.

    Args:
        name: a key of `CONTESTANTS`, or `CEILING`.
        film: made by it, and drawn without loss; what is missing is made now.

    Returns:
        `Likeness`; or how many frames were expected and found, if they are not as many.
    """
    expected = sum(lossless.run(film)["frames"].values())
    if name == CEILING:
        shown, matrix = lossless.frames(film, "yuv"), Colorspace.ITU709
    else:
        made, matrix = films(name, film), CONTESTANTS[name].matrix
        if (found := sum(map(frames_in, made))) != expected:
            return {"expected": expected, "found": found}
        shown = lossless.pictures(*made)
    return asdict(likeness(zip(shown, lossless.frames(film), strict=True), matrix, EVERY[film.quality]))


def likeness(pairs: Iterable[tuple[VideoFrame, VideoFrame]], matrix: Colorspace, every: int = 1) -> Likeness:
    """Compare frames.

    Args:
        pairs: frames of a film, in planes of luma and colour, and how they should look, in planes of green,
            blue and red.
        matrix: how the film's colours are to be read; they are in limited range.
        every: of so many frames, the first is compared.
    """
    as_seen, as_encoded = _Ssim("gbrp"), _Ssim("yuv420p")
    reader, writer = VideoReformatter(), VideoReformatter()
    seen, encoded = dict[int, float](), dict[int, float]()
    for number, (frame, wanted) in islice(enumerate(pairs), 0, None, every):
        shown = reader.reformat(
            frame,
            format="gbrp",
            src_colorspace=matrix,
            src_color_range=ColorRange.MPEG,
            dst_color_range=ColorRange.JPEG,
        )
        given = writer.reformat(
            wanted,
            format="yuv420p",
            dst_colorspace=matrix,
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
        )
        seen[number], encoded[number] = as_seen.of(shown, wanted), as_encoded.of(frame, given)
    worst = min(seen, key=seen.__getitem__)
    return Likeness(
        mean=fmean(seen.values()),
        least=seen[worst],
        worst=worst,
        mean_encoded=fmean(encoded.values()),
        least_encoded=min(encoded.values()),
        compared=len(seen),
    )


class _Ssim:
    """FFmpeg's filter.

    Args:
        kind: of the pictures: ``gbrp`` or ``yuv420p``; they are all of one size.
    """

    def __init__(self, kind: str) -> None:
        self._kind, self._number, self._ways_in = kind, 0, list[FilterContext]()

    def of(self, frame: VideoFrame, wanted: VideoFrame) -> float:
        """SSIM of a frame and how it should look."""
        if not self._ways_in:
            self._configure(frame.width, frame.height)
        for way_in, picture in zip(self._ways_in, (frame, wanted), strict=True):
            picture.pts, picture.time_base = self._number, Fraction(1, 1)
            way_in.push(picture)
        self._number += 1
        return float(self._way_out.pull().metadata["lavfi.ssim.All"])

    def _configure(self, width: int, height: int) -> None:
        self._graph = Graph()
        kind, second = VideoFormat(self._kind), Fraction(1, 1)
        self._ways_in = [
            self._graph.add_buffer(width=width, height=height, format=kind, time_base=second)
            for _ in range(2)
        ]
        compare, self._way_out = self._graph.add("ssim"), self._graph.add("buffersink")
        for place, way_in in enumerate(self._ways_in):
            way_in.link_to(compare, 0, place)
        compare.link_to(self._way_out)
        self._graph.configure()
