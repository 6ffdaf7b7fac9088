"""Lengths are laid end to end, and the ruler under them is divided by their sum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import (
    LEFT,
    RIGHT,
    UP,
    Add,
    Animation,
    FadeIn,
    FadeOut,
    GrowFromEdge,
    LaggedStart,
    Transform,
    ValueTracker,
    VGroup,
)
from manim.utils.rate_functions import linear, smooth
from numpy.typing import NDArray
from sympy import Pow, evaluate

from softmax_explained.core.formulas.nodes import Literal
from softmax_explained.core.formulas.symbols import S
from softmax_explained.scenes.softmax.lengths import Lengths
from softmax_explained.stage import Formula, Readout, Ruler, Strip, style
from softmax_explained.stage.design.rate_functions import early, late

Points = NDArray[np.float64]


@dataclass(frozen=True)
class LaidStrip:
    """The animations that lay pieces end to end at their size, and then show them larger."""

    pieces: list[Any]
    slide: list[Animation]
    widen: list[Animation]


def lay_end_to_end(lengths: Lengths, strip: Strip) -> LaidStrip:
    """Slide K lengths to the pieces of a strip, first at their own size and then at that of the strip."""
    unit = min(lengths.unit, strip.unit)
    middle = (strip.left + strip.right) / 2
    left = middle - unit * float(strip.lengths.sum()) / 2
    laid = Strip(strip.lengths, left=left, y=strip.y, unit=unit, height=strip.thickness, colour="ink")
    pieces = list(lengths.bars)
    slides = [
        Transform(piece, box.copy(), path_func=sideways_first, rate_func=linear)
        for piece, box in zip(pieces, laid.boxes, strict=True)
    ]
    widen: list[Animation] = [
        Transform(piece, box.copy()) for piece, box in zip(pieces, strip.boxes, strict=True)
    ]
    return LaidStrip(pieces, [LaggedStart(*slides, lag_ratio=0.25)], widen)


def sideways_first(start: Points, end: Points, alpha: float) -> Points:
    """A path for ``Transform``: below or above its place first, so that pieces do not cross."""
    across, up = smooth(min(1.0, alpha / 0.7)), smooth(max(0.0, (alpha - 0.4) / 0.6))
    return np.asarray(start + (end - start) * np.array([across, up, 0.0]))


class ScaleOfSum:
    """The figures of a ruler: 0 and S, then both over S, then 0 and 1.

    Args:
        ruler: from 0 to 1, not on the stage; its line and its figures come one after another.
        total: the number of S.
    """

    def __init__(self, ruler: Ruler, total: Readout) -> None:
        self._ruler, self._total = ruler, total
        zero, one = ruler.ends
        self._bare = VGroup(*[part for part in ruler if part not in (zero, one)]).copy()
        quiet = style().colour("quiet")
        total.move_to(one).stand_on(one.baseline)
        total.shift((one.get_x() + 0.1 - total.get_right()[0]) * RIGHT)
        self._zero = zero.copy()
        with evaluate(False):
            over = [Formula(Literal(0) * Pow(S, -1), size="label"), Formula(S * Pow(S, -1), size="label")]
        self._over = VGroup(*[each.set_fill(quiet) for each in over])
        for each, end in zip(self._over, (zero, one), strict=True):
            each.move_to(end).align_to(end, UP)

    @property
    def parts(self) -> list[Any]:
        """What is on the stage in place of the ruler."""
        return [self._bare, self._zero, self._total, self._over]

    def count(self, total: float | None) -> list[Any]:
        """Draw the ruler while its last figure counts up to S; without a total, it only appears."""
        moves: list[Any] = [GrowFromEdge(self._bare, LEFT), FadeIn(self._zero)]
        if total is None:
            return [*moves, FadeIn(self._total)]
        counted: Any = ValueTracker(0.0)
        self._total.follow(counted.get_value, edge=RIGHT)
        return [*moves, Add(self._total, run_time=1), counted.animate.set_value(total)]

    def settle(self) -> None:
        """Show S exactly."""
        self._total.settle(edge=RIGHT)

    def divide(self, letter: Formula) -> list[Animation]:
        """Put both figures over S, which comes down from its bracket."""
        leaving = [FadeOut(each, rate_func=early) for each in (self._zero, self._total)]
        places = [each.find(S, n) for n, each in enumerate(self._over)]  # the S below each bar
        falls = [Transform(VGroup(*letter).copy(), place.copy(), remover=True) for place in places]
        return [*leaving, *falls, FadeIn(self._over, rate_func=late)]

    def turn_to_one(self) -> list[Animation]:
        """Let the figures become 0 and 1."""
        return [FadeOut(self._over, rate_func=early), FadeIn(self._ruler.ends, rate_func=late)]
