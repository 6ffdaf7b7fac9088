"""Shares as bars, targets as dashed outlines, and beside each bar the push its score gets, with its value."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Self

import numpy as np
from manim import Animation, AnimationGroup, FadeIn, UpdateFromAlphaFunc, VGroup, smooth
from numpy.typing import NDArray

from softmax_explained.core.quantities.quantity import Quantity
from softmax_explained.core.solve import Solution
from softmax_explained.stage.charts.bar_chart import BarChart, TargetArrows, Targets
from softmax_explained.stage.design.layout import Region, point
from softmax_explained.stage.design.style import style
from softmax_explained.stage.text.label_layout import height_of, spread
from softmax_explained.stage.text.text import Readout, Words

BESIDE = 3.7  # Manim units from bar to bar that leave room for a number beside the arrow
ROOM = 2.0  # Manim units an arrow and its number take; an arrow alone takes `ROOM_OF_ARROW`
ROOM_OF_ARROW = 0.4

# Where the bars stand closer than this, from one to the next, an arrow stands in front of its bar
CLOSE = 1.1
UNDER_NAMES = 0.62  # Manim units under the names that the numbers take if they do not stand beside the arrows
APART = 0.3  # Manim units between two numbers under the names at least


def arrow_space(region: Region, count: int) -> float:
    """Manim units kept free at the right of each of so many bars, for its arrow and its number."""
    pitch = region.width / count
    return ROOM if pitch >= BESIDE else ROOM_OF_ARROW if pitch >= CLOSE else 0.0


class BarChartWithArrows(VGroup):
    """K bars, K outlines, K arrows from the one to the other, and K signed numbers.

    The numbers stand beside the arrows; where bars stand close, under the names. Where there is no room for
    all of them, only the classes that the film speaks of have a number.

    Args:
        shares: (K,) heights of the bars.
        targets: (K,) heights of the outlines.
        slopes: K quantities: what the numbers say.
        names: K names of classes.
        region: where all of it stands.
        priority: classes that have a name and a number in any case.

    Attributes:
        bars: the bars with their names.
        targets: the outlines.
        arrows: the arrows.
        values: the numbers that are written.
        value_of: the same, by class.
    """

    def __init__(
        self,
        shares: NDArray[np.float64],
        targets: NDArray[np.float64],
        slopes: Sequence[Quantity],
        names: Sequence[Words],
        region: Region,
        *,
        priority: Collection[int] = (),
    ) -> None:
        self._beside = region.width / len(shares) >= BESIDE
        foot = 0.0 if self._beside else UNDER_NAMES
        room = Region(region.left, region.bottom + foot, region.right, region.top)
        self.bars = BarChart(
            shares, room, names=names, priority=priority, arrow_space=arrow_space(region, len(shares))
        )
        self.targets = Targets(targets, self.bars)
        self.arrows = TargetArrows(self.bars, self.targets)
        self.value_of = {k: Readout(slope, colour="C", signed=True) for k, slope in enumerate(slopes)}
        if self._beside:
            self._write_beside()
        else:
            self._write_below(region, priority)
        self.values = VGroup(*self.value_of.values())
        super().__init__(self.bars, self.targets, self.arrows, self.values)

    @classmethod
    def of(cls, solution: Solution, names: Sequence[Words], region: Region) -> Self:
        """Draw a solution: its shares, its targets, and a − y."""
        slopes = [solution[f"g[{k}]"] for k in range(solution.K)]
        spoken = {solution.t, solution.i}
        return cls(solution.a, solution.lesson.targets, slopes, names, region, priority=spoken)

    def _write_beside(self) -> None:
        """Put every number to the right of the middle of its arrow."""
        for k, number in self.value_of.items():
            middle = self.bars.top((self.bars.values[k] + self.targets.values[k]) / 2) - number.height / 2
            number.move_to(point(self.arrows.x(k) + 0.28 + number.width / 2))
            number.stand_on(max(middle, self.bars.base))

    def _write_below(self, region: Region, priority: Collection[int]) -> None:
        """Put the numbers under the names, small if need be; those that have no room are not written."""
        least, count = style().size("least"), len(self.value_of)
        widest = max(number.width / number.em for number in self.value_of.values())
        if widest * least > region.width / count - APART:
            self.value_of = {k: number for k, number in self.value_of.items() if k in priority}
            count = len(self.value_of)
        em = min(style().size("number"), (region.width / count - APART) / widest)
        for number in self.value_of.values():
            number.scale(em / number.em)
        numbers = {k: self.value_of[k] for k in sorted(self.value_of)}
        # A number without a sign may get one while it follows, and then needs half of it more at either side.
        sign = (widest * em - min(float(number.width) for number in numbers.values())) / 2
        room = region.inset(x=sign)
        spread(numbers, {k: self.bars.x(k) for k in numbers}, room.left, room.right, gap=APART)
        for number in numbers.values():
            number.stand_on(self.bars.base - 0.55 - height_of(self.bars.lines - 1) - UNDER_NAMES)

    def grow(self) -> Animation:
        """The bars rise from the ground, with their names."""
        full, bars = self.bars.values, self.bars.bars
        rise = UpdateFromAlphaFunc(bars, lambda _, alpha: self.bars.draw(alpha * full), rate_func=smooth)
        return AnimationGroup(rise, FadeIn(self.bars.names))

    def follow(
        self, targets: Callable[[], NDArray[np.float64]], slopes: Callable[[], NDArray[np.float64]]
    ) -> None:
        """Draw other targets, and say other slopes, in every frame until `settle`."""
        self.targets.follow(targets)
        self.arrows.follow()

        def slope(k: int) -> float:
            return float(slopes()[k])

        for k, number in self.value_of.items():
            number.follow(partial(slope, k))

    def settle(self, slopes: Sequence[Quantity]) -> None:
        """Stop following; the numbers are those quantities now."""
        self.targets.clear_updaters()
        self.arrows.clear_updaters()
        for k, number in self.value_of.items():
            number.settle(slopes[k])
