"""Where the name of a rule stands beside the line it gives."""

from __future__ import annotations

from manim import LEFT, RIGHT, UP, VGroup

from softmax_explained.stage.design.layout import Point, Region
from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import Words

# Manim units from a line to the name beside it, or beside it where room is scarce, and over it
BESIDE, CLOSE, OVER = 0.6, 0.3, 0.1


def beside(name: Words, line: Formula, *others: Formula) -> Words:
    """Put a name to the right of a line, level with its equals sign, clear of other lines too.

    Lines that take each other's place, or whose names stand under each other, share one left edge that way.
    """
    name.next_to(VGroup(line, *others), RIGHT, buff=BESIDE)
    return name.set_y(line.find("=", 0).get_y())


def over(name: Words, line: Formula) -> Words:
    """Put a name over the right-hand side of a line."""
    return name.next_to(line, UP, buff=OVER).align_to(line.find("=", 0), LEFT)


def near(name: Words, line: Formula, *others: Formula, within: Region, side: Point = UP) -> Words:
    """Put a name beside a line, or over or under it where the region has no room beside it.

    Args:
        name: the name of a rule.
        line: what the rule gives.
        others: lines it has to be clear of as well.
        within: what it must not reach out of.
        side: ``UP`` or ``DOWN``, where it stands if not beside the line.
    """
    beyond = float(beside(name, line, *others).get_right()[0]) - within.right
    if beyond > BESIDE - CLOSE:
        name.next_to(line, side, buff=OVER).align_to(line.find("=", 0), LEFT)
        beyond = float(name.get_right()[0]) - within.right
    return name.shift(max(0.0, beyond) * LEFT)
