"""The last picture of the chapter: the map of the paths beside the chain rule."""

from __future__ import annotations

from manim import VGroup

from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.pictures.path_map import PathMap, least_width, width_of_values
from softmax_explained.scenes.pictures.rule_card import chain_rule_card
from softmax_explained.stage import Formula, Region, Words

DOCKED, WIDEST = 0.36, 0.48  # part of a wide stage for the map: normally, and where the numbers are long
NAMED = 6.4  # Manim units: width of a map, from which on there is room for names in front of its bars
CARD = 6.8, 2.8  # Manim units: size of the card at most


class LastPicture(VGroup):
    """The map with two unknown slots a path, the sum over the paths, and the card of the chain rule.

    Attributes:
        map: in its docked place.
        formula: ∂C/∂z_i = Σ_j (∂C/∂a_j)(∂a_j/∂z_i).
        card: the chain rule.
    """

    def __init__(self, chapter: Chapter) -> None:
        docked, free = map_and_lines(chapter)
        self.map = docked_map(chapter, docked)
        above, below = free.rows(1, 1, gap=0.3)
        self.formula = above.place(Formula(DERIVATIONS["chain"].equations[0], size="result"))
        self.card = chain_rule_card(chapter, centred(below, *CARD))
        super().__init__(self.map, self.formula, self.card)


def map_and_lines(chapter: Chapter) -> tuple[Region, Region]:
    """Where the map is docked, and what is free beside or below it."""
    stage = chapter.stage
    part = max(DOCKED, min(WIDEST, least_width(chapter.solution) / stage.width))
    docked, free = stage.flow(part, 1 - part, rows=(0.2, 0.8), gap=0.5, row_gap=0.35)
    return docked, free


def docked_map(chapter: Chapter, region: Region) -> PathMap:
    """The map in its docked place, with class names in front of the bars or, where it is narrow, below."""
    sol = chapter.solution

    def names() -> list[Words]:
        return [chapter.class_name(k, size="least", colour="quiet") for k in range(sol.K)]

    if region.width >= NAMED:
        named = PathMap(sol, region, names=names(), right_width=width_of_values(sol))
        if named.is_readable:
            return named
    return PathMap(sol, region, captions=names())


def centred(region: Region, width: float, height: float) -> Region:
    """A region of at most this size in the middle of another one."""
    return region.inset(max(0.0, region.width - width) / 2, max(0.0, region.height - height) / 2)
