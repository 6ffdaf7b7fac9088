"""A sum as a stack: what is positive piles up, and what is negative hangs down from its top."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import (
    DOWN,
    LEFT,
    UP,
    Animation,
    LaggedStart,
    Line,
    UpdateFromAlphaFunc,
    ValueTracker,
    linear,
    smooth,
)

from softmax_explained.core import Quantity
from softmax_explained.stage.animations.grow_bar import GrowBar
from softmax_explained.stage.design.layout import Region, point
from softmax_explained.stage.design.style import style
from softmax_explained.stage.shapes.box import Box
from softmax_explained.stage.text.text import Readout

WIDEST = 0.5  # of a block, in Manim's units
# A sum whose parts are smaller than this is not drawn any larger: next to nothing stays next to nothing
LEAST_RANGE = 0.2
SEAM = 0.03  # ground between two blocks, in Manim's units
BESIDE = 0.15  # Manim units from the stack to its number


class SignedStack:
    """Blocks in the loss's colour, one a term; where they end is the sum.

    Args:
        terms: what is added; those that are positive come first.
        total: the sum.
        region: where the stack stands, its number beside it or, without room there, under it.

    Attributes:
        base: the line of 0.
        blocks: one a term, in the order they are added.
        number: the sum of the terms added so far, until it is settled.
        added: how many terms other than 0 have been added.
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
        ends = point(region.left, self._zero), point(right, self._zero)
        self.base = Line(*ends, color=style().colour("quiet"), stroke_width=style().stroke("thin"))
        self.blocks = [self._block(n, region.left, width, columns) for n in range(len(self._values))]
        self._place_number(region, right if beside else None)
        self.added = ValueTracker(0.0)

    def _block(self, n: int, left: float, width: float, columns: int) -> Box:
        low, high = sorted(self._zero + self._unit * self._tops[n : n + 2])
        left += width * (columns - 1) * float(self._values[n] < 0) + SEAM
        return Box(left, low, left + width - 2 * SEAM, high - min(SEAM, 0.2 * (high - low)), colour="C")

    def _place_number(self, region: Region, right: float | None) -> None:
        """At the height of the sum; or, where there is no room beside the stack, under it."""
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
        """Block after block arrives; the number, once it is on the stage, counts along until `settle`."""
        self.number.follow(self._so_far, edge=LEFT)
        blocks = [
            GrowBar(block, DOWN if value > 0 else UP)
            for block, value in zip(self.blocks, self._values, strict=True)
            if value
        ]
        count = UpdateFromAlphaFunc(
            self.added, lambda added, part: added.set_value(part * len(blocks)), rate_func=linear
        )
        return [*([LaggedStart(*blocks, lag_ratio=1.0)] if blocks else []), count]

    def _so_far(self) -> float:
        """The sum of the blocks that have arrived, the one that is arriving as far as it is drawn."""
        tops = np.concatenate([[0.0], np.cumsum(self._values[self._values != 0])])
        whole, part = divmod(float(self.added.get_value()), 1.0)
        return float(np.interp(whole + smooth(part), range(len(tops)), tops))

    def settle(self) -> None:
        """Show the sum."""
        self.number.settle(edge=LEFT)
