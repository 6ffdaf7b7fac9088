"""The loss term by term, one below the other, and ∂/∂a_j before them."""

from __future__ import annotations

from typing import Any

from manim import DOWN, LEFT, PI, RIGHT, Animation, FadeIn, FadeOut, LaggedStart, Transform, VGroup, VMobject
from sympy import Eq, Expr, Integer, evaluate, log

from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.nodes import Dots, Literal
from softmax_explained.core.formulas.symbols import a, j, y
from softmax_explained.stage import Formula, Region, Words, frame_around, line, point
from softmax_explained.stage.design.rate_functions import early, late

ALL = 6  # with more classes, only the first term, the framed one and the last are written
PITCH, CLOSEST = 0.95, 0.66  # Manim units between two rows, at most and at least
DOTS, SMALLER = 0.55, 0.75  # of the height of a row: that of dots; and the scale of the dots in it
UNDER = 0.18  # Manim units from the operator down to its words
OPERATOR, NARROW = 0.34, 0.7  # part of the width for ∂/∂a_j and its label; and part of that for the label
MARGIN = 0.12  # Manim units between the chosen row and its frame, at most above and below it
ASIDE = 0.5  # Manim units from the chosen row to j = …
EDGE = 0.25  # Manim units between the rule and the terms, and at least between the label and the rule


class LossRows(VGroup):
    """A row −y_k ln a_k per class, with dots for what there is no room for; a rule at their left.

    Args:
        count: K.
        chosen: the class of the row that will be framed.
        label: what is written under ∂/∂a_j.
        region: of all of it.

    Attributes:
        rows: by class, the terms that are written.
        dots: between them.
        zeros: by class, what becomes of the other terms, in their places.
        chosen: the row of the chosen class.
        index: j = …, right of it.
        pitch: Manim units between two rows.
        operator, rule, label: ∂/∂a_j, the line between it and the terms, and the words; shown later.
    """

    def __init__(self, count: int, chosen: int, label: Words, region: Region) -> None:
        before, place = region.columns(OPERATOR, 1 - OPERATOR)
        written = _written(count, chosen, int(region.height / CLOSEST))
        heights = [DOTS if k is None else 1.0 for k in written]
        pitch = self.pitch = min(PITCH, region.height / sum(heights))
        top = region.y + pitch * sum(heights) / 2
        self.rows, self.zeros = dict[int, Formula](), dict[int, Formula]()
        dots = list[Formula]()
        for n, k in enumerate(written):
            at = point(place.left + EDGE, top - pitch * (sum(heights[:n]) + heights[n] / 2))
            if k is None:
                dots.append(
                    Formula(Dots()).rotate(PI / 2).scale(SMALLER).move_to(at, LEFT).shift(0.5 * RIGHT)
                )
                continue
            self.rows[k] = Formula(term(k)).move_to(at, LEFT)
            zero = Formula(Literal(0), role="quiet")
            self.zeros[k] = zero.move_to(self.rows[k]) if k != chosen else zero
        self.zeros.pop(chosen, None)
        self.dots = VGroup(*dots)
        self.chosen, self._number = self.rows[chosen], chosen + 1
        self.index = Formula(Eq(j, Integer(chosen + 1), evaluate=False))
        self._fit(place.right)
        self.index.next_to(self.chosen, RIGHT, buff=ASIDE)
        self.operator = operator().move_to(point(before.x, region.y + 0.2))
        room = before.width - 2 * EDGE
        fits = label.lines_in(room) == 1
        self.label = label.fit_width(room if fits else NARROW * before.width, lines=3)
        self.label.next_to(self.operator, DOWN, buff=UNDER)
        self.rule = line(point(place.left, top), point(place.left, top - pitch * sum(heights)))
        super().__init__(*self.rows.values(), self.dots)

    def _fit(self, right: float) -> None:
        """Shrink the terms where the chosen one and j = … are too long for their column."""
        left = float(self.chosen.get_left()[0])
        room = (right - left - ASIDE) / float(self.chosen.width + self.index.width)
        if room < 1:
            for each in (*self.rows.values(), self.index):
                each.scale(room, about_edge=LEFT)
            for k, zero in self.zeros.items():
                zero.move_to(self.rows[k])

    def frame(self) -> VMobject:
        """A frame around the chosen row, clear of the rows above and below it."""
        gap = self.pitch - float(self.chosen.height)
        return frame_around(self.chosen, margin=min(MARGIN, gap / 3), beside=MARGIN)

    def come(self) -> list[Animation]:
        """The animations that let the terms come down from the sum, one after another."""
        rows = sorted((*self.rows.values(), *self.dots), key=lambda row: -row.get_y())
        return [LaggedStart(*[FadeIn(row, shift=0.2 * DOWN) for row in rows], lag_ratio=0.4)]

    def put_into(self, line: Formula, body: VGroup) -> list[Animation]:
        """The animations that move the chosen row to where it stands in a line, with j for its number."""
        numbers = _indices(self.chosen, self._number)
        letters = [glyph for glyph in _indices(line, j) if glyph in body.submobjects]
        kept = VGroup(*[glyph for glyph in self.chosen if glyph not in numbers])
        there = VGroup(*[glyph for glyph in body if glyph not in letters]).copy()
        gone = FadeOut(VGroup(*numbers), rate_func=early)
        return [gone, Transform(kept, there), FadeIn(VGroup(*letters), rate_func=late)]


def term(k: int) -> Expr:
    """−y_k ln a_k of class k, counted from 0.

    >>> from softmax_explained.core.printing.unicode import to_text
    >>> to_text(term(1))
    '−y_2 ln a_2'
    """
    with evaluate(False):
        return -y[k + 1] * log(a[k + 1])


def operator() -> VGroup:
    """The glyphs ∂/∂a_j of a derivative, without what it is taken of."""
    formula = Formula(DERIVATIONS["loss_slope"].equations[1].rhs)
    fences = [node for node in formula.nodes if node.kind == "paren"]
    inside = {id(glyph) for node in fences for glyph in formula.glyphs(node)}
    return VGroup(*[glyph for glyph in formula if id(glyph) not in inside])


def _written(count: int, chosen: int, room: int) -> list[int | None]:
    """The classes whose terms are written, and None for dots."""
    if count <= min(ALL, room):
        return list(range(count))
    shown = list[int | None]()
    for k in sorted({0, chosen, count - 1}):
        if shown and k > (shown[-1] or 0) + 1:
            shown.append(None)
        shown.append(k)
    return shown


def _indices(formula: Formula, index: Any) -> list[VMobject]:
    """The glyphs of an index of y and of a, wherever they occur: all but the letter."""
    nodes = [node for base in (y, a) for node in formula.matches(base[index])]
    return [glyph for node in nodes for glyph in formula.glyphs(node)[1:]]
