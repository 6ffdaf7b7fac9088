"""A slope as one sees it: a curve, a point of it, and the tangent there, all to one scale."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import LEFT, RIGHT, UP, VGroup
from sympy import Expr, evaluate

from softmax_explained.core.formulas.symbols import C, a, i, j, y, z
from softmax_explained.core.numerics.softmax import softmax
from softmax_explained.core.solve import Solution
from softmax_explained.stage.charts.plot import Plot
from softmax_explained.stage.design.layout import Region
from softmax_explained.stage.design.style import style
from softmax_explained.stage.text.formula import Formula

TINY = 1e-300  # A share that underflows to 0 is drawn here: ln 0 has no place on a plot
# Where axes can be so high, a step of 1 on each is 1 of Manim's units; else less, on all of them alike
FULL_HEIGHT = 2.2
# Manim units kept around the axes, for letters
OVER_AXES, UNDER_AXES, BEFORE_AXES, BEHIND_AXES = 0.2, 0.3, 0.6, 0.75
LETTER, BESIDE = 0.7, 0.2  # Manim units from an axis to the end of its letter, and from there to a formula

with evaluate(False):
    STEEP, FLAT = -y[j] / a[j], -a[i] * a[j]


def steep_plot(solution: Solution, region: Region) -> TangentPlot:
    """Draw what the true class pays over its share, at the left of a region."""
    weight = float(solution.lesson.targets[solution.t])
    share = max(float(solution.a[solution.t]), TINY)
    paid = float(solution["loss_term[t]"].value)
    left, bottom, height, unit = _axes(region)
    picture = TangentPlot(
        lambda x: float(-weight * np.log(max(x, TINY))),
        at=share,
        slope=float(-weight / share),
        x=(0.0, 1.2),
        y=(0.0, max(height / unit, 1.6 * paid)),
        region=Region(left, bottom, left + 1.2 * unit, bottom + height),
        letters=(a[j], C),
        link=STEEP,
        colour="C",
        tangent=TANGENT * unit,
    )
    picture.link.next_to(picture.ground, UP, buff=0).align_to(picture.ground, UP)
    beside = left + 1.2 * unit + LETTER + BESIDE + picture.link.width / 2
    picture.link.set_x(left + 1.5 if unit == 1 else beside)
    return picture


def flat_plot(solution: Solution, region: Region) -> TangentPlot:
    """Draw the share of the true class over the score of the focus class, at the right of a region."""
    score, one = float(solution.z[solution.i]), np.eye(solution.K)[solution.i]
    left, bottom, _, unit = _axes(region)
    right = region.right - BEHIND_AXES
    room = right - left - 1.2 * unit - 2 * LETTER - BESIDE - Formula(STEEP).width - BESIDE
    half = min(1.4, room / (2 * unit))
    picture = TangentPlot(
        lambda x: float(softmax(solution.z + (x - score) * one)[solution.t]),
        at=score,
        slope=float(solution.J[solution.t, solution.i]),
        x=(score - half, score + half),
        y=(0.0, 1.0),
        region=Region(right - 2 * half * unit, bottom, right, bottom + unit),
        letters=(z[i], a[j]),
        link=FLAT,
        colour="a",
        tangent=min(TANGENT, 2 * half * unit),
    )
    picture.link.next_to(picture.ground, UP, buff=BESIDE).set_x(right - half * unit)
    return picture


def _axes(region: Region) -> tuple[float, float, float, float]:
    """Left edge, bottom and greatest height of axes in a region, and the Manim units of a step of 1."""
    height = region.height - OVER_AXES - UNDER_AXES
    return region.left + BEFORE_AXES, region.bottom + UNDER_AXES, height, min(1.0, height / FULL_HEIGHT)


TANGENT = 1.8  # length of a tangent, in Manim's units, where a step of 1 on the axes is one


class TangentPlot(VGroup):
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
