"""One row of a comparison: the first link of a loss, the flat link that follows it, and their product."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np
from manim import LEFT, RIGHT, UP, VGroup
from sympy import Expr, Indexed, evaluate

from softmax_explained.core import Solution
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.nodes import Paren
from softmax_explained.core.formulas.symbols import C, Q, a, i, j, y, z
from softmax_explained.core.numerics.softmax import softmax
from softmax_explained.stage.charts.plot import Plot
from softmax_explained.stage.design.layout import Region
from softmax_explained.stage.design.style import style
from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import Words

TINY = 1e-300  # A share that underflows to 0 is drawn here: ln 0 has no place on a plot
UNIT = 1.0  # Manim units of a step of 1 on every axis, so that slopes can be compared by eye
SHARES, SCORES = 1.2, 1.8  # how much of the share's axis and of the score's axis is drawn
FLAT_HEIGHT = 1.0  # height of the flat picture: shares from 0 to 1
# Manim units kept for the letters at the left of the first axes, and between the two pictures
BEFORE, BETWEEN = 0.8, 1.35
TANGENT = 1.1  # length of a tangent, in Manim's units

with evaluate(False):
    FLAT = -a[i] * a[j]
    STEEP = Paren(-y[j] / a[j])
    BOUNDED = a[j] - y[j]


@dataclass(frozen=True)
class FirstLink:
    """What a loss pays for the share of the true class, and how fast that changes.

    Attributes:
        paid: the part of the loss that depends on this share.
        slope: of that, at the share the lesson gives.
        link: the slope as a formula.
        loss: its letter.
    """

    paid: Callable[[float], float]
    slope: float
    link: Expr
    loss: Expr

    @classmethod
    def of_cross_entropy(cls, solution: Solution) -> Self:
        """The price −y ln a, steep where the share is small."""
        weight, share = _target(solution), _share(solution)
        return cls(lambda x: float(-weight * np.log(max(x, TINY))), -weight / share, STEEP, C)

    @classmethod
    def of_squared_error(cls, solution: Solution) -> Self:
        """The price ½(a − y)², nowhere steeper than 1."""
        weight, share = _target(solution), _share(solution)
        return cls(lambda x: 0.5 * (x - weight) ** 2, share - weight, BOUNDED, Q)


class FirstLinks:
    """The name of a loss, the curve of its first link, the curve of the flat link, and both as a product.

    Args:
        solution: where the curves come from.
        first: the first link.
        name: of the loss.
        regions: where the name, the two pictures and the product stand.

    Attributes:
        name: of the loss, shrunk or broken to fit.
        first: the loss over the share of the true class, with its tangent.
        flat: the share of the true class over the score of the focus class, with its tangent.
        product: both links as one formula.
    """

    def __init__(
        self, solution: Solution, first: FirstLink, name: Words, regions: tuple[Region, Region, Region]
    ) -> None:
        head, pictures, line = regions
        self.name = head.place(name.fit_width(head.width), LEFT)
        with evaluate(False):
            self.product = line.place(Formula(first.link * FLAT), LEFT)
        width = BEFORE + SHARES * UNIT + BETWEEN + SCORES * UNIT + 0.6
        left = pictures.x - min(width, pictures.width) / 2 + BEFORE
        self.first = self._first(solution, first, left, pictures)
        self.flat = self._flat(solution, left + SHARES * UNIT + BETWEEN, pictures)

    def _first(self, solution: Solution, first: FirstLink, left: float, pictures: Region) -> VGroup:
        share, height = _share(solution), pictures.height - 0.3
        top = max(height / UNIT, 1.6 * first.paid(share))
        region = Region(left, pictures.bottom + 0.15, left + SHARES * UNIT, pictures.bottom + 0.15 + height)
        plot = Plot(x=(0.0, SHARES), y=(0.0, top), region=region)
        return _picture(plot, first.paid, share, first.slope, (a[j], first.loss), "C")

    def _flat(self, solution: Solution, left: float, pictures: Region) -> VGroup:
        score, one = float(solution.z[solution.i]), np.eye(solution.K)[solution.i]
        low, half = pictures.y - FLAT_HEIGHT / 2, SCORES / 2
        region = Region(left, low, left + SCORES * UNIT, low + FLAT_HEIGHT)
        plot = Plot(x=(score - half, score + half), y=(0.0, 1.0), region=region)
        return _picture(
            plot,
            lambda x: float(softmax(solution.z + (x - score) * one)[solution.t]),
            score,
            float(solution.J[solution.t, solution.i]),
            (z[i], a[j]),
            "a",
        )


def _picture(
    plot: Plot,
    f: Callable[[float], float],
    at: float,
    slope: float,
    letters: tuple[Indexed, Expr],
    colour: str,
) -> VGroup:
    """Draw a curve with its tangent at one point; the axes carry their letters."""
    (left, right), (bottom, top) = plot.x_range, plot.y_range
    below, beside = (Formula(letter) for letter in letters)
    below.next_to(plot.at(right, bottom), RIGHT, buff=0.12)
    beside.next_to(plot.at(left, top), LEFT, buff=0.2).align_to(plot, UP)
    curve = plot.curve(f, left, right, colour=colour, steps=400).set_stroke(opacity=style().dim(colour))
    line = plot.tangent(at, f(at), slope, length=TANGENT, colour="ink")
    over = float(line.get_end()[0] - plot.at(right, bottom)[0]) / float(line.get_end()[0] - line.get_x())
    if over > 0:  # no tangent runs into the letter at the end of the axis
        line.put_start_and_end_on(
            line.get_start(), line.get_end() + over * (line.get_center() - line.get_end())
        )
    return VGroup(plot, below, beside, curve, line, plot.dot(at, f(at), colour="ink"))


def _target(solution: Solution) -> float:
    return float(solution.lesson.targets[solution.t])


def _share(solution: Solution) -> float:
    return max(float(solution.a[solution.t]), TINY)


# What the steep link leaves of the product: the flatness is gone
PATH_LEFT_OVER = DERIVATIONS["other_path"].equations[-1].rhs
