"""Two axes and a curve, with labels set in the film's type."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import Arrow, Dot, Line, VGroup, VMobject
from numpy.typing import NDArray

from softmax_explained.stage.design.layout import Region
from softmax_explained.stage.design.style import style


class Plot(VGroup):
    """A coordinate system in a region: values in, points of the screen out.

    Args:
        x: smallest and largest value on the horizontal axis.
        y: smallest and largest value on the vertical axis.
        region: where the axes stand; they cross at `origin`.
        origin: the values at which they cross; the lower left corner if not given.

    >>> plot = Plot(x=(0, 2), y=(0, 1), region=Region(0, 0, 4, 3))
    >>> plot.at(1, 0.5).tolist()
    [2.0, 1.5, 0.0]
    """

    def __init__(
        self,
        *,
        x: tuple[float, float],
        y: tuple[float, float],
        region: Region,
        origin: tuple[float, float] | None = None,
    ) -> None:
        self.x_range, self.y_range, self.region = x, y, region
        across, up = origin or (x[0], y[0])
        super().__init__(
            _axis(self.at(x[0], up), self.at(x[1], up)),
            _axis(self.at(across, y[0]), self.at(across, y[1])),
        )

    @property
    def unit(self) -> NDArray[np.float64]:
        """Manim units of a step of 1 to the right and up."""
        (x0, x1), (y0, y1) = self.x_range, self.y_range
        return np.array([self.region.width / (x1 - x0), self.region.height / (y1 - y0)])

    def at(self, x: float, y: float) -> NDArray[np.float64]:
        """The point of the screen of a pair of values."""
        across = self.region.left + (x - self.x_range[0]) * self.unit[0]
        return np.array([across, self.region.bottom + (y - self.y_range[0]) * self.unit[1], 0.0])

    def curve(
        self, function: Callable[[float], float], start: float, end: float, *, colour: str, steps: int = 120
    ) -> VMobject:
        """The graph of a function between two values of x, cut off where it leaves the plot."""
        points = [
            self.at(x, value)
            for x in np.linspace(start, end, steps)
            if self.y_range[0] <= (value := function(float(x))) <= self.y_range[1]
        ]
        curve = VMobject(stroke_color=style().colour(colour), stroke_width=style().stroke("thick"))
        return curve.set_points_as_corners(points)

    def dot(self, x: float, y: float, *, colour: str) -> Dot:
        """A point of the plot."""
        return Dot(self.at(x, y), radius=0.11, color=style().colour(colour))

    def drop(self, x: float, y: float, *, colour: str = "quiet") -> VGroup:
        """Dashed lines from a point down to the horizontal axis and across to the vertical one."""
        foot, side = self.at(x, self.y_range[0]), self.at(self.x_range[0], y)
        return VGroup(*[dashed(self.at(x, y), end, colour=colour) for end in (foot, side)])

    def tangent(self, x: float, y: float, slope: float, *, length: float, colour: str) -> Line:
        """A straight line through a point, `length` Manim units long, with a slope in the plot's values."""
        direction = np.array([1.0, slope, 0.0]) * [*self.unit, 0.0]
        half = direction / np.linalg.norm(direction) * length / 2
        middle = self.at(x, y)
        return Line(
            middle - half, middle + half, color=style().colour(colour), stroke_width=style().stroke("line")
        )


def dashed(start: NDArray[np.float64], end: NDArray[np.float64], *, colour: str) -> VGroup:
    """A thin dashed line; nothing between two points that lie together."""
    distance = float(np.linalg.norm(end - start))
    dashes = max(1, round(distance / 0.18))
    steps = np.linspace(0, 1, 2 * dashes + 1)
    if distance < 0.05:
        return VGroup()
    return VGroup(
        *[
            Line(
                start + (end - start) * steps[2 * n],
                start + (end - start) * steps[2 * n + 1],
                color=style().colour(colour),
                stroke_width=style().stroke("thin"),
            )
            for n in range(dashes)
        ]
    )


def _axis(start: NDArray[np.float64], end: NDArray[np.float64]) -> Arrow:
    return Arrow(
        start,
        end,
        buff=0,
        color=style().colour("quiet"),
        stroke_width=style().stroke("thin"),
        tip_length=0.18,
        max_stroke_width_to_length_ratio=20,
    )
