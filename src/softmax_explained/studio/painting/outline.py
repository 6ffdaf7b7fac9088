"""Outlines of shapes as paths of Cairo: the same numbers that Manim passes on, with less work in Python."""

from __future__ import annotations

import math
from typing import Any

import cairo
from manim import VMobject

CURVE = 4  # points of a curve


def append_outline(context: cairo.Context[Any], shape: VMobject) -> None:
    """Append the curves of a shape to the current path.

    Manim's camera does the same, see `manim.Camera.set_cairo_context_path`: a curve that does not begin where
    the one before has ended begins another subpath, and a subpath that ends where it has begun is closed.
    A shape with a coordinate that is not finite has no outline.

    Args:
        context: where it is appended.
        shape: its points are whole curves, `CURVE` each.

    >>> from manim import Square
    >>> context = cairo.Context(cairo.ImageSurface(cairo.FORMAT_ARGB32, 8, 8))
    >>> append_outline(context, Square(side_length=2))
    >>> context.path_extents()
    (-1.0, -1.0, 1.0, 1.0)
    """
    points = shape.points
    if not len(points) or not math.isfinite(points.sum()):
        return
    at = points[:, :2].ravel().tolist()
    move_to, curve_to = context.move_to, context.curve_to
    first = last = at[0], at[1]
    context.new_sub_path()
    move_to(*first)
    for n in range(0, len(at), 2 * CURVE):
        start = at[n], at[n + 1]
        if start != last and not shape.consider_points_equals_2d(last, start):
            _close(context, shape, first, last)
            context.new_sub_path()
            move_to(*start)
            first = start
        curve_to(*at[n + 2 : n + 8])
        last = at[n + 6], at[n + 7]
    _close(context, shape, first, last)


def _close(
    context: cairo.Context[Any], shape: VMobject, first: tuple[float, float], last: tuple[float, float]
) -> None:
    """Close a subpath that ends where it has begun."""
    if first == last or shape.consider_points_equals_2d(first, last):
        context.close_path()
