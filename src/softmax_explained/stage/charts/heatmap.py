"""A matrix as a heat map: positive and negative values differ in hue and lightness, and carry their signs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Animation, ManimColor, UpdateFromAlphaFunc, VGroup, interpolate_color
from numpy.typing import NDArray

from softmax_explained.core.quantities.quantity import Quantity
from softmax_explained.stage.design.contrast import ink_on
from softmax_explained.stage.design.style import style
from softmax_explained.stage.shapes.box import Box
from softmax_explained.stage.text.text import Readout

NUMBERS_UP_TO = 6  # matrices with more rows than this show colours only
INNER, GAP = 0.9, 0.06  # fractions of a cell's width for its number and for the gap beside it


class HeatMap(VGroup):
    """A matrix of quantities.

    Args:
        quantities: rows of quantities.
        cell: width of a cell in Manim units.
        height: of a cell; the width if not given.
        full: absolute value with full colour; the largest in the matrix if not given.

    Attributes:
        cells: the boxes, row by row.
        numbers: the readouts, row by row; empty above `NUMBERS_UP_TO` rows or if they do not fit.
    """

    def __init__(
        self,
        quantities: Sequence[Sequence[Quantity]],
        *,
        cell: float,
        height: float | None = None,
        full: float | None = None,
    ) -> None:
        self.cell, self.cell_height = cell, cell if height is None else height
        values = np.array([[quantity.value for quantity in row] for row in quantities])
        self.full = full or float(np.abs(values).max()) or 1.0
        self._boxes = [
            [self._cell(r, c, value) for c, value in enumerate(row)] for r, row in enumerate(values)
        ]
        self.cells = VGroup(*[VGroup(*row) for row in self._boxes])
        self.numbers = VGroup()
        if len(quantities) <= NUMBERS_UP_TO and self.cell >= min_cell_width(quantities):
            for row, boxes in zip(quantities, self._boxes, strict=True):
                self.numbers.add(VGroup(*map(self._number, row, boxes)))
        super().__init__(self.cells, self.numbers)
        self.center()

    def _cell(self, row: int, column: int, value: float) -> Box:
        left, top, gap = column * self.cell, -row * self.cell_height, GAP * self.cell
        box = Box(left, top - self.cell_height + gap, left + self.cell - gap, top, colour="plus")
        return box.set_fill(tint(value, self.full))

    def _number(self, quantity: Quantity, cell: Box) -> Readout:
        readout = Readout(quantity, size="label", colour="ink", signed=True)
        readout.set_fill(ink_on(tint(quantity.value, self.full)))
        return readout.fit_width(self.cell * INNER).move_to(cell)

    def row(self, row: int) -> VGroup:
        """The cells and numbers of a row."""
        return VGroup(self.cells[row], *([self.numbers[row]] if len(self.numbers) else []))

    def column(self, column: int) -> VGroup:
        """The cells of a column."""
        return VGroup(*[row[column] for row in self._boxes])

    def coloured(self, row: int, column: int, value: float, *, role: str = "") -> Box:
        """A copy of a cell in the colour of a value, or as strong in that of a role."""
        return self._boxes[row][column].copy().set_fill(self.colour_of(value, role))

    def colour_of(self, value: float, role: str = "") -> ManimColor:
        """The colour of a value in this map, or as strong that of a role."""
        return tint(float(value), self.full, role=role)

    def draw(self, values: NDArray[np.float64]) -> HeatMap:
        """Colour the cells by other values; the numbers stay."""
        for row, shown in zip(self._boxes, values, strict=True):
            for box, value in zip(row, shown, strict=True):
                box.set_fill(tint(float(value), self.full))
        return self

    def redraw(self, start: NDArray[np.float64], end: NDArray[np.float64]) -> Animation:
        """Animate the colours from one matrix of values to another."""
        return UpdateFromAlphaFunc(self.cells, lambda _, alpha: self.draw(start + alpha * (end - start)))


def min_cell_width(quantities: Sequence[Sequence[Quantity]]) -> float:
    """The cell width in Manim units at which every number is readable."""
    widest = max(Readout(quantity, size="least", signed=True).width for row in quantities for quantity in row)
    return float(widest) / INNER


def tint(value: float, full: float, *, role: str = "") -> ManimColor:
    """The colour of a value: that of its sign, or of a role, from ±`full` on, that of an empty cell at 0."""
    strength = min(1.0, abs(value) / full) ** 0.5  # the eye compares better near the ground than at the top
    full_colour = style().colour(role or ("plus" if value >= 0 else "minus"))
    return interpolate_color(style().colour("panel"), full_colour, strength)
