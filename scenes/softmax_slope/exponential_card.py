"""The card of the exponential rule: on its curve the slope of the tangent is the height."""

from __future__ import annotations

import numpy as np
from manim import VGroup

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.pictures.rule_card import RuleCard
from softmax_explained.stage import Formula, Plot, Region

AT = 0.6  # where the tangent touches


def exponential_rule_card(chapter: Chapter, region: Region) -> RuleCard:
    """The derivative of the exponential function is the function itself."""
    formula = Formula(IDENTITIES["exponential_rule"].relation)
    return RuleCard(chapter.rule_name("exponential-rule"), formula, exponential, region)


def exponential(region: Region) -> VGroup:
    """The curve e^u, drawn to one scale, with a tangent that reaches the axis one unit before its point."""
    height = float(np.exp(AT))
    side = min(region.width / 3.4, region.height / 2.9)
    axes = Region(
        region.x - 1.7 * side, region.y - 1.45 * side, region.x + 1.7 * side, region.y + 1.45 * side
    )
    plot = Plot(x=(-2.0, 1.4), y=(-0.2, 2.7), region=axes, origin=(0.0, 0.0))
    curve = plot.curve(lambda u: float(np.exp(u)), -2.0, 1.0, colour="quiet")
    tangent = plot.tangent(AT, height, height, length=2.2 * side, colour="ink")
    return VGroup(plot, curve, tangent, plot.dot(AT, height, colour="ink"))
