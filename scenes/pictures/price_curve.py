"""The price −ln a of a share, in square units, over the ruler of the strip; its upright axis is the loss."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Self

import numpy as np
from manim import DOWN, LEFT, RIGHT, Dot, Line, VGroup
from sympy import Symbol, evaluate, log

from softmax_explained.core.formulas.symbols import C
from softmax_explained.core.quantities.quantity import Quantity
from softmax_explained.stage import (
    Box,
    Formula,
    Readout,
    Region,
    dashed,
    line,
    point,
    style,
    thick_curve,
    tick_label,
)
from softmax_explained.stage.shapes.annotations import tipped

LEAST, MOST = 2.5, 6.2  # the range of the upright axis
ABOVE = 0.65  # how much more of it is drawn than the loss needs
BAR, NUMBER = 0.34, 0.72  # Manim units below the ruler for the lying share, and below that for its number
OVER, BESIDE = (
    0.25,
    1.75,
)  # Manim units above the axis for its tip, and left of it for the figures of the loss
FIGURES = 0.16  # Manim units between an axis and its figures
RADIUS = 0.12  # of the dot in Manim units
NEAR = 0.5  # figures of the axis nearer than this to the number of the loss, in Manim units, are not shown
TANGENT = 1.1  # half the length of a tangent in Manim units
TINY = 1e-300  # a smaller share is drawn as this one

a = Symbol("a")


class PriceCurve(VGroup):
    """Axes and the curve −ln a, as large as fits, one unit of the ruler as long as one of the upright axis.

    A price above `MOST` does not fit: its dot stands at the end of the axis, above a break of the axis.

    Args:
        region: of everything but the label of the curve.
        price: the largest −ln a that has to be shown.

    Attributes:
        unit: Manim units per unit.
        top: the upper end of the axis.
        ruler: the horizontal axis, with 0 and 1.
        axis: the upright axis, named C, with its figures.
        curve: the curve, in the colour of the loss.
        name: −ln a, beside the curve.
        broken: whether the axis is broken, so that the price is shown above its end.
    """

    def __init__(self, region: Region, price: float) -> None:
        self.top = min(MOST, max(LEAST, math.ceil(10 * (price + ABOVE)) / 10))
        self.broken = price > self.top - 0.3
        below = BAR + NUMBER
        self.unit = min((region.height - below - OVER) / self.top, region.width - 2 * BESIDE)
        high = self.unit * self.top + below + OVER
        self.foot = point(region.x - self.unit / 2, region.y - high / 2 + below)
        with evaluate(False):
            self.name = Formula(-log(a))
        self.figures = [tick_label(n) for n in range(1, int(self.top) + 1) if n < self.top - 0.2]
        self.ruler, self.axis = self._ruler(), self._axis()
        points = [self.at(u) for u in np.linspace(0, self.top, 240)]
        self.curve = thick_curve("C").set_points_as_corners(points)
        self.name.next_to(self.at(min(1.15, 0.5 * self.top)), RIGHT, buff=0.3)
        super().__init__(self.ruler, self.axis, self.curve, self.name)

    def at(self, u: float) -> Any:
        """The point of the curve at the price u = −ln a, or of the end of the axis if u is beyond it."""
        return self.foot + self.unit * point(math.exp(-u), min(u, self.top))

    def on_ruler(self, share: float) -> Any:
        """The point of the ruler at a share."""
        return self.foot + self.unit * point(share)

    def on_axis(self, u: float) -> Any:
        """The point of the upright axis at a price."""
        return self.foot + self.unit * point(0, min(u, self.top))

    def lying(self, share: float) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of a share that lies along the ruler, under it."""
        x, y, _ = self.foot
        return x, y - 0.05 - BAR, x + max(self.unit * share, 0.02), y - 0.05

    def bar(self, share: float, *, colour: str = "a") -> Box:
        """A share that lies along the ruler; a hairline if nothing can be seen of it."""
        return Box(*self.lying(share), colour=colour)

    def tangent(self, u: float) -> Line:
        """The tangent at u = −ln a, within the area of the curve."""
        middle = self.at(u)
        steep = math.exp(min(u, 300.0))
        along = np.array([1.0, -steep, 0.0]) / math.hypot(1.0, steep)
        x, y = (middle - self.foot)[:2] / self.unit
        back = min(TANGENT, self.unit * min(x / along[0], max(self.top - y, 0.0) / -along[1]))
        on = min(TANGENT, self.unit * y / -along[1] if y else 0.0)
        return line(middle - back * along, middle + max(on, 0.3) * along, colour="ink", width="line")

    def slope(self, u: float) -> float:
        """The slope −1/a = −e^u at u = −ln a; no steeper than a float can hold."""
        return -math.exp(min(u, 700.0))

    def _ruler(self) -> VGroup:
        ends = [self.on_ruler(x) for x in (0.0, 0.5, 1.0)]
        ticks = [line(end, end + point(0, -0.1)) for end in ends]
        zero, one = (tick_label(n) for n in (0, 1))
        y = self.foot[1] - 0.05 - BAR / 2
        zero.move_to(point(ends[0][0] - FIGURES - zero.width / 2, y))
        one.move_to(point(ends[2][0] + FIGURES + one.width / 2, y))
        letter = Formula(a).next_to(ends[2], RIGHT, buff=FIGURES).shift(point(0.12, 0.16))
        return VGroup(line(ends[0], ends[2]), *ticks, zero, one, letter)

    def _axis(self) -> VGroup:
        end = self.on_axis(self.top) + point(0, OVER)
        arrow = tipped(self.foot, end, colour="quiet", width="thin", tip=0.18, stroke_ratio=20)
        letter = Formula(C).next_to(end, LEFT, buff=FIGURES).shift(point(0, -0.12))
        ticks = []
        for n, figure in enumerate(self.figures, start=1):
            spot = self.on_axis(n)
            ticks.append(line(spot, spot + 0.1 * LEFT))
            figure.next_to(spot, LEFT, buff=FIGURES + 0.04)
        breaks = VGroup()
        if self.broken:
            for lift in (-0.42, -0.3):
                spot = self.on_axis(self.top) + point(0, lift)
                breaks.add(line(spot + point(-0.14, -0.06), spot + point(0.14, 0.06), colour="ink"))
        return VGroup(arrow, letter, *ticks, *self.figures, breaks)


class PricePoint(VGroup):
    """A dot on the curve over the end of a share that lies on the ruler, with the price on the axis.

    At a share of which nothing can be seen, the dot stands at the end of the axis.

    Args:
        curve: what it stands on.
        share: the share, and its number under the ruler.
        price: −ln of it, and its number beside the axis.

    Attributes:
        bar: the share, lying on the ruler.
        dot: on the curve.
        rays: dashed, from the end of the bar up to the dot, and from it to the axis.
        share: number of the share.
        price: number of the price.
    """

    def __init__(self, curve: PriceCurve, share: Quantity, price: Quantity) -> None:
        self._curve = curve
        self.bar = curve.bar(1.0)
        self.dot = Dot(radius=RADIUS, color=style().colour("ink"))
        self.up, self.across = VGroup(), VGroup()
        self.share, self.price = Readout(share, colour="a"), Readout(price, colour="C")
        self.price_value = price.value * 10.0**price.exponent
        super().__init__(self.bar, self.up, self.across, self.dot, self.share, self.price)
        self.draw(self.price_value)

    @property
    def rays(self) -> VGroup:
        """Both dashed lines."""
        return VGroup(self.up, self.across)

    def draw(self, u: float) -> Self:
        """Move to the price u = −ln a."""
        curve, share = self._curve, math.exp(-u)
        spot, foot = curve.at(u), curve.on_ruler(share)
        self.bar.reshape(*curve.lying(share))
        self.dot.move_to(spot)
        self.up.submobjects = list(dashed(foot, spot, colour="quiet"))
        self.across.submobjects = list(dashed(spot, curve.on_axis(u), colour="quiet"))
        left = float(curve.foot[0])
        middle = min(max(foot[0], left + self.share.width / 2), left + curve.unit + 0.4)
        self.share.move_to(point(middle)).set_y(curve.lying(0)[1] - 0.12, DOWN * -1)
        self.price.next_to(curve.on_axis(u), LEFT, buff=FIGURES + 0.04)
        for figure in curve.figures:
            near = abs(figure.get_y() - self.price.get_y()) < NEAR
            figure.set_fill(opacity=0.0 if near else 1.0)
        return self

    def follow(self, u: Callable[[], float]) -> Self:
        """Move to the price `u()` in every frame, with both numbers, until `settle`."""
        self.share.follow(lambda: math.exp(-u()))
        self.price.follow(u, edge=RIGHT)
        return self.add_updater(lambda _: self.draw(u()))

    def settle(self) -> Self:
        """Stop following and show the quantities exactly."""
        self.clear_updaters(recursive=False)
        self.share.settle()
        self.price.settle(edge=RIGHT)
        return self.draw(self.price_value)
