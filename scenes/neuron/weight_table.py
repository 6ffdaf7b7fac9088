"""Every weight and bias of a layer, a row for each class: numbers, or shaded cells where there are many."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from manim import RIGHT, VGroup, interpolate_color

from softmax_explained.core import Quantity, Solution
from softmax_explained.core.formulas.symbols import b, i, m, w
from softmax_explained.stage import Box, Formula, Readout, Region, point, style

MOST_CLASSES, MOST_INPUTS = 6, 4  # with more than this, the cells are shaded
GAP = 0.26  # Manim units between two columns of numbers
APART = 0.12  # Manim units between two letters over the columns
CELL, BETWEEN = 0.8, 0.05  # maximum side of a shaded cell in Manim units, and the gap between two cells
HEAD = 0.62  # Manim units above the first row for the letters of the columns
PALEST = 0.12  # part of the full colour of the smallest weight


class WeightTable(VGroup):
    """A table of W and b beside its layer, in given rows.

    Args:
        solution: its weights and biases.
        rows: the regions of the K classes, from top to bottom; the table stands at their left edge.
        width: the widest table with numbers.

    Attributes:
        heads: the letter of each column, or of all weights together, and b_i.
        lines: for each class what is written or shaded in its row.
        right: the x of its right edge.
        numbered: whether all numbers are written.
    """

    def __init__(self, solution: Solution, rows: Sequence[Region], width: float) -> None:
        self._rows, K, M = rows, solution.K, solution.M
        quantities = [[*[solution[f"W[{k},{m}]"] for m in range(M)], solution[f"b[{k}]"]] for k in range(K)]
        numbers = [[Readout(each, size="least", colour="x") for each in row] for row in quantities]
        widths = np.array([max(float(row[c].width) for row in numbers) for c in range(M + 1)])
        total, left, em = float(sum(widths)) + GAP * M, rows[0].left, numbers[0][0].em
        self.numbered = K <= MOST_CLASSES and M <= MOST_INPUTS and total <= width
        if self.numbered:
            larger = min(style().size("number"), 0.5 * rows[0].height) / em
            larger = max(1.0, min(larger, (width - GAP * M) / (total - GAP * M)))
            widths *= larger
            for number in (number for row in numbers for number in row):
                number.scale(larger)
            ends = left + np.cumsum([each + GAP for each in widths]) - GAP
            self.lines = VGroup(*[self._written(row, ends, rows[k]) for k, row in enumerate(numbers)])
            middles = [float(end - each / 2) for end, each in zip(ends, widths, strict=True)]
            self.right = float(ends[-1])
        else:
            side = min(CELL, 0.86 * rows[0].height, width / (M + 1) - BETWEEN)
            middles = [left + side / 2 + c * (side + BETWEEN) for c in range(M + 1)]
            self.lines = VGroup(
                *[self._shaded(row, middles, side, rows[k]) for k, row in enumerate(quantities)]
            )
            self.right = middles[-1] + side / 2
        self.heads = self._heads(middles, rows[0].top + 0.2)
        super().__init__(self.heads, self.lines)

    @staticmethod
    def _heads(middles: Sequence[float], foot: float) -> VGroup:
        """The letters of the columns in row i; one over all weights where there is no room for each."""
        M = len(middles) - 1
        each = [Formula(letter, size="least_formula") for letter in (*[w[i, n + 1] for n in range(M)], b[i])]
        for head, middle in zip(each, middles, strict=True):
            head.move_to(point(middle)).stand_on(foot)
        if all(two.get_left()[0] - one.get_right()[0] > APART for one, two in pairwise(each)):
            return VGroup(*each)
        bias = each[-1]
        weights = Formula(w[i, m], size="least_formula")
        weights.move_to(point((middles[0] + middles[M - 1]) / 2)).stand_on(foot)
        free = float(bias.get_left()[0] - weights.get_right()[0]) - APART
        return VGroup(weights.shift(min(0.0, free) * RIGHT), bias)

    def _written(self, numbers: Sequence[Readout], ends: Any, row: Region) -> VGroup:
        for number, end in zip(numbers, ends, strict=True):
            number.move_to(point(float(end) - number.width / 2, row.y)).stand_on(row.y - 0.33 * number.em)
        return VGroup(*numbers)

    def _shaded(
        self, quantities: Sequence[Quantity], middles: Sequence[float], side: float, row: Region
    ) -> VGroup:
        largest = max(abs(each.value) for each in quantities) or 1.0
        ground, full = style().colour("panel"), style().colour("x")
        cells = VGroup()
        for quantity, middle in zip(quantities, middles, strict=True):
            half, part = side / 2, PALEST + (1 - PALEST) * abs(quantity.value) / largest
            cell = Box(middle - half, row.y - half, middle + half, row.y + half, colour="x")
            cells.add(cell.set_fill(interpolate_color(ground, full, part), 1))
        return cells
