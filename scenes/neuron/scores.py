"""Scores as a bar chart around zero: any real numbers, while a probability is between 0 and 1."""

from collections.abc import Callable, Sequence
from typing import Self

import numpy as np
from manim import LEFT, VGroup

from softmax_explained.core import Quantity
from softmax_explained.stage import Box, Readout, Region, line, point, style, tick_label

BESIDE = 0.22  # Manim units between a bar, or the zero line, and its number
INEQUALITY_SPACE = 2.25  # ems to the right of the numbers for inequalities


class Scores(VGroup):
    """One horizontal bar per class; the numbers are to the right of the bars, or of the zero line.

    Args:
        quantities: K scores.
        region: of the bars, in K rows; the marks 0 and 1 are below it.
        size: token of the numbers.

    Attributes:
        guides: the zero line, the interval from 0 to 1, and their marks.
    """

    def __init__(self, quantities: Sequence[Quantity], region: Region, *, size: str) -> None:
        self.rows = region.rows(*[1] * len(quantities))
        self._finals = np.array([quantity.value for quantity in quantities])
        self.numbers = VGroup(*[Readout(quantity, size=size, colour="z") for quantity in quantities])
        low, high = min(0.0, float(self._finals.min())), max(1.0, float(self._finals.max()))
        space = BESIDE + max(number.width for number in self.numbers) + INEQUALITY_SPACE * style().size(size)
        self._unit = (region.width - space) / (high - low)
        self.zero = region.left - low * self._unit
        self.guides = self._guides(region)
        self.bars = VGroup(*[Box(self.zero, 0, self.zero, 0, colour="z") for _ in quantities])
        super().__init__(self.guides, self.bars, self.numbers)
        self.draw(1.0)

    def x(self, value: float) -> float:
        return self.zero + value * self._unit

    def draw(self, part: float) -> Self:
        """Draw every bar at a fraction of its score, from 0 to 1."""
        values = self._finals * part
        for row, bar, number, value in zip(self.rows, self.bars, self.numbers, values, strict=True):
            half = min(0.3, 0.32 * row.height)
            bar.reshape(self.zero, row.y - half, self.x(float(value)), row.y + half)
            number.set_y(row.y)
            number.align_to(point(self.x(max(0.0, float(value))) + BESIDE), LEFT)
        return self

    def follow(self, part: Callable[[], float]) -> Self:
        """Draw the fraction `part()` in every frame, with live numbers, until `settle`."""
        for number, value in zip(self.numbers, self._finals, strict=True):
            number.follow(lambda value=value: float(value) * part(), edge=LEFT)
        return self.add_updater(lambda _: self.draw(part()))

    def settle(self) -> Self:
        self.clear_updaters(recursive=False)
        for number in self.numbers:
            number.settle(edge=LEFT)
        return self.draw(1.0)

    def _guides(self, region: Region) -> VGroup:
        marks = [tick_label(n).move_to(point(self.x(n), region.bottom - 0.3)) for n in (0, 1)]
        stretch = Box(self.zero, region.bottom, self.x(1), region.top, colour="track", opacity=0.7)
        zero = line(point(self.zero, region.top), point(self.zero, region.bottom))
        return VGroup(stretch, zero, *(marks if self._unit > 0.4 else marks[:1]))
