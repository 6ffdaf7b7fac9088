"""A sum as stacked blocks: positive terms pile up, negative ones go down from there."""

from collections.abc import Sequence

import numpy as np
from manim import DOWN, LEFT, UP, Animation, LaggedStart, UpdateFromAlphaFunc, ValueTracker, linear, smooth

from softmax_explained.core import Quantity
from softmax_explained.stage import Box, Readout, Region, line, point
from softmax_explained.stage.animations.grow_bar import GrowBar

WIDEST = 0.5  # of a block, in Manim units
LEAST_RANGE = 0.2  # minimum range of the stack: terms close to 0 are not magnified
SEAM = 0.03  # gap between two blocks in Manim units
BESIDE = 0.15  # Manim units from the stack to its number


class SignedStack:
    """One block per term in the colour of the loss, positive terms first; they end at the sum.

    The number, of the terms added so far, is beside the stack, or below it if it does not fit.
    """

    def __init__(self, terms: Sequence[Quantity], total: Quantity, region: Region) -> None:
        values = np.array([term.value for term in terms])
        self._values = values[np.argsort(values < 0, kind="stable")]
        self._tops = np.concatenate([[0.0], np.cumsum(self._values)])
        self.number = Readout(total, colour="C", signed=True)
        columns = 2 if values.min() < 0 < values.max() else 1
        width = min(WIDEST, region.width / columns)
        right = region.left + columns * width
        beside = region.right - right >= BESIDE + self.number.width
        floor = region.bottom if beside else region.bottom + self.number.height + BESIDE
        lowest, highest = float(self._tops.min()), float(self._tops.max())
        self._unit = (region.top - floor) / max(LEAST_RANGE, highest - lowest)
        self._zero = floor - lowest * self._unit
        self.base = line(point(region.left, self._zero), point(right, self._zero))
        self.blocks = [self._block(n, region.left, width, columns) for n in range(len(self._values))]
        self._place_number(region, right if beside else None)
        self.added = ValueTracker(0.0)

    def _block(self, n: int, left: float, width: float, columns: int) -> Box:
        low, high = sorted(self._zero + self._unit * self._tops[n : n + 2])
        left += width * (columns - 1) * float(self._values[n] < 0) + SEAM
        return Box(left, low, left + width - 2 * SEAM, high - min(SEAM, 0.2 * (high - low)), colour="C")

    def _place_number(self, region: Region, right: float | None) -> None:
        """Level with the sum or, if it does not fit beside the stack, below it."""
        half = self.number.height / 2
        if right is None:
            middle = (region.left + float(self.base.get_right()[0])) / 2
            aside = self.number.width / 2
            x = min(max(middle, region.left + aside), region.right - aside)
            self.number.move_to(point(x, region.bottom + half))
            return
        level = self._zero + self._unit * float(self._tops[-1])
        y = min(max(level, region.bottom + half), region.top - half)
        self.number.move_to(point(right + BESIDE + self.number.width / 2, y))

    def pile_up(self) -> list[Animation]:
        """Block after block grows; the number counts along until `settle`."""
        self.number.follow(self._so_far, edge=LEFT)
        pairs = zip(self.blocks, self._values, strict=True)
        blocks = [GrowBar(block, DOWN if value > 0 else UP) for block, value in pairs if value]
        count = UpdateFromAlphaFunc(
            self.added, lambda added, part: added.set_value(part * len(blocks)), rate_func=linear
        )
        return [*([LaggedStart(*blocks, lag_ratio=1.0)] if blocks else []), count]

    def _so_far(self) -> float:
        """The sum of the blocks drawn so far, including the part of the current one."""
        tops = np.concatenate([[0.0], np.cumsum(self._values[self._values != 0])])
        whole, part = divmod(float(self.added.get_value()), 1.0)
        return float(np.interp(whole + smooth(part), range(len(tops)), tops))

    def settle(self) -> None:
        self.number.settle(edge=LEFT)
