"""The card of the quotient rule, whose picture is a strip: its part grows, or the whole grows around it."""

from __future__ import annotations

from functools import partial

from manim import DOWN, RIGHT, UP, Animation, FadeIn, FadeOut, ReplacementTransform, VGroup
from sympy import evaluate

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.formulas.nodes import Literal
from softmax_explained.core.formulas.symbols import f, f_prime, g, g_prime
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.pictures.rule_card import RuleCard
from softmax_explained.stage import Box, Formula, Region, span, style
from softmax_explained.stage.animations.grow_bar import GrowBar
from softmax_explained.stage.design.rate_functions import early
from softmax_explained.stage.text.label_layout import spread

PART, STEP = 0.52, 0.17  # of the strip: its part f, and what f gains; g grows by as much
LOW = 2.2  # Manim units: a picture lower than this has no room for a span
APART = 0.3  # Manim units between the names of the slices
THICK, GAP = 0.9, 0.03  # Manim units: height of the strip at most, and between the part and the rest

with evaluate(False):
    GAIN, TAKEN, SHARE = f_prime * g, f * g_prime, f / g
    PER_WHOLE, TAX = f_prime / g, (f / g) * (g_prime / g)


class QuotientStrip(VGroup):
    """A strip g with its part f, drawn to a length of 1: what f gains, and what it gives up when g grows.

    Args:
        region: where it is drawn.
        brief: without letters, with both slices.

    Attributes:
        rest, part: the rest of g, and f.
        gain, tax: the slices; shown once they have grown.
        names: f/g over the part, 1 under the whole, where there is room for it.
        gain_name, tax_name: f′/g and (f/g)(g′/g), over the slices.
    """

    def __init__(self, region: Region, *, brief: bool = False) -> None:
        left, right = region.left + 0.1, region.right - 0.1
        low = region.height < LOW  # then 1 is not written
        width, thick = right - left, min(THICK, (0.22 if low else 0.26) * region.height)
        y = region.bottom + thick / 2 + (0.05 if low else 0.68) if not brief else region.y
        cut, bottom, top = left + PART * width, y - thick / 2, y + thick / 2
        self.part = Box(left, bottom, cut, top, colour="a")
        self.rest = Box(cut + GAP, bottom, right, top, colour="a", opacity=0.45)
        self.gain = Box(cut + GAP, bottom, cut + GAP + STEP * width, top, colour="growth")
        self.tax = Box(cut - PART * STEP * width, bottom, cut, top, colour="minus")
        self.names, self.gain_name, self.tax_name = VGroup(), VGroup(), VGroup()
        super().__init__(self.rest, self.part)
        if brief:
            self.add(self.gain, self.tax)
            return
        whole, one = span(left, right, bottom - 0.22), Formula(Literal(1))
        share = Formula(SHARE, role="a")
        self.gain_name, self.tax_name = (Formula(PER_WHOLE, role="growth"), Formula(TAX, role="minus"))
        for name in (share, self.gain_name, self.tax_name):
            name.scale(min(1.0, (region.top - top - 0.14) / name.height)).next_to(self.gain, UP, buff=0.1)
        names = {0: share, 1: self.tax_name, 2: self.gain_name}
        places = {0: left + 0.5 * PART * (1 - STEP) * width}
        places |= {n: float(each.get_x()) for n, each in ((1, self.tax), (2, self.gain))}
        spread(names, places, left, right, gap=APART)
        self.names = VGroup(share)
        if not low:
            one.scale(min(1.0, 0.8 * thick / one.height)).next_to(whole, DOWN, buff=0.1)
            self.names.add(one, whole)
        self.add(self.names)

    def grow_part(self) -> list[Animation]:
        """The animations in which f grows."""
        return [GrowBar(self.gain, -RIGHT), FadeIn(self.gain_name)]

    def grow_whole(self) -> list[Animation]:
        """The animations in which g grows: the part gives up a slice."""
        return [GrowBar(self.tax, RIGHT), FadeIn(self.tax_name)]


class QuotientCard(RuleCard):
    """The card of the quotient rule.

    Attributes:
        picture: the strip.
    """

    picture: QuotientStrip


def quotient_rule_card(chapter: Chapter, region: Region, *, brief: bool = False) -> QuotientCard:
    """The quotient rule as growth minus tax: growing f adds f′/g, growing g takes (f/g)(g′/g)."""
    formula = Formula(IDENTITIES["quotient_rule"].relation).paint({GAIN: "growth", TAKEN: "minus"})
    drawn = partial(QuotientStrip, brief=brief)
    card = QuotientCard(chapter.rule_name("quotient-rule"), formula, drawn, region)
    if brief and card.formula.em < style().size("least_formula"):  # then without the picture
        room = Region(region.left, region.bottom, region.right, float(card.title.get_bottom()[1])).inset(
            0.2, 0.1
        )
        card.remove(card.picture)
        card.formula.scale(min(room.width / card.formula.width, room.height / card.formula.height))
        card.formula.move_to(room.centre)
    return card


def shrink(card: QuotientCard, small: QuotientCard) -> list[Animation]:
    """The animations that make the card small, with both slices and without letters in its picture."""
    here, there = card.picture, small.picture
    pairs = [(getattr(card, part), getattr(small, part)) for part in ("panel", "title", "formula")]
    parts, gone = ("rest", "part", "gain", "tax"), [here.names, here.gain_name, here.tax_name]
    if there in small.submobjects:
        pairs += [(getattr(here, part), getattr(there, part)) for part in parts]
    else:
        gone += [getattr(here, part) for part in parts]
    return [
        *[ReplacementTransform(*pair) for pair in pairs],
        *[FadeOut(each, rate_func=early) for each in gone],
    ]
