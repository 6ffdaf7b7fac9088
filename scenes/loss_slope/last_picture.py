"""The last picture of the chapter: the map with its right slots filled, and the line that fills them."""

from __future__ import annotations

from manim import VGroup

from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.scenes.paths.last_picture import map_and_lines
from softmax_explained.scenes.pictures.path_map import PathMap
from softmax_explained.stage import AlgebraSheet, Chapter, Readout, Region


class LastPicture(VGroup):
    """The map with −y/a in every right slot, and ∂C/∂a_j = −y_j/a_j under its dimmed parent.

    Attributes:
        map: in its docked place.
        sheet: of the two lines.
        parent, line: ∂C/∂a_j = ∂/∂a_j (−y_j ln a_j), dimmed, and = −y_j/a_j.
    """

    def __init__(self, chapter: Chapter) -> None:
        docked, free = map_and_lines(chapter.stage)
        self.map = PathMap(chapter.solution, docked)
        self.map.put("right", link_values(chapter))
        self.sheet = slope_sheet(free)
        self.parent, self.line = self.sheet.lines
        self.parent.deemphasise()
        super().__init__(self.map, self.parent, self.line)


def slope_sheet(free: Region) -> AlgebraSheet:
    """The last two lines of the slope of the loss, in the upper part of a region."""
    lines = DERIVATIONS["loss_slope"].equations
    above, _ = free.rows(0.5, 0.5, gap=0.3)
    return AlgebraSheet([lines[1], lines[2]], above)


def link_values(chapter: Chapter) -> dict[int, Readout]:
    """The slope −y/a of every class."""
    solution = chapter.solution
    return {k: Readout(solution[f"dCda[{k}]"], size="least", colour="C") for k in range(solution.K)}
