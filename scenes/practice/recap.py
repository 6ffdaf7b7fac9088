"""The three pictures to keep: growth and tax, every path, steep over flat; each plays once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from manim import UP, Animation, Create, FadeIn, FadeOut, Transform, VGroup
from sympy import evaluate

from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.symbols import a, j
from softmax_explained.scenes.pictures.path_map import PathMap
from softmax_explained.scenes.pictures.price_curve import PriceCurve
from softmax_explained.stage import (
    Box,
    Chapter,
    Formula,
    NudgedStrip,
    Region,
    Words,
    dashed,
    point,
    strike,
    style,
)

NUDGE = 0.35  # dz as it is drawn: so large that even a small gain can be seen
NAME = 0.55  # Manim units at the foot of a picture for its name
COVER = 0.72  # opacity of what dims a picture until its sentence
THICK = 1.1  # height of the strip in Manim units, at most
STEEP = 0.12  # the share at which the curve is shown to be steep
PRODUCT = DERIVATIONS["other_path"].equations[1].rhs


class Recalled(VGroup):
    """A picture with its name below it, dimmed until it is told.

    Args:
        picture: what is shown; it is fitted into the region above its name.
        name: of the picture.
        region: of both.
    """

    def __init__(self, picture: VGroup, name: Words, region: Region) -> None:
        self.picture, self.name = picture, name.fit_width(region.width, lines=1)
        name.move_to(point(region.x, region.bottom + NAME / 2))
        self.cover = Box(*region.edges, colour="ground", opacity=COVER)
        super().__init__(picture, name, self.cover)

    def light(self) -> Animation:
        """The animation that takes the dimming away."""
        return FadeOut(self.cover)


class GrowAndSqueeze(VGroup):
    """The unit strip, its gain after a nudge, and the slice that every segment gives up."""

    def __init__(self, chapter: Chapter, region: Region) -> None:
        sol = chapter.solution
        unit = region.width / (1 + NUDGE * float(sol.a[sol.i]))
        place = {"left": region.left, "y": region.y, "unit": unit}
        self._grown = NudgedStrip(sol.a, sol.i, NUDGE, **place)
        self.strip = NudgedStrip(sol.a, sol.i, 0.0, **place)
        for strip in (self.strip, self._grown):
            strip.thickness = min(THICK, 0.5 * region.height)
            strip.draw(strip.lengths)
            strip.sliver.set_fill(style().colour("growth"), 1)
        ends = [point(region.left + unit, self.strip.y + side * self.strip.thickness) for side in (-0.9, 0.9)]
        self.one = dashed(*ends, colour="ink")
        super().__init__(self.strip, self.one)

    def play(self) -> Iterator[list[Animation]]:
        """The moves of the picture, one after the other."""
        yield [Transform(self.strip, self._grown)]
        slices = self._grown.tax_slivers()
        yield [FadeIn(slices)]
        squeezed = self._grown.copy().draw(self._grown.taxed(1.0))
        self.add(slices)
        yield [Transform(self.strip, squeezed), FadeOut(slices)]


class EveryPath(VGroup):
    """The paths from a score through every share to the loss, and what arrives along each of them."""

    def __init__(self, chapter: Chapter, region: Region) -> None:
        self.map = PathMap(chapter.solution, region, slots=False)
        super().__init__(*self.map.parts)

    def play(self) -> Iterator[list[Animation]]:
        """The moves of the picture, one after the other."""
        yield self.map.pulses("left")
        yield self.map.pulses("right")


class SteepOverFlat(VGroup):
    """The steep curve of the loss over a share, the flat slice of the tax, and the factors that cancel."""

    def __init__(self, chapter: Chapter, region: Region) -> None:
        drawn, written = region.rows(0.68, 0.32, gap=0.1)
        left, right = drawn.columns(0.55, 0.45, gap=0.3)
        curve = PriceCurve(left, -float(np.log(STEEP)))
        curve.label.set_opacity(0)
        steep = curve.tangent(-float(np.log(STEEP)))
        share = min(0.9 * right.width, 2.0)
        foot = right.y - 0.2
        bar = Box(right.x - share / 2, foot, right.x + share / 2, foot + 0.5, colour="a", opacity=0.62)
        cut = Box(right.x + 0.3 * share, foot, right.x + share / 2, foot + 0.5, colour="minus")
        self.product = written.place(Formula(PRODUCT, size="least_formula"))
        with evaluate(False):
            letters = [self.product.find(a[j], nth) for nth in (0, 1)]
        self._strokes = [strike(letter) for letter in letters]
        visible = [part for part in curve if part is not curve.label]
        super().__init__(*visible, steep, bar, cut, self.product)

    def play(self) -> Iterator[list[Animation]]:
        """The moves of the picture, one after the other."""
        strokes = VGroup(*self._strokes)
        yield [Create(stroke) for stroke in strokes]
        self.add(*strokes)


def recalled(chapter: Chapter, regions: list[Region], names: list[Words]) -> list[Any]:
    """The three pictures with their names, each in its region."""
    kinds = GrowAndSqueeze, EveryPath, SteepOverFlat
    pictures = []
    for kind, name, region in zip(kinds, names, regions, strict=True):
        inner = Region(region.left, region.bottom + NAME, region.right, region.top).inset(0.1, 0.1)
        pictures.append(Recalled(kind(chapter, inner), name, region))
    return pictures


def shrunk(picture: Recalled, region: Region) -> Recalled:
    """A copy of a picture as small as a region, without its name."""
    small = picture.copy()
    small.remove(small.cover, small.name)
    return region.place(small, UP)
