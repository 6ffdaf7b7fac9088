"""Manim's camera, which builds a path only when it is new and does not paint what nobody can see."""

from __future__ import annotations

from typing import Any, Self
from weakref import WeakKeyDictionary

import cairo
import numpy as np
from manim import Camera, VMobject
from numpy.typing import NDArray


class SegmentCamera(Camera):
    """Takes the place of Manim's camera; the pictures are the same to the last bit.

    In most frames of a move most glyphs stand where they stood. What Manim's camera does with a glyph's
    curves, point by point in Python, it would do for all of them again; here Cairo's own form of a path is
    kept. And a formula that waits to be unveiled would be painted with an opacity of 0.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._paths = WeakKeyDictionary[VMobject, tuple[NDArray[np.float64], cairo.Path]]()

    def display_vectorized(self, vmobject: VMobject, ctx: cairo.Context[Any]) -> Self:
        """Paint a shape, if any of it can be seen."""
        return super().display_vectorized(vmobject, ctx) if is_seen(vmobject) else self

    def set_cairo_context_path(self, ctx: cairo.Context[Any], vmobject: VMobject) -> Self:
        """Make a shape's outline the path that is to be filled and stroked."""
        points = vmobject.points
        known, path = self._paths.get(vmobject, (None, None))
        if path is not None and np.array_equal(known, points):  # type: ignore[arg-type]
            ctx.new_path()
            ctx.append_path(path)
            return self
        super().set_cairo_context_path(ctx, vmobject)
        self._paths[vmobject] = points.copy(), ctx.copy_path()
        return self


def is_seen(shape: VMobject) -> bool:
    """Whether a shape leaves anything on the picture.

    >>> from manim import Square
    >>> is_seen(Square()), is_seen(Square(stroke_opacity=0)), is_seen(Square(fill_opacity=0.1))
    (True, False, True)
    """
    return bool(
        shape.get_fill_rgbas()[:, 3].any()
        or (shape.stroke_width and shape.get_stroke_rgbas()[:, 3].any())
        or (shape.background_stroke_width and shape.get_stroke_rgbas(background=True)[:, 3].any())
    )
