"""Class names below bars that keep space for an arrow at their right."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from manim import VGroup

from softmax_explained.stage import Region, Words, point
from softmax_explained.stage.text.label_layout import height_of, under_columns

BELOW = 0.15  # Manim units between bars and names


class BarLabels(VGroup):
    """The names that fit, each centred below its bar.

    Attributes:
        columns: per class a region centred on its bar.
        band: height of the names in Manim units.
    """

    def __init__(
        self, names: Sequence[Words], region: Region, *, arrow_space: float, priority: Collection[int]
    ) -> None:
        aside = arrow_space / 2
        shifted = replace(region, left=region.left - aside, right=region.right - aside)
        self.columns = shifted.columns(*[1] * len(names))
        self._written = under_columns(names, self.columns, priority=priority)
        self.band = BELOW + height_of(max(name.lines for name in self._written.values()))
        super().__init__(*self._written.values())

    def hang(self, y: float) -> BarLabels:
        """Put the names below bars whose base is at `y`."""
        for name in self:
            name.move_to(point(float(name.get_x()), y - BELOW - name.height / 2))
            if name.lines == 1:
                name.stand_on(y - BELOW - 0.35)
        return self
