"""An upright gauge for the push on the true score, with its number and its name below it."""

from __future__ import annotations

from typing import Self

from manim import DOWN, LEFT, RIGHT, UP, VGroup

from softmax_explained.core import Quantity
from softmax_explained.stage import Box, Readout, Region, Words, point

UNDER = 0.16  # Manim units from the gauge down to its number
TO_NAME = 0.16  # Manim units from the number to the name
LEAST = 0.02  # Manim units: height of the bar at least, so that a push of nothing can be seen


class PushGauge(VGroup):
    """A gauge from 0 to 1; below it the number from its left edge on, and the name beside the number.

    Args:
        quantity: the push.
        name: of the push.
        region: of the gauge itself.
        end: greatest x of the name.
        lines: most lines of the name.
    """

    def __init__(
        self, quantity: Quantity, name: Words, region: Region, *, end: float, lines: int = 1
    ) -> None:
        self._region = region
        self.track = Box(*region.edges, colour="track")
        self.bar = Box(*region.edges, colour="C")
        self.number = _number(quantity).next_to(point(region.x, region.bottom), DOWN, buff=UNDER)
        self.number.shift(max(0.0, region.left - float(self.number.get_left()[0])) * RIGHT)
        left = float(self.number.get_right()[0]) + TO_NAME
        self.caption = name.fit_width(max(0.0, end - left), lines=lines, edge=LEFT, within_words=False)
        self.caption.align_to(point(left), LEFT)
        if self.caption.lines == 1:
            self.caption.stand_on(self.number.baseline)
        else:
            self.caption.align_to(self.number, UP)
        super().__init__(self.track, self.bar, self.number, self.caption)
        self.draw(quantity.value)

    @staticmethod
    def lines_of(quantity: Quantity, name: Words, left: float, end: float) -> int:
        """The lines that a name needs beside the number of a gauge from x = `left` on: one, or two."""
        room = end - left - _number(quantity).width - TO_NAME
        return min(2, name.lines_in(room, within_words=False))

    def draw(self, value: float) -> Self:
        """Fill the gauge up to a value between 0 and 1."""
        left, bottom, right, _ = self._region.edges
        self.bar.reshape(left, bottom, right, bottom + max(LEAST, min(1.0, value) * self._region.height))
        return self


def _number(quantity: Quantity) -> Readout:
    return Readout(quantity, size="label", colour="C")
