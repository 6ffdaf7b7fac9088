"""The name of a case: a word, and the letters i and j with the sign between them."""

from __future__ import annotations

from typing import Any

from manim import RIGHT, VGroup
from sympy import Expr

from softmax_explained.core.formulas.nodes import Word
from softmax_explained.core.formulas.symbols import i, j
from softmax_explained.stage import Formula, Words


class CaseTag(VGroup):
    """The tag of case i = j or i ≠ j.

    Args:
        word: the word for "case".
        sign: "=" or "≠".

    Attributes:
        word: the word.
        letters: i and j.
        sign: between them.
    """

    def __init__(self, word: Words, sign: str) -> None:
        self.word = word
        self.letters = VGroup(index(i), index(j))
        self.sign = Formula(Word(sign))
        parts = VGroup(word, self.letters[0], self.sign, self.letters[1])
        parts.arrange(RIGHT, buff=0.16)
        for part in (word, *self.letters):
            part.stand_on(0)
        self.sign.set_y(0.12)
        super().__init__(word, self.letters[0], self.sign, self.letters[1])


def index(letter: Expr, **look: Any) -> Formula:
    """One of the letters i and j, in the colour of what it counts: scores or shares."""
    return Formula(letter, role="z" if letter == i else "a", **look)
