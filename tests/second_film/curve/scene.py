"""Chapter: the output of the neuron as a curve over its score."""

from __future__ import annotations

import math

from manim import UP, Create, FadeIn, VGroup
from sympy import Eq

from second_film.film import FILM
from second_film.theory import SIGMOID, a
from softmax_explained.stage import Chapter, Formula, Plot, Region, beat, equals


def rows(stage: Region) -> tuple[Region, Region, Region]:
    """The regions of the formula, of a number and of the curve, in both chapters."""
    return stage.rows(1, 0.7, 2.6, gap=0.2)


class Picture(VGroup):
    """Axes, the curve, and the point of the lesson with its output."""

    def __init__(self, chapter: Chapter) -> None:
        neuron, (_, _, below) = chapter.solution, rows(chapter.stage)
        plot = Plot(x=(-4, 4), y=(0, 1.1), region=below.inset(0.5, 0.3), origin=(0, 0))
        curve = plot.curve(lambda z: 1 / (1 + math.exp(-z)), -4, 4, colour="a")
        dot = plot.dot(neuron.z, neuron.a, colour="a")
        value = Formula(equals(a, chapter.quantity("a"))).next_to(dot, UP)
        self.plot, self.curve, self.point = plot, curve, VGroup(dot, value)
        super().__init__(plot, curve, self.point)


class Curve(Chapter, film=FILM):
    def first_picture(self) -> None:
        self._picture = Picture(self)
        self.add(self._picture.plot)

    @beat
    def output(self) -> None:
        """The formula, the curve, and the point of the lesson on it."""
        top, *_ = rows(self.stage)
        self.on("formula", FadeIn(top.place(Formula(Eq(a, SIGMOID, evaluate=False)))))
        self.on("curve", Create(self._picture.curve))
        self.on("point", FadeIn(self._picture.point))
