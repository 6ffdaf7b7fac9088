"""The scores on a number line: zero, the band from 0 to 1, and for each class a signed bar or a dot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Self

import numpy as np
from manim import DOWN, LEFT, Dot, VGroup
from numpy.typing import NDArray

from softmax_explained.core import Quantity
from softmax_explained.stage import Box, Point, Readout, Region, line, point, style, tick_label
from softmax_explained.stage.shapes.annotations import tipped

RADIUS = 0.13  # of a dot in Manim units
TICKS = 0.62  # Manim units below the line for the figures of its ticks
ABOVE = 0.2  # Manim units between the line and the rows above it
BESIDE = 0.2  # Manim units between the end of a bar and its number
MARGIN = 0.3  # Manim units from the ends of the line to the outermost score
THICKEST, FILL = 0.62, 0.5  # maximum height of a bar in Manim units, and as a fraction of its row
LEAST_BARS = 0.6  # Manim units from the least to the greatest value at least
SLANT = 0.08  # Manim units: half the width of the hole in a broken line
APART = 0.34  # minimum distance in Manim units between the ticks 0 and 1


class ScoreLine(VGroup):
    """A horizontal number line through the bottom of a region, with zero and the band from 0 to 1 above it.

    Args:
        values: what the line has room for, together with 0 and 1.
        region: of the line, the figures below it, and what stands above it.
        space: Manim units to keep free at the left and at the right of the outermost values.

    Attributes:
        axis: the line itself, with an arrow at its end.
        zero: an upright line at zero.
        band: from 0 to 1.
        ticks: the figures 0 and 1; of the second only where there is room.
        y: of the line.
        rows: the region above the line.
    """

    def __init__(
        self,
        values: Sequence[float] | NDArray[np.float64],
        region: Region,
        *,
        space: tuple[float, float] = (MARGIN, MARGIN),
    ) -> None:
        low, high = min(0.0, float(np.min(values))), max(1.0, float(np.max(values)))
        self.region, self.y = region, region.bottom + TICKS
        self.rows = Region(region.left, self.y + ABOVE, region.right, region.top)
        self.unit = max(LEAST_BARS, region.width - sum(space)) / (high - low)
        self._zero = region.left + space[0] - low * self.unit
        ends = point(region.left, self.y), point(region.right, self.y)
        self.axis = tipped(*ends, colour="quiet", width="line", tip=0.2, stroke_ratio=20)
        self.zero = line(point(self._zero, self.y), point(self._zero, region.top))
        self.band = Box(self._zero, self.y, self.x(1), region.top, colour="track", opacity=0.75)
        self.band.set_z_index(-1)  # behind what stands above the line, even if it comes later
        ticks = [tick_label(n).next_to(point(self.x(n), self.y), DOWN, buff=0.16) for n in (0, 1)]
        self.ticks = VGroup(*(ticks if self.unit > APART else ticks[:1]))
        super().__init__(self.band, self.zero, self.axis, self.ticks)

    def x(self, value: float) -> float:
        """The x of a value."""
        return self._zero + float(value) * self.unit

    def at(self, value: float) -> Point:
        """The point of the line at a value."""
        return point(self.x(value), self.y)

    def dots(self, values: Sequence[float] | NDArray[np.float64], *, colour: str = "z") -> VGroup:
        """A dot on the line for each value."""
        blue = style().colour(colour)
        return VGroup(*[Dot(self.at(value), radius=RADIUS, color=blue) for value in values])


class ScoreBars(VGroup):
    """A signed bar for each score in rows above a number line, with its number beside it.

    Args:
        quantities: K scores.
        region: of the line and the rows, from top to bottom in the order of the classes.
        size: of the numbers.
        more: Manim units to keep free right of the widest number.

    Attributes:
        line: the `ScoreLine`.
        bars: K bars from zero.
        dots: K dots on the line, below the ends of the bars; not part of the group.
        numbers: K numbers, right of the bars.
    """

    def __init__(
        self,
        quantities: Sequence[Quantity],
        region: Region,
        *,
        size: str = "number",
        more: float = 0.0,
    ) -> None:
        self.values = np.array([quantity.value * 10.0**quantity.exponent for quantity in quantities])
        numbers = [Readout(quantity, size=size, colour="z") for quantity in quantities]
        self.numbers = VGroup(*numbers)
        row = (region.height - TICKS - ABOVE) / len(quantities)
        for number in numbers:
            least = style().size("least") / number.em
            number.scale(min(1.0, max(least, 0.5 * row / number.em)))
        widest = max(number.width for number in numbers)
        right = BESIDE + widest + more + MARGIN
        self.line = ScoreLine(self.values, region, space=(MARGIN + RADIUS, right))
        self.rows = self.line.rows.rows(*[1] * len(quantities))
        self.bars = VGroup(*[Box(0, 0, 1, 1, colour="z") for _ in quantities])
        self.dots = self.line.dots(self.values)
        self.draw(1.0)
        super().__init__(self.line, self.bars, self.numbers)

    @staticmethod
    def least_width(quantities: Sequence[Quantity], *, more: float = 0.0) -> float:
        """The width in Manim units that the scores need if their numbers are as small as can be read."""
        widest = max(Readout(quantity, size="least").width for quantity in quantities)
        return MARGIN + RADIUS + LEAST_BARS + BESIDE + float(widest) + more + MARGIN

    def draw(self, part: float) -> Self:
        """Draw every bar at a fraction of its score, from 0 to 1."""
        half = min(THICKEST, FILL * self.rows[0].height) / 2
        for k, value in enumerate(self.values * part):
            x, y = self.line.x(value), self.rows[k].y
            self.bars[k].reshape(self.line.x(0.0), y - half, x, y + half)
            beside = point(max(x, self.line.x(0.0)) + BESIDE)
            self.numbers[k].align_to(beside, LEFT).set_y(y)
        return self

    def follow(self, part: Callable[[], float]) -> Self:
        """Draw the fraction `part()` in every frame, with live numbers, until `settle`."""
        for number, value in zip(self.numbers, self.values, strict=True):
            number.follow(lambda value=value: float(value) * part(), edge=LEFT)
        return self.add_updater(lambda _: self.draw(part()))

    def settle(self) -> Self:
        """Stop following, and show the scores exactly."""
        self.clear_updaters(recursive=False)
        for number in self.numbers:
            number.settle(edge=LEFT)
        return self.draw(1.0)


def broken(x: float, y: float) -> VGroup:
    """The mark where a line leaves out a part: two slanted strokes with a hole between them."""
    hole = Box(x - SLANT, y - 0.06, x + SLANT, y + 0.06, colour="ground")
    strokes = [
        line(point(x + side * SLANT - 0.05, y - 0.13), point(x + side * SLANT + 0.05, y + 0.13))
        for side in (-1, 1)
    ]
    return VGroup(hole, *strokes)
