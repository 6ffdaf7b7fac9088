"""The scores of a layer of neurons as a bar chart around zero, and where both are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from manim import LEFT, VGroup

from softmax_explained.core import Quantity
from softmax_explained.stage import Box, Readout, Region, Words, line, point, style, tick_label
from softmax_explained.stage.text.label_layout import column_width, row_height

ACROSS = 6.0, 1.7, 5.1  # relative widths of network, names and scores where they are side by side
MARKS, TOTAL = 0.65, 1.25  # heights in Manim units of the marks below the scores and of their sum
LOWEST_ROW, LOW_ROW, HIGH_ROW = 0.34, 0.6, 0.75  # height: minimum, that of large numbers, maximum
LOWEST_NETWORK, LOW_NETWORK = 0.95, 1.7  # minimum and preferred height of the network in Manim units
WIDEST_NAMES, WIDEST_NAMES_BETWEEN = 0.42, 0.265  # fractions of the width; of names between columns
BESIDE_NAMES = 0.5  # Manim units between the neurons and the names
BESIDE = 0.22  # Manim units between a bar, or the zero line, and its number
INEQUALITY_SPACE = 2.25  # ems to the right of the numbers for inequalities


@dataclass(frozen=True)
class LayerLayout:
    """The regions of network, right-aligned names, bars of the scores, and their sum.

    `size` is the size token of the scores' numbers.
    """

    network: Region
    names: Region
    scores: Region
    total: Region
    size: str


def layer_layout(stage: Region, names: Sequence[Words]) -> LayerLayout:
    """Arrange the stage for some classes, with columns and rows sized for their names."""
    if stage.is_landscape:
        return _side_by_side(stage, names)
    K, width = len(names), column_width(names, WIDEST_NAMES * stage.width)
    above = stage.height - MARKS - TOTAL
    crowded = above - K * LOWEST_ROW < LOWEST_NETWORK
    if crowded:  # the sum stands beside the network
        above = stage.height - MARKS
    pitch = min(max(HIGH_ROW, row_height(names, width)), (above - LOW_NETWORK) / K)
    pitch = max(pitch, min(LOWEST_ROW, (above - LOWEST_NETWORK) / K))
    network, scores, _, total = stage.rows(above - K * pitch, K * pitch, MARKS, 0 if crowded else TOTAL)
    if crowded:
        network, total = network.columns(4, 5)
    left, right = scores.columns(width, stage.width - width)
    return LayerLayout(network.inset(0, 0.08), left, right.inset(0.2), total, _size(pitch))


def _side_by_side(stage: Region, names: Sequence[Words]) -> LayerLayout:
    rows, _, total = stage.rows(stage.height - MARKS - TOTAL, MARKS, TOTAL)
    network, between, scores = rows.columns(*ACROSS)
    beside = column_width(names, WIDEST_NAMES_BETWEEN * stage.width)
    more = max(0.0, beside + BESIDE_NAMES - between.width)
    right = between.right - 0.1
    left = Region(right - beside, rows.bottom, right, rows.top)
    network = Region(network.left, network.bottom, network.right - more, network.top)
    under = total.columns(*ACROSS)[-1]
    size = _size(rows.height / len(names))
    return LayerLayout(network, left, scores.inset(0.1), under, size)


def _size(pitch: float) -> str:
    return "number" if pitch >= LOW_ROW else "label"


class Scores(VGroup):
    """One horizontal bar per class; the numbers are to the right of the bars, or of the zero line.

    The bars are in the rows of the region; the marks 0 and 1 of the `guides` are below it.
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
