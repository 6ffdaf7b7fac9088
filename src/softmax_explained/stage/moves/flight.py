"""Pictures fly into the terms of a formula that say the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from manim import Animation, AnimationGroup, FadeIn, Mobject, Scene, TransformFromCopy, VGroup, VMobject
from sympy import Expr

from softmax_explained.stage.formula import Formula
from softmax_explained.stage.moves.corner import Way
from softmax_explained.stage.moves.tempo import late

APART = 0.3
"""How far into the way of one the next sets out, so that they do not run into each other."""


class Flight(AnimationGroup):
    """Copies of pictures become terms of a line; the line is on the stage afterwards.

    They set out one after the other and fly behind what they cross.

    Args:
        line: the formula they fly to, in its place but not on the stage.
        pictures: for each term of the line, what flies there; the picture itself stays.
        arc: angle of their way, in radians; a positive one leads them above what stands to the right of them.
        way: a way round a corner, instead of an arc.
        around: let the rest of the line fade in when they have passed it; if not, it is on the stage already.
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
        flights: list[Animation] = [
            TransformFromCopy(
                pictures[term], glyphs, path_arc=arc, path_func=way(pictures[term], glyphs) if way else None
            )
            for term, glyphs in terms.items()
        ]
        if around:
            flights.append(FadeIn(rest_of(line, *pictures), rate_func=late))
        super().__init__(*flights, lag_ratio=APART, run_time=run_time)

    def clean_up_from_scene(self, scene: Scene) -> None:
        """Put the line onto the stage in one piece."""
        super().clean_up_from_scene(scene)
        scene.add(self._line.set_z_index(0))


def rest_of(line: Formula, *terms: Expr) -> VGroup:
    """The glyphs of a line that belong to none of the terms."""
    named = {id(glyph) for term in terms for glyph in line.find(term)}
    return VGroup(*[glyph for glyph in line if id(glyph) not in named])
