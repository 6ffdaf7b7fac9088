"""Plots of a function with its tangent at one point, drawn to one scale so that slopes compare by eye."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from manim import LEFT, RIGHT, UP, VGroup
from sympy import Expr, evaluate

from softmax_explained.core.formulas.symbols import C, Q, a, i, j, y, z
from softmax_explained.core.numerics.softmax import softmax
from softmax_explained.core.solve import Solution
from softmax_explained.stage.charts.plot import Plot
from softmax_explained.stage.design.layout import Region
from softmax_explained.stage.design.style import style
from softmax_explained.stage.text.formula import Formula

TINY = 1e-300  # lower bound of a share that is plotted: ln 0 is not on the plot
FULL_HEIGHT = 2.2  # axes at least this high have a unit of 1 Manim unit; lower ones a smaller unit
# Manim units reserved around the axes for their letters
OVER_AXES, UNDER_AXES, BEFORE_AXES, BEHIND_AXES = 0.2, 0.3, 0.6, 0.75
LETTER, BESIDE = 0.7, 0.2  # Manim units from an axis to the end of its letter, and from there to a formula
TANGENT = 1.8  # length of a tangent in units of the axes

with evaluate(False):
    STEEP, FLAT, BOUNDED = -y[j] / a[j], -a[i] * a[j], a[j] - y[j]


@dataclass(frozen=True)
class Factor:
    """A factor of a chain rule: a function of one variable and its derivative at the solution's value."""

    f: Callable[[float], float]  # the function
    at: float  # the value of its argument in the solution
    slope: float  # f'(at)
    formula: Expr  # the derivative as an expression
    letters: tuple[Expr, Expr]  # the symbols of the argument and of the function value
    colour: str  # role of the curve


def cross_entropy_factor(solution: Solution) -> Factor:
    """−y ln a of the true class over its share a; steep where the share is small."""
    y_t, a_t = _target(solution), _share(solution)
    return Factor(lambda x: float(-y_t * np.log(max(x, TINY))), a_t, -y_t / a_t, STEEP, (a[j], C), "C")


def squared_error_factor(solution: Solution) -> Factor:
    """½(a − y)² of the true class over its share a; nowhere steeper than 1."""
    y_t, a_t = _target(solution), _share(solution)
    return Factor(lambda x: 0.5 * (x - y_t) ** 2, a_t, a_t - y_t, BOUNDED, (a[j], Q), "C")


def softmax_factor(solution: Solution) -> Factor:
    """The share of the true class over the score of the focus class."""
    t, i_ = solution.t, solution.i
    score, one = float(solution.z[i_]), np.eye(solution.K)[i_]
    share = lambda x: float(softmax(solution.z + (x - score) * one)[t])  # noqa: E731
    return Factor(share, score, float(solution.J[t, i_]), FLAT, (z[i], a[j]), "a")


def steep_plot(solution: Solution, region: Region) -> TangentPlot:
    """Plot the loss of the true class over its share, at the left of a region."""
    left, bottom, height, unit = _axes(region)
    loss = float(solution["loss_term[t]"].value)
    factor, y_range = cross_entropy_factor(solution), (0.0, max(height / unit, 1.6 * loss))
    axes = Region(left, bottom, left + 1.2 * unit, bottom + height)
    plot = TangentPlot(factor, x=(0.0, 1.2), y=y_range, region=axes, length=TANGENT * unit)
    plot.formula.next_to(plot.ground, UP, buff=0).align_to(plot.ground, UP)
    beside = left + 1.2 * unit + LETTER + BESIDE + plot.formula.width / 2
    plot.formula.set_x(left + 1.5 if unit == 1 else beside)
    return plot


def flat_plot(solution: Solution, region: Region) -> TangentPlot:
    """Plot the share of the true class over the score of the focus class, at the right of a region."""
    factor, (left, bottom, _, unit) = softmax_factor(solution), _axes(region)
    right = region.right - BEHIND_AXES
    available = right - left - 1.2 * unit - 2 * LETTER - 2 * BESIDE - Formula(STEEP).width
    half = min(1.4, available / (2 * unit))
    width = 2 * half * unit
    axes, length = Region(right - width, bottom, right, bottom + unit), min(TANGENT, width)
    x_range = factor.at - half, factor.at + half
    plot = TangentPlot(factor, x=x_range, y=(0.0, 1.0), region=axes, length=length)
    plot.formula.next_to(plot.ground, UP, buff=BESIDE).set_x(right - width / 2)
    return plot


def _axes(region: Region) -> tuple[float, float, float, float]:
    """Left edge, bottom and maximum height of axes in a region, and Manim units per unit of the axes."""
    height = region.height - OVER_AXES - UNDER_AXES
    return region.left + BEFORE_AXES, region.bottom + UNDER_AXES, height, min(1.0, height / FULL_HEIGHT)


def _target(solution: Solution) -> float:
    return float(solution.lesson.targets[solution.t])


def _share(solution: Solution) -> float:
    return max(float(solution.a[solution.t]), TINY)


class TangentPlot(VGroup):
    """The graph of a factor with its tangent at the solution's value.

    Args:
        factor: what is plotted.
        x: range of the horizontal axis.
        y: range of the vertical axis.
        region: of the axes; their letters are outside, at the ends.
        length: of the tangent, in Manim units.
        gaps: Manim units from the horizontal and from the vertical axis to its letter.
        clip: end the tangent where the horizontal axis ends.

    Attributes:
        ground: axes, letters and curve.
        tangent: the tangent and its point.
        formula: the slope.
        strokes: axes, curve and tangent, without letters.
    """

    def __init__(
        self,
        factor: Factor,
        *,
        x: tuple[float, float],
        y: tuple[float, float],
        region: Region,
        length: float,
        gaps: tuple[float, float] = (0.15, 0.15),
        clip: bool = False,
    ) -> None:
        plot, at = Plot(x=x, y=y, region=region), factor.at
        below, beside = (Formula(letter) for letter in factor.letters)
        below.next_to(plot.at(x[1], y[0]), RIGHT, buff=gaps[0])
        beside.next_to(plot.at(x[0], y[1]), LEFT, buff=gaps[1]).align_to(plot, UP)
        curve = plot.curve(factor.f, *x, colour=factor.colour, steps=400)
        curve.set_stroke(opacity=style().dim(factor.colour))
        self.ground = VGroup(plot, below, beside, curve)
        line = plot.tangent(at, factor.f(at), factor.slope, length=length, colour="ink")
        start, middle, end = line.get_start(), line.get_center(), line.get_end()
        over = float(end[0] - plot.at(x[1], y[0])[0])
        if clip and over > 0:
            line.put_start_and_end_on(start, end + over / float(end[0] - middle[0]) * (middle - end))
        self.tangent = VGroup(line, plot.dot(at, factor.f(at), colour="ink"))
        self.strokes = VGroup(plot, curve, *self.tangent)
        self.formula = Formula(factor.formula)
        super().__init__(self.ground, self.tangent, self.formula)
