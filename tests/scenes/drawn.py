"""A scene drawn by Manim's own camera, and what its pixels say about the type on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from manim import BLACK, WHITE, Camera, ManimColor, Mobject, VMobject
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""(height, width, 3), red, green and blue from 0 to 255."""

COVERED = 0.5
"""Pixels of which a glyph covers less say nothing about its colour."""


class Drawing:
    """A scene as it is drawn, and as it is drawn without its type.

    Args:
        mobjects: all that stands on the stage, in drawing order.
        glyphs: those of their parts that are type.
        ground: the colour behind them.
        size: of the frame in Manim's units, width and height.
        lines: pixels of the height.

    Attributes:
        picture: everything.
        cover: how much of each pixel the glyphs cover, were they opaque: 0 to 255.
    """

    def __init__(
        self,
        mobjects: Sequence[Mobject],
        glyphs: Sequence[VMobject],
        ground: ManimColor,
        size: tuple[float, float],
        lines: int,
    ) -> None:
        self._size, self._lines = size, lines
        self._ground = np.rint(np.array(ground.to_rgb()) * 255).astype(np.int16)
        self.picture = self._drawn(mobjects, ground)
        with _painted(glyphs, None):
            self._without = self._drawn(mobjects, ground)
        with _painted(glyphs, WHITE):
            self.cover = self._drawn(glyphs, BLACK)[:, :, 0]

    def extent(self) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of all that is not ground, in Manim's units."""
        drawn = (np.abs(self.picture - self._ground) > 1).any(axis=2)
        rows, columns = np.flatnonzero(drawn.any(axis=1)), np.flatnonzero(drawn.any(axis=0))
        left, bottom = self._point(columns[0], rows[-1] + 1)
        right, top = self._point(columns[-1] + 1, rows[0])
        return left, bottom, right, top

    def contrasts(self, glyph: VMobject) -> NDArray[np.float64]:
        """The WCAG contrast of a glyph's colour with what lies below it, at every pixel it mostly covers."""
        (left, bottom), (right, top) = glyph.points.min(axis=0)[:2], glyph.points.max(axis=0)[:2]
        rows, columns = self._between(top, bottom, 1), self._between(left, right, 0)
        cover = self.cover[rows, columns] / 255
        least = min(COVERED, 0.9 * float(cover.max(initial=0)))
        seen, below = (each[rows, columns][cover > least] / 255 for each in (self.picture, self._without))
        ink = np.clip(below + (seen - below) / cover[cover > least][:, None], 0, 1)
        lighter, darker = luminance(ink), luminance(below)
        return (np.maximum(lighter, darker) + 0.05) / (np.minimum(lighter, darker) + 0.05)

    def _between(self, first: float, last: float, axis: int) -> slice:
        """The pixels between two coordinates, at least one."""
        span, pixels = self._size[axis], self.picture.shape[1 - axis]
        places = [(0.5 + sign * each / span) * pixels for each in (first, last) for sign in ((1, -1)[axis],)]
        start = int(np.floor(min(places)))
        return slice(max(start, 0), max(int(np.ceil(max(places))), start + 1))

    def _point(self, column: float, row: float) -> tuple[float, float]:
        height, width = self.picture.shape[:2]
        return (column / width - 0.5) * self._size[0], (0.5 - row / height) * self._size[1]

    def _drawn(self, mobjects: Sequence[Mobject], ground: ManimColor) -> Pixels:
        width, height = self._size
        camera = Camera(
            background_color=ground,
            pixel_height=self._lines,
            pixel_width=round(self._lines * width / height),
            frame_height=height,
            frame_width=width,
        )
        camera.capture_mobjects(mobjects)
        return np.asarray(camera.pixel_array[:, :, :3])


def luminance(colours: NDArray[np.float64]) -> NDArray[np.float64]:
    """Relative luminance as WCAG 2.2 defines it.

    Args:
        colours: (…, 3), sRGB from 0 to 1.
    """
    linear = np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ [0.2126, 0.7152, 0.0722])


@contextmanager
def _painted(glyphs: Sequence[VMobject], colour: ManimColor | None) -> Iterator[None]:
    """Give glyphs one opaque colour, or hide them, and then their own look again."""
    before = [(glyph.fill_rgbas.copy(), glyph.stroke_rgbas.copy()) for glyph in glyphs]
    for glyph in glyphs:
        glyph.fill_rgbas = np.array([[0, 0, 0, 0]] if colour is None else [colour.to_rgba()], float)
        glyph.stroke_rgbas = np.array([[0.0, 0, 0, 0]])
    try:
        yield
    finally:
        for glyph, (fill, stroke) in zip(glyphs, before, strict=True):
            glyph.fill_rgbas, glyph.stroke_rgbas = fill, stroke
