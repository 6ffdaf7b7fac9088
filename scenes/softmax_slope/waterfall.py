"""A waterfall chart: what is gained, what is given up, and what is left."""

from collections.abc import Sequence
from dataclasses import dataclass

from manim import DOWN, LEFT, RIGHT, UP, Animation, AnimationGroup, FadeIn, Line, VGroup

from softmax_explained.core import Quantity
from softmax_explained.stage import Box, Readout, Region, TypesetText, Words, line, point, style
from softmax_explained.stage.animations.grow_bar import GrowBar
from softmax_explained.stage.text.label_layout import height_of

UNDER, OVER = 1.05, 0.8  # Manim units for the names below vertical bars and the values above them
BESIDE = 0.3  # Manim units between a horizontal bar and its name or value
OVER_BARS = 0.4  # space in Manim units above and below the heading, together
WIDEST_PITCH = 0.95  # maximum distance in Manim units between horizontal bars
SMALLEST = 0.05  # minimum range of the chart


@dataclass(frozen=True)
class WaterfallBar:
    """One bar."""

    name: TypesetText  # its label
    quantity: Quantity  # its signed length
    role: str  # its colour
    start: float = 0.0  # the value it begins at
    ghost: bool = False  # only an outline, without a number

    @property
    def ends(self) -> tuple[float, float]:
        low, high = sorted((self.start, self.start + self.quantity.value))
        return low, high

    def number(self) -> Readout:
        return Readout(self.quantity, size="body", colour=self.role, signed=True)


class Waterfall(VGroup):
    """Changes over one zero line, below a heading; in a landscape region the bars are horizontal."""

    def __init__(self, changes: Sequence[WaterfallBar], region: Region, *, heading: Words) -> None:
        self._changes = tuple(changes)
        heading.fit_width(region.width)
        head = height_of(heading.lines) + OVER_BARS
        above, region = region.rows(head, region.height - head)
        self._low = min(0.0, *(change.ends[0] for change in changes))
        self._reach = max(max(0.0, *(change.ends[1] for change in changes)) - self._low, SMALLEST)
        self.horizontal = region.is_landscape
        self.bars, self._labels = VGroup(), list[VGroup]()
        zero_line = self._lay(region) if self.horizontal else self._stand(region)
        self.base = VGroup(zero_line, above.place(heading))
        super().__init__(self.base, self.bars, *self._labels)

    def _stand(self, region: Region) -> Line:
        """Vertical bars, with names below and numbers above them."""
        unit = (region.height - UNDER - OVER) / self._reach
        zero = region.bottom + UNDER - self._low * unit
        columns = region.columns(*[max(1.1, change.name.width) for change in self._changes], gap=0.4)
        for column, change in zip(columns, self._changes, strict=True):
            low, high = (zero + end * unit for end in change.ends)
            half = min(0.5, column.width / 2)
            bar = Box(column.x - half, low, column.x + half, max(high, low + 0.02), colour=change.role)
            change.name.fit_width(column.width).move_to(point(column.x)).stand_on(min(low, zero) - 0.72)
            self._add(change, bar, change.number().move_to(point(column.x)).stand_on(high + 0.22))
        return line(point(region.left, zero), point(region.right, zero))

    def _lay(self, region: Region) -> Line:
        """Horizontal bars, with names before and numbers after them."""
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
        return line(point(zero, region.top), point(zero, region.top - count * pitch))

    def _add(self, change: WaterfallBar, bar: Box, number: Readout) -> None:
        labels = VGroup(change.name)
        if change.ghost:
            bar.set_fill(opacity=0).set_stroke(style().colour("quiet"), style().stroke("thin"))
        else:
            labels.add(number)
        self.bars.add(bar)
        self._labels.append(labels)

    def grow(self, n: int) -> Animation:
        """Grow a bar from its start, and fade in its labels."""
        gains = self._changes[n].quantity.value >= 0
        edge = (LEFT if gains else RIGHT) if self.horizontal else (DOWN if gains else UP)
        return AnimationGroup(GrowBar(self.bars[n], edge), FadeIn(self._labels[n]))

    def ghost(self, n: int) -> Animation:
        return FadeIn(self.bars[n], self._labels[n])

    def labels(self, n: int) -> VGroup:
        return self._labels[n]
