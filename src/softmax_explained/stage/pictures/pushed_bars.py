"""Shares as bars, targets as dashed outlines, and beside each bar the push its score gets, with its value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Self

import numpy as np
from manim import Animation, AnimationGroup, FadeIn, UpdateFromAlphaFunc, VGroup, smooth
from numpy.typing import NDArray

from softmax_explained.core import Quantity, Solution
from softmax_explained.stage.frame import Region, point
from softmax_explained.stage.pictures.bars import Bars, Pushes, Targets
from softmax_explained.stage.type import Readout, Words

BESIDE = 3.6
"""Manim units from bar to bar that leave room for a number beside the arrow."""

ROOM = 1.75
"""Manim units an arrow and its number take; an arrow alone takes `ROOM_OF_ARROW`."""

ROOM_OF_ARROW = 0.4

UNDER_NAMES = 0.62
"""Manim units under the names that the numbers take if they do not stand beside the arrows."""


class PushedBars(VGroup):
    """K bars, K outlines, K arrows from the one to the other, and K signed numbers.

    The numbers stand beside the arrows; where bars stand close, under the names.

    Args:
        shares: (K,) heights of the bars.
        targets: (K,) heights of the outlines.
        slopes: K quantities: what the numbers say.
        names: K names of classes.
        region: where all of it stands.

    Attributes:
        bars: the bars with their names.
        targets: the outlines.
        pushes: the arrows.
        values: the numbers.
    """

    def __init__(
        self,
        shares: NDArray[np.float64],
        targets: NDArray[np.float64],
        slopes: Sequence[Quantity],
        names: Sequence[Words],
        region: Region,
    ) -> None:
        pitch = region.width / len(shares)
        self._names = names
        self._beside = pitch >= BESIDE
        foot = 0.0 if self._beside else UNDER_NAMES
        room = Region(region.left, region.bottom + foot, region.right, region.top)
        spare = ROOM if self._beside else ROOM_OF_ARROW
        for name in names:
            name.fit_width(min(0.68 * pitch, pitch - spare))
        self.bars = Bars(shares, room, names=names, spare=spare)
        self.targets = Targets(targets, self.bars)
        self.pushes = Pushes(self.bars, self.targets)
        self.values = VGroup(*[self._value(k, slope, pitch) for k, slope in enumerate(slopes)])
        super().__init__(self.bars, self.targets, self.pushes, self.values)

    @classmethod
    def of(cls, solution: Solution, names: Sequence[Words], region: Region) -> Self:
        """Draw a solution: its shares, its targets, and a − y."""
        slopes = [solution[f"g[{k}]"] for k in range(solution.K)]
        return cls(solution.a, solution.lesson.targets, slopes, names, region)

    def _value(self, k: int, slope: Quantity, pitch: float) -> Readout:
        number = Readout(slope, colour="C", signed=True)
        if not self._beside:
            number.fit_width(0.68 * pitch).move_to(point(self.bars.x(k)))
            return number.stand_on(self._names[k].baseline - UNDER_NAMES)
        middle = self.bars.top((self.bars.values[k] + self.targets.values[k]) / 2) - number.height / 2
        number.move_to(point(self.pushes.x(k) + 0.28 + number.width / 2))
        return number.stand_on(max(middle, self.bars.base))

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
        self.pushes.follow()
        for k, number in enumerate(self.values):
            number.follow(lambda k=k: float(slopes()[k]))

    def settle(self, slopes: Sequence[Quantity]) -> None:
        """Stop following; the numbers are those quantities now."""
        self.targets.clear_updaters()
        self.pushes.clear_updaters()
        for number, slope in zip(self.values, slopes, strict=True):
            number.settle(slope)
