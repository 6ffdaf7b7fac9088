"""The names under bars that keep room at their right for an arrow: each name in the middle of its bar."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from manim import VGroup

from softmax_explained.stage.design.layout import Region, point
from softmax_explained.stage.text.label_layout import height_of, under_columns
from softmax_explained.stage.text.text import Words

BELOW = 0.15  # Manim units from the foot of the bars to the names


class BarLabels(VGroup):
    """The names there is room for.

    Args:
        names: K names.
        region: over whose width the bars are spread; a name may reach half of what is spared beyond its left.
        arrow_space: Manim units kept free at the right of every bar.
        priority: classes whose names are written where there is no room for all.

    Attributes:
        columns: for each class a region with the bar in its middle, from bar to bar.
        band: Manim units the names take under the bars.
    """

    def __init__(
        self, names: Sequence[Words], region: Region, *, arrow_space: float, priority: Collection[int]
    ) -> None:
        self.columns = [
            Region(column.left - arrow_space / 2, column.bottom, column.right - arrow_space / 2, column.top)
            for column in region.columns(*[1] * len(names))
        ]
        self._written = under_columns(names, self.columns, priority=priority)
        self.band = BELOW + height_of(max(name.lines for name in self._written.values()))
        super().__init__(*self._written.values())

    def hang(self, y: float) -> BarLabels:
        """Write the names under bars that stand at a height."""
        for name in self:
            name.move_to(point(float(name.get_x()), y - BELOW - name.height / 2))
            if name.lines == 1:
                name.stand_on(y - BELOW - 0.35)
        return self
