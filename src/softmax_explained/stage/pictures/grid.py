"""A table: cells on common baselines, in columns that share a middle or an edge."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import LEFT, ORIGIN, Line, VGroup

from softmax_explained.stage.frame import Region, point
from softmax_explained.stage.style import style
from softmax_explained.stage.type import Type

TALLEST_EM = 0.95
"""The largest em in a cell, as a part of the pitch."""


class Grid(VGroup):
    """Rows of type in a region, evenly spread.

    Args:
        rows: the cells, row by row; None leaves a cell empty.
        region: where the table stands.
        parts: widths of the columns, as parts of the whole.
        widest_pitch: most Manim units from one baseline to the next.

    Attributes:
        columns: the regions of the columns, over the whole height.
        pitch: from one baseline to the next, in Manim's units.
    """

    def __init__(
        self,
        rows: Sequence[Sequence[Type | None]],
        region: Region,
        *,
        parts: Sequence[float],
        widest_pitch: float = 0.95,
    ) -> None:
        self.columns = region.columns(*parts, gap=0.3)
        self.pitch = min(widest_pitch, region.height / len(rows))
        self.top = region.y + self.pitch * len(rows) / 2
        super().__init__()
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if cell is not None:
                    self.add(self._put(cell, r, c))

    def _put(self, cell: Type, row: int, column: int) -> Type:
        """Stand a cell on its row's baseline: the first column at the left edge, the others in the middle."""
        where, edge = self.columns[column], LEFT if column == 0 else ORIGIN
        cell.fit_width(where.width).scale(min(1.0, TALLEST_EM * self.pitch / cell.em))
        x = where.x + float(np.sign(edge[0])) * (where.width - cell.width) / 2
        return cell.move_to(point(x)).stand_on(self.baseline(row))

    def baseline(self, row: int) -> float:
        """The y on which the cells of a row stand."""
        return self.top - (row + 0.68) * self.pitch

    def line_over(self, row: int) -> Line:
        """A thin line between a row and the row above it."""
        y = self.top - row * self.pitch
        ends = point(self.columns[0].left, y), point(self.columns[-1].right, y)
        return Line(*ends, color=style().colour("quiet"), stroke_width=style().stroke("thin"))
