"""The product of the transposed Jacobian and the vector −y/a, row by row."""

from collections.abc import Sequence

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
from softmax_explained.core.formulas.nodes import Word
from softmax_explained.stage import Formula, Readout, Region, frame_around, point, style
from softmax_explained.stage.charts.heatmap import NUMBERS_UP_TO, HeatMap, min_cell_width
from softmax_explained.stage.shapes.column_vector import ColumnVector

WIDEST_CELL = 1.15  # in Manim units
MARGIN = 0.1  # Manim units left free at either side, for the frame around a row
WIDEST_COLUMN, GAP, BRACKETS = 2.0, 0.6, 0.36  # widths of numbers, between parts, of brackets
OVER, TURNED, HIGHEST_LINK = 0.8, 0.92, 0.6  # turned column: its height, fraction of a cell, highest cell


class MatrixProduct(VGroup):
    """Jᵀ as a heat map; the column −y/a turns to lie above it, and a column is filled with a − y.

    `heat` is Jᵀ, row i, column j, empty until `fill`; `links` is the column −y/a, in place of the product.
    """

    def __init__(self, solution: Solution, region: Region) -> None:
        count = range(solution.K)
        entries = [[solution[f"J[{j},{i}]"] for j in count] for i in count]
        slopes = [solution[f"g[{k}]"] for k in count]
        _, below = region.rows(OVER, region.height - OVER)
        height = min(WIDEST_CELL, below.height / solution.K)
        gap, cell, space = _widths(entries, slopes, height, region.width - 2 * MARGIN)
        self._values = solution.J.T
        full = float(solution.a.max())  # the same colours as in the chapter on the Jacobian
        self.heat = HeatMap(entries, cell=cell, height=height, full=full)
        self.heat.draw(np.zeros_like(self._values))
        self.equals = Formula(Word("="))
        links_width = self.equals.width + gap + space  # they stand before there is a sign
        links = _numbers([solution[f"dCda[{k}]"] for k in count], height, links_width)
        self.links = ColumnVector(links, pitch=height)
        self.slopes = ColumnVector(_numbers(slopes, height, space, signed=True), pitch=height)
        parts = VGroup(self.heat, self.equals, self.slopes).arrange(buff=gap).move_to(below.centre)
        self.slopes.set_y(self.heat.get_y())
        self.links.move_to(self.slopes).align_to(self.equals, LEFT)
        self.turned = self._turned(links, cell)
        self.turned.next_to(self.heat, UP, buff=0.25, coor_mask=point(0, 1))
        super().__init__(parts, self.links, self.turned)

    def _turned(self, links: Sequence[Readout], cell: float) -> VGroup:
        """The entries above the columns of the matrix: numbers if they are readable, else coloured cells."""
        scale = min(1.0, *(TURNED * cell / link.width for link in links))
        if len(self.heat.numbers) and scale * min(link.em for link in links) >= style().size("least"):
            row = VGroup(*[link.copy().scale(scale) for link in links])
        else:
            quantities = [link.quantity for link in links]
            row = VGroup(*HeatMap([quantities], cell=cell, height=min(cell, HIGHEST_LINK)).cells[0])
        for entry, below in zip(row, self.heat.cells[0], strict=True):
            entry.move_to(below)
        return row

    def shape(self) -> Animation:
        return FadeIn(self.heat.cells, self.links.brackets)

    def fill(self) -> list[Animation]:
        appear = [FadeIn(self.heat.numbers)] if len(self.heat.numbers) else []
        return [self.heat.redraw(np.zeros_like(self._values), self._values), *appear]

    def turn(self) -> Animation:
        """Turn the column −y/a on its side, its top entry first, around the corner of the matrix."""
        arcs = [PI / 6, *[0.6 * PI] * (len(self.turned) - 1)]
        moves = [
            ReplacementTransform(entry, turned, path_arc=arc)
            for entry, turned, arc in zip(self.links.entries, self.turned, arcs, strict=True)
        ]
        return LaggedStart(FadeOut(self.links.brackets), *moves, lag_ratio=0.15)

    def sweep(self, row: int) -> VMobject:
        return frame_around(self.heat.row(row), margin=0.05)


def _numbers(quantities: list[Quantity], pitch: float, most: float, *, signed: bool = False) -> list[Readout]:
    size = "number" if pitch > 0.7 else "label" if pitch > 0.4 else "least"
    return [Readout(each, colour="C", size=size, signed=signed).fit_width(most) for each in quantities]


def _widths(
    entries: list[list[Quantity]], slopes: list[Quantity], height: float, space: float
) -> tuple[float, float, float]:
    """Gap between the parts, width of a cell and of a column's number, so that all fit into `space`."""
    K, sign = len(entries), Formula(Word("=")).width
    widest = max(float(Readout(slope, signed=True).width) for slope in slopes)
    column = min(WIDEST_COLUMN, widest)
    cell = min(height, (space - 2 * GAP - sign - BRACKETS - column) / K)
    needed = min_cell_width(entries)
    if K <= NUMBERS_UP_TO and cell < needed:
        least = max(float(Readout(slope, size="least", signed=True).width) for slope in slopes)
        gap = GAP / 2
        spare = space - 2 * gap - sign - BRACKETS - K * needed
        if spare >= least:
            return gap, needed, min(column, spare)
    return GAP, cell, column
