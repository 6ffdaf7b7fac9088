"""A bar chart of shares with targets, and beside each bar an arrow to its target with the difference."""

from collections.abc import Callable, Collection, Sequence
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
from softmax_explained.stage.text.text import Readout, Words, component

BESIDE = 3.7  # distance in Manim units between bars at which a number fits beside the arrow
ARROW_AND_NUMBER = 2.0  # Manim units for an arrow with its number, and for an arrow alone
ARROW_WIDTH = 0.4  # Manim units for an arrow without a number

CLOSE = 1.1  # bars closer than this, in Manim units, have their arrows in front of them
UNDER_NAMES = 0.62  # height in Manim units of the numbers where they are below the names
APART = 0.3  # minimum gap in Manim units between two numbers below the names


def arrow_space(region: Region, count: int) -> float:
    """Manim units to keep free to the right of each of `count` bars for its arrow and number."""
    pitch = region.width / count
    return ARROW_AND_NUMBER if pitch >= BESIDE else ARROW_WIDTH if pitch >= CLOSE else 0.0


class BarChartWithArrows(VGroup):
    """K bars, K outlines of targets, K arrows from bar to target, and K signed numbers.

    The numbers are beside the arrows or, where bars are close together, below the names. Where not all
    numbers fit, only the priority classes have one.

    Args:
        shares: (K,) heights of the bars.
        targets: (K,) heights of the outlines.
        slopes: K quantities to write as numbers.
        names: K class names.
        region: of the whole chart.
        priority: classes that always have a name and a number.

    Attributes:
        value_of: the numbers that are written, by class.
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
        space = Region(region.left, region.bottom + foot, region.right, region.top)
        self.bars = BarChart(
            shares, space, names=names, priority=priority, arrow_space=arrow_space(region, len(shares))
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
        """The chart of a solution: its shares, targets, and a − y."""
        slopes = [solution[f"g[{k}]"] for k in range(solution.K)]
        spoken = {solution.t, solution.i}
        return cls(solution.a, solution.lesson.targets, slopes, names, region, priority=spoken)

    def _write_beside(self) -> None:
        for k, number in self.value_of.items():
            middle = self.bars.top((self.bars.values[k] + self.targets.values[k]) / 2) - number.height / 2
            number.move_to(point(self.arrows.x(k) + 0.28 + number.width / 2))
            number.stand_on(max(middle, self.bars.base))

    def _write_below(self, region: Region, priority: Collection[int]) -> None:
        """Put the numbers below the names, shrunk if necessary."""
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
        space = region.inset(x=sign)
        spread(numbers, {k: self.bars.x(k) for k in numbers}, space.left, space.right, gap=APART)
        for number in numbers.values():
            number.stand_on(self.bars.base - 0.55 - height_of(self.bars.lines - 1) - UNDER_NAMES)

    def grow(self) -> Animation:
        """Grow the bars from the baseline and fade in their names."""
        full, bars = self.bars.values, self.bars.bars
        rise = UpdateFromAlphaFunc(bars, lambda _, alpha: self.bars.draw(alpha * full), rate_func=smooth)
        return AnimationGroup(rise, FadeIn(self.bars.names))

    def follow(
        self, targets: Callable[[], NDArray[np.float64]], slopes: Callable[[], NDArray[np.float64]]
    ) -> None:
        """Draw `targets()` and write `slopes()` in every frame until `settle`."""
        self.targets.follow(targets)
        self.arrows.follow()

        for k, number in self.value_of.items():
            number.follow(component(slopes, k))

    def settle(self, slopes: Sequence[Quantity]) -> None:
        """Stop following and write the given quantities."""
        self.targets.clear_updaters()
        self.arrows.clear_updaters()
        for k, number in self.value_of.items():
            number.settle(slopes[k])
