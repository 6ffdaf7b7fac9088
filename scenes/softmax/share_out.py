"""Lengths are laid end to end, and the ruler under them is divided by their sum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import (
    DOWN,
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
from manim.utils.rate_functions import linear, smooth, squish_rate_func
from numpy.typing import NDArray
from sympy import Pow, evaluate

from softmax_explained.core.formulas.nodes import Literal
from softmax_explained.core.formulas.symbols import S, a
from softmax_explained.scenes.softmax.lengths import Lengths
from softmax_explained.stage import Formula, Readout, Ruler, Strip, style
from softmax_explained.stage.charts.segment_tags import SegmentTags
from softmax_explained.stage.design.rate_functions import early, late

BEYOND = 0.1  # Manim units that the figures of the ruler may reach beyond its ends

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
        total.move_to(one).stand_on(one.baseline)
        total.shift((one.get_x() + BEYOND - total.get_right()[0]) * RIGHT)
        self._zero = zero.copy()
        with evaluate(False):
            over = [Formula(Literal(0) * Pow(S, -1), size="body"), Formula(S * Pow(S, -1), size="body")]
        self._over = VGroup(*[each.set_fill(style().colour("ink")) for each in over])
        for each, end in zip(self._over, (zero, one), strict=True):
            each.move_to(end).align_to(end, UP)
            over = float(each.width) / 2 - BEYOND
            each.shift(max(0.0, over) * (RIGHT if end is zero else LEFT))

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
        falls = [
            Transform(VGroup(*letter).copy(), place.copy(), path_func=sideways_first, remover=True)
            for place in places
        ]  # along the bracket first: the names in the pieces are between
        return [*leaving, *falls, FadeIn(self._over, rate_func=late)]

    def turn_to_one(self) -> list[Animation]:
        """Let the figures become 0 and 1."""
        return [FadeOut(self._over, rate_func=early), FadeIn(self._ruler.ends, rate_func=late)]


class ShareLetters:
    """What a share is called, a_k in every segment that has a tag, before its number stands there.

    Args:
        tags: of the strip; the names that stand in their segments are on the stage already.
    """

    def __init__(self, tags: SegmentTags) -> None:
        self._numbers = [tags.value(k) for k in tags.shown]
        self._letters = [Formula(a[k + 1], size="least_formula") for k in tags.shown]
        for letter, number in zip(self._letters, self._numbers, strict=True):
            letter.set_fill(number.get_fill_color()).move_to(number).align_to(number, DOWN)
        self._over = [part for k in tags.outside for part in (tags.lines[k], tags.tag(k)[0])]
        self._inside = [tags.tag(k)[0] for k in tags.inside]

    @property
    def parts(self) -> list[Any]:
        """What is on the stage in the end, in place of the tags."""
        return [*self._inside, *self._over, *self._numbers]

    def come(self) -> list[Animation]:
        """Write the letters one after another, with the names that have no room in their segments."""
        coming = LaggedStart(*[FadeIn(letter) for letter in self._letters], lag_ratio=0.3)
        return [*[FadeIn(part) for part in self._over], coming]

    def turn_into_numbers(self) -> list[Animation]:
        """Leave the letters time to be read, then put every number in the place of its letter."""
        goes, comes = squish_rate_func(smooth, 0.55, 0.75), squish_rate_func(smooth, 0.75, 1.0)
        return [
            *[FadeOut(letter, rate_func=goes) for letter in self._letters],
            *[FadeIn(number, rate_func=comes) for number in self._numbers],
        ]
