"""The three pictures to keep: growth and tax, every path, steep over flat; each plays once."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, Self

from manim import Animation, Create, FadeIn, FadeOut, Indicate, Transform, VGroup

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.symbols import a, j
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.pictures.path_map import PathMap
from softmax_explained.stage import (
    Box,
    Formula,
    NudgedStrip,
    Plot,
    Region,
    TypesetText,
    Words,
    dashed,
    line,
    point,
    strike,
    style,
)
from softmax_explained.stage.design.rate_functions import early, late

NUDGE = 0.35  # dz as it is drawn: so large that even a small gain can be seen
NAME = 0.55  # Manim units at the foot of a picture for its name, if that has one line
LOW = 3.0  # least ratio of width to height of a region that is low for a strip
OVER_NAME = 0.04  # Manim units from the foot of the region, over the name, up to the strip at most
PAD = 0.1  # Manim units inside the panel of a picture that has become small
COVER = 0.72  # opacity of what dims a picture until its sentence
THICK = 1.1  # height of the strip in Manim units, at most
EDGE = 0.06  # Manim units: width of the slots that are not shown
ROUNDED = 0.99  # of the least size of a formula: outlines are rounded by as much
STEEP = 0.12  # the share at which the curve is shown to be steep
# The rules that the way needs, by the names of their words, with their identities
RULES = {
    "chain-rule": "chain_rule",
    "log-rule": "logarithm_rule",
    "quotient-rule": "quotient_rule",
    "exponential-rule": "exponential_rule",
}
PRODUCT = DERIVATIONS["other_path"].equations[1].rhs


class Recalled(VGroup):
    """A picture with its name below it, dimmed until it is told.

    Args:
        picture: what is shown; it is fitted into the region above its name.
        name: of the picture, fitted into its width.
        region: of both.
    """

    def __init__(self, picture: VGroup, name: Words, region: Region) -> None:
        self.picture, self.title = picture, name
        name.move_to(point(region.x, region.bottom + _foot(name) / 2))
        self.cover = Box(*region.edges, colour="ground", opacity=COVER)
        super().__init__(picture, name, self.cover)

    def light(self) -> Animation:
        """The animation that takes the dimming away; afterwards the picture is to be `uncovered`."""
        return FadeOut(self.cover)

    def uncovered(self) -> Self:
        """The picture without what dims it."""
        self.remove(self.cover)
        return self

    def shrink(self, region: Region, name: Words) -> list[Animation]:
        """The animations that move the picture onto a panel of its own, over its name.

        The panel sets it apart from the classes above it.
        """
        inner, small = region.inset(PAD, PAD), self.picture.copy()
        for part in small.get_family():
            if isinstance(part, TypesetText):  # it would be too small to be read
                part.set_opacity(0)
        name.fit_width(inner.width, lines=2).move_to(point(inner.x, inner.bottom + name.height / 2))
        Region(inner.left, inner.bottom + name.height + PAD, inner.right, inner.top).place(small)
        panel = Box(*region.edges, colour="panel").set_z_index(-1)
        entering = [FadeIn(each, rate_func=late) for each in (panel, name)]
        return [Transform(self.picture, small), FadeOut(self.title, rate_func=early), *entering]


class GrowAndSqueeze(VGroup):
    """The unit strip, its gain after a nudge, and what all segments give up, until its length is 1 again."""

    def __init__(self, chapter: Chapter, region: Region) -> None:
        sol = chapter.solution
        unit = region.width / (1 + NUDGE * float(sol.a[sol.i]))
        thickness = min(THICK, 0.5 * region.height)
        is_low = region.width > LOW * region.height  # then it stands close to the name below it
        y = region.bottom + thickness / 2 + OVER_NAME if is_low else region.y
        self._grown = NudgedStrip(sol.a, sol.i, NUDGE, left=region.left, y=y, unit=unit)
        self.strip = NudgedStrip(sol.a, sol.i, 0.0, left=region.left, y=y, unit=unit)
        for strip in (self.strip, self._grown):
            strip.thickness = thickness
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
        yield [Transform(self.strip, squeezed), FadeOut(slices, rate_func=early)]


class EveryPath(VGroup):
    """The paths from a score through every share to the loss, and what arrives along each of them."""

    def __init__(self, chapter: Chapter, region: Region) -> None:
        self.map = PathMap(chapter.solution, region, slots=False, left_width=EDGE, right_width=EDGE)
        for node in (self.map.score, self.map.loss):
            if isinstance(node.content, TypesetText) and node.content.em < style().size("least_formula"):
                node.content.set_opacity(0)
        super().__init__(*self.map.parts)

    def play(self) -> Iterator[list[Animation]]:
        """The moves of the picture, one after the other."""
        yield self.map.pulses("left")
        yield self.map.pulses("right")


class SteepOverFlat(VGroup):
    """The steep curve of the loss over a share, the flat slice of the tax, and the factors that cancel.

    Where the factors would be too small to be read they are not written.
    """

    def __init__(self, chapter: Chapter, region: Region) -> None:
        if region.is_landscape:
            left, right, written = region.columns(0.27, 0.33, 0.4, gap=0.3)
        else:
            drawn, written = region.rows(0.66, 0.34, gap=0.1)
            left, right = drawn.columns(0.5, 0.5, gap=0.3)
        product = written.place(Formula(PRODUCT, size="least_formula"))
        readable = product.em >= ROUNDED * style().size("least_formula")
        if not readable:
            left, right = region.columns(0.45, 0.55, gap=0.2)
        side = min(left.width, 0.9 * left.height)
        square = Region(left.x - side / 2, left.y - side / 2, left.x + side / 2, left.y + side / 2)
        plot = Plot(x=(0.0, 1.1), y=(0.0, 3.0), region=square)
        curve = plot.curve(lambda share: -math.log(share), 0.03, 1.0, colour="C")
        price = -math.log(STEEP)
        steep = plot.tangent(STEEP, price, -1 / STEEP, length=0.55 * side, colour="ink")
        share = min(0.95 * right.width, 2.4)
        high = min(0.7, 0.35 * right.height)
        foot, start, end = plot.at(0, 0)[1], right.x - share / 2, right.x + share / 2  # level with the plot
        bar = Box(start, foot, end, foot + high, colour="a", opacity=0.62)
        cut = Box(end - 0.2 * share, foot, end, foot + high, colour="minus")
        axes = [line(plot.at(0, 0), plot.at(*end)) for end in ((1.1, 0), (0, 3))]
        super().__init__(*axes, curve, steep, bar, cut)
        self._strokes, self._factors = VGroup(), VGroup(steep, cut)
        if readable:
            self.add(product)
            self._strokes.add(*[strike(product.find(a[j], nth)) for nth in (0, 1)])

    def play(self) -> Iterator[list[Animation]]:
        """The moves of the picture, one after the other."""
        if self._strokes:
            yield [Create(stroke) for stroke in self._strokes]
            self.add(*self._strokes)
        else:  # the factors are too small to be written: they light up together
            yield [Indicate(factor, color=factor.get_color(), scale_factor=1.2) for factor in self._factors]


def recalled(chapter: Chapter, regions: list[Region], names: list[Words]) -> list[Any]:
    """The three pictures with their names, each in its region."""
    kinds = GrowAndSqueeze, EveryPath, SteepOverFlat
    pictures = []
    foot = max(
        _foot(name.fit_width(region.width, lines=2)) for name, region in zip(names, regions, strict=True)
    )
    for kind, name, region in zip(kinds, names, regions, strict=True):
        inner = Region(region.left, region.bottom + foot, region.right, region.top).inset(0.1, 0.1)
        picture = kind(chapter, inner)
        if picture.height > inner.height:  # the paths of many classes
            inner.place(picture.scale(inner.height / picture.height))
        pictures.append(Recalled(picture, name, region))
    return pictures


def _foot(name: Words) -> float:
    """The height at the foot of a picture for its name, in Manim units."""
    return max(NAME, name.height + 2 * PAD)


def rule_panels(chapter: Chapter, regions: Sequence[Region]) -> list[VGroup]:
    """A panel for each of `RULES`: its name over its formula, or all names alone where one has no room.

    Args:
        chapter: gives the names.
        regions: of the panels.
    """
    panels, formulas, names = list[VGroup](), list[Formula](), list[Words]()
    for (rule, identity), region in zip(RULES.items(), regions, strict=True):
        above, below = region.inset(0.15, 0.08).rows(0.28, 0.72, gap=0.06)
        name = chapter.rule_name(rule).fit_width(region.width - 0.3, lines=1)
        names.append(name.set_fill(style().colour("ink")).move_to(above.centre))
        formula = Formula(IDENTITIES[identity].relation, size="least_formula", role="ink")
        formula.scale(min(1.0, below.width / formula.width, below.height / formula.height))
        formulas.append(formula.move_to(below.centre))
        panels.append(VGroup(Box(*region.edges, colour="panel"), name))
    if min(formula.em for formula in formulas) < style().size("least"):
        for name, region in zip(names, regions, strict=True):
            name.move_to(region.centre)
    else:
        for panel, formula in zip(panels, formulas, strict=True):
            panel.add(formula)
    return panels
