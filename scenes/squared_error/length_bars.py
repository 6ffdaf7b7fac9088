"""How much of the slope gets through: the lengths of what goes in and comes out, with a mark at half."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, FadeIn, VGroup
from numpy.typing import NDArray

from softmax_explained.core import Quantity
from softmax_explained.scenes.squared_error.slope_bars import LEAST, values_of
from softmax_explained.stage import Box, Readout, Region, Words, dashed, point
from softmax_explained.stage.animations.grow_bar import GrowBar
from softmax_explained.stage.design.rate_functions import late

THICK, APART = 0.29, 0.1  # Manim units: height of a bar, and between the two
BESIDE = 0.2  # Manim units between a bar and its name or its number
BEYOND = 0.1  # Manim units by which the mark reaches beyond the bars
OVER = 0.08  # Manim units from the mark to its name below it, and to the head over it
HEAD = 0.36  # Manim units over the mark for the head, and below it for its name


class LengthBars(VGroup):
    """Two bars from one line, in the colour of the loss, and a dashed mark at half of the first.

    Args:
        quantities: the lengths of the slopes that go in and that come out.
        names: of the two bars, at their left.
        head: says what is measured; over everything else.
        half: the words below the mark; over it they would read as part of the head.
        region: of everything.
        longest: the greatest length that will be drawn.

    Attributes:
        bars: the two bars.
        numbers: at their right ends.
        mark: at half of the first bar, with its words.
    """

    def __init__(
        self,
        quantities: tuple[Quantity, Quantity],
        names: tuple[Words, Words],
        head: Words,
        half: Words,
        region: Region,
        *,
        longest: float,
    ) -> None:
        self.names = VGroup(*names)
        self.numbers = VGroup(*[Readout(each, size="body", colour="C") for each in quantities])
        self._left = region.left + max(float(each.width) for each in names) + BESIDE
        room = region.right - self._left - BESIDE - max(float(each.width) for each in self.numbers)
        self._unit = room / longest
        high = 2 * (HEAD + BEYOND + THICK) + APART
        top = region.y + high / 2 - HEAD - BEYOND
        self._rows = top - THICK / 2, top - 1.5 * THICK - APART
        self._high = self._rows[0] + THICK / 2 + BEYOND, self._rows[1] - THICK / 2 - BEYOND
        self.bars = VGroup(*[Box(0, 0, 1, 1, colour="C") for _ in quantities])
        for name, y in zip(names, self._rows, strict=True):
            name.align_to(point(self._left - BESIDE), RIGHT).centre_on(y)
        self.head = head.fit_width(region.width, lines=1).align_to(point(region.left), LEFT)
        self.head.stand_on(self._high[0] + OVER)
        self.half = half
        self.mark = VGroup(self._line(0.0), half)
        self.draw(values_of(quantities))
        super().__init__(self.head, self.names, self.bars, self.numbers, self.mark)

    def draw(self, lengths: NDArray[np.float64]) -> Self:
        """Draw other lengths; numbers and mark go along."""
        self._lengths = [float(length) for length in lengths]
        x = self._left + self._unit * float(lengths[0]) / 2
        for bar, number, y, length in zip(self.bars, self.numbers, self._rows, lengths, strict=True):
            end = self._left + max(LEAST, self._unit * float(length))
            bar.reshape(self._left, y - THICK / 2, end, y + THICK / 2)
            if end < x < end + 2 * BESIDE + number.width:  # clear of the mark
                end = x
            number.align_to(point(end + BESIDE), LEFT).set_y(y)
        self.mark[0].set_x(x)
        self.half.set_x(max(x, self._left + float(self.half.width) / 2))
        self.half.next_to(point(0, self._high[1]), DOWN, buff=OVER, coor_mask=UP)
        return self

    def follow(self) -> Self:
        """Let the numbers show what is drawn in every frame until `settle`."""
        for n, number in enumerate(self.numbers):
            number.follow(lambda n=n: self._lengths[n], edge=LEFT)
        return self

    def settle(self, quantities: tuple[Quantity, Quantity]) -> Self:
        """Stop following and show other lengths exactly."""
        for number, quantity in zip(self.numbers, quantities, strict=True):
            number.settle(quantity, edge=LEFT)
        return self.draw(values_of(quantities))

    def grow_first(self) -> list[Animation]:
        """The animations that show what goes in, and where its half is."""
        return [
            GrowBar(self.bars[0], LEFT),
            *[
                FadeIn(each, rate_func=late)
                for each in (self.head, self.names[0], self.numbers[0], self.mark)
            ],
        ]

    def grow_second(self) -> list[Animation]:
        """The animations that show what comes out."""
        return [
            GrowBar(self.bars[1], LEFT),
            *[FadeIn(each, rate_func=late) for each in (self.names[1], self.numbers[1])],
        ]

    def _line(self, x: float) -> VGroup:
        return dashed(point(x, self._high[0]), point(x, self._high[1]), colour="ink")
