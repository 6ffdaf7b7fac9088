"""A counter for the index of a sum: k = 1, k = 2, and so on."""

from manim import DOWN, LEFT, Animation, FadeIn, FadeOut, VGroup, VMobject
from sympy import Eq, Integer, Symbol, evaluate

from softmax_explained.stage.text.formula import Formula


class Counter:
    """An index and its current value below a sum.

    Args:
        letter: the index of the sum.
        last: the highest value.
        under: the sum.
    """

    def __init__(self, letter: Symbol, last: int, under: VMobject) -> None:
        self._numbers = list[VGroup]()
        for n in range(1, last + 1):
            with evaluate(False):
                formula = Formula(Eq(letter, Integer(n)))
            formula.next_to(under, DOWN, buff=0.25).align_to(under, LEFT)
            self._numbers.append(formula.find(Integer(n)))
            if n == 1:
                self._letter = VGroup(*[glyph for glyph in formula if glyph not in self._numbers[0]])
        self._shown = VGroup()

    def to(self, n: int) -> list[Animation]:
        """Change the value; the first call also shows the index."""
        leaving = [FadeOut(self._shown)] if len(self._shown) else [FadeIn(self._letter)]
        self._shown = self._numbers[n - 1]
        return [*leaving, FadeIn(self._shown)]

    def leave(self) -> list[Animation]:
        """Fade out."""
        return [FadeOut(self._letter), FadeOut(self._shown)]
