"""S written out under its strip: a term for each piece, as many as there is room for, and the sum as one."""

from __future__ import annotations

from collections.abc import Sequence

from manim import UP, Animation, FadeIn, Transform, VGroup
from sympy import Eq, Expr, Integer, evaluate, exp

from softmax_explained.core.formulas.nodes import Dots
from softmax_explained.core.formulas.symbols import S, exp_sum, z
from softmax_explained.scenes.softmax.path_functions import height_first
from softmax_explained.stage import Formula, Region, Strip, glow, rest_of, style
from softmax_explained.stage.design.rate_functions import late
from softmax_explained.stage.text.label_layout import spread

MOST, MOST_NARROW = (
    5,
    3,
)  # most terms of a sum that is written without dots, in a landscape frame and in others
BELOW = 0.28  # Manim units from the strip down to the terms that are still under their pieces
APART = 0.15  # Manim units between two of them
GLOW = 0.1  # Manim units around a term that is lit


def terms_shown(K: int, i: int, most: int) -> list[int]:
    """The classes whose terms are written: all, or the first, the focus class and the last.

    >>> terms_shown(3, 0, 5), terms_shown(10, 4, 5), terms_shown(6, 0, 5)
    ([0, 1, 2], [0, 4, 9], [0, 5])
    """
    return list(range(K)) if most >= K else sorted({0, i, K - 1})


def written_out(classes: Sequence[int]) -> Expr:
    """The sum of e^z_k of some classes, with dots where classes are left out."""
    with evaluate(False):
        total, before = term(classes[0]), classes[0]
        for k in classes[1:]:
            total = (total if before == k - 1 else total + Dots()) + term(k)
            before = k
    return total


def term(k: int) -> Expr:
    """The term e^z of class `k`, counted from 0."""
    with evaluate(False):
        return exp(z[Integer(k + 1)])


class SumLine(Formula):
    """S = e^z_1 + … + e^z_K = Σ_k e^z_k.

    Args:
        K: number of classes.
        i: the focus class.
        stage: whose width it has; it is broken into two lines if it is longer.

    Attributes:
        classes: whose terms are written, counted from 0.
    """

    def __init__(self, K: int, i: int, stage: Region) -> None:
        self.classes = terms_shown(K, i, MOST if stage.is_landscape else MOST_NARROW)
        with evaluate(False):
            super().__init__(Eq(Eq(S, written_out(self.classes)), exp_sum))
        room = stage.width - 2 * GLOW  # its first and its last term can be lit
        if self.width > room:
            self.break_to_fit(room * style().size("least_formula") / self.em)
            self.scale(min(1.0, room / self.width))

    def piece_terms(self, strip: Strip) -> VGroup:
        """Copies of the terms, each under its piece."""
        copies = {k: self.find(term(k)).copy() for k in self.classes}
        for copy in copies.values():
            copy.set_fill(opacity=1).shift((strip.bottom - BELOW - copy.get_top()[1]) * UP)
        ends = strip.left, strip.right
        spread(copies, {k: strip.middle(k) for k in copies}, *ends, gap=APART)
        return VGroup(*copies.values())

    def gather(self, copies: VGroup) -> list[Animation]:
        """Let the terms under their pieces move together into the line, which is whole then.

        Those of a second line go down first, so that they do not cross those of the first.
        """
        goals = [self.find(term(k)).copy() for k in self.classes]
        first = max(float(goal.get_y()) for goal in goals)
        moves: list[Animation] = []
        for copy, goal in zip(copies, goals, strict=True):
            is_below = float(goal.get_y()) < first - goal.height / 2
            moves.append(Transform(copy, goal, path_func=height_first if is_below else None))
        return [*moves, FadeIn(rest_of(self, *map(term, self.classes)), rate_func=late)]

    def light(self, *classes: int) -> VGroup:
        """A glow behind the terms of some classes; those that are not written have none."""
        lit = [k for k in classes if k in self.classes]
        return VGroup(*[glow(self.find(term(k)), margin=GLOW) for k in lit])
