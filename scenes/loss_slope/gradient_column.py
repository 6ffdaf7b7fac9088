"""The slopes −y/a of all classes as a column vector, with class names."""

from collections.abc import Sequence

from manim import LEFT, RIGHT, VGroup

from softmax_explained.core import Quantity, Solution
from softmax_explained.stage import Readout, Region, Words, point
from softmax_explained.stage.shapes.column_vector import ColumnVector
from softmax_explained.stage.text.label_layout import beside_rows, column_width

WIDEST_PITCH, LARGE = 0.95, 0.6  # Manim units between rows: maximum, and minimum for large numbers
BESIDE = 0.25  # Manim units between the column and the names
NARROWEST = 1.2  # minimum width in Manim units of the names


class GradientColumn(VGroup):
    """A column of K slopes with class names at its right, at the right edge of a region.

    If not all names fit, only the true class is named. `part` is the fraction of the region's width to use,
    if the numbers fit into it.
    """

    def __init__(self, solution: Solution, names: Sequence[Words], region: Region, *, part: float) -> None:
        quantities = [solution[f"dCda[{k}]"] for k in range(solution.K)]
        pitch = min(WIDEST_PITCH, region.height / solution.K)
        column = _column(quantities, pitch, "number" if pitch >= LARGE else "least")
        space = part * region.width - column.width - BESIDE
        if space < NARROWEST:
            column = _column(quantities, pitch, "least")
            space = max(NARROWEST, part * region.width - column.width - BESIDE)
        width = column_width(names, space)
        middles = [float(slope.get_y()) for slope in column.entries]
        rows = [Region(0.0, y - pitch / 2, width, y + pitch / 2) for y in middles]
        self.names = beside_rows(names, rows, priority={solution.t})
        for name in self.names.values():
            name.align_to(point(column.get_right()[0] + BESIDE), LEFT)
        self.slopes, self.brackets = column.entries, column.brackets
        super().__init__(column, *self.names.values())
        self.move_to(point(region.right, region.y), RIGHT)


def _column(quantities: Sequence[Quantity], pitch: float, size: str) -> ColumnVector:
    return ColumnVector([Readout(quantity, size=size, colour="C") for quantity in quantities], pitch=pitch)
