"""The price −ln a of a share, in square units, over the ruler of the strip; its upright axis is the loss."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Self

import numpy as np
from manim import LEFT, RIGHT, UP, Dot, Line, VGroup
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
OVER, LETTER = 0.25, 0.62  # Manim units above the axis for its tip, and above that for its letter
BEFORE, BEHIND = 1.35, 0.7  # Manim units left of the plot for the number of the loss, and right of it
FIGURES = 0.16  # Manim units between an axis and its figures
RADIUS = 0.12  # of the dot in Manim units
NEAR = 0.5  # figures of the axis nearer than this to the number of the loss, in Manim units, are not shown
CLOSEST = 0.45  # Manim units between two figures of the axis at least
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
        label: −ln a, beside the curve.
        foot: where the axes meet.
        room: Manim units left of the upright axis for a number.
        zero: the figure 0 of the ruler.
        figures: those of the axis.
        broken: whether the axis is broken, so that the price is shown above its end.
    """

    def __init__(self, region: Region, price: float) -> None:
        needed = min(MOST, max(LEAST, math.ceil(10 * (price + ABOVE)) / 10))
        below, above = BAR + NUMBER, OVER + LETTER
        high = region.height - below - above
        self.unit = min(high / needed, region.width - BEFORE - BEHIND)
        self.top = min(MOST, high / self.unit)
        self.broken = price > self.top - 0.3
        whole = self.unit * self.top + below + above
        middle = region.x + (BEFORE - BEHIND) / 2 if region.width < 6 else region.x
        self.foot = point(middle - self.unit / 2, region.y - whole / 2 + below)
        self.room = float(self.foot[0]) - region.left - 2 * FIGURES
        with evaluate(False):
            self.label = Formula(-log(a))
        step = math.ceil(CLOSEST / self.unit)
        self._figured = [n for n in range(step, int(self.top) + 1, step) if n < self.top - 0.2]
        self.figures = [tick_label(n) for n in self._figured]
        self.ruler, self.axis = self._ruler(), self._axis()
        points = [self.at(u) for u in np.linspace(0, self.top, 240)]
        self.curve = thick_curve("C").set_points_as_corners(points)
        self.label.next_to(self.at(0.85 * self.top), RIGHT, buff=0.3)
        super().__init__(self.ruler, self.axis, self.curve, self.label)

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
        self.zero, one = (tick_label(n) for n in (0, 1))
        y = self.foot[1] - 0.05 - BAR / 2
        self.zero.move_to(point(ends[0][0] - FIGURES - self.zero.width / 2, y))
        one.move_to(point(ends[2][0] + FIGURES + one.width / 2, y))
        letter = Formula(a).next_to(ends[2], RIGHT, buff=FIGURES).shift(point(0.12, 0.16))
        return VGroup(line(ends[0], ends[2]), *ticks, self.zero, one, letter)

    def _axis(self) -> VGroup:
        end = self.on_axis(self.top) + point(0, OVER)
        arrow = tipped(self.foot, end, colour="quiet", width="thin", tip=0.18, stroke_ratio=20)
        letter = Formula(C).next_to(end, UP, buff=0.1)
        ticks = []
        for n, figure in zip(self._figured, self.figures, strict=True):
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
    """A share that lies under the ruler, and the dot of the curve over its end.

    Where nothing can be seen of the share, the dot stands at the end of the upright axis.

    Args:
        curve: what the dot stands on.
        share: the share.
        price: −ln of it.
        numbered: write the share below its end.

    Attributes:
        bar: the share.
        up: dashed, from the end of the bar to the dot.
        dot: on the curve.
        number: of the share.
    """

    def __init__(self, curve: PriceCurve, share: Quantity, price: float, *, numbered: bool = True) -> None:
        self._curve, self._price = curve, price
        self.bar, self.up = curve.bar(1.0), VGroup()
        self.dot = Dot(radius=RADIUS, color=style().colour("ink"))
        self.number = Readout(share, colour="a")
        super().__init__(self.bar, self.up, self.dot, *([self.number] if numbered else []))
        self.draw(price)

    def draw(self, u: float) -> Self:
        """Move to the price u = −ln a."""
        curve, share = self._curve, math.exp(-u)
        foot = curve.on_ruler(share)
        self.bar.reshape(*curve.lying(share))
        self.dot.move_to(curve.at(u))
        self.up.submobjects = list(dashed(foot, curve.at(u), colour="quiet"))
        x = min(max(foot[0], float(curve.foot[0]) + self.number.width / 2), float(curve.on_ruler(1)[0]))
        self.number.move_to(point(x)).align_to(point(0, curve.lying(0)[1] - 0.14), UP)
        return self

    def follow(self, u: Callable[[], float]) -> Self:
        """Move to the price `u()` in every frame, with the number, until `settle`."""
        self.number.follow(lambda: math.exp(-u()))
        return self.add_updater(lambda _: self.draw(u()))

    def settle(self) -> Self:
        """Stop following and show the share exactly."""
        self.clear_updaters(recursive=False)
        self.number.settle()
        return self.draw(self._price)


class LossLevel(VGroup):
    """The loss on the upright axis: its number left of it, and a dashed line across to what it belongs to.

    Args:
        curve: whose axis it is.
        loss: the loss.

    Attributes:
        across: the dashed line.
        number: the loss.
    """

    def __init__(self, curve: PriceCurve, loss: Quantity) -> None:
        self._curve, self._loss = curve, loss.value * 10.0**loss.exponent
        self.across, self.number = VGroup(), Readout(loss, colour="C").fit_width(curve.room)
        super().__init__(self.across, self.number)
        self.draw(self._loss)

    def draw(self, loss: float, *, share: float | None = None) -> Self:
        """Move to a loss; the dashed line ends at a share, by default where it meets the curve."""
        curve, spot = self._curve, self._curve.on_axis(loss)
        x = self._curve.on_ruler(math.exp(-loss) if share is None else share)[0]
        self.across.submobjects = list(dashed(spot, point(x, spot[1]), colour="quiet"))
        self.number.next_to(spot, LEFT, buff=FIGURES + 0.04)
        for figure in (curve.zero, *curve.figures):
            near = abs(figure.get_y() - self.number.get_y()) < NEAR
            figure.set_fill(opacity=0.0 if near else 1.0)
        return self

    def follow(self, loss: Callable[[], float]) -> Self:
        """Move to `loss()` in every frame, with its number, until `settle`."""
        self.number.follow(loss, edge=RIGHT)
        return self.add_updater(lambda _: self.draw(loss()))

    def settle(self) -> Self:
        """Stop following and show the loss exactly."""
        self.clear_updaters(recursive=False)
        self.number.settle(edge=RIGHT)
        return self.draw(self._loss)
