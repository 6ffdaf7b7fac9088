"""A Manim camera that reuses paths and skips invisible shapes."""

from __future__ import annotations

from typing import Any, Self
from weakref import WeakKeyDictionary

import cairo
import numpy as np
from manim import Camera, VMobject
from numpy.typing import NDArray


class SegmentCamera(Camera):
    """Replaces Manim's camera; the pictures are identical bit for bit.

    In most frames of an animation most glyphs do not move. Manim's camera would convert the curves of all of
    them again, point by point in Python; here the path that Cairo has built is kept. And it would paint
    formulas that are still hidden, with an opacity of 0.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._paths = WeakKeyDictionary[VMobject, tuple[NDArray[np.float64], cairo.Path]]()

    def display_vectorized(self, vmobject: VMobject, ctx: cairo.Context[Any]) -> Self:
        """Paint a shape if it is visible."""
        return super().display_vectorized(vmobject, ctx) if is_visible(vmobject) else self

    def set_cairo_context_path(self, ctx: cairo.Context[Any], vmobject: VMobject) -> Self:
        """Make the outline of a shape the current path."""
        points = vmobject.points
        known, path = self._paths.get(vmobject, (None, None))
        if path is not None and np.array_equal(known, points):  # type: ignore[arg-type]
            ctx.new_path()
            ctx.append_path(path)
            return self
        super().set_cairo_context_path(ctx, vmobject)
        self._paths[vmobject] = points.copy(), ctx.copy_path()
        return self


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
