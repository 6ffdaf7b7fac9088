"""What is gained, what is given up, what is left: bars along one measure, each from where it starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from manim import DOWN, LEFT, RIGHT, UP, Animation, AnimationGroup, FadeIn, Line, VGroup

from softmax_explained.core import Quantity
from softmax_explained.stage.animations.grow_bar import GrowBar
from softmax_explained.stage.design.layout import Region, point
from softmax_explained.stage.design.style import style
from softmax_explained.stage.shapes.box import Box
from softmax_explained.stage.text.label_layout import height_of
from softmax_explained.stage.text.text import Readout, TypesetText, Words

UNDER, OVER = 1.05, 0.8  # Manim units kept for the names under standing bars and the values over them
BESIDE = 0.3  # Manim units between a lying bar, its name before it and its value behind it
OVER_BARS = 0.4  # Manim units over and under the lines of the heading together
WIDEST_PITCH = 0.95  # from one lying bar to the next at most, in Manim's units
SMALLEST = 0.05  # the bars fill their region unless all of them are smaller than this


@dataclass(frozen=True)
class Change:
    """One bar.

    Attributes:
        name: stands under it, or before it.
        quantity: how far it rises, or falls if it is negative.
        role: its colour.
        start: the height it begins at.
        ghost: only the outline of a bar that could have been there, without its number.
    """

    name: TypesetText
    quantity: Quantity
    role: str
    start: float = 0.0
    ghost: bool = False

    @property
    def ends(self) -> tuple[float, float]:
        """Its lower and its upper end."""
        low, high = sorted((self.start, self.start + self.quantity.value))
        return low, high

    def number(self) -> Readout:
        """What it says."""
        return Readout(self.quantity, size="body", colour=self.role, signed=True)


class Waterfall(VGroup):
    """Changes over one zero line: bars that rise and fall, or, where the region lies, grow right and left.

    Args:
        changes: left to right, or top to bottom.
        region: where they stand; the longest way from end to end fills it.
        heading: stands over the bars.

    Attributes:
        bars: the bars, in order.
        base: the line they start from, and the heading.
        lies: whether the bars lie under each other.
    """

    def __init__(self, changes: Sequence[Change], region: Region, *, heading: Words) -> None:
        self._changes = tuple(changes)
        heading.fit_width(region.width)
        head = height_of(heading.lines) + OVER_BARS
        above, region = region.rows(head, region.height - head)
        self._low = min(0.0, *(change.ends[0] for change in changes))
        self._reach = max(max(0.0, *(change.ends[1] for change in changes)) - self._low, SMALLEST)
        self.horizontal = region.is_landscape
        self.bars, self._labels = VGroup(), list[VGroup]()
        zero_line = self._lay(region) if self.horizontal else self._stand(region)
        zero_line.set_stroke(style().colour("quiet"), style().stroke("thin"))
        self.base = VGroup(zero_line, above.place(heading))
        super().__init__(self.base, self.bars, *self._labels)

    def _stand(self, region: Region) -> Line:
        """Bars beside each other, their names under them and their numbers over them."""
        unit = (region.height - UNDER - OVER) / self._reach
        zero = region.bottom + UNDER - self._low * unit
        columns = region.columns(*[max(1.1, change.name.width) for change in self._changes], gap=0.4)
        for column, change in zip(columns, self._changes, strict=True):
            low, high = (zero + end * unit for end in change.ends)
            half = min(0.5, column.width / 2)
            bar = Box(column.x - half, low, column.x + half, max(high, low + 0.02), colour=change.role)
            change.name.fit_width(column.width).move_to(point(column.x)).stand_on(min(low, zero) - 0.72)
            self._add(change, bar, change.number().move_to(point(column.x)).stand_on(high + 0.22))
        return Line(point(region.left, zero), point(region.right, zero))

    def _lay(self, region: Region) -> Line:
        """Bars under each other, their names before them and their numbers behind them."""
        count = len(self._changes)
        pitch = min(WIDEST_PITCH, region.height / count)
        names = max(float(change.name.width) for change in self._changes) + BESIDE
        numbers = max(float(change.number().width) for change in self._changes) + BESIDE
        unit = (region.width - names - numbers) / self._reach
        zero = region.left + names - self._low * unit
        for row, change in enumerate(self._changes):
            y = region.top - (row + 0.5) * pitch
            low, high = (zero + end * unit for end in change.ends)
            bar = Box(low, y - 0.32 * pitch, max(high, low + 0.02), y + 0.32 * pitch, colour=change.role)
            change.name.next_to(point(region.left + names - BESIDE, y), LEFT, buff=0)
            number = change.number()
            self._add(change, bar, number.move_to(point(region.right - number.width / 2, y)))
        return Line(point(zero, region.top), point(zero, region.top - count * pitch))

    def _add(self, change: Change, bar: Box, number: Readout) -> None:
        labels = VGroup(change.name)
        if change.ghost:
            bar.set_fill(opacity=0).set_stroke(style().colour("quiet"), style().stroke("thin"))
        else:
            labels.add(number)
        self.bars.add(bar)
        self._labels.append(labels)

    def grow(self, n: int) -> Animation:
        """Let a bar rise from where it starts, or hang down from there, with its name and its number."""
        gains = self._changes[n].quantity.value >= 0
        edge = (LEFT if gains else RIGHT) if self.horizontal else (DOWN if gains else UP)
        return AnimationGroup(GrowBar(self.bars[n], edge), FadeIn(self._labels[n]))

    def ghost(self, n: int) -> Animation:
        """Show the outline of a bar that could have been there, and its name."""
        return FadeIn(self.bars[n], self._labels[n])

    def labels(self, n: int) -> VGroup:
        """The name of a bar and its number."""
        return self._labels[n]
