"""What a share costs: the curve −ln a, and a marker that runs along it."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Self

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Dot, Line, Mobject, VGroup, VMobject
from sympy import evaluate, log

from softmax_explained.core import Quantity
from softmax_explained.core.nodes import Literal
from softmax_explained.stage.formula import Formula
from softmax_explained.stage.frame import Region, point
from softmax_explained.stage.network import arrow
from softmax_explained.stage.plot import Plot, dashed
from softmax_explained.stage.style import style
from softmax_explained.stage.type import Readout

LOWEST_TOP = 3.4
"""The vertical axis reaches at least this price."""


class PriceCurve(VGroup):
    """The axes, the curve −ln a over the shares from 0 to 1, and the letters at the axes.

    Every place on the curve is named by its price u = −ln a, for which the share e^(−u) may be as small as
    it likes.

    Args:
        share: the letter of the share, such as a_2.
        price: the highest price that has to be shown.
        region: where it stands, with its letters.

    Attributes:
        plot: the axes.
        curve: the curve.
    """

    def __init__(self, share: Any, price: float, region: Region) -> None:
        self.top = max(LOWEST_TOP, 1.15 * price)
        inner = Region(region.left + 1.5, region.bottom + 0.75, region.right - 0.7, region.top)
        self.plot = Plot(x=(0, 1.08), y=(0, self.top), region=inner)
        self.curve = VMobject(stroke_color=style().colour("C"), stroke_width=style().stroke("thick"))
        self.curve.set_points_as_corners([self.at(u) for u in np.linspace(0, 0.94 * self.top, 200)])
        with evaluate(False):
            height = Formula(-log(share))
        height.next_to(self.plot.at(0, self.top), RIGHT, buff=0.35).shift(0.1 * DOWN)
        width = Formula(share).next_to(self.plot.at(1.08, 0), RIGHT, buff=0.15)
        ends = [Formula(Literal(n), size="label").set_fill(style().colour("quiet")) for n in (0, 1)]
        for n, end in enumerate(ends):
            end.move_to(self.plot.at(n, 0)).shift(0.4 * DOWN)
        self.axes = VGroup(self.plot, *ends, height, width)
        super().__init__(self.axes, self.curve)

    def at(self, u: float) -> Any:
        """The point of the curve where a share costs `u`."""
        return self.plot.at(math.exp(-u), u)

    def tangent(self, u: float) -> Line:
        """The tangent where a share costs `u`; its slope is −1/a = −e^u."""
        slope = -math.exp(min(u, 300.0))
        return self.plot.tangent(math.exp(-u), u, slope, length=2.6, colour="ink")

    def beyond(self) -> Mobject:
        """An arrow from the upper end of the curve out of the picture."""
        start = self.at(0.94 * self.top)
        return arrow(start, start + 0.55 * UP, role="C", width="thick")
