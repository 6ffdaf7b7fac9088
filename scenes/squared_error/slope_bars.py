"""A column of slopes as signed vermilion bars, with their numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Self

import numpy as np
from manim import Animation, UpdateFromAlphaFunc, VGroup, smooth
from numpy.typing import NDArray

from softmax_explained.core import Quantity
from softmax_explained.stage import Box, Readout, Region, line, point, style

TALLEST, FILL = 0.62, 0.62  # Manim units: height of a bar at most, and as a part of its row
BESIDE = 0.14  # Manim units from the end of a bar to its number
BREAK = 0.12  # Manim units: half the height of the strokes that break a bar which is too long
SHORTEST = 0.8  # Manim units: with less room for the longest bar there are no numbers
LEAST = 0.02  # Manim units: no bar is shorter, so that a row without a push can be seen


class SlopeBars(VGroup):
    """K bars from a common zero, to the right for plus and to the left for minus.

    A bar that is longer than the region is broken: two strokes cross it, and its number says how long it is.

    Args:
        quantities: K slopes.
        region: of the bars and numbers; the zero is in its middle.
        unit: Manim units per slope of 1.

    Attributes:
        zero: the upright line at zero.
        bars: K boxes.
        breaks: the strokes over bars that are too long.
        numbers: beside the bars; empty where there is no room.
    """

    def __init__(self, quantities: Sequence[Quantity], region: Region, *, unit: float) -> None:
        self._region, self.unit = region, unit
        self.values = np.array([float(each.value) * 10.0**each.exponent for each in quantities])
        self._rows = region.rows(*[1] * len(quantities))
        self._half = min(TALLEST, FILL * self._rows[0].height) / 2
        self.zero = line(point(region.x, region.bottom), point(region.x, region.top))
        self.bars = VGroup(*[Box(0, 0, 1, 1, colour="C") for _ in quantities])
        self.numbers = VGroup()
        written = [Readout(each, size="label", colour="C", signed=True) for each in quantities]
        self._most = room_for(quantities, region)
        if self._most < region.width / 2 and written[0].em <= 0.95 * self._rows[0].height:
            self.numbers.add(*written)
        self.draw(self.values)
        self.breaks = VGroup(*[stroke for k in range(len(quantities)) for stroke in self._break(k)])
        super().__init__(self.zero, self.bars, self.breaks, self.numbers)

    def draw(self, values: NDArray[np.float64]) -> Self:
        """Draw other values; the numbers stay beside the ends of the bars."""
        for k, (bar, row) in enumerate(zip(self.bars, self._rows, strict=True)):
            x, end = self._region.x, self._end(float(values[k]))
            bar.reshape(min(x, end), row.y - self._half, max(x + LEAST, end), row.y + self._half)
            if len(self.numbers):
                side = 1.0 if values[k] >= 0 else -1.0
                reach = end + side * (BESIDE + float(self.numbers[k].width) / 2)
                self.numbers[k].set_x(reach).set_y(row.y)
        return self

    def follow(self, values: Callable[[], NDArray[np.float64]]) -> Self:
        """Draw `values()` in every frame until the updaters are cleared."""
        return self.add_updater(lambda _: self.draw(values()))

    def grow(self) -> Animation:
        """The animation in which the bars grow from zero."""
        return UpdateFromAlphaFunc(self.bars, lambda _, part: self._grown(part), rate_func=smooth)

    def _grown(self, part: float) -> None:
        for bar, row, value in zip(self.bars, self._rows, self.values, strict=True):
            x, end = self._region.x, self._end(float(value))
            end = x + part * (end - x)
            bar.reshape(min(x, end), row.y - self._half, max(x + LEAST, end), row.y + self._half)

    def _end(self, value: float) -> float:
        return self._region.x + float(np.clip(value * self.unit, -self._most, self._most))

    def _break(self, k: int) -> list[VGroup]:
        if abs(self.values[k]) * self.unit <= self._most + 1e-6:
            return []
        x = self._region.x + 0.72 * (self._end(float(self.values[k])) - self._region.x)
        y, lean = self._rows[k].y, 0.06
        strokes = [
            line(
                point(x + shift - lean, y - self._half - BREAK),
                point(x + shift + lean, y + self._half + BREAK),
                width="thick",
            ).set_stroke(style().colour("ground"))
            for shift in (0.0, 0.12)
        ]
        return [VGroup(*strokes)]


def room_for(quantities: Sequence[Quantity], region: Region) -> float:
    """Manim units for the longest bar on either side of zero, with its number beside it if there is room."""
    widest = max(float(Readout(each, size="label", signed=True).width) for each in quantities)
    room = region.width / 2 - widest - BESIDE
    return room if room >= SHORTEST else region.width / 2
