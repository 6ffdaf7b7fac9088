"""Chapter: the slope of the loss is the output minus the target."""

from __future__ import annotations

from manim import FadeIn

from second_film.curve.scene import Picture, rows
from second_film.film import FILM
from second_film.theory import C, loss, z
from softmax_explained.core.formulas.symbols import derivative
from softmax_explained.stage import Chapter, Formula, TransformFormula, beat, equals


class Gradient(Chapter, film=FILM):
    def first_picture(self) -> None:
        self.add(Picture(self))

    @beat(hold="result_hold")
    def prediction_minus_target(self) -> None:
        """The first line of the derivation turns into the last; then the numbers."""
        top, below, _ = rows(self.stage)
        first, last = (top.place(Formula(loss.equations[n])) for n in (0, -1))
        number = below.place(Formula(equals(derivative(C, z), self.quantity("g"))))
        self.on("chain", FadeIn(first))
        self.on("result", TransformFormula(first, last))
        self.on("number", FadeIn(number))
