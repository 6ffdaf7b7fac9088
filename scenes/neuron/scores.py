"""Scores as signed lengths from a zero line: any real number, while a probability lies between 0 and 1."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Self

import numpy as np
from manim import LEFT, Line, VGroup

from softmax_explained.core import Quantity
from softmax_explained.core.formulas.nodes import Literal
from softmax_explained.stage.design.layout import Region, point
from softmax_explained.stage.design.style import style
from softmax_explained.stage.shapes.box import Box
from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import Readout

BESIDE = 0.22  # Manim units between a bar, or the zero line, and its number
ROOM_FOR_SIGN = 2.25  # ems kept free behind the numbers, for what is wrong with them


class Scores(VGroup):
    """One bar a class, to the right of the zero line or, for a negative score, to its left.

    All numbers stand at the right: beyond the end of the bar, or of the zero line for a negative score.

    Args:
        quantities: K scores.
        region: where the bars stand, in K rows; the marks 0 and 1 hang below it.
        size: token of the numbers at the ends of the bars.

    Attributes:
        rows: K regions, one a bar.
        guides: the zero line, the stretch from 0 to 1, and their marks.
        bars: K boxes.
        numbers: K readouts.
    """

    def __init__(self, quantities: Sequence[Quantity], region: Region, *, size: str) -> None:
        self.rows = region.rows(*[1] * len(quantities))
        self._finals = np.array([quantity.value for quantity in quantities])
        self.numbers = VGroup(*[Readout(quantity, size=size, colour="z") for quantity in quantities])
        low, high = min(0.0, float(self._finals.min())), max(1.0, float(self._finals.max()))
        room = BESIDE + max(number.width for number in self.numbers) + ROOM_FOR_SIGN * style().size(size)
        self._unit = (region.width - room) / (high - low)
        self.zero = region.left - low * self._unit
        self.guides = self._guides(region)
        self.bars = VGroup(*[Box(self.zero, 0, self.zero, 0, colour="z") for _ in quantities])
        super().__init__(self.guides, self.bars, self.numbers)
        self.draw(1.0)

    def x(self, value: float) -> float:
        """Where a value lies."""
        return self.zero + value * self._unit

    def draw(self, part: float) -> Self:
        """Draw every bar at a part of its score, from 0 to 1, the numbers at the ends."""
        for row, bar, number, value in zip(
            self.rows, self.bars, self.numbers, self._finals * part, strict=True
        ):
            half = min(0.3, 0.32 * row.height)
            bar.reshape(self.zero, row.y - half, self.x(float(value)), row.y + half)
            number.set_y(row.y)
            number.align_to(point(self.x(max(0.0, float(value))) + BESIDE), LEFT)
        return self

    def follow(self, part: Callable[[], float]) -> Self:
        """Let the bars grow with `part()`, and their numbers count, until `settle`."""
        for number, value in zip(self.numbers, self._finals, strict=True):
            number.follow(lambda value=value: float(value) * part(), edge=LEFT)
        return self.add_updater(lambda _: self.draw(part()))

    def settle(self) -> Self:
        """Stop following and show the scores exactly."""
        self.clear_updaters(recursive=False)
        for number in self.numbers:
            number.settle(edge=LEFT)
        return self.draw(1.0)

    def _guides(self, region: Region) -> VGroup:
        marks = [Formula(Literal(n), size="label").set_fill(style().colour("quiet")) for n in (0, 1)]
        for n, mark in enumerate(marks):
            mark.move_to(point(self.x(n), region.bottom - 0.3))
        stretch = Box(self.zero, region.bottom, self.x(1), region.top, colour="track", opacity=0.7)
        zero = Line(
            point(self.zero, region.top),
            point(self.zero, region.bottom),
            color=style().colour("quiet"),
            stroke_width=style().stroke("thin"),
        )
        return VGroup(stretch, zero, *(marks if self._unit > 0.4 else marks[:1]))
