"""What is gained, what is given up, what is left: bars beside each other that rise and fall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from manim import DOWN, UP, Animation, GrowFromEdge, Line, VGroup

from softmax_explained.stage.box import Box
from softmax_explained.stage.frame import Region, point
from softmax_explained.stage.style import style
from softmax_explained.stage.type import Type

UNDER, OVER = 1.05, 0.8
"""Manim units kept for the names under the bars and the values over them."""


SMALLEST = 0.05
"""The bars fill their region unless all of them are smaller than this."""


@dataclass(frozen=True)
class Change:
    """One bar: from a height, by a signed amount, with its name below and its value, if it has one, above.

    A ghost is the outline of a bar that could have been there.
    """

    start: float
    by: float
    name: Type
    value: Type | None
    colour: str
    ghost: bool = False


class Waterfall(VGroup):
    """Changes beside each other over one zero line.

    Args:
        changes: left to right.
        region: where they stand.
    """

    def __init__(self, changes: Sequence[Change], region: Region) -> None:
        self.changes = tuple(changes)
        ends = [0.0, *(change.start + change.by for change in changes)]
        lowest, highest = min(ends), max(ends)
        unit = (region.height - UNDER - OVER) / max(highest - lowest, SMALLEST)
        zero = region.bottom + UNDER - lowest * unit
        columns = region.columns(*[max(1.1, change.name.width) for change in changes], gap=0.4)
        self.bars = VGroup()
        for column, change in zip(columns, changes, strict=True):
            low, high = sorted((zero + change.start * unit, zero + (change.start + change.by) * unit))
            half = min(0.5, column.width / 2)
            bar = Box(column.x - half, low, column.x + half, max(high, low + 0.02), colour=change.colour)
            if change.ghost:
                bar.set_fill(opacity=0).set_stroke(style().colour("quiet"), style().stroke("thin"))
            self.bars.add(bar)
            change.name.fit_width(column.width).move_to(point(column.x)).stand_on(min(low, zero) - 0.72)
            if change.value is not None:
                change.value.move_to(point(column.x)).stand_on(high + 0.22)
        self.zero = Line(point(region.left, zero), point(region.right, zero))
        self.zero.set_stroke(style().colour("quiet"), style().stroke("thin"))
        super().__init__(self.zero, self.bars, *[self.labels(n) for n in range(len(self.changes))])

    def grow(self, n: int) -> Animation:
        """Let a bar rise from where it starts, or hang down from there."""
        return GrowFromEdge(self.bars[n], DOWN if self.changes[n].by >= 0 else UP)

    def labels(self, n: int) -> VGroup:
        """The name of a bar and its value."""
        change = self.changes[n]
        return VGroup(change.name, *([change.value] if change.value is not None else []))
