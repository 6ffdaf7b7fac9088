"""Coordinate axes, graphs of functions, and their labels."""

from collections.abc import Callable

import numpy as np
from manim import Arrow, Dot, Line, VGroup, VMobject
from numpy.typing import NDArray
from sympy import Float

from softmax_explained.core.formulas.nodes import Literal
from softmax_explained.stage.design.layout import Point, Region
from softmax_explained.stage.design.style import style
from softmax_explained.stage.shapes.annotations import line, tipped
from softmax_explained.stage.text.formula import Formula


class Plot(VGroup):
    """Coordinate axes in a region.

    Args:
        x: smallest and largest value on the horizontal axis.
        y: smallest and largest value on the vertical axis.
        region: where the axes go.
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
        ends = (self.at(x[0], up), self.at(x[1], up)), (self.at(across, y[0]), self.at(across, y[1]))
        super().__init__(*[_axis(*pair) for pair in ends])

    @property
    def unit(self) -> NDArray[np.float64]:
        """(2,) Manim units per unit of the horizontal and the vertical axis."""
        (x0, x1), (y0, y1) = self.x_range, self.y_range
        return np.array([self.region.width / (x1 - x0), self.region.height / (y1 - y0)])

    def at(self, x: float, y: float) -> Point:
        """The point on screen of a pair of values."""
        across = self.region.left + (x - self.x_range[0]) * self.unit[0]
        return np.array([across, self.region.bottom + (y - self.y_range[0]) * self.unit[1], 0.0])

    def curve(
        self, function: Callable[[float], float], start: float, end: float, *, colour: str, steps: int = 120
    ) -> VMobject:
        """The graph of a function between two values of x, cut off where it leaves the plot."""
        (low, high), values = self.y_range, ((x, function(float(x))) for x in np.linspace(start, end, steps))
        points = [self.at(x, value) for x, value in values if low <= value <= high]
        return thick_curve(colour).set_points_as_corners(points)

    def dot(self, x: float, y: float, *, colour: str) -> Dot:
        """A dot at a pair of values."""
        return Dot(self.at(x, y), radius=0.11, color=style().colour(colour))

    def tangent(self, x: float, y: float, slope: float, *, length: float, colour: str) -> Line:
        """A line through (x, y) with a slope in units of the axes, `length` Manim units long."""
        direction = np.array([1.0, slope, 0.0]) * [*self.unit, 0.0]
        half = direction / np.linalg.norm(direction) * length / 2
        return line(self.at(x, y) - half, self.at(x, y) + half, colour=colour, width="line")


def thick_curve(colour: str) -> VMobject:
    """A curve without points yet."""
    return VMobject(stroke_color=style().colour(colour), stroke_width=style().stroke("thick"))


def tick_label(n: float) -> Formula:
    """A number at an axis, in quiet ink.

    >>> tick_label(3).plain, tick_label(0.25).plain
    ('3', '0.25')
    """
    # without a precision, the digits of the string are those that are written
    number = int(n) if n == int(n) else Float(str(n), "")
    return Formula(Literal(number), size="label").set_fill(style().colour("quiet"))


def dashed(start: Point, end: Point, *, colour: str) -> VGroup:
    """A thin dashed line; empty if its ends coincide."""
    distance = float(np.linalg.norm(end - start))
    if distance < 0.05:
        return VGroup()
    steps = np.linspace(0, 1, 2 * max(1, round(distance / 0.18)) + 1)
    ends = [start + (end - start) * step for step in steps]
    return VGroup(*[line(*pair, colour=colour) for pair in zip(ends[:-1:2], ends[1::2], strict=True)])


def _axis(start: Point, end: Point) -> Arrow:
    return tipped(start, end, colour="quiet", width="thin", tip=0.18, stroke_ratio=20)
