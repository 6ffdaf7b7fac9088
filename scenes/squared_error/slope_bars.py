"""A column of slopes as signed vermilion bars, with their numbers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple, Self

import numpy as np
from manim import RIGHT, Animation, UpdateFromAlphaFunc, VGroup, smooth
from numpy.typing import NDArray

from softmax_explained.core import Quantity
from softmax_explained.stage import Box, Readout, Region, Words, line, point, style
from softmax_explained.stage.text.label_layout import column_width, height_of

TALLEST, FILL = 0.62, 0.62  # Manim units: height of a bar at most, and as a part of its row
BESIDE = 0.14  # Manim units from the end of a bar to its number
BREAK = 0.12  # Manim units: half the height of the strokes that break a bar which is too long
SHORTEST = 0.8  # Manim units: with less room for the longest bar there are no numbers
USED = 1.0  # the part of a row that a number may be high
WIDEST_NAMES, MOST_NAMES = 0.4, 1.2  # for the class names at most: part of a region, and Manim units
LEADER = 0.08  # Manim units between the ends of a leader and what it joins
NAME_GAP = 0.2  # Manim units from the class names to the bars
LINE = 0.85  # of the height of a line of words: two names may be so close
LEAST = 0.02  # Manim units: no bar is shorter, so that a row without a push can be seen


class SlopeBars(VGroup):
    """K bars from a common zero, to the right for plus and to the left for minus.

    A bar that is longer than the region is broken: two strokes cross it, and its number says how long it is.

    Args:
        quantities: K slopes.
        region: of the bars and numbers; the zero is in its middle.
        unit: Manim units per slope of 1.
        names: K class names, left of the region.
        margin: Manim units for the names.
        priority: the classes to name where there is no room for all names.

    Attributes:
        zero: the upright line at zero.
        bars: K boxes.
        breaks: the strokes over bars that are too long.
        numbers: beside the bars; empty where there is no room.
        names: those that are written.
        leaders: thin lines from names to bars; those to bars that begin near their names are not seen.
    """

    def __init__(
        self,
        quantities: Sequence[Quantity],
        region: Region,
        *,
        unit: float,
        names: Sequence[Words] = (),
        margin: float = 0.0,
        priority: Collection[int] = (),
    ) -> None:
        self._region, self.unit = region, unit
        self.values = values_of(quantities)
        self._rows = region.rows(*[1] * len(quantities))
        self._half = min(TALLEST, FILL * self._rows[0].height) / 2
        self.zero = line(point(region.x, region.bottom), point(region.x, region.top))
        self.bars = VGroup(*[Box(0, 0, 1, 1, colour="C") for _ in quantities])
        self.numbers = VGroup()
        self._most, size, self._across = room_for(quantities, region)
        if size:
            self.numbers.add(*[Readout(each, size=size, colour="C", signed=True) for each in quantities])
        self.names, self.leaders, self._named = VGroup(), VGroup(), list[int]()
        self.draw(self.values)
        self.breaks = self.breaks_of(self.values)
        if names:
            self.names.add(*self._beside(names, region.left - NAME_GAP, margin, priority))
            if not len(self.numbers):  # they stand between the two
                self.leaders.add(*[line(point(0), point(1)) for _ in self.names])
                self._lead()
        super().__init__(self.zero, self.bars, self.breaks, self.leaders, self.numbers, self.names)

    def _beside(
        self, names: Sequence[Words], end: float, margin: float, priority: Collection[int]
    ) -> list[Words]:
        """One line each, level with its bar: all names, or those of `priority` where rows are too low.

        Of two that would touch, the upper one moves up and the lower one down; none beyond the outer bars.
        """
        everyone = self._rows[0].height >= LINE * height_of(1)
        named = self._named = [*range(len(names))] if everyone else sorted(priority)
        heights = [self._rows[k].y for k in named]
        for n, (upper, lower) in enumerate(pairwise(heights)):
            closer = max(0.0, LINE * height_of(1) - (upper - lower)) / 2
            heights[n : n + 2] = upper + closer, lower - closer
        down = max(0.0, heights[0] - self._rows[0].y)
        up = max(0.0, self._rows[-1].y - heights[-1]) if not down else 0.0
        heights = [y - down + up for y in heights]
        return [
            names[k].fit_width(margin, lines=1, edge=RIGHT).centre_on(y).align_to(point(end), RIGHT)
            for k, y in zip(named, heights, strict=True)
        ]

    def _lead(self) -> None:
        """Draw a thin line from every name to its bar; it is seen where the bar begins far from the name."""
        if not len(self.leaders):
            return
        for leader, name, k in zip(self.leaders, self.names, self._named, strict=True):
            bar = self.bars[k]
            start, end = float(name.get_right()[0]) + LEADER, float(bar.get_left()[0]) - LEADER
            is_far = end - start >= NAME_GAP - LEADER
            leader.put_start_and_end_on(
                point(start, name.get_y()), point(end if is_far else start + LEADER, bar.get_y())
            )
            leader.set_stroke(opacity=float(is_far))

    def draw(self, values: NDArray[np.float64]) -> Self:
        """Draw other values; the numbers stay beside the ends of the bars."""
        for k, (bar, row) in enumerate(zip(self.bars, self._rows, strict=True)):
            x, end = self._region.x, self._end(float(values[k]))
            bar.reshape(min(x, end), row.y - self._half, max(x + LEAST, end), row.y + self._half)
            if len(self.numbers):
                side = 1.0 if (values[k] >= 0) != self._across else -1.0
                reach = (x if self._across else end) + side * (BESIDE + float(self.numbers[k].width) / 2)
                self.numbers[k].set_x(reach).set_y(row.y)
        self._lead()
        return self

    def breaks_of(self, values: NDArray[np.float64]) -> VGroup:
        """The strokes over the bars of some values that are too long."""
        return VGroup(*[stroke for k, value in enumerate(values) for stroke in self._break(k, float(value))])

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

    def _break(self, k: int, value: float) -> list[VGroup]:
        if abs(value) * self.unit <= self._most + 1e-6:
            return []
        x = self._region.x + 0.72 * (self._end(value) - self._region.x)
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


def values_of(quantities: Sequence[Quantity]) -> NDArray[np.float64]:
    """The values of quantities; infinite where they are too large for a float, such as a slope of 10⁴³⁴."""
    return np.array([float(Decimal(float(each.value)).scaleb(each.exponent)) for each in quantities])


def margin_for(names: Sequence[Words], region: Region) -> float:
    """Manim units for the names beside bars that share a region with them."""
    return column_width(names, min(MOST_NAMES, WIDEST_NAMES * region.width))


class Room(NamedTuple):
    """How bars and numbers share a region."""

    longest: float
    """Manim units of the longest bar."""
    size: str
    """The token of the size of the numbers; empty if there are none."""
    across: bool
    """Whether numbers stand on the side of zero where the bar is not."""


def room_for(quantities: Sequence[Quantity], region: Region) -> Room:
    """Numbers at the ends of the bars if there is room, else across zero from them, else none."""
    height, half = USED * region.height / len(quantities), region.width / 2
    for size in ("body", "label", "least"):
        widest = max(float(Readout(each, size=size, signed=True).width) for each in quantities) + BESIDE
        if style().size(size) <= height and half - widest >= SHORTEST:
            return Room(half - widest, size, across=False)
        if style().size(size) <= height and widest <= half:
            return Room(half, size, across=True)
    return Room(half, "", across=False)
