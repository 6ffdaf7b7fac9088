"""What a teacher's pen does to a picture: strike out, draw a frame around, measure a length."""

from __future__ import annotations

from manim import DL, UR, DoubleArrow, Line, Mobject, RoundedRectangle, VGroup, VMobject

from softmax_explained.stage.design.layout import point
from softmax_explained.stage.design.style import style


def strike(mobject: Mobject, *, colour: str = "ink", reach: float = 0.07) -> Line:
    """A slanting line through something that cancels or is zero; draw it with ``Create``.

    Args:
        mobject: what is struck out.
        colour: role of the line.
        reach: how far the line goes beyond its corners, in Manim's units.
    """
    return Line(
        mobject.get_corner(DL) + reach * DL,
        mobject.get_corner(UR) + reach * UR,
        color=style().colour(colour),
        stroke_width=style().stroke("line"),
    )


def frame_around(mobject: Mobject, *, colour: str = "ink", margin: float = 0.12) -> VMobject:
    """A rounded frame that points something out."""
    frame = RoundedRectangle(
        width=mobject.width + 2 * margin,
        height=mobject.height + 2 * margin,
        corner_radius=min(0.12, margin),
        color=style().colour(colour),
        stroke_width=style().stroke("line"),
    )
    return frame.move_to(mobject)


def span(left: float, right: float, y: float, *, colour: str = "quiet") -> VGroup:
    """A double arrow over a length, closed by two short posts."""
    ink = style().colour(colour)
    arrow = DoubleArrow(
        point(left, y),
        point(right, y),
        buff=0,
        color=ink,
        stroke_width=style().stroke("thin"),
        tip_length=min(0.16, abs(right - left) / 3),
        max_stroke_width_to_length_ratio=30,
    )
    posts = [Line(point(x, y - 0.12), point(x, y + 0.12), color=ink) for x in (left, right)]
    return VGroup(arrow, *[post.set_stroke(width=style().stroke("thin")) for post in posts])


def glow(mobject: Mobject, *, margin: float = 0.07) -> VMobject:
    """A soft light behind something that is going to matter; it lies under everything."""
    light = RoundedRectangle(
        width=mobject.width + 2 * margin,
        height=mobject.height + 2 * margin,
        corner_radius=min(0.14, margin),
        stroke_width=0,
        fill_color=style().colour("ink"),
        fill_opacity=0.17,
    )
    light.set_z_index(-1)
    return light.move_to(mobject)
