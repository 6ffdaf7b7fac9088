"""Cards with the rules of differentiation, each with a small plot."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from manim import VGroup

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.stage import Box, Formula, Plot, Region

TANGENT = 0.85  # length of a tangent, as a fraction of the plot's shorter side
PICTURES = {1: 2 / 7, 2: 2 / 5}  # fraction of a card's width for its plots, by their number
STEP = 1e-4  # for the numerical slope of a curve


@dataclass(frozen=True)
class Curve:
    """A curve, the point of its tangent, and the ranges of the axes."""

    f: Callable[[float], float]
    at: float
    x: tuple[float, float]
    y: tuple[float, float]


# The plots of each rule: a share is a quotient; a chain has two slopes in sequence
CURVES = {
    "exponential": (Curve(np.exp, 0.5, (-2.0, 1.4), (0.0, 3.6)),),
    "logarithm": (Curve(np.log, 1.0, (0.0, 4.0), (-1.6, 1.8)),),
    "quotient": (Curve(lambda u: np.exp(u) / (np.exp(u) + 1), 0.0, (-4.0, 4.0), (0.0, 1.1)),),
    "chain": (
        Curve(lambda u: 0.45 * u**2, 1.1, (0.0, 2.2), (0.0, 2.2)),
        Curve(lambda v: 2 - 0.4 * v**2, 1.2, (0.0, 2.2), (0.0, 2.2)),
    ),
}


class RuleCard:
    """A card that shows its back until its rule is named; `rule_cards` puts the rule into `place`."""

    def __init__(self, rule: str, region: Region) -> None:
        back = Box(*region.inset(0.14, 0.14).edges, colour="track")
        self.back = VGroup(Box(*region.edges, colour="panel"), back)
        curves = CURVES[rule]
        pictures = PICTURES[len(curves)]
        self.place, right = region.inset(0.3, 0.12).columns(1 - pictures, pictures, gap=0.3)
        regions = right.inset(0.0, 0.08).columns(*[1] * len(curves), gap=0.25)
        self.picture = VGroup(*[_small(curve, area) for curve, area in zip(curves, regions, strict=True)])
        self.rule = Formula(IDENTITIES[f"{rule}_rule"].relation)
        self.face = VGroup(Box(*region.edges, colour="panel"), self.rule, self.picture)


def rule_cards(regions: Sequence[Region]) -> list[RuleCard]:
    """A card for every rule, one per region, with all rules in one size."""
    cards = [RuleCard(rule, region) for rule, region in zip(CURVES, regions, strict=True)]
    area = cards[0].place
    widest, highest = (max(getattr(card.rule, side) for card in cards) for side in ("width", "height"))
    for card in cards:
        card.rule.scale(min(1.0, area.width / widest, area.height / highest)).move_to(card.place.centre)
    return cards


def _small(curve: Curve, region: Region) -> VGroup:
    plot = Plot(x=curve.x, y=curve.y, region=region)
    start, end = curve.x
    line = plot.curve(curve.f, start + 1e-6, end, colour="quiet")  # the logarithm is not defined at its start
    height = curve.f(curve.at)
    slope = (curve.f(curve.at + STEP) - curve.f(curve.at - STEP)) / (2 * STEP)
    length = TANGENT * min(region.width, region.height)
    tangent = plot.tangent(curve.at, height, slope, length=length, colour="ink")
    return VGroup(plot, line, tangent, plot.dot(curve.at, height, colour="ink"))
