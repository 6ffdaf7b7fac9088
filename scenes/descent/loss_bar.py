"""The loss as an upright bar whose number rides on its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

from manim import UP, VGroup

from softmax_explained.core import Quantity
from softmax_explained.core.formulas.symbols import C
from softmax_explained.stage import Box, Formula, Readout, Region, line, point

LEAST_RANGE = 0.1  # a loss close to 0 is not magnified
LETTER, NUMBER = 0.85, 0.75  # Manim units below the bar for C, and above it for its number
WIDEST = 1.1  # maximum width of the bar in Manim units
FLAT = 0.015  # height in Manim units of a loss of 0


class LossBar(VGroup):
    """A bar from 0, as high as the region where the loss is largest.

    Args:
        before: the loss at first.
        after: the loss in the end.
        region: of the bar with its letter and number.

    Attributes:
        bar: the bar.
        number: on its end.
    """

    def __init__(self, before: Quantity, after: Quantity, region: Region) -> None:
        self._ends = before, after
        values = (before.value * 10.0**before.exponent, after.value * 10.0**after.exponent)
        half = min(WIDEST, 0.6 * region.width) / 2
        self._sides, self._base = (region.x - half, region.x + half), region.bottom + LETTER
        self._unit = (region.height - LETTER - NUMBER) / max(*values, LEAST_RANGE)
        self._widest = region.width
        letter = Formula(C).move_to(point(region.x)).stand_on(region.bottom + 0.2)
        ground = line(point(region.left, self._base), point(region.right, self._base))
        self.bar = Box(0, 0, 1, 1, colour="C")
        self.number = Readout(before, size="number", colour="C")
        self.number.fit_width(self._widest)
        super().__init__(ground, letter, self.bar, self.number)
        self.draw(values[0])

    def draw(self, loss: float) -> Self:
        """Draw the bar for a loss; the number rides on its end."""
        top = self._base + max(FLAT, loss * self._unit)
        self.bar.reshape(self._sides[0], self._base, self._sides[1], top)
        self.number.next_to(self.bar, UP, buff=0.15)
        return self

    def follow(self, loss: Callable[[], float]) -> None:
        """Show `loss()` in every frame until `settle`."""
        self.number.follow(loss)
        self.bar.add_updater(lambda _: self.draw(loss()))

    def settle(self, *, after: bool = True) -> Self:
        """Stop following, and show the loss in the end, or that at first, exactly."""
        quantity = self._ends[after]
        self.bar.clear_updaters()
        self.number.settle(quantity).fit_width(self._widest)
        return self.draw(quantity.value * 10.0**quantity.exponent)
