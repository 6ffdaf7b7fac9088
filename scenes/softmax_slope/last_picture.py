"""What the chapter hands on: the Jacobian as a table, its formula, and the map with all slots filled."""

from __future__ import annotations

import numpy as np
from manim import VGroup, VMobject
from numpy.typing import NDArray

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.nudge.small_map import answered, small_map
from softmax_explained.scenes.pictures.jacobian_table import JacobianTable
from softmax_explained.scenes.softmax_slope.layout import SlopeLayout
from softmax_explained.stage import Formula, Region, Strip, point, style
from softmax_explained.stage.text.label_layout import spread


class LastPicture(VGroup):
    """The last picture of the chapter, from which the next one starts.

    Args:
        chapter: the chapter that shows it.

    Attributes:
        map: the map of the paths in its corner, all its slots filled.
        table: the Jacobian, with names and sums.
        bracket: round its cells.
        formula: J = diag(a) − a aᵀ, beside it or under it.
    """

    def __init__(self, chapter: Chapter) -> None:
        solution = chapter.solution
        layout = SlopeLayout.of(chapter.stage, solution.K)
        self.map = small_map(solution, layout.corner)
        for k, slot in enumerate(self.map.slots["left"]):
            slot.frame.become(answered(slot, "a" if k == solution.i else "minus"))
        names = [[chapter.class_name(k) for k in range(solution.K)] for _ in range(2)]
        self.table = JacobianTable(solution, layout.table.inset(x=0.2), columns=names[0], rows=names[1])
        self.formula = layout.formula.place(Formula(IDENTITIES["jacobian_matrix"].relation))
        if not chapter.stage.is_landscape:
            place = {0: float(self.table.cells.get_x())}
            spread({0: self.formula}, place, layout.formula.left, layout.formula.right, gap=0.0)
        cells = self.table.region
        self.bracket = VGroup(_bracket(cells, cells.left - 0.1, 1), _bracket(cells, cells.right + 0.08, -1))
        super().__init__(self.map, self.table, self.bracket, self.formula)

    def shares_over(self, shares: NDArray[np.float64], region: Region) -> Strip:
        """A small strip over the table, for the shares while scores are nudged."""
        cells = self.table.region
        left = max(region.left, min(cells.left, region.right - cells.width))
        width = min(cells.width, region.right - left)
        return Strip(shares, left=left, y=region.y, unit=width, height=region.height)


def _bracket(cells: Region, x: float, side: int) -> VMobject:
    corners = [
        (x + side * 0.12, cells.top),
        (x, cells.top),
        (x, cells.bottom),
        (x + side * 0.12, cells.bottom),
    ]
    bracket = VMobject().set_points_as_corners([point(*corner) for corner in corners])
    return bracket.set_stroke(style().colour("ink"), style().stroke("line"))
