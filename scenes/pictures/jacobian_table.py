"""The Jacobian of softmax as a table, rows j (shares), columns i (scores), and the sums of its columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import DOWN, RIGHT, Animation, FadeIn, FadeOut, Mobject, Transform, VGroup, VMobject
from numpy.typing import NDArray

from softmax_explained.core import Quantity, Solution
from softmax_explained.core.formulas.symbols import a, i, j, z
from softmax_explained.stage import Formula, Region, Words, line, point, style
from softmax_explained.stage.animations.show_numbers import ShowNumbers
from softmax_explained.stage.charts.heatmap import INNER, NUMBERS_UP_TO, HeatMap, min_cell_width
from softmax_explained.stage.design.contrast import ink_on
from softmax_explained.stage.design.rate_functions import early, late
from softmax_explained.stage.shapes.members import members
from softmax_explained.stage.text.label_layout import beside_rows, overlap, spread, under_columns
from softmax_explained.stage.text.text import ADVANCE, Readout
from softmax_explained.stage.text.word_wrap import fits_whole_words, min_width

WIDEST_CELL, TALLEST_CELL = 2.4, 1.3  # Manim units
FOOT, BESIDE, OVER = 0.72, 0.21, 0.2  # for the sums; from a name to its row, and to its column
FILLED = 0.8  # the part of the width of a cell that an enlarged number fills at most
NEAR = 0.1  # Manim units between a letter of the corner and a name at least
HEAD = 0.55  # Manim units over the cells for one line of names
MARGIN, WIDEST_MARGIN = 1.3, 0.33  # minimum width of the row names, and maximum fraction of the region's


class JacobianTable(VGroup):
    """The K × K table of ∂a_j/∂z_i: gains yellow, losses purple, with their signs; numbers for K ≤ 6.

    All of it is shown; `blank` empties it, and `fill` fills it column by column. Where not all names fit,
    only the column of the focus class and the rows of the focus and the true class are named. Without names
    it is a small heat map for any region.

    Args:
        solution: the numbers.
        region: where it stands, names and sums included.
        columns: K class names, over the columns.
        rows: K class names, beside the rows.

    Attributes:
        cells: the boxes, row by row.
        numbers: the numbers, row by row; empty if they do not fit.
        names: the names that are written.
        corner: a_j over the names of the rows, and z_i before those of the columns, if there is room; none in
            a small table.
        sums: the line under the columns, then their sums; without numbers only that of column i. Empty in a
            small table.
    """

    def __init__(
        self,
        solution: Solution,
        region: Region,
        *,
        columns: Sequence[Words] = (),
        rows: Sequence[Words] = (),
    ) -> None:
        self.solution, self._focus = solution, solution.i
        K, count = solution.K, range(solution.K)
        grid = [[solution[f"J[{row},{column}]"] for column in count] for row in count]
        self.is_small = not columns
        head = foot = margin = 0.0
        width = min(WIDEST_CELL, region.width / K)
        everyone = False
        if not self.is_small:
            margin, width = _widths(region.width, grid, rows, [rows[solution.i], rows[solution.t]])
            everyone = fits_whole_words(columns, INNER * width, 1)
            head, foot = HEAD, FOOT
        height = min(
            TALLEST_CELL, width if self.is_small else TALLEST_CELL, (region.height - head - foot) / K
        )
        left = region.x - (margin + K * width) / 2 + margin
        top = region.y + (K * height + head + foot) / 2 - head
        self.region = Region(left, top - K * height, left + K * width, top)
        full = float(np.abs(solution.J).max()) or 1.0
        self._map = HeatMap(grid, cell=width, height=height, full=full).move_to(self.region.centre)
        self.cells, self.numbers = self._map.cells, self._map.numbers
        if self.is_small or any(each.height > 0.9 * height for row in self.numbers for each in row):
            self.numbers = VGroup()
        self._enlarge(FILLED * width, 0.6 * height)
        self.names, self.corner, self.sums = VGroup(), VGroup(), VGroup()
        if not self.is_small:
            self._name_columns(columns, self.region.columns(*[1] * K), region, everyone)
            beside = Region(left - margin, self.region.bottom, left - BESIDE, top).rows(*[1] * K)
            self.names.add(*beside_rows(rows, beside, priority={solution.i, solution.t}).values())
            self.corner = self._corner(margin)  # when all names stand
            self.sums = self._sums()
        super().__init__(*self.parts)

    @property
    def parts(self) -> list[VMobject]:
        """Cells, numbers, names, corner and sums, as far as there are any."""
        parts = self.cells, self.numbers, self.names, self.corner, self.sums
        return [part for part in parts if len(part)]

    @property
    def _readouts(self) -> list[list[Readout]]:
        """The numbers, row by row."""
        return [members(row, Readout) for row in self.numbers]

    def column(self, k: int) -> VGroup:
        """The cells and the numbers of a column."""
        return VGroup(*[part[k] for rows in (self.cells, self.numbers) for part in members(rows, VGroup)])

    def row(self, k: int) -> VGroup:
        """The cells and the numbers of a row."""
        return VGroup(*[rows[k] for rows in (self.cells, self.numbers) if len(rows)])

    def sums_of_column(self, k: int) -> list[Mobject]:
        """The line under the table, and the sum of a column if it is written."""
        return [self.sums[0], *([self._sum_of[k]] if k in self._sum_of else [])]

    def filled(self, k: int) -> list[Mobject]:
        """Copies of the cells of a column in their colours."""
        return [self._map.coloured(n, k, float(row[k])) for n, row in enumerate(self.solution.J)]

    def whole(self) -> JacobianTable:
        """The table with all that has been filled."""
        self.submobjects = self.parts
        return self

    def blank(self) -> JacobianTable:
        """Empty the cells: their numbers and the sums are not on the stage."""
        self._map.draw(np.zeros_like(self.solution.J))
        self.submobjects = [part for part in (self.cells, self.names) if len(part)]
        return self

    def colour(self, values: NDArray[np.float64]) -> JacobianTable:
        """Colour the cells by other values; the numbers stay."""
        self._map.draw(values)
        return self

    def fill(self, k: int) -> list[Animation]:
        """The animations that fill a column; its numbers, and its sum, fall in from above."""
        pairs = zip(self.cells, self.filled(k), strict=True)
        moves: list[Animation] = [Transform(row[k], filled) for row, filled in pairs]
        falling: list[Mobject] = [row[k] for row in self.numbers]
        falling += [self._sum_of[k]] if k in self._sum_of else []
        return moves + [FadeIn(each, shift=0.3 * DOWN) for each in falling]

    def show_growth(self) -> list[Animation]:
        """Turn the whole table into its first term, diag(a): a_i on the diagonal, nothing elsewhere.

        The numbers and the sums of the columns, which belong to both terms, are not shown meanwhile.
        """
        every = [*[each for row in self._readouts for each in row], *self._sum_of.values()]
        self._growth = self._on_diagonal("a", self.solution.a, "growth")
        written = [FadeIn(self._growth, rate_func=late)] if len(self._growth) else []
        return [*self._recolour(np.diag(self.solution.a), "growth"), *_numbers(every, shown=False), *written]

    def show_taxes(self) -> list[Animation]:
        """Turn the first term into the second, −a aᵀ: beside the diagonal that is the sum already."""
        beside = [each for n, row in enumerate(self._readouts) for k, each in enumerate(row) if k != n]
        taxes = -np.outer(self.solution.a, self.solution.a)
        self._taxes = self._on_diagonal("own_tax", np.diag(taxes), "minus", signed=True)
        gone = [FadeOut(self._growth, rate_func=early)] if len(self._growth) else []
        written = [FadeIn(self._taxes, rate_func=late)] if len(self._taxes) else []
        return [*gone, *self._recolour(taxes, "minus"), *_numbers(beside, shown=True), *written]

    def show_sum(self) -> list[Animation]:
        """Turn the second term into the sum of both, with all numbers."""
        diagonal = [*[row[n] for n, row in enumerate(self._readouts)], *self._sum_of.values()]
        gone = [FadeOut(self._taxes, rate_func=early)] if len(self._taxes) else []
        return [*gone, *self._recolour(self.solution.J, ""), *_numbers(diagonal, shown=True)]

    def _on_diagonal(
        self, key: str, values: NDArray[np.float64], role: str, *, signed: bool = False
    ) -> VGroup:
        """Other numbers in the places of those of the diagonal, on cells of a role; none if too long."""
        written = VGroup()
        for k, row in enumerate(self._readouts):
            number = Readout(self.solution[f"{key}[{k}]"], size="label", signed=signed)
            number.scale(min(row[k].em / number.em, INNER * self.cells[k][k].width / number.width))
            if number.em < 0.999 * style().size("least"):
                return VGroup()
            number.set_fill(ink_on(self._map.colour_of(float(values[k]), role)))
            written.add(number.move_to(row[k]))
        return written

    def _recolour(self, values: NDArray[np.float64], role: str) -> list[Animation]:
        return [
            Transform(cell, self._map.coloured(n, k, float(values[n, k]), role=role))
            for n, row in enumerate(self.cells)
            for k, cell in enumerate(row)
        ]

    def _enlarge(self, width: float, height: float) -> None:
        """Enlarge the numbers where cells have room, up to the size of numbers beside a chart."""
        every = [each for row in self._readouts for each in row]
        most = [style().size("number") / each.em for each in every]
        most += [min(width / each.width, height / each.height) for each in every]
        for each in every:
            each.scale(max(1.0, min(most)))

    def _name_columns(
        self, names: Sequence[Words], columns: Sequence[Region], region: Region, everyone: bool
    ) -> None:
        if everyone:
            written = under_columns(names, columns, lines=1)
        else:
            written = {self._focus: names[self._focus].fit_width(region.width, lines=1)}
            place = {self._focus: columns[self._focus].x}
            spread(written, place, region.left, region.right, gap=0.0)
        for name in written.values():
            name.stand_on(columns[0].top + OVER + (name.lines - 1) * ADVANCE * name.em)
        self.names.add(*written.values())

    def _corner(self, margin: float) -> VGroup:
        """What the rows and the columns belong to, on both sides of a stroke."""
        share, score = (Formula(each, size="least_formula") for each in (a[j], z[i]))
        right, top = self.region.left - BESIDE, self.region.top + OVER
        score.align_to(point(right), RIGHT).stand_on(top)
        low, high = point(score.get_left()[0] - 0.3, top - 0.2), point(score.get_left()[0] - 0.05, top + 0.3)
        share.align_to(point(low[0]), RIGHT).stand_on(top)
        share.shift(max(0.0, self.region.left - margin - share.get_left()[0]) * RIGHT)
        stroke = line(point(low[0], high[1]), point(high[0], low[1]))
        if any(overlap(letter, name, NEAR) for letter in (share, score) for name in self.names):
            return VGroup()  # a long name takes its place
        return VGroup(share, stroke, score)

    def _sums(self) -> VGroup:
        foot = self.region.bottom - 0.1
        sums = VGroup(line(point(self.region.left, foot), point(self.region.right, foot)))
        written = range(self.solution.K) if len(self.numbers) else [self._focus]
        self._sum_of = {k: Readout(self.solution[f"Jsum[{k}]"], size="label") for k in written}
        for k, number in self._sum_of.items():
            half = number.width / 2
            x = np.clip(self.cells[0][k].get_x(), self.region.left + half, self.region.right - half)
            sums.add(number.set_x(float(x)).stand_on(foot - 0.5))
        return sums


def _numbers(numbers: Sequence[Readout], *, shown: bool) -> list[Animation]:
    return [ShowNumbers(numbers, shown=shown)] if numbers else []


def _widths(
    space: float, grid: Sequence[Sequence[Quantity]], names: Sequence[Words], spoken: Sequence[Words]
) -> tuple[float, float]:
    """The widths of the margin for names and of a cell: numbers have priority over names."""
    K = len(grid)
    least = max(MARGIN, min_width(spoken) + BESIDE)
    margin = max(least, min(max(float(name.width) for name in names) + BESIDE, WIDEST_MARGIN * space))
    if K <= NUMBERS_UP_TO and least + K * min_cell_width(grid) <= space:
        margin = max(least, min(margin, space - K * min_cell_width(grid)))
    return margin, min(WIDEST_CELL, (space - margin) / K)
