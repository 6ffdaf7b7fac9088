"""A card with a rule of differentiation: its name, its formula, and a small picture that is true of it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import VGroup, VMobject

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.stage import Box, Formula, Plot, Region, Words, line, point, style

Picture = Callable[[Region], VMobject]

PAD, AIR = 0.2, 0.14  # Manim units inside the card, and between its parts
NAMED = 0.42  # Manim units: height of the name
MOST = 0.62  # the part of the card that the formula takes at most
BESIDE = 1.5  # a card at least this much wider than high has its picture beside the formula
# Start and end of each step, in parts of the width: the score's, those of two shares, and what each of them
# does to the loss: half as much and two thirds as much, one behind the other
STEPS = {"z": [(0.2, 0.8)], "a": [(0.0, 0.4), (0.55, 1.0)], "C": [(0.2, 0.4), (0.4, 0.7)]}
THREADS = (("z", 0), ("a", 0)), (("z", 0), ("a", 1)), (("a", 0), ("C", 0)), (("a", 1), ("C", 1))


class RuleCard(VGroup):
    """A rule of differentiation.

    Args:
        name: of the rule.
        formula: the rule.
        picture: draws the picture into a region.
        region: of the card.

    Attributes:
        panel, title, formula, picture: its parts, back to front.
    """

    def __init__(self, name: Words, formula: Formula, picture: Picture, region: Region) -> None:
        self.region = region
        self.panel = Box(*region.edges, colour="panel")
        inside = region.inset(PAD, min(PAD, 0.08 * region.height))
        named, rest = inside.rows(NAMED, max(0.4, inside.height - NAMED - AIR), gap=AIR)
        self.title = name.fit_width(inside.width, lines=1).centre_on(named.y)
        self.title.shift(point(inside.left - name.get_left()[0]))
        wide = min(MOST, (formula.width + AIR) / rest.width)
        high = min(MOST, (formula.height + AIR) / rest.height)
        places = [rest.columns(wide, 1 - wide, gap=2 * AIR), rest.rows(high, 1 - high, gap=AIR)]
        scales = [min(1.0, place.width / formula.width, place.height / formula.height) for place, _ in places]
        # the formula is as large as possible; with equal sizes a wide card has its picture beside it
        is_wide = region.width >= BESIDE * region.height
        is_beside = scales[0] > scales[1] or (scales[0] == scales[1] and is_wide)
        written, drawn = places[0 if is_beside else 1]
        self.formula = formula.scale(max(scales))
        self.formula.move_to(written.centre)
        self.picture = picture(drawn)
        super().__init__(self.panel, self.title, self.formula, self.picture)


def chain_rule_card(chapter: Chapter, region: Region) -> RuleCard:
    """The chain rule: steps multiply along a path, and the paths add."""
    formula = Formula(IDENTITIES["chain_rule"].relation)
    return RuleCard(chapter.rule_name("chain-rule"), formula, three_steps, region)


def log_rule_card(chapter: Chapter, region: Region) -> RuleCard:
    """The derivative of the logarithm: the tangent of its curve."""
    formula = Formula(IDENTITIES["logarithm_rule"].relation)
    return RuleCard(chapter.rule_name("log-rule"), formula, logarithm, region)


def three_steps(region: Region) -> VGroup:
    """A step of a score, the steps of two shares, and the step of the loss, which is the sum of two."""
    rows = dict(zip(STEPS, region.rows(1, 1, 1), strict=True))
    ends = {
        (role, n): [point(region.left + part * region.width, rows[role].y) for part in parts]
        for role, steps in STEPS.items()
        for n, parts in enumerate(steps)
    }
    middles = {step: (start + end) / 2 for step, (start, end) in ends.items()}
    threads = [line(middles[above], middles[below]).set_stroke(opacity=0.6) for above, below in THREADS]
    width = 2 * style().stroke("thick")
    steps = [
        line(start, end - point(0.03), colour=role).set_stroke(width=width)
        for (role, _), (start, end) in ends.items()
    ]
    return VGroup(*threads, *steps)


def logarithm(region: Region) -> VGroup:
    """The curve ln u, drawn to one scale, with its tangent at u = 1."""
    side = min(region.width / 3.2, region.height / 2.6)
    axes = Region(region.x - 1.6 * side, region.y - 1.3 * side, region.x + 1.6 * side, region.y + 1.3 * side)
    plot = Plot(x=(0.0, 3.2), y=(-1.4, 1.2), region=axes, origin=(0.0, 0.0))
    curve = plot.curve(lambda u: float(np.log(u)), 1e-3, 3.1, colour="quiet")
    tangent = plot.tangent(1.0, 0.0, 1.0, length=1.9 * side, colour="ink")
    return VGroup(plot, curve, tangent, plot.dot(1.0, 0.0, colour="ink"))
