"""The card of the quotient rule, whose picture is a strip: its part grows, or the whole grows around it."""

from __future__ import annotations

from functools import partial

from manim import DOWN, RIGHT, UP, Animation, FadeIn, FadeOut, ReplacementTransform, Transform, VGroup
from sympy import evaluate

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.formulas.nodes import Literal, Slash
from softmax_explained.core.formulas.symbols import f, f_prime, g, g_prime
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.pictures.rule_card import RuleCard
from softmax_explained.stage import Box, Formula, Region, line, point, style
from softmax_explained.stage.animations.grow_bar import GrowBar
from softmax_explained.stage.design.rate_functions import early

PART, STEP = 0.52, 0.25  # of g: its part f, and f′, which g grows by as well
LOW = 2.2  # Manim units: a picture lower than this has no room for fractions over and under it
NEAR, APART = 0.1, 0.3  # Manim units between a slice and its name, and between two names
THICK, GAP = 0.7, 0.03  # Manim units: height of the strip at most, and between the part and the rest
TAX_THICK = 0.4  # of the height of the strip

with evaluate(False):
    GAIN, TAKEN, SHARE = f_prime * g, f * g_prime, f / g
    PER_WHOLE, TAX = f_prime / g, (f / g) * (g_prime / g)
    # in the height of one line
    SLASHED = Slash(f, g), Slash(f_prime, g), f * Slash(g_prime, g**2)


class QuotientStrip(VGroup):
    """A strip g with its part f, drawn to a length of 1: it grows with f, then it is squeezed back.

    What f has given up hangs below the strip, from the new end of f to the old one. As the strip was
    1 + g′/g long before, its slices are exactly in the proportion of gain and tax, 1 to f/g.

    Args:
        region: where it is drawn.
        brief: squeezed, without letters, with both slices.

    Attributes:
        part, gain, rest: f, what it gains, and the rest of g, from left to right.
        tax: what f gives up; like the gain it is shown once it has grown.
        names: f/g over the part, and the end of the length 1, with its number.
        gain_name, tax_name: f′/g over the gain, and (f/g)(g′/g) under the tax.
    """

    def __init__(self, region: Region, *, brief: bool = False) -> None:
        low = region.height < LOW
        self._left, self._unit = region.left + 0.1, (region.width - 0.2) / (1 + STEP)
        thick = min(THICK, (0.2 if low else 0.24) * region.height)
        self._bottom = region.y - (0.5 - TAX_THICK / 2) * thick
        self._top = self._bottom + thick
        self.part, _, self.rest = self._pieces(0.0, 1.0)
        _, self.gain, self._pushed = self._pieces(STEP, 1.0)
        squeezed = self._squeezed = self._pieces(STEP, 1 / (1 + STEP))
        cut, old = squeezed[0].get_right()[0], self.part.get_right()[0]
        self.tax = Box(cut, self._bottom - TAX_THICK * thick, old, self._bottom, colour="minus")
        self.names, self.gain_name, self.tax_name = VGroup(), VGroup(), VGroup()
        super().__init__(self.rest, self.part)
        if brief:
            self.part, self.gain, self.rest = squeezed
            self.submobjects = [self.rest, self.part, self.gain, self.tax]
            return
        written = SLASHED if low else (SHARE, PER_WHOLE, TAX)
        roles = "a", "growth", "minus"
        share, self.gain_name, self.tax_name = (
            Formula(each, role=role) for each, role in zip(written, roles, strict=True)
        )
        over, under = region.top - self._top - NEAR, float(self.tax.get_bottom()[1]) - NEAR - region.bottom
        scale = min(1.0, over / self.gain_name.height, under / self.tax_name.height)
        for name in (share, self.gain_name, self.tax_name):
            name.scale(scale)
        self.tax_name.next_to(self.tax, DOWN, buff=NEAR)
        self.gain_name.next_to(self.gain, UP, buff=NEAR)
        beside = float(squeezed[1].get_x()) - (self.gain_name.width + share.width) / 2 - APART
        share.next_to(squeezed[0], UP, buff=NEAR).set_x(min(float(squeezed[0].get_x()), beside))
        end = self._left + self._unit
        self.names.add(share, line(point(end, self._top + NEAR), point(end, self._bottom - NEAR)))
        self.names.add(Formula(Literal(1)).scale(scale).next_to(self.names, DOWN, buff=NEAR).set_x(end))
        self.add(self.names)

    def grow_part(self) -> list[Animation]:
        """The animations in which f grows and pushes the rest beyond 1."""
        return [GrowBar(self.gain, -RIGHT), Transform(self.rest, self._pushed), FadeIn(self.gain_name)]

    def grow_whole(self) -> list[Animation]:
        """The animations in which the longer strip is squeezed back to 1: the part gives up a slice."""
        away = float(self._squeezed[1].get_x() - self.gain.get_x()) * RIGHT
        moved = self.gain_name.copy().shift(away)
        here = self.part, self.gain, self.rest, self.gain_name
        pairs = zip(here, (*self._squeezed, moved), strict=True)
        return [*[Transform(*pair) for pair in pairs], GrowBar(self.tax, RIGHT), FadeIn(self.tax_name)]

    def _pieces(self, gained: float, scale: float) -> tuple[Box, Box, Box]:
        """The part, its gain, and the rest when f has gained a part of g, at a scale."""
        ends = [self._left + self._unit * scale * x for x in (0.0, PART, PART + gained, 1 + gained)]
        rows = self._bottom, self._top
        return (
            Box(ends[0], rows[0], ends[1], rows[1], colour="a"),
            Box(ends[1], rows[0], ends[2], rows[1], colour="growth"),
            Box(ends[2] + GAP, rows[0], ends[3], rows[1], colour="a", opacity=0.45),
        )


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
