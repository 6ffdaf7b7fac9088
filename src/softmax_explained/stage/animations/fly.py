"""Pictures become the terms of a formula, on straight, curved or quarter-elliptic paths."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt
from manim import Animation, AnimationGroup, FadeIn, Mobject, Scene, TransformFromCopy, VGroup, VMobject
from sympy import Expr

from softmax_explained.stage.design.rate_functions import late
from softmax_explained.stage.text.formula import Formula

APART = 0.3  # fraction of one animation after which the next starts


class Fly(AnimationGroup):
    """Copies of pictures become terms of a line, one after another, behind what they cross.

    Args:
        line: the formula, in its place but not on screen; it is at the end.
        pictures: for each term of the line, its picture, which stays.
        arc: angle of the path in radians; a positive one passes above what is to the right of the pictures.
        way: makes the path from a picture and its term, instead of an arc.
        around: fade in the rest of the line at the end; otherwise it is on screen already.
        run_time: seconds.
    """

    def __init__(
        self,
        line: Formula,
        pictures: Mapping[Expr, VMobject],
        *,
        arc: float = 0.0,
        way: Callable[[Mobject, Mobject], Way] | None = None,
        around: bool = True,
        run_time: float = 1.6,
    ) -> None:
        self._line = line
        terms = {term: line.find(term).set_z_index(-1) for term in pictures}
        flights = list[Animation]()
        for term, glyphs in terms.items():
            path = way(pictures[term], glyphs) if way else None
            flights.append(TransformFromCopy(pictures[term], glyphs, path_arc=arc, path_func=path))
        if around:
            flights.append(FadeIn(rest_of(line, *pictures), rate_func=late))
        super().__init__(*flights, lag_ratio=APART, run_time=run_time)

    def clean_up_from_scene(self, scene: Scene) -> None:
        """Add the whole line to the scene."""
        super().clean_up_from_scene(scene)
        scene.add(self._line.set_z_index(0))


def rest_of(line: Formula, *terms: Expr) -> VGroup:
    """The glyphs of a line that belong to none of the terms."""
    named = {id(glyph) for term in terms for glyph in line.find(term)}
    return VGroup(*[glyph for glyph in line if id(glyph) not in named])


Points = npt.NDArray[np.float64]
Way = Callable[[Points, Points, float], Points]


def down_then_across(thing: Mobject, there: Mobject) -> Way:
    """A quarter of an ellipse that starts vertically and ends horizontally, as a ``path_func`` of Manim.

    All points move in parallel, so that the shape is kept.

    >>> from manim import RIGHT, UP, Dot
    >>> way = down_then_across(Dot(UP), Dot(RIGHT))
    >>> x, y, _ = way(UP, RIGHT, 0.5)
    >>> bool(x < 0.3 < 0.7 < 1 - y), bool(np.isclose((1 - x) ** 2 + (1 - y) ** 2, 1))
    (True, True)
    """
    return _round(thing, there, lambda turn: (1 - np.cos(turn), np.sin(turn)))


def across_then_down(thing: Mobject, there: Mobject) -> Way:
    """The other quarter of the ellipse: it starts horizontally and ends vertically."""
    return _round(thing, there, lambda turn: (np.sin(turn), 1 - np.cos(turn)))


def _round(thing: Mobject, there: Mobject, parts: Callable[[float], tuple[float, float]]) -> Way:
    """The path with the given horizontal and vertical progress, from 0 to 1, at an angle up to π/2."""
    across, down, _ = there.get_center() - thing.get_center()

    def way(start: Points, end: Points, alpha: float) -> Points:
        sideways, upright = parts(alpha * np.pi / 2)
        aside: Points = np.array([across * (sideways - alpha), down * (upright - alpha), 0.0])
        return np.add((1 - alpha) * start + alpha * end, aside)

    return way
