"""A matrix product as a picture: a column turns on its side over the matrix, and row by row another fills."""

from __future__ import annotations

import numpy as np
from manim import (
    LEFT,
    PI,
    UP,
    Animation,
    FadeIn,
    FadeOut,
    LaggedStart,
    ReplacementTransform,
    VGroup,
    VMobject,
)

from softmax_explained.core import Quantity, Solution
from softmax_explained.core.nodes import Word
from softmax_explained.stage.formula import Formula
from softmax_explained.stage.frame import Region, point
from softmax_explained.stage.pictures.column import Column
from softmax_explained.stage.pictures.heatmap import HeatMap
from softmax_explained.stage.pictures.pen import frame_around
from softmax_explained.stage.type import Readout

WIDEST_CELL = 1.15
"""In Manim's units."""


class ProductPicture(VGroup):
    """Jᵀ as a heat map; the column −y/a turns on its side over it, and a column fills with a − y.

    Args:
        solution: where the numbers come from.
        region: where it stands; the top of it is kept for the column on its side.

    Attributes:
        heat: Jᵀ, row i, column j; empty until `fill`.
        links: the column −y/a, where the product will stand.
        turned: its numbers, side by side over the columns of the matrix.
        equals: the sign between matrix and product.
        slopes: the column a − y, its rows level with those of the matrix.
    """

    def __init__(self, solution: Solution, region: Region) -> None:
        count = range(solution.K)
        _, below = region.rows(0.8, 3.5)
        cell = min(WIDEST_CELL, below.height / solution.K)
        entries = [[solution[f"J[{j},{i}]"] for j in count] for i in count]
        self.heat = HeatMap(entries, cell=cell, full=float(solution.a.max()))  # tinted as where J was built
        self._values = solution.J.T
        self.heat.draw(np.zeros_like(self._values))
        self.links = self._column([solution[f"dCda[{k}]"] for k in count], cell)
        self.slopes = self._column([solution[f"g[{k}]"] for k in count], cell, signed=True)
        self.equals = Formula(Word("="))
        parts = VGroup(self.heat, self.equals, self.slopes).arrange(buff=0.6).move_to(below.centre)
        self.slopes.set_y(self.heat.get_y())
        self.links.move_to(self.slopes).align_to(self.equals, LEFT)
        self.turned = self._turned(solution, cell)
        self.turned.next_to(self.heat, UP, buff=0.25, coor_mask=point(0, 1))
        super().__init__(parts, self.links, self.turned)

    def _turned(self, solution: Solution, cell: float) -> VGroup:
        """The links over the columns of the matrix: numbers where the matrix has numbers, else colours."""
        if len(self.heat.numbers):
            row = VGroup(*[entry.copy() for entry in self.links.entries])
            widest = max(entry.width for entry in row)
            for entry in row:
                entry.scale(min(1.0, 0.86 * cell / widest))
        else:
            row = VGroup(*HeatMap([[solution[f"dCda[{k}]"] for k in range(solution.K)]], cell=cell).cells[0])
        for entry, below in zip(row, self.heat.cells[0], strict=True):
            entry.move_to(below)
        return row

    @staticmethod
    def _column(quantities: list[Quantity], pitch: float, *, signed: bool = False) -> Column:
        size = "number" if pitch > 0.7 else "label"
        entries = [Readout(quantity, colour="C", size=size, signed=signed) for quantity in quantities]
        return Column([entry.fit_width(2.0) for entry in entries], pitch=pitch)

    def shape(self) -> Animation:
        """A matrix and a column appear, both still empty."""
        return FadeIn(self.heat.cells, self.links.brackets)

    def fill(self) -> list[Animation]:
        """The matrix gets its colours and numbers."""
        appear = [FadeIn(self.heat.numbers)] if len(self.heat.numbers) else []
        return [self.heat.redraw(np.zeros_like(self._values), self._values), *appear]

    def turn(self) -> Animation:
        """The column −y/a turns on its side, its top entry first; the others go round the matrix's corner."""
        arcs = [PI / 6, *[0.6 * PI] * (len(self.turned) - 1)]
        moves = [
            ReplacementTransform(entry, turned, path_arc=arc)
            for entry, turned, arc in zip(self.links.entries, self.turned, arcs, strict=True)
        ]
        return LaggedStart(FadeOut(self.links.brackets), *moves, lag_ratio=0.15)

    def sweep(self, row: int) -> VMobject:
        """A frame around a row of the matrix."""
        return frame_around(self.heat.row(row), margin=0.05)
