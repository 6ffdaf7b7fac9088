"""A table: cells on common baselines, in centred columns."""

from collections.abc import Sequence

import numpy as np
from manim import LEFT, ORIGIN, VGroup

from softmax_explained.stage.design.layout import Region, point
from softmax_explained.stage.text.text import ADVANCE, TypesetText, Words

GAP, WIDEST_PITCH = (
    0.3,
    0.95,
)  # Manim units between two columns, as a rule, and maximum distance between baselines
# Maximum em of a cell, and distance of its baseline from the middle of the row, relative to the pitch
TALLEST_EM, BELOW_MIDDLE = 0.95, 0.18


class Grid(VGroup):
    """Rows of text in the middle of a region; the first column is left-aligned, the others centred.

    Args:
        rows: the cells, row by row; None leaves a cell empty.
        region: of the table.
        parts: relative widths of the columns.
        gap: Manim units between two of them.
        widest_pitch: maximum distance between baselines in Manim units, for rows of equal height.
        heights: of the rows, if they are not equal.
        same_size: shrink all cells, of one size each, by one factor, instead of each one until it fits.

    Attributes:
        columns: the regions of the columns, over the whole height.
        pitch: height in Manim units of the lowest row with a cell.
        largest: the largest em of a cell.
    """

    def __init__(
        self,
        rows: Sequence[Sequence[TypesetText | None]],
        region: Region,
        *,
        parts: Sequence[float],
        gap: float = GAP,
        widest_pitch: float = WIDEST_PITCH,
        heights: Sequence[float] | None = None,
        same_size: bool = False,
    ) -> None:
        self.columns = region.columns(*parts, gap=gap)
        heights = heights or [min(widest_pitch, region.height / len(rows))] * len(rows)
        self.pitch = min(high for high, row in zip(heights, rows, strict=True) if row != [None] * len(row))
        self.largest = TALLEST_EM * self.pitch
        self._tops = region.y + sum(heights) / 2 - np.cumsum([0.0, *heights])
        super().__init__()
        if same_size:
            self._shrink_alike(rows)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if cell is not None:
                    self.add(self._put(cell, r, c))

    def _shrink_alike(self, rows: Sequence[Sequence[TypesetText | None]]) -> None:
        cells = [
            (cell, column) for row in rows for cell, column in zip(row, self.columns, strict=False) if cell
        ]
        fits = [min(column.width / cell.width, self.largest / cell.em) for cell, column in cells]
        for cell, _ in cells:
            cell.scale(min(1.0, *fits))

    def _put(self, cell: TypesetText, row: int, column: int) -> TypesetText:
        where, edge = self.columns[column], LEFT if column == 0 else ORIGIN
        cell.fit_width(where.width).scale(min(1.0, self.largest / cell.em))
        x = where.x + float(np.sign(edge[0])) * (where.width - cell.width) / 2
        lines = cell.lines if isinstance(cell, Words) else 1
        return cell.move_to(point(x)).stand_on(self.baseline(row) + (lines - 1) / 2 * ADVANCE * cell.em)

    def baseline(self, row: int) -> float:
        """The y of the baseline of a row."""
        return self.middle(row) - BELOW_MIDDLE * self.pitch

    def middle(self, row: int) -> float:
        """The y of the middle of a row."""
        return float(self._tops[row] + self._tops[row + 1]) / 2
