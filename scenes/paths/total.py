"""The sum S over the graph of the paths, and what leads from it under every bar."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from manim import Animation, Create, Transform, VGroup, VMobject, there_and_back
from sympy import Eq, Expr, evaluate, exp

from softmax_explained.core.formulas.nodes import Dots
from softmax_explained.core.formulas.symbols import S, z
from softmax_explained.scenes.pictures.path_map import PathMap
from softmax_explained.stage import Formula, Region, line, point, style

ALL = 5  # with more classes, only the first term, that of the score and the last are written
READABLE = 0.93  # of the size of formulas: at less, the index of an exponent is too small
SWOLLEN = 1.35  # scale of the term of the score while it grows
BELOW, BESIDE = 0.07, 0.06  # Manim units from a bar down to its thread, and from the cards to the trunk


class TotalOverBars(VGroup):
    """S = e^{z_1} + … + e^{z_K}, and a thread from it that runs under every bar, as a denominator.

    Args:
        graph: the graph of the paths.
        region: of the sum.

    Attributes:
        formula: the sum.
        term: the glyphs of e^{z_i}.
        threads: the trunk, and the lines under the bars; not shown from the start.
    """

    def __init__(self, graph: PathMap, region: Region) -> None:
        count, focus = graph.solution.K, graph.solution.i + 1
        self.formula = _sum(count, focus, region)
        self.term = self.formula.find(exp(z[focus]))
        cards = [row.room for row in graph.rows]
        trunk = float(graph.rows[0].card.get_left()[0]) - BESIDE
        letter = self.formula.find(S)
        turn = min(float(self.formula.get_bottom()[1]), region.bottom) - 0.05
        corners = [
            letter.get_bottom() + point(0, -0.08),
            point(letter.get_x(), turn),
            point(trunk, turn),
            point(trunk, cards[-1].bottom - BELOW),
        ]
        self.trunk = VMobject().set_points_as_corners(np.array(corners))
        self.trunk.set_stroke(style().colour("ink"), style().stroke("thin"))
        self.under = [
            line(point(trunk, y), point(room.right, y), colour="ink")
            for room, y in ((room, room.bottom - BELOW) for room in cards)
        ]
        self.threads = VGroup(self.trunk, *self.under)
        super().__init__(self.formula)

    def swell(self) -> list[Animation]:
        """The animations that let the term of the score grow, and the sum with it, and shrink again."""
        grown = self.term.copy().scale(SWOLLEN)
        aside = (grown.width - self.term.width) / 2
        moves: list[Animation] = [Transform(self.term, grown, rate_func=there_and_back)]
        for glyph in self.formula:
            if glyph not in self.term.submobjects:
                side = -aside if glyph.get_x() < self.term.get_x() else aside
                moves.append(Transform(glyph, glyph.copy().shift(point(side)), rate_func=there_and_back))
        return moves

    def run_under(self) -> list[Animation]:
        """The animations that lead a thread from the sum under every bar."""
        return [Create(each) for each in self.threads]


def _sum(count: int, focus: int, region: Region) -> Formula:
    """The sum in its region; without its last term if the indices would be too small with it."""
    wholes = [Eq(S, total_of(count, focus, last=last), evaluate=False) for last in (True, False)]
    formulas = [region.place(Formula(whole)) for whole in wholes]
    return formulas[0] if formulas[0].em >= READABLE * style().size("formula") else formulas[1]


def total_of(count: int, focus: int, *, last: bool = True) -> Expr:
    """e^{z_1} + … + e^{z_K}; of many terms the first, that of the score and the last, with dots between.

    Without `last`, dots are in the place of the last term of many, unless it is that of the score.

    >>> from softmax_explained.core.printing.unicode import to_text
    >>> to_text(total_of(3, 1)), to_text(total_of(9, 4))
    ('e^(z_1) + e^(z_2) + e^(z_3)', 'e^(z_1) + ⋯ + e^(z_4) + ⋯ + e^(z_9)')
    >>> to_text(total_of(10, 8, last=False))
    'e^(z_1) + ⋯ + e^(z_8) + ⋯'
    """
    shown = list(range(1, count + 1)) if count <= ALL else sorted({1, focus, count})
    if not last and count > ALL and focus != count:
        shown.remove(count)
    with evaluate(False):
        total: Expr = exp(z[shown[0]])
        for before, n in pairwise(shown):
            if n > before + 1:
                total = total + Dots()
            total = total + exp(z[n])
        if shown[-1] < count:
            total = total + Dots()
    return total
