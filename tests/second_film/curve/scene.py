"""Chapter: the output of the neuron as a curve over its score."""

from __future__ import annotations

import math

from manim import UP, Create, FadeIn
from sympy import Eq

from second_film.film import FILM
from second_film.theory import SIGMOID, a
from softmax_explained.stage import Chapter, Formula, Plot, beat, equals


class Curve(Chapter, film=FILM):
    @beat
    def output(self) -> None:
        """The formula, the curve, and the point of the lesson on it."""
        top, below = self.stage.rows(1, 2.5, gap=0.3)
        formula = top.place(Formula(Eq(a, SIGMOID, evaluate=False)))
        plot = Plot(x=(-4, 4), y=(0, 1.1), region=below.inset(0.5, 0.3), origin=(0, 0))
        curve = plot.curve(lambda z: 1 / (1 + math.exp(-z)), -4, 4, colour="a")
        dot = plot.dot(self.solution.z, self.solution.a, colour="a")
        value = Formula(equals(a, self.quantity("a"))).next_to(dot, UP)
        self.on("formula", FadeIn(formula))
        self.on("curve", FadeIn(plot), Create(curve))
        self.on("point", FadeIn(dot, value))
