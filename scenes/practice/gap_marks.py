"""The marks on a number line of scores: a tick, and the bracket over a gap."""

from __future__ import annotations

from collections.abc import Iterable

from manim import Line, VGroup

from softmax_explained.scenes.pictures.score_line import SLANT
from softmax_explained.stage import line, point, style

FOOT = 0.1  # Manim units from a bracket to the ends of its feet


def tick(x: float, y: float, colour: str) -> VGroup:
    """An upright mark on a line."""
    return VGroup(line(point(x, y - 0.2), point(x, y + 0.2), colour=colour, width="thick"))


def bracket(left: float, right: float, y: float, breaks: Iterable[float]) -> VGroup:
    """A bar with feet at its ends, broken over the breaks of the line between them."""
    holes = [x for x in breaks if left < x < right]
    edges = [left, *[x + side * SLANT for x in holes for side in (-1, 1)], right]
    bars = [Line(point(a, y), point(b, y)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    ends = [Line(point(x, y - FOOT), point(x, y + FOOT)) for x in (left, right)]
    ends += [Line(point(x - 0.05, y - FOOT), point(x + 0.05, y + FOOT)) for x in edges[1:-1]]
    return VGroup(*bars, *ends).set_stroke(style().colour("C"), style().stroke("thick"))
