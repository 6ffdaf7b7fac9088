"""Lengths are laid end to end, and their sum is divided by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from manim import (
    DOWN,
    LEFT,
    Animation,
    FadeIn,
    FadeOut,
    GrowFromEdge,
    LaggedStart,
    Transform,
    VGroup,
)
from manim.utils.rate_functions import linear, smooth, squish_rate_func

from softmax_explained.core.formulas.symbols import a
from softmax_explained.scenes.softmax.lengths import Lengths
from softmax_explained.scenes.softmax.path_functions import sideways_first
from softmax_explained.stage import Formula, Readout, Ruler, Strip
from softmax_explained.stage.charts.segment_tags import SegmentTags
from softmax_explained.stage.design.rate_functions import early, late


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


class Division:
    """The ruler under a strip of length S, whose figures 0 and 1 come when S has been divided by itself.

    Args:
        ruler: from 0 to 1, not on the stage.
        total: the number of S, which stands beside its letter until then.
    """

    def __init__(self, ruler: Ruler, total: Readout) -> None:
        self._ruler, self._total = ruler, total
        self._bare = VGroup(*[part for part in ruler if part not in ruler.ends]).copy()

    @property
    def parts(self) -> list[Any]:
        """What is on the stage in place of the ruler."""
        return [self._bare]

    def moves(self) -> list[Animation]:
        """Draw the ruler, and replace the number of S by the figures of the ruler."""
        return [
            GrowFromEdge(self._bare, LEFT),
            FadeOut(self._total, rate_func=early),
            FadeIn(self._ruler.ends, rate_func=late),
        ]


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
