"""A slope as one sees it: a curve, a point of it, and the tangent there, all to one scale."""

from __future__ import annotations

from collections.abc import Callable

from manim import LEFT, RIGHT, UP, VGroup
from sympy import Expr

from softmax_explained.stage.formula import Formula
from softmax_explained.stage.frame import Region
from softmax_explained.stage.pictures.plot import Plot
from softmax_explained.stage.style import style

TANGENT = 1.8
"""Length of a tangent, in Manim's units, where a step of 1 on the axes is one."""


class SlopePicture(VGroup):
    """The curve y = f(x) with its tangent at one point; a steep slope looks steep and a flat one flat.

    Args:
        f: the curve.
        at: x of the point.
        slope: of the curve there.
        x: smallest and largest value on the horizontal axis.
        y: smallest and largest value on the vertical axis.
        region: where the axes stand; their letters stand outside, at their ends.
        letters: what the axes count.
        link: what the slope is, as a formula.
        colour: role of the curve.
        tangent: length of the tangent, in Manim's units.

    Attributes:
        ground: axes, letters and curve.
        tangent: the tangent and its point.
        link: the formula of the slope.
        strokes: axes, curve and tangent, without any letter.
    """

    def __init__(
        self,
        f: Callable[[float], float],
        *,
        at: float,
        slope: float,
        x: tuple[float, float],
        y: tuple[float, float],
        region: Region,
        letters: tuple[Expr, Expr],
        link: Expr,
        colour: str,
        tangent: float = TANGENT,
    ) -> None:
        plot = Plot(x=x, y=y, region=region)
        below, beside = (Formula(letter) for letter in letters)
        below.next_to(plot.at(x[1], y[0]), RIGHT, buff=0.15)
        beside.next_to(plot.at(x[0], y[1]), LEFT, buff=0.15).align_to(plot, UP)
        curve = plot.curve(f, *x, colour=colour, steps=400).set_stroke(opacity=style().dim(colour))
        self.ground = VGroup(plot, below, beside, curve)
        line = plot.tangent(at, f(at), slope, length=tangent, colour="ink")
        self.tangent = VGroup(line, plot.dot(at, f(at), colour="ink"))
        self.strokes = VGroup(plot, curve, *self.tangent)
        self.link = Formula(link)
        super().__init__(self.ground, self.tangent, self.link)
