"""What is gained, what is given up, what is left: bars beside each other that rise and fall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from manim import DOWN, UP, Animation, AnimationGroup, FadeIn, Line, VGroup

from softmax_explained.core import Quantity
from softmax_explained.stage.frame import Region, point
from softmax_explained.stage.moves.extend import Extend
from softmax_explained.stage.pictures.box import Box
from softmax_explained.stage.style import style
from softmax_explained.stage.type import Readout, Type

UNDER, OVER = 1.05, 0.8
"""Manim units kept for the names under the bars and the values over them."""


HEADING = 0.8
"""Manim units kept for the heading."""

SMALLEST = 0.05
"""The bars fill their region unless all of them are smaller than this."""


@dataclass(frozen=True)
class Change:
    """One bar.

    Attributes:
        name: stands under it.
        quantity: how far it rises, or falls if it is negative.
        role: its colour.
        start: the height it begins at.
        ghost: only the outline of a bar that could have been there, without its number.
    """

    name: Type
    quantity: Quantity
    role: str
    start: float = 0.0
    ghost: bool = False

    @property
    def ends(self) -> tuple[float, float]:
        """Its lower and its upper end."""
        low, high = sorted((self.start, self.start + self.quantity.value))
        return low, high


class Waterfall(VGroup):
    """Changes beside each other over one zero line.

    Args:
        changes: left to right.
        region: where they stand; the longest way from end to end fills it.
        heading: stands over the bars.

    Attributes:
        bars: the bars, left to right.
        base: the line they stand on or hang from, and the heading.
    """

    def __init__(self, changes: Sequence[Change], region: Region, *, heading: Type) -> None:
        self._changes = tuple(changes)
        above, region = region.rows(HEADING, region.height - HEADING)
        lowest = min(0.0, *(change.ends[0] for change in changes))
        highest = max(0.0, *(change.ends[1] for change in changes))
        unit = (region.height - UNDER - OVER) / max(highest - lowest, SMALLEST)
        zero = region.bottom + UNDER - lowest * unit
        self.bars, self._labels = VGroup(), list[VGroup]()
        columns = region.columns(*[max(1.1, change.name.width) for change in changes], gap=0.4)
        for column, change in zip(columns, changes, strict=True):
            low, high = (zero + end * unit for end in change.ends)
            half = min(0.5, column.width / 2)
            bar = Box(column.x - half, low, column.x + half, max(high, low + 0.02), colour=change.role)
            change.name.fit_width(column.width).move_to(point(column.x)).stand_on(min(low, zero) - 0.72)
            labels = VGroup(change.name)
            if change.ghost:
                bar.set_fill(opacity=0).set_stroke(style().colour("quiet"), style().stroke("thin"))
            else:
                number = Readout(change.quantity, size="body", colour=change.role, signed=True)
                labels.add(number.move_to(point(column.x)).stand_on(high + 0.22))
            self.bars.add(bar)
            self._labels.append(labels)
        zero_line = Line(point(region.left, zero), point(region.right, zero))
        zero_line.set_stroke(style().colour("quiet"), style().stroke("thin"))
        self.base = VGroup(zero_line, above.place(heading, DOWN))
        super().__init__(self.base, self.bars, *self._labels)

    def grow(self, n: int) -> Animation:
        """Let a bar rise from where it starts, or hang down from there, with its name and its number."""
        edge = DOWN if self._changes[n].quantity.value >= 0 else UP
        return AnimationGroup(Extend(self.bars[n], edge), FadeIn(self._labels[n]))

    def ghost(self, n: int) -> Animation:
        """Show the outline of a bar that could have been there, and its name."""
        return FadeIn(self.bars[n], self._labels[n])

    def labels(self, n: int) -> VGroup:
        """The name of a bar and its number."""
        return self._labels[n]
