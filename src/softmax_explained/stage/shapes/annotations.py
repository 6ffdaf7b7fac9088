"""Lines, strike-throughs, frames, measures and highlights."""

from manim import DL, UR, Arrow, DoubleArrow, Line, Mobject, RoundedRectangle, VGroup, VMobject

from softmax_explained.stage.design.layout import Point, point
from softmax_explained.stage.design.style import style

HALO = 10  # width of a halo in Manim's units of strokes


def line(start: Point, end: Point, *, colour: str = "quiet", width: str = "thin") -> Line:
    """A straight line; `width` is a token of ``[stroke]``."""
    return Line(start, end, color=style().colour(colour), stroke_width=style().stroke(width))


def tipped(
    start: Point,
    end: Point,
    *,
    colour: str,
    width: str,
    tip: float,
    kind: type[Arrow] = Arrow,
    buff: float = 0.0,
    stroke_ratio: float = 40,
    tip_ratio: float = 0.25,
) -> Arrow:
    """An arrow with a tip of a given length; see Manim's ``Arrow`` for gap and ratios."""
    ratios = {"max_stroke_width_to_length_ratio": stroke_ratio, "max_tip_length_to_length_ratio": tip_ratio}
    stroke = style().stroke(width)
    return kind(
        start, end, buff=buff, color=style().colour(colour), stroke_width=stroke, tip_length=tip, **ratios
    )


class Strike(Line):
    """A line that cancels what it goes through, so that the check accepts it."""


def strike(mobject: Mobject, *, colour: str = "ink", reach: float = 0.07) -> Strike:
    """A diagonal line through something that cancels, `reach` Manim units longer than its box at each end."""
    start, end = mobject.get_corner(DL) + reach * DL, mobject.get_corner(UR) + reach * UR
    return Strike(start, end, color=style().colour(colour), stroke_width=style().stroke("line"))


def halo(text: Mobject) -> Mobject:
    """Put an outline in the colour of the ground behind a text, so that lines behind it end before it."""
    for part in text.get_family():
        if isinstance(part, VMobject):
            part.set_stroke(style().colour("ground"), HALO, background=True, family=False)
    return text


def frame_around(
    mobject: Mobject, *, colour: str = "ink", margin: float = 0.12, beside: float | None = None
) -> VMobject:
    """A rounded frame around something that is pointed out, with another margin at its sides if given."""
    frame = _rounded(mobject, margin, min(0.12, margin), beside)
    return frame.set_stroke(style().colour(colour), style().stroke("line"))


def span(left: float, right: float, y: float, *, colour: str = "quiet") -> VGroup:
    """A double arrow over a length, with a short bar at each end."""
    tip, ends = min(0.16, abs(right - left) / 3), (point(left, y), point(right, y))
    arrow = tipped(*ends, colour=colour, width="thin", tip=tip, kind=DoubleArrow, stroke_ratio=30)
    bars = [line(point(x, y - 0.12), point(x, y + 0.12), colour=colour) for x in (left, right)]
    return VGroup(arrow, *bars)


def check_mark(place: Mobject, *, colour: str = "y", size: float = 0.42) -> VMobject:
    """A tick in the place of something, `size` Manim units high."""
    corners = [point(-0.55, 0.0), point(-0.15, -0.45), point(0.6, 0.5)]
    mark = VMobject().set_points_as_corners([size * corner for corner in corners])
    return mark.set_stroke(style().colour(colour), style().stroke("thick")).move_to(place)


def glow(mobject: Mobject, *, margin: float = 0.07) -> VMobject:
    """A translucent highlight behind something that will be used next."""
    light = _rounded(mobject, margin, min(0.14, margin)).set_stroke(width=0)
    return light.set_fill(style().colour("ink"), 0.17).set_z_index(-1)


def _rounded(mobject: Mobject, margin: float, corner_radius: float, beside: float | None = None) -> VMobject:
    across = margin if beside is None else beside
    width, height = mobject.width + 2 * across, mobject.height + 2 * margin
    return RoundedRectangle(width=width, height=height, corner_radius=corner_radius).move_to(mobject)
