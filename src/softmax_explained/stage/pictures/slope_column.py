"""The slopes −y/a of all classes as a column, each beside its class."""

from __future__ import annotations

from collections.abc import Sequence

from manim import RIGHT, VGroup

from softmax_explained.core import Solution
from softmax_explained.stage.frame import Region, point
from softmax_explained.stage.names import beside_rows, column_width
from softmax_explained.stage.pictures.column import Column
from softmax_explained.stage.type import Readout, Words

WIDEST_PITCH, LARGE = 0.95, 0.6
"""Manim units from one row to the next at most; and from where on numbers are large."""

NUMBERS = 0.5
"""The part of the width that numbers may take."""

BESIDE = 0.45
"""Manim units from a name to its number."""


class SlopeColumn(VGroup):
    """A column of K slopes with the names of the classes at its left.

    Args:
        solution: where the numbers come from.
        names: K names; if they do not all fit, the true class's alone is written.
        region: where it stands.

    Attributes:
        slopes: the K numbers.
        brackets: what stands around them.
        names: the names that are written, by class.
    """

    def __init__(self, solution: Solution, names: Sequence[Words], region: Region) -> None:
        count = range(solution.K)
        pitch = min(WIDEST_PITCH, region.height / solution.K)
        size = "number" if pitch >= LARGE else "least"
        slopes = [Readout(solution[f"dCda[{k}]"], size=size, colour="C") for k in count]
        column = Column([slope.fit_width(NUMBERS * region.width) for slope in slopes], pitch=pitch)
        width = column_width(names, region.width - column.width - BESIDE)
        rows = [Region(0.0, slope.get_y() - pitch / 2, width, slope.get_y() + pitch / 2) for slope in slopes]
        self.names = beside_rows(names, rows, speaking_of={solution.t})
        column.next_to(point(width), RIGHT, buff=BESIDE, coor_mask=point(1))
        self.slopes, self.brackets = column.entries, column.brackets
        super().__init__(column, *self.names.values())
        self.move_to(region.centre)
