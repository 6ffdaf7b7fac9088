"""A Manim camera that paints only the rows that have changed, and draws no outline twice."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self
from weakref import WeakKeyDictionary

import cairo
from manim import Camera, Mobject, PMobject, VMobject
from manim.mobject.types.image_mobject import AbstractImageMobject

from softmax_explained.studio.video.rows import Rows, bands
from softmax_explained.studio.video.yuv_frame import Pixels

_MITRE = 10.0  # the tip of a corner reaches so many half line widths beyond it: Cairo's limit
_SOFT = 2.0  # pixels that a soft edge may reach further


@dataclass(frozen=True)
class _Outline:
    """The path of a shape, and the rows of its points as fractions of pixels."""

    points: bytes
    path: cairo.Path
    top: float
    bottom: float


@dataclass(frozen=True)
class _Painted:
    """What a shape looked like: two that are equal are painted alike."""

    look: tuple[object, ...]
    rows: Rows


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
        self._outlines = WeakKeyDictionary[VMobject, _Outline]()
        self._background: Pixels | None = None  # of the last frame, if the next can be painted over it
        self._painted: dict[int, _Painted] = {}  # what is in it beside the background, by the id of the shape

    def paint(self, background: Pixels, mobjects: Iterable[Mobject]) -> Sequence[Rows] | None:
        """Paint a frame, or the rows of it that may differ from the frame that was painted before.

        Args:
            background: the picture of everything that stands still; the same array for all frames of a move.
            mobjects: everything else.

        Returns:
            These rows; in others the array shows whatever was painted there. None if the whole is painted.
        """
        displayed = self.get_mobjects_to_display(mobjects)
        shapes = [each for each in displayed if isinstance(each, VMobject)]
        if any(map(_has_pixels, displayed)):
            self._paint_all(background, mobjects)
            return None
        painted = {id(shape): self._look(shape) for shape in shapes}
        before, self._painted = self._painted, painted
        if background is not self._background or not _same_order(before, painted):
            self._paint_all(background, mobjects)
            self._background = background
            return None
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
        return found

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
        """Make the outline of a shape the current path."""
        ctx.new_path()
        ctx.append_path(self._outline(vmobject).path)
        return self

    def _outline(self, shape: VMobject) -> _Outline:
        """The path of a shape; it is built only if its points have changed."""
        known, points = self._outlines.get(shape), shape.points.tobytes()
        if known is not None and known.points == points:
            return known
        context = self.get_cairo_context(self.pixel_array)
        context.new_path()
        super().set_cairo_context_path(context, shape)
        ys = shape.points[:, 1]
        scale, centre = self.pixel_height / self.frame_height, self.frame_center[1]
        top, bottom = (self.pixel_height / 2 - scale * (y - centre) for y in (ys.max(), ys.min()))
        self._outlines[shape] = outline = _Outline(points, context.copy_path(), float(top), float(bottom))
        return outline

    def _look(self, shape: VMobject) -> _Painted:
        """What a shape looks like now."""
        if not is_visible(shape):
            return _INVISIBLE
        outline = self._outline(shape)
        colours = shape.get_fill_rgbas(), shape.get_stroke_rgbas(), shape.get_stroke_rgbas(background=True)
        widths = shape.stroke_width, shape.background_stroke_width
        look = (
            outline.points,
            *(colour.tobytes() for colour in colours),
            *widths,
            shape.joint_type,
            shape.cap_style,
            shape.sheen_factor,
            tuple(shape.sheen_direction),
        )
        width = max(widths) * self.cairo_line_width_multiple * self.pixel_height / self.frame_height
        reach = _SOFT + width / 2 * _MITRE
        if not math.isfinite(outline.top + outline.bottom):  # then Manim paints nothing
            return _Painted(look, Rows(0, self.pixel_height))
        rows = Rows(math.floor(outline.top - reach), math.ceil(outline.bottom + reach))
        return _Painted(look, rows.within(self.pixel_height))


_INVISIBLE = _Painted((), Rows(0, 0))


def _has_pixels(mobject: Mobject) -> bool:
    """Whether a mobject is or has a picture, whose rows are not known; a tracker is painted by nobody."""
    if isinstance(mobject, VMobject):
        return bool(mobject.background_image)
    return isinstance(mobject, AbstractImageMobject | PMobject)


def _same_order(before: dict[int, _Painted], now: dict[int, _Painted]) -> bool:
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
