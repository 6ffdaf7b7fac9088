"""The Jacobian of softmax as a table, outputs by scores: diag(a), minus a aᵀ, and the sums of its columns."""

from collections.abc import Sequence

import numpy as np
from manim import LEFT, RIGHT, UP, Animation, FadeIn, FadeOut, Mobject, VGroup

from softmax_explained.core import Quantity, Solution
from softmax_explained.stage import Region, line
from softmax_explained.stage.charts.heatmap import INNER, NUMBERS_UP_TO, HeatMap, min_cell_width, tint
from softmax_explained.stage.design.contrast import ink_on
from softmax_explained.stage.text.label_layout import beside_rows, height_of, spread, under_columns
from softmax_explained.stage.text.text import ADVANCE, Readout, Words
from softmax_explained.stage.text.word_wrap import fits_whole_words, min_width

LARGEST_CELL = 1.3

FOOT, BESIDE, OVER = 0.75, 0.3, 0.2  # Manim units for the sums, from a name to its row, and to its column
AROUND = 0.1  # Manim units left free at either side, for a frame around a column
MARGIN, WIDEST_MARGIN = 1.3, 0.33  # minimum width of the row names, and maximum fraction of the region's
MOST_LINES = 2  # maximum number of lines of a name above its column


class JacobianTable:
    """The K × K table of ∂a_j/∂z_i, blank at first, its rows and columns named by class, and their sums.

    Where not all names fit, only the column of the focus class and the rows of the focus and the true class
    are named; without numbers in the cells, only the sum of the focus column is written.
    """

    def __init__(
        self, solution: Solution, region: Region, *, columns: Sequence[Words], rows: Sequence[Words]
    ) -> None:
        region = region.inset(x=AROUND)
        self._J, self._region, self._focus = solution.J, region, solution.i
        self._diagonal, count = np.diag(solution.a), range(solution.K)
        grid = [[solution[f"J[{row},{column}]"] for column in count] for row in count]
        margin, width = self._widths(grid, rows, [rows[solution.i], rows[solution.t]])
        everyone = fits_whole_words(columns, INNER * width, MOST_LINES)
        head = OVER + height_of(
            MOST_LINES if everyone and not fits_whole_words(columns, INNER * width, 1) else 1
        )
        height = min(width, (region.height - head - FOOT) / solution.K)
        left = region.x - (margin + solution.K * width) / 2 + margin
        top = region.top - head
        place = Region(left, top - solution.K * height, left + solution.K * width, top)
        self._map = HeatMap(grid, cell=width, height=height, full=float(solution.a.max()))
        self._map.move_to(place.centre)
        self._map.draw(np.zeros((solution.K, solution.K)))
        self.cells = self._map.cells
        self._name_columns(columns, place.columns(*[1] * solution.K), everyone)
        beside = Region(left - margin, place.bottom, left - BESIDE, top).rows(*[1] * solution.K)
        named = beside_rows(rows, beside, priority={solution.i, solution.t})
        self.names.add(*named.values())
        self._shares = self._shares_on_diagonal(solution)
        self.sums = self._sums(solution)

    def column(self, k: int) -> VGroup:
        return self._map.column(k)

    def to_diagonal(self) -> list[Animation]:
        """Show diag(a)."""
        appear = [FadeIn(self._shares, shift=0.4 * -UP)] if len(self._shares) else []
        return [self._map.redraw(np.zeros_like(self._J), self._diagonal), *appear]

    def to_jacobian(self) -> list[Animation]:
        """Subtract a aᵀ."""
        turn: list[Animation] = []
        if len(self._shares):
            turn = [FadeOut(self._shares), FadeIn(self._map.numbers)]
        return [self._map.redraw(self._diagonal, self._J), *turn]

    def _widths(
        self, grid: Sequence[Sequence[Quantity]], names: Sequence[Words], spoken: Sequence[Words]
    ) -> tuple[float, float]:
        """The widths of the margin for names and of a cell: numbers have priority over names."""
        space, K = self._region.width, len(grid)
        least = max(MARGIN, min_width(spoken) + BESIDE)
        margin = max(least, min(max(float(name.width) for name in names) + BESIDE, WIDEST_MARGIN * space))
        if K <= NUMBERS_UP_TO:
            margin = max(least, min(margin, space - K * min_cell_width(grid)))
        return margin, min(LARGEST_CELL, (space - margin) / K)

    def _name_columns(self, names: Sequence[Words], columns: Sequence[Region], everyone: bool) -> None:
        if everyone:
            written = under_columns(names, columns, lines=MOST_LINES)
        else:
            written = {self._focus: names[self._focus].fit_width(self._region.width, lines=1)}
            self._over_focus(written[self._focus])
        for name in written.values():
            name.stand_on(columns[0].top + OVER + (name.lines - 1) * ADVANCE * name.em)
        self.names = VGroup(*written.values())

    def _over_focus(self, mobject: Mobject) -> None:
        """Centre something on the focus column, as far as the region's edges allow."""
        x = float(self.cells[0][self._focus].get_x())
        spread({0: mobject}, {0: x}, self._region.left, self._region.right, gap=0.0)

    def _shares_on_diagonal(self, solution: Solution) -> VGroup:
        shares = VGroup()
        if len(self._map.numbers):
            for k, cell in enumerate(self._map.diagonal()):
                share = Readout(solution[f"a[{k}]"], size="label", colour="ink", signed=True)
                share.set_fill(ink_on(tint(float(solution.a[k]), self._map.full)))
                shares.add(share.fit_width(INNER * self._map.cell).move_to(cell))
        return shares

    def _sums(self, solution: Solution) -> VGroup:
        bottom = float(self.cells.get_bottom()[1]) - 0.16
        ends = self.cells.get_corner(LEFT), self.cells.get_corner(RIGHT)
        sums = VGroup(line(*ends).set_y(bottom))
        for k in range(solution.K) if len(self._map.numbers) else [self._focus]:
            number = Readout(solution[f"Jsum[{k}]"], size="label")
            number.set_x(self.cells[0][k].get_x())
            sums.add(number.stand_on(bottom - 0.5))
        return sums
