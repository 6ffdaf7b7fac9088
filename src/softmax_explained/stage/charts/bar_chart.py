"""Shares as bars, targets as dashed outlines over them, and arrows between their tops."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any, Self

import numpy as np
from manim import ORIGIN, UP, Animation, GrowArrow, LaggedStart, Mobject, VGroup
from numpy.typing import NDArray

from softmax_explained.stage.design.layout import Region, point
from softmax_explained.stage.shapes.annotations import tipped
from softmax_explained.stage.shapes.box import Box, Outline
from softmax_explained.stage.text.label_layout import height_of, under_columns
from softmax_explained.stage.text.text import Words

FULLEST_BAR = 2.2  # maximum width of a bar in Manim units
NAMES_UNDER = 0.45  # Manim units from the baseline of the bars down to that of the names
UNDER_BARS = 0.29  # space in Manim units above and below the names, together
AROUND, APART = 0.09, 0.06  # Manim units from a bar to its target at the sides, and between two targets
SHORTEST_HEAD = 0.2  # Manim units: length of the head of an arrow at least
FLATTEST_ARROW = 0.015  # arrows shorter than this, in Manim units, are not drawn


class BarChart(VGroup):
    """K bars on one baseline with the names of the classes below them.

    Args:
        values: (K,) heights in [0, 1].
        region: of bars and names; height 1 reaches its top.
        names: K names, or none.
        priority: classes to name where not all names fit.
        colour: a role.
        arrow_space: Manim units kept free to the right of every bar, for an arrow and its number.

    Attributes:
        names_of: the names that are written, by class.
        base: y of the baseline.
        unit: Manim units per height of 1.
    """

    def __init__(
        self,
        values: Sequence[float] | NDArray[np.float64],
        region: Region,
        *,
        names: Sequence[Words] = (),
        priority: Collection[int] = (),
        colour: str = "a",
        arrow_space: float = 0.0,
    ) -> None:
        self.values = np.asarray(values, dtype=float)
        self.arrow_space = arrow_space
        columns = region.columns(*[1] * len(self.values))
        self._columns = [replace(column, right=column.right - arrow_space) for column in columns]
        self.width_of_bar = min(FULLEST_BAR, 0.72 * self._columns[0].width)
        self.names_of = (
            under_columns(names, self._columns, priority=priority, between=arrow_space) if names else {}
        )
        self.names = VGroup(*self.names_of.values())
        self.lines = max((name.lines for name in self.names_of.values()), default=0)
        below = UNDER_BARS + height_of(self.lines) if names else 0.0
        self.base, self.unit = region.bottom + below, region.height - below
        self.bars = VGroup(*[Box(*self._edges(k, y), colour=colour) for k, y in enumerate(self.values)])
        for name in self.names_of.values():
            name.stand_on(self.base - NAMES_UNDER)
        super().__init__(self.bars, self.names)

    def x(self, k: int) -> float:
        """The x of the middle of bar `k`."""
        return self._columns[k].x

    def top(self, value: float) -> float:
        """The y of a height."""
        return self.base + self.unit * float(value)

    def _edges(self, k: int, value: float) -> tuple[float, float, float, float]:
        half = self.width_of_bar / 2
        return self.x(k) - half, self.base, self.x(k) + half, max(self.top(value), self.base + 0.01)

    def draw(self, values: Sequence[float] | NDArray[np.float64]) -> Self:
        """Redraw with other heights."""
        self.values = np.asarray(values, dtype=float)
        for k, (bar, value) in enumerate(zip(self.bars, self.values, strict=True)):
            bar.reshape(*self._edges(k, value))
        return self

    def follow(self, values: Callable[[], NDArray[np.float64]]) -> Self:
        """Draw `values()` in every frame until the updaters are cleared."""
        return self.add_updater(lambda _: self.draw(values()))


class Targets(VGroup):
    """Dashed outlines of the targets over the bars of a chart."""

    def __init__(self, values: Sequence[float] | NDArray[np.float64], over: BarChart) -> None:
        self._over = over
        self.values = np.asarray(values, dtype=float)
        super().__init__(*[Outline(*self._edges(k, value)) for k, value in enumerate(self.values)])

    def _edges(self, k: int, value: float) -> tuple[float, float, float, float]:
        bars = self._over
        pitch = bars.x(1) - bars.x(0) if len(self.values) > 1 else np.inf
        half = min(bars.width_of_bar / 2 + AROUND, (pitch - APART) / 2)
        x = bars.x(k)
        return x - half, self._over.base, x + half, self._over.top(value)

    def draw(self, values: Sequence[float] | NDArray[np.float64]) -> Self:
        """Redraw with other targets."""
        self.values = np.asarray(values, dtype=float)
        for k, (outline, value) in enumerate(zip(self.submobjects, self.values, strict=True)):
            outline.reshape(*self._edges(k, value))
        return self

    def follow(self, values: Callable[[], NDArray[np.float64]]) -> Self:
        """Draw `values()` in every frame until the updaters are cleared."""
        return self.add_updater(lambda _: self.draw(values()))


class TargetArrows(VGroup):
    """One arrow per class from the top of its bar to its target: the way its score has to move."""

    def __init__(self, bars: BarChart, targets: Targets) -> None:
        super().__init__()
        self._bars, self._targets = bars, targets
        self.redraw()

    def x(self, k: int) -> float:
        """The x of arrow `k`: beside its bar, or in front of it if there is no space beside it."""
        if not self._bars.arrow_space:
            return self._bars.x(k)
        return self._bars.x(k) + self._bars.width_of_bar / 2 + 0.34

    def redraw(self, _: Mobject | None = None) -> Self:
        """Redraw for the current heights of bars and targets."""
        bars, ends = self._bars, zip(self._bars.values, self._targets.values, strict=True)
        self.submobjects = [vertical_arrow(self.x(k), *map(bars.top, pair)) for k, pair in enumerate(ends)]
        for arrow in self.submobjects:  # a short one must not start among the names below the bars
            arrow.shift(max(0.0, bars.base - float(arrow.get_bottom()[1])) * UP if len(arrow) else ORIGIN)
        return self

    def grow(self) -> Animation:
        """Grow the arrows one after another."""
        arrows: list[Any] = [arrow for place in self for arrow in place]
        return LaggedStart(*map(GrowArrow, arrows), lag_ratio=0.5)

    def follow(self) -> Self:
        """Redraw in every frame until the updaters are cleared; add it after the bars and targets."""
        return self.add_updater(self.redraw)


def vertical_arrow(x: float, start: float, end: float) -> VGroup:
    """A vertical arrow in the colour of the loss; empty if it would be too short.

    The head of a short one is longer than the arrow, so that its direction can be seen.
    """
    length = abs(end - start)
    if length < FLATTEST_ARROW:
        return VGroup()
    tip = max(SHORTEST_HEAD, min(0.3, 0.6 * length))
    ends = point(x, start), point(x, end)
    return VGroup(tipped(*ends, colour="C", width="thick", tip=tip, tip_ratio=max(0.7, tip / length)))
