"""A letter and what it is set to: ε = 0.1, with a number that can move."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

from manim import LEFT, UP, VGroup
from sympy import Expr

from softmax_explained.core import Quantity
from softmax_explained.core.formulas.nodes import Word
from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import Readout


class SettingOf(VGroup):
    """A letter, an equals sign and a number on one baseline.

    Args:
        letter: what is set.
        quantity: what it is set to.
    """

    def __init__(self, letter: Expr, quantity: Quantity) -> None:
        self.number = Readout(quantity, size="formula")
        self._equals = Formula(Word("="))
        super().__init__(Formula(letter), self._equals, self.number)
        self.arrange(buff=0.22)
        for part in self:
            part.stand_on(0.0)

    def level_with(self, formula: Formula) -> Self:
        """Move up or down so that the equals sign stands on the height of the formula's."""
        return self.shift((formula.find("=", 0).get_y() - self._equals.get_y()) * UP)

    def follow(self, value: Callable[[], float]) -> Self:
        """Show `value()` in every frame until `settle`."""
        self.number.follow(value, edge=LEFT).update()
        return self

    def settle(self) -> Self:
        """Show the quantity again."""
        self.number.settle(edge=LEFT)
        return self
