"""The price −ln a of a share, or −y ln a, over the ruler of the strip; its upright axis is the loss."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from manim import LEFT, RIGHT, UP, Animation, FadeIn, FadeOut, Line, ReplacementTransform, VGroup
from sympy import Expr, Symbol, evaluate, log

from softmax_explained.core.formulas.symbols import C, y
from softmax_explained.core.formulas.symbols import a as shares
from softmax_explained.stage import Box, Formula, Region, line, point, thick_curve, tick_label
from softmax_explained.stage.design.rate_functions import early, instead, late
from softmax_explained.stage.shapes.annotations import tipped

LEAST, MOST = 3.5, 6.2  # the range of the upright axis
ABOVE = 0.65  # how much more of it is drawn than the loss needs
BAR, NUMBER = 0.34, 0.72  # Manim units below the ruler for the lying share, and below that for its number
OVER, LETTER = 0.25, 0.62  # Manim units above the axis for its tip, and above that for its letter
BEFORE, BEHIND = 1.5, 0.7  # Manim units left of the plot for the number of the loss, and right of it
INDEX = 0.3  # Manim units that the index of the share needs right of the plot
FIGURES = 0.16  # Manim units between an axis and its figures
CLOSEST = 0.45  # Manim units between two figures of the axis at least
FINE = 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0  # steps of the figures of an axis that ends below 2
BEYOND = 0.1  # Manim units that a tangent goes on at least, even below the ruler: not into its figures
TANGENT = 1.1  # half the length of a tangent in Manim units

a = Symbol("a")


class PriceCurve(VGroup):
    """Axes, each with a scale of its own, and the curve −ln a, as large as fits.

    With a term, the curve is −y_k ln a_k of that class, so that its slope is −y_k/a_k.

    A price above `MOST` does not fit: its dot stands at the end of the axis, above a break of the axis.

    Args:
        region: of everything but the label of the curve.
        price: the largest −ln a that has to be shown.
        is_loss: name the upright axis C; a price that is only a part of the loss is not it.
        number: the width in Manim units of the number that will stand left of the axis, if it is wide.
        term: the class whose term of the loss is drawn, counted from 0, and its target y_k.

    Attributes:
        unit: Manim units per unit of the upright axis.
        across: the same of the ruler.
        top: the upper end of the axis.
        ruler: the horizontal axis, with 0 and 1.
        axis: the upright axis, with its name and its figures.
        curve: the curve, in the colour of the loss.
        weight: by which −ln a is multiplied: y_k of a term, otherwise 1.
        label: −ln a or −y_k ln a_k, beside the curve.
        foot: where the axes meet.
        room: Manim units left of the upright axis for a number.
        zero: the figure 0 of the ruler.
        figures: those of the axis.
        broken: whether the axis is broken, so that the price is shown above its end.
    """

    def __init__(
        self,
        region: Region,
        price: float,
        *,
        is_loss: bool = True,
        term: tuple[int, float] | None = None,
        number: float = 0.0,
    ) -> None:
        self.weight = term[1] if term else 1.0
        needed = self.weight * min(MOST, max(LEAST, math.ceil(10 * (price + ABOVE)) / 10))
        below, above = BAR + NUMBER, OVER + LETTER
        behind = BEHIND + (INDEX if term else 0.0)
        before = max(BEFORE, number + 2 * FIGURES)
        high, room = region.height - below - above, region.width - before - behind
        self.unit, self.across = high / needed, room
        self.top = min(self.weight * MOST, high / self.unit)
        self.broken = price > self.top / self.weight - 0.3
        whole = self.unit * self.top + below + above
        middle = region.x + (before - behind) / 2
        self.foot = point(middle - self.across / 2, region.y - whole / 2 + below)
        self.room = float(self.foot[0]) - region.left - 2 * FIGURES
        share = shares[term[0] + 1] if term else a
        with evaluate(False):
            self.label = Formula(-y[term[0] + 1] * log(share) if term else -log(share))
        self._figured = self._steps()
        self.figures = [tick_label(n) for n in self._figured]
        self.ruler, self.axis = self._ruler(share), self._axis(is_loss)
        points = [self.at(u) for u in np.linspace(0, self.top / self.weight, 240)]
        self.curve = thick_curve("C").set_points_as_corners(points)
        self.label.next_to(self.at(0.85 * self.top / self.weight), RIGHT, buff=0.3)
        super().__init__(self.ruler, self.axis, self.curve, self.label)

    def at(self, u: float) -> Any:
        """The point of the curve at the price u = −ln a, or of the end of the axis if u is beyond it."""
        return self.foot + point(self.across * math.exp(-u), self.unit * min(self.weight * u, self.top))

    def on_ruler(self, share: float) -> Any:
        """The point of the ruler at a share."""
        return self.foot + point(self.across * share)

    def on_axis(self, u: float) -> Any:
        """The point of the upright axis at a price."""
        return self.foot + self.unit * point(0, min(u, self.top))

    def lying(self, share: float) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of a share that lies along the ruler, under it."""
        x, y, _ = self.foot
        return x, y - 0.05 - BAR, x + max(self.across * share, 0.02), y - 0.05

    def lines_and_figures(self) -> tuple[VGroup, VGroup]:
        """Both axes without anything on them, and what is on them: letters, figures, ticks and a break."""
        lines = self.axis[0], self.ruler[0]
        rest = [part for group in (self.axis, self.ruler) for part in group if part not in lines]
        return VGroup(*lines), VGroup(*rest)

    def turn_into(self, other: PriceCurve) -> list[Animation]:
        """The animations that move it to another curve, whose axis may have other figures."""
        here, there = ([each.ruler, each.curve, each.label, *each.axis[:2]] for each in (self, other))
        moves: list[Animation] = [ReplacementTransform(*pair) for pair in zip(here, there, strict=True)]
        old, new = (dict(zip(each._figured, each.figures, strict=True)) for each in (self, other))
        moves += [ReplacementTransform(old[n], new[n]) for n in old.keys() & new.keys()]
        moves += [FadeOut(old[n], rate_func=early) for n in old.keys() - new.keys()]
        moves += [FadeIn(new[n], rate_func=late) for n in new.keys() - old.keys()]
        return [*moves, *instead(VGroup(*self._marks), VGroup(*other._marks))]

    def bar(self, share: float, *, colour: str = "a") -> Box:
        """A share that lies along the ruler; a hairline if nothing can be seen of it."""
        return Box(*self.lying(share), colour=colour)

    def tangent(self, u: float) -> Line:
        """The tangent at u = −ln a, within the area of the curve."""
        middle = self.at(u)
        steep = self.weight * math.exp(min(u, 300.0)) * self.unit / self.across
        along = np.array([1.0, -steep, 0.0]) / math.hypot(1.0, steep)
        x, y = (middle - self.foot)[:2]
        back = min(TANGENT, x / along[0], max(self.unit * self.top - y, 0.0) / -along[1])
        on = min(TANGENT, y / -along[1] if y else 0.0)
        return line(middle - back * along, middle + max(on, BEYOND) * along, colour="ink", width="line")

    def slope(self, u: float) -> float:
        """The slope −1/a = −e^u at u = −ln a, times the weight; no steeper than a float can hold."""
        return -self.weight * math.exp(min(u, 700.0))

    def _steps(self) -> list[float]:
        """The numbers at the upright axis: whole ones, or as fine as there is room for if it ends below 2."""
        step: float = math.ceil(CLOSEST / self.unit)
        if self.top < 2:
            step = next((fine for fine in FINE if fine * self.unit >= CLOSEST), step)
        count = int(self.top / step)
        return [round(n * step, 2) for n in range(1, count + 1) if n * step < self.top - 0.2 * self.weight]

    def _ruler(self, share: Expr) -> VGroup:
        ends = [self.on_ruler(x) for x in (0.0, 0.5, 1.0)]
        ticks = [line(end, end + point(0, -0.1)) for end in ends]
        self.zero, one = (tick_label(n) for n in (0, 1))
        y = self.foot[1] - 0.05 - BAR / 2
        self.zero.move_to(point(ends[0][0] - FIGURES - self.zero.width / 2, y))
        one.move_to(point(ends[2][0] + FIGURES + one.width / 2, y))
        letter = Formula(share).next_to(ends[2], RIGHT, buff=FIGURES).shift(point(0.12, 0.16))
        return VGroup(line(ends[0], ends[2]), *ticks, self.zero, one, letter)

    def _axis(self, is_loss: bool) -> VGroup:
        end = self.on_axis(self.top) + point(0, OVER)
        arrow = tipped(self.foot, end, colour="quiet", width="thin", tip=0.18, stroke_ratio=20)
        letter = Formula(C).next_to(end, UP, buff=0.1) if is_loss else VGroup()
        self._marks = VGroup()  # ticks and break
        for n, figure in zip(self._figured, self.figures, strict=True):
            spot = self.on_axis(n)
            self._marks.add(line(spot, spot + 0.1 * LEFT))
            figure.next_to(spot, LEFT, buff=FIGURES + 0.04)
        if self.broken:
            for lift in (-0.42, -0.3):
                spot = self.on_axis(self.top) + point(0, lift)
                self._marks.add(line(spot + point(-0.14, -0.06), spot + point(0.14, 0.06), colour="ink"))
        return VGroup(arrow, letter, *self.figures, *self._marks)
