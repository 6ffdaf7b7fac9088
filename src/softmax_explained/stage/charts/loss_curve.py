"""The curve −ln a of the loss over a share, and a marker that moves along it."""

import math
from collections.abc import Callable
from typing import Any, Self

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Arrow, Dot, Line, VGroup
from sympy import evaluate, log

from softmax_explained.core.quantities.quantity import Quantity
from softmax_explained.stage.charts.plot import Plot, dashed, thick_curve, tick_label
from softmax_explained.stage.design.layout import Region, point
from softmax_explained.stage.design.style import style
from softmax_explained.stage.shapes.annotations import line
from softmax_explained.stage.shapes.network import arrow
from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import Readout, TypesetText

LOWEST_TOP = 3.4  # minimum range of the vertical axis
# Heights, as fractions of the curve's, of its label, of the label below a free corner, and of the corner
LETTER, LOW_LETTER, CORNER = 0.83, 0.41, 0.6
TANGENT = 1.1  # half the length of a tangent in Manim units


class LossCurve(VGroup):
    """Axes, the curve −ln a or −y ln a for shares from 0 to 1, and letters at the axes.

    Points of the curve are given by u = −ln a, so the share e^(−u) may be arbitrarily small.

    Args:
        share: the symbol of the share, such as a_2.
        loss: the largest u that has to be shown.
        region: of the plot with its letters.
        target: the symbol of the target that weights the loss, if it is not 1.
        weight: that target.
        margin: Manim units kept free at the left, for a number beside the axis.
        free_corner: keep the corner above the curve free.

    Attributes:
        axes: the axes with their letters.
        letter: −ln a, beside the curve.
        corner: the region above the curve, at its right.
    """

    def __init__(
        self,
        share: Any,
        loss: float,
        region: Region,
        *,
        target: Any = None,
        weight: float = 1.0,
        margin: float = 1.5,
        free_corner: bool = False,
    ) -> None:
        self.share, self._weight = share, weight
        self.top = weight * max(LOWEST_TOP, 1.3 * loss)
        inner = Region(region.left + margin, region.bottom + 0.75, region.right - 0.7, region.top - 0.5)
        self.plot = Plot(x=(0, 1.08), y=(0, self.top), region=inner)
        points = [self.at(u) for u in np.linspace(0, self.highest, 200)]
        self.curve = thick_curve("C").set_points_as_corners(points)
        with evaluate(False):
            height = Formula(-log(share) if target is None else -target * log(share))
        beside = self.at((LOW_LETTER if free_corner else LETTER) * self.highest)
        self.letter = height.next_to(beside, RIGHT, buff=0.35)
        foot = self.at(CORNER * self.highest)
        self.corner = Region(float(foot[0]) + 0.6, float(foot[1]), region.right, region.top)
        width = Formula(share).next_to(self.plot.at(1.08, 0), RIGHT, buff=0.15)
        ends = [tick_label(n) for n in (0, 1)]
        for n, end in enumerate(ends):
            end.move_to(self.plot.at(n, 0)).shift(0.4 * DOWN)
        self.axes = VGroup(self.plot, *ends, height, width)
        super().__init__(self.axes, self.curve)

    @property
    def highest(self) -> float:
        """U = −ln a at the upper end of the curve."""
        return 0.94 * self.top / self._weight

    def at(self, u: float) -> Any:
        """The point of the curve at u = −ln a."""
        return self.plot.at(math.exp(-u), self._weight * u)

    def dot(self, u: float) -> Dot:
        """A dot at u = −ln a."""
        return Dot(self.at(u), radius=0.13, color=style().colour("ink"))

    def clear(self, mobject: TypesetText, gap: float = 0.2) -> TypesetText:
        """Move something sideways to the right of the curve, at its current height."""
        height = float(mobject.get_bottom()[1] - self.plot.at(0, 0)[1]) / float(self.plot.unit[1])
        return mobject.align_to(self.at(max(0.0, height / self._weight)) + gap * RIGHT, LEFT)

    def slope(self, u: float) -> float:
        """The slope −y/a = −y e^u at u = −ln a."""
        return -self._weight * math.exp(min(u, 700.0))

    def tangent(self, u: float) -> Line:
        """The tangent at u = −ln a, limited to the area of the curve."""
        plot, middle = self.plot, self.at(u)
        direction = np.array([1.0, self.slope(min(u, 300.0))]) * plot.unit
        direction /= np.linalg.norm(direction)
        corners = plot.at(0, 0), plot.at(1.08, self._weight * self.highest)
        low, high = (corner[:2] - middle[:2] for corner in corners)
        back = min(TANGENT, abs(low[0] / direction[0]), abs(high[1] / direction[1]))
        on = min(TANGENT, abs(high[0] / direction[0]), abs(low[1] / direction[1]))
        along = np.array([*direction, 0.0])
        return line(middle - back * along, middle + on * along, colour="ink", width="line")

    def beyond(self) -> Arrow:
        """An arrow from the upper end of the curve out of the plot."""
        start = self.at(self.highest) + 0.06 * DOWN
        return arrow(start, start + 0.55 * UP, role="C", width="thick")


class Marker(VGroup):
    """A dot on the curve with its share on the horizontal axis and its −ln a on the vertical one.

    Args:
        curve: what it moves along.
        share: the share it settles at.
        loss: −ln of that share.
    """

    def __init__(self, curve: LossCurve, share: Quantity, loss: Quantity) -> None:
        self._curve = curve
        self.dot = Dot(radius=0.13, color=style().colour("ink"))
        self.drops = VGroup()
        self.share = Readout(share, size="number", colour="a")
        self.loss = Readout(loss, size="number", colour="C")
        super().__init__(self.drops, self.dot, self.share, self.loss)
        self.draw(loss.value)

    def draw(self, u: float) -> Self:
        """Move to u = −ln a."""
        plot, spot = self._curve.plot, self._curve.at(u)
        self.dot.move_to(spot)
        foot, side = point(spot[0], plot.at(0, 0)[1]), point(plot.at(0, 0)[0], spot[1])
        self.drops.submobjects = [dashed(spot, end, colour="quiet") for end in (foot, side)]
        # The numbers keep clear of the 0 and the 1 under the axis and of the axis itself.
        space, ends = 0.35 + self.share.width / 2, [plot.at(n, 0)[0] for n in (0, 1)]
        self.share.set_x(min(max(spot[0], ends[0] + space), ends[1] - space)).set_y(foot[1] - 0.42)
        self.loss.align_to(side + 0.2 * LEFT, RIGHT).set_y(max(spot[1], foot[1] + 0.25))
        return self

    def follow(self, loss: Callable[[], float]) -> Self:
        """Move to u = `loss()` in every frame, with both numbers, until `settle`."""
        self.share.follow(lambda: math.exp(-loss()))
        self.loss.follow(loss, edge=RIGHT)
        self.add_updater(lambda _: self.draw(loss()))
        return self

    def settle(self) -> Self:
        """Stop following and show both quantities exactly."""
        self.clear_updaters(recursive=False)
        self.share.settle()
        self.loss.settle(edge=RIGHT)
        return self.draw(self.loss.quantity.value)
