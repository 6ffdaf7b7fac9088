"""The Jacobian as a table, outputs by scores: first diag(a), then less a aᵀ, then the sums of its columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import LEFT, RIGHT, UP, Animation, FadeIn, FadeOut, Line, VGroup

from softmax_explained.core import Solution
from softmax_explained.stage.frame import Region, point
from softmax_explained.stage.legible import ink_on
from softmax_explained.stage.pictures.heatmap import NUMBERS_UP_TO, HeatMap, tint
from softmax_explained.stage.style import style
from softmax_explained.stage.type import Readout, Words

LARGEST_CELL = 1.3


class JacobianTable:
    """The K × K table of ∂a_j/∂z_i with the names of the classes around it.

    Args:
        solution: where the numbers come from.
        region: where the table stands.
        columns: the K classes whose scores are nudged, named.
        rows: the K classes whose shares answer, named.

    Attributes:
        cells: the coloured cells; at first all of them are empty.
        names: the classes, over the columns and beside the rows.
        sums: a line and the sum of each column; only the line where cells carry no numbers.
    """

    def __init__(
        self, solution: Solution, region: Region, *, columns: Sequence[Words], rows: Sequence[Words]
    ) -> None:
        self._J = solution.J
        self._diagonal = np.diag(solution.a)
        K = solution.K
        margin, foot = 1.3, 1.0
        cell = min(LARGEST_CELL, (region.width - margin) / K, (region.height - 0.6 - foot) / K)
        grid = [[solution[f"J[{row},{column}]"] for column in range(K)] for row in range(K)]
        self._map = HeatMap(grid, cell=cell, full=float(solution.a.max()))
        self._map.move_to(point(region.left + margin + K * cell / 2, region.top - 0.6 - K * cell / 2))
        self._map.draw(np.zeros((K, K)))
        self.cells = self._map.cells
        self.names = VGroup(*self._name_columns(columns), *self._name_rows(rows, margin))
        self._shares = self._shares_on_diagonal(solution)
        self.sums = self._sums(solution)

    def column(self, k: int) -> VGroup:
        """The cells of a column."""
        return self._map.column(k)

    def to_diagonal(self) -> list[Animation]:
        """diag(a) drops in: each share in its cell."""
        appear = [FadeIn(self._shares, shift=0.4 * -UP)] if len(self._shares) else []
        return [self._map.redraw(np.zeros_like(self._J), self._diagonal), *appear]

    def to_jacobian(self) -> list[Animation]:
        """Subtract a aᵀ: every cell loses its product, and shows what is left."""
        turn: list[Animation] = []
        if len(self._shares):
            turn = [FadeOut(self._shares), FadeIn(self._map.numbers)]
        return [self._map.redraw(self._diagonal, self._J), *turn]

    def _name_columns(self, names: Sequence[Words]) -> list[Words]:
        top = float(self.cells.get_top()[1])
        for k, name in enumerate(names):
            name.fit_width(0.92 * self._map.cell).move_to(self.cells[0][k]).stand_on(top + 0.2)
        return list(names)

    def _name_rows(self, names: Sequence[Words], margin: float) -> list[Words]:
        for k, name in enumerate(names):
            name.fit_width(margin - 0.35).next_to(self.cells[k], LEFT, buff=0.3)
            name.stand_on(float(self.cells[k].get_y()) - 0.12)
        return list(names)

    def _shares_on_diagonal(self, solution: Solution) -> VGroup:
        shares = VGroup()
        if solution.K <= NUMBERS_UP_TO:
            for k, cell in enumerate(self._map.diagonal()):
                share = Readout(solution[f"a[{k}]"], size="label", colour="ink", signed=True)
                share.set_fill(ink_on(tint(float(solution.a[k]), self._map.full)))
                shares.add(share.fit_width(0.8 * self._map.cell).move_to(cell))
        return shares

    def _sums(self, solution: Solution) -> VGroup:
        bottom = float(self.cells.get_bottom()[1]) - 0.16
        line = Line(self.cells.get_corner(LEFT), self.cells.get_corner(RIGHT)).set_y(bottom)
        line.set_stroke(style().colour("quiet"), style().stroke("thin"))
        sums = VGroup(line)
        if solution.K <= NUMBERS_UP_TO:
            for k in range(solution.K):
                number = Readout(solution[f"Jsum[{k}]"], size="label")
                number.fit_width(0.8 * self._map.cell).move_to(self.cells[0][k]).stand_on(bottom - 0.5)
                sums.add(number)
        return sums
