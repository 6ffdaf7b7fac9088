"""A Manim camera that paints only the rows that have changed, and draws no outline twice."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, Self
from weakref import WeakKeyDictionary

import cairo
import numpy as np
from manim import Camera, ImageMobject, Mobject, PMobject, VMobject
from manim.mobject.types.image_mobject import AbstractImageMobject

from softmax_explained.studio.video.rows import Rows, bands
from softmax_explained.studio.video.yuv_frame import Pixels

_MITRE = 10.0  # the tip of a corner reaches so many half line widths beyond it: Cairo's limit
_SOFT = 2.0  # pixels that a soft edge may reach further

DIGITS = 9
"""Decimals of Manim's units that count for a picture: a billionth is a ten-millionth of a pixel at 1080p."""


@dataclass(frozen=True)
class _Appearance:
    """What a shape looks like: two with equal looks are painted alike."""

    look: tuple[object, ...]
    rows: Rows  # none if it is invisible

    @property
    def is_visible(self) -> bool:
        """Whether anything of it can be in the picture."""
        return self.rows.top < self.rows.bottom

    @cached_property
    def digest(self) -> bytes:
        """Of all that the picture depends on, its numbers rounded to `DIGITS` decimals."""
        hashed = hashlib.blake2b(digest_size=16)
        for part in self.look:
            if isinstance(part, bytes):
                rounded = np.round(np.frombuffer(part, float), DIGITS) + 0.0  # -0 is 0
                hashed.update(rounded.tobytes())
            else:
                hashed.update(repr(part).encode())
            hashed.update(b"\0")
        return hashed.digest()


class PaintedFrame(NamedTuple):
    """A frame that was painted."""

    changed: Sequence[Rows] | None  # the rows in which it may differ from the frame before; None for all
    digest: bytes | None  # what it depends on beside the background, see `SegmentCamera.digest`


class SegmentCamera(Camera):
    """Replaces Manim's camera; the pictures are identical bit for bit.

    In most frames of an animation most glyphs do not move. Manim's camera would copy the whole background,
    convert the curves of all shapes again, point by point in Python, and paint formulas that are still
    hidden, with an opacity of 0. Here the path that Cairo has built is kept, and only the rows are painted
    in which something has changed since the frame before. Shapes that reach beyond them are not clipped:
    Cairo would round the edges of what it clips differently.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._paths = WeakKeyDictionary[VMobject, tuple[bytes, cairo.Path]]()  # with the points
        self._appearances = WeakKeyDictionary[VMobject, _Appearance]()
        self._background: Pixels | None = None  # of the last frame, if the next can be painted over it
        self._painted: dict[
            int, _Appearance
        ] = {}  # what is in it beside the background, by the id of the shape

    def paint(self, background: Pixels, mobjects: Iterable[Mobject]) -> PaintedFrame:
        """Paint a frame, or the rows of it that may differ from the frame that was painted before.

        Args:
            background: the picture of everything that stands still; the same array for all frames of a move.
            mobjects: everything else.

        Returns:
            The rows that were painted; in others the array shows whatever was painted there.
        """
        displayed = self.get_mobjects_to_display(mobjects)
        if any(map(_has_pixels, displayed)):
            self._paint_all(background, mobjects)
            return PaintedFrame(None, self.digest(mobjects))
        shapes = [each for each in displayed if isinstance(each, VMobject)]
        before, painted = self._painted, {id(shape): self._appearance(shape) for shape in shapes}
        self._painted = painted
        digest = _digest(painted.values())
        if background is not self._background or not _same_order(before, painted):
            self._paint_all(background, mobjects)
            self._background = background
            return PaintedFrame(None, digest)
        changed = [
            rows.rows
            for shape in {**before, **painted}
            if (old := before.get(shape)) != (new := painted.get(shape))
            for rows in (old, new)
            if rows is not None
        ]
        found = bands(changed, self.pixel_height)
        for band in found:
            self.pixel_array[band.top : band.bottom] = background[band.top : band.bottom]
        context = self.get_cairo_context(self.pixel_array)
        for shape in shapes:
            if any(painted[id(shape)].rows.touches(band) for band in found):
                self.display_vectorized(shape, context)
        return PaintedFrame(found, digest)

    def digest(self, mobjects: Iterable[Mobject]) -> bytes | None:
        """All that a picture of mobjects depends on, in 16 bytes: their outlines and colours, in order.

        Nothing is painted. Two equal digests are the same picture; two pictures may be the same in spite of
        different ones. Coordinates are compared to `DIGITS` decimals, because the last ones depend on whether
        what came before was drawn or only played.

        Returns:
            None if one of the mobjects is of a kind that is not known here.
        """
        seen = list[_Appearance]()
        for each in self.get_mobjects_to_display(mobjects):
            if isinstance(each, ImageMobject):
                pixels = hashlib.sha256(each.get_pixel_array().tobytes()).hexdigest()
                look = np.asarray(each.points, float).tobytes(), pixels, each.resampling_algorithm
                seen.append(_Appearance(look, Rows(0, self.pixel_height)))
            elif _has_pixels(each):
                return None
            elif isinstance(each, VMobject):
                seen.append(self._appearance(each))
        return _digest(seen)

    def forget(self) -> None:
        """Paint the next frame whole."""
        self._background = None

    def _paint_all(self, background: Pixels, mobjects: Iterable[Mobject]) -> None:
        self.pixel_array[:] = background
        self.capture_mobjects(mobjects)

    def capture_mobjects(self, mobjects: Iterable[Mobject], **kwargs: Any) -> None:
        """Paint some mobjects over the picture, whatever it shows."""
        self.forget()
        super().capture_mobjects(mobjects, **kwargs)

    def display_vectorized(self, vmobject: VMobject, ctx: cairo.Context[Any]) -> Self:
        """Paint a shape if it is visible."""
        return super().display_vectorized(vmobject, ctx) if is_visible(vmobject) else self

    def set_cairo_context_path(self, ctx: cairo.Context[Any], vmobject: VMobject) -> Self:
        """Make the outline of a shape the current path; it is built only if its points have changed."""
        ctx.new_path()
        known, points = self._paths.get(vmobject), vmobject.points.tobytes()
        if known is not None and known[0] == points:
            ctx.append_path(known[1])
        else:
            super().set_cairo_context_path(ctx, vmobject)
            self._paths[vmobject] = points, ctx.copy_path()
        return self

    def _appearance(self, shape: VMobject) -> _Appearance:
        """What a shape looks like now."""
        arrays = (
            shape.points,
            shape.get_fill_rgbas(),
            shape.get_stroke_rgbas(),
            shape.get_stroke_rgbas(background=True),
            shape.sheen_direction,
        )
        widths = float(shape.stroke_width), float(shape.background_stroke_width)
        look = (
            *(np.asarray(array, float).tobytes() for array in arrays),
            np.array([*widths, shape.sheen_factor], float).tobytes(),
            shape.joint_type,
            shape.cap_style,
        )
        if (known := self._appearances.get(shape)) is not None and known.look == look:
            return known
        rows = self._rows(shape, max(widths)) if is_visible(shape) else _NONE
        self._appearances[shape] = found = _Appearance(look, rows)
        return found

    def _rows(self, shape: VMobject, stroke_width: float) -> Rows:
        """The rows that a shape may touch."""
        ys = shape.points[:, 1]
        scale, centre = self.pixel_height / self.frame_height, self.frame_center[1]
        top, bottom = (self.pixel_height / 2 - scale * (y - centre) for y in (ys.max(), ys.min()))
        if not math.isfinite(top + bottom):  # then Manim paints nothing
            return Rows(0, self.pixel_height)
        width = stroke_width * self.cairo_line_width_multiple * scale
        reach = _SOFT + width / 2 * _MITRE
        return Rows(math.floor(top - reach), math.ceil(bottom + reach)).within(self.pixel_height)


_NONE = Rows(0, 0)


def _digest(seen: Iterable[_Appearance]) -> bytes:
    together = b"".join(each.digest for each in seen if each.is_visible)
    return hashlib.blake2b(together, digest_size=16).digest()


def _has_pixels(mobject: Mobject) -> bool:
    """Whether a mobject is or has a picture, whose rows are not known; a tracker is painted by nobody."""
    if isinstance(mobject, VMobject):
        return bool(mobject.background_image)
    return isinstance(mobject, AbstractImageMobject | PMobject)


def _same_order(before: dict[int, _Appearance], now: dict[int, _Appearance]) -> bool:
    """Whether what is painted in both frames is painted in the same order."""
    stayed = [shape for shape in before if shape in now]
    return stayed == (list(now) if len(stayed) == len(now) else [shape for shape in now if shape in before])


def is_visible(shape: VMobject) -> bool:
    """Whether a shape has a visible fill or stroke.

    >>> from manim import Square
    >>> is_visible(Square()), is_visible(Square(stroke_opacity=0)), is_visible(Square(fill_opacity=0.1))
    (True, False, True)
    """
    return bool(
        shape.get_fill_rgbas()[:, 3].any()
        or (shape.stroke_width and shape.get_stroke_rgbas()[:, 3].any())
        or (shape.background_stroke_width and shape.get_stroke_rgbas(background=True)[:, 3].any())
    )
