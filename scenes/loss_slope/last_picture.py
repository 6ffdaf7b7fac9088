"""The last picture of the chapter: the map with its right slots filled, and the line that fills them."""

from __future__ import annotations

from manim import LEFT, UP, Dot, Line, VGroup

from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.paths.last_picture import centred, docked_map, map_and_lines
from softmax_explained.scenes.pictures.price_curve import BAR, BEFORE, NUMBER, PriceCurve
from softmax_explained.scenes.pictures.rule_card import log_rule_card
from softmax_explained.stage import AlgebraSheet, Formula, Readout, Region, point, style

CARD = 4.4, 2.6  # Manim units: size of the card at most
LOW = 1.8  # Manim units: height of a card at least
DOWN_FROM_TOP = 0.03  # part of the height above the first line
APART = 0.35  # Manim units between the lines, the curve and the card
FIGURE = 0.6  # Manim units that the curve needs left of its axis, without the number of the loss
BELOW = 0.5  # Manim units that it needs below its ruler


class LastPicture(VGroup):
    """The map with −y/a in every right slot, and ∂C/∂a_j = −y_j/a_j under its dimmed parent.

    Attributes:
        map: in its docked place.
        sheet: of the two lines.
        parent, line: ∂C/∂a_j = ∂/∂a_j (−y_j ln a_j), dimmed, and = −y_j/a_j.
        curve: −ln a, as in the chapter on the loss; with a soft target the term −y_t ln a_t.
        dot, tangent: at the share of the true class.
        card: the log rule.
    """

    def __init__(self, chapter: Chapter) -> None:
        solution = chapter.solution
        docked, free = map_and_lines(chapter)
        self.map = docked_map(chapter, docked)
        self.map.put("right", link_values(chapter))
        self.sheet = slope_sheet(free)
        self.parent, self.line = self.sheet.lines
        self.parent.deemphasise()
        drawn, written = _beside(self.line, self.parent, free)
        price = -float(solution.log_a[solution.t])
        foot = drawn.bottom - BAR - NUMBER + BELOW
        region = Region(drawn.left - BEFORE + FIGURE, foot, drawn.right, drawn.top)
        # a soft target weighs the term, so that −ln a has not the slope −y/a that is spoken of
        term = (solution.t, float(solution.lesson.targets[solution.t])) if solution.is_soft else None
        self.curve = PriceCurve(region, price, is_loss=not solution.is_soft, term=term)
        label = self.curve.label
        room = (drawn.right - float(label.get_left()[0])) / label.width
        # the card is where the label of the curve would be, or that of a class of two digits is too long
        if written.left > drawn.left or room * label.em < style().size("least_formula"):
            self.curve.remove(label)
        elif room < 1:
            label.scale(room, about_edge=LEFT)
        if written.left <= drawn.left:
            right = float(self.curve.get_left()[0]) - APART
            written = centred(Region(written.left, written.bottom, right, written.top), *CARD)
        self.dot, self.tangent = tangent_at(self.curve, price)
        self.card = log_rule_card(chapter, written)
        super().__init__(self.map, self.parent, self.line, self.curve, self.tangent, self.dot, self.card)


def slope_sheet(free: Region) -> AlgebraSheet:
    """The last two lines of the slope of the loss, in the upper left corner of a region."""
    equations = DERIVATIONS["loss_slope"].equations
    sheet = AlgebraSheet([equations[1], equations[2]], free)
    whole = VGroup(*sheet.lines)
    whole.move_to(point(free.left, free.top - DOWN_FROM_TOP * free.height), UP + LEFT)
    return sheet


def _beside(line: Formula, parent: Formula, free: Region) -> tuple[Region, Region]:
    """The regions of the curve, right of the last line, and of the card, under that line if there is room."""
    edge = float(line.get_right()[0]) + APART
    right = Region(edge, free.bottom, free.right, float(parent.get_bottom()[1]) - APART)
    under = Region(free.left, free.bottom, edge - APART, float(line.get_bottom()[1]) - APART)
    if under.height >= LOW:
        return right, under
    drawn, written = right.columns(0.45, 0.55, gap=APART)
    return drawn, written


def tangent_at(curve: PriceCurve, price: float) -> tuple[Dot, Line]:
    """A dot on the curve at a price −ln a, and its tangent."""
    return Dot(curve.at(price), radius=0.11, color=style().colour("ink")), curve.tangent(price)


def link_values(chapter: Chapter) -> dict[int, Readout]:
    """The slope −y/a of every class."""
    solution = chapter.solution
    return {k: Readout(solution[f"dCda[{k}]"], size="least", colour="C") for k in range(solution.K)}
