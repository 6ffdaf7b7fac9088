"""The loss as a horizontal bar, with ticks at its values before and after one step."""

from collections.abc import Callable
from typing import Self

import numpy as np
from manim import DOWN, UP, Line, VGroup

from softmax_explained.core import Quantity
from softmax_explained.core.formulas.symbols import C
from softmax_explained.stage import Box, Formula, Readout, Region, line, point

LEAST_RANGE = 0.1  # minimum range of the meter: a loss close to 0 is not magnified
MARGIN = 0.1  # Manim units at the right for the highlight of a number
THICKNESS, TICK = 0.3, 0.12  # of the bar, and the overhang of a tick, in Manim units


class LossMeter(VGroup):
    """A bar from 0; the loss before the step is above its first end, the current one below its moving end."""

    def __init__(self, before: Quantity, after: Quantity, region: Region) -> None:
        letter = Formula(C)
        letter.move_to(point(region.left + letter.width / 2, region.y))
        first = Readout(before, colour="C")
        self.number = Readout(after, colour="C")
        self._region, self._range = region, max(before.value, LEAST_RANGE)
        self._left = region.left + letter.width + 0.3
        self._length = region.right - first.width / 2 - self._left
        self._low, self._high = region.y - THICKNESS / 2, region.y + THICKNESS / 2
        track = Box(self._left, self._low, self._left + self._length, self._high, colour="track")
        first.next_to(self._tick(before.value), UP, buff=0.1)
        self.ground = VGroup(letter, track, self._tick(before.value), self._inside(first))
        self.bar = Box(self._left, self._low, self._left, self._high, colour="C")
        self.tick = self._tick(after.value)
        self.draw(before.value)
        super().__init__(self.ground, self.bar, self.number)

    def draw(self, loss: float) -> Self:
        self.bar.reshape(self._left, self._low, max(self._x(loss), self._left + 0.02), self._high)
        return self

    def follow(self, loss: Callable[[], float]) -> None:
        """Show `loss()` in every frame, the number below the end of the bar."""
        self.number.follow(loss)
        self.number.add_updater(lambda _: self._under(loss()))
        self.bar.add_updater(lambda _: self.draw(loss()))
        self._under(loss())
        self.number.update()

    def settle_number(self) -> None:
        """Fix the number at the loss after one step; the bar may go on."""
        self.number.settle()
        self._under(self.number.quantity.value)

    def _under(self, loss: float) -> None:
        self.number.next_to(point(self._x(loss), self._low), DOWN, buff=TICK + 0.1)
        self._inside(self.number)

    def _inside(self, number: Readout) -> Readout:
        low, high = self._left + number.width / 2, self._region.right - number.width / 2 - MARGIN
        return number.set_x(float(np.clip(number.get_x(), low, high)))

    def _x(self, loss: float) -> float:
        return self._left + self._length * loss / self._range

    def _tick(self, loss: float) -> Line:
        x = self._x(loss)
        return line(point(x, self._low - TICK), point(x, self._high + TICK), colour="C")
