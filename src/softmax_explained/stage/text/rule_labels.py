"""Where the name of a rule goes beside the line it produces."""

from manim import LEFT, RIGHT, UP, VGroup

from softmax_explained.stage.design.layout import Point, Region
from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import Words

# Gap in Manim units to a name beside the line, the same where space is scarce, and to a name above it
BESIDE, CLOSE, OVER = 0.6, 0.3, 0.1


def beside(name: Words, line: Formula, *others: Formula) -> Words:
    """Put a name to the right of a line, level with its equals sign and clear of other lines too.

    Names of lines that replace each other, or of consecutive lines, get a common left edge that way.
    """
    name.next_to(VGroup(line, *others), RIGHT, buff=BESIDE)
    return name.set_y(line.find("=", 0).get_y())


def over(name: Words, line: Formula) -> Words:
    """Put a name above the right-hand side of a line."""
    return name.next_to(line, UP, buff=OVER).align_to(line.find("=", 0), LEFT)


def near(name: Words, line: Formula, *others: Formula, within: Region, side: Point = UP) -> Words:
    """Put a name beside a line, or above or below it if the region has no space beside it.

    Args:
        name: the name of a rule.
        line: the line the rule produces.
        others: further lines to stay clear of.
        within: the region the name must stay in.
        side: ``UP`` or ``DOWN``, used if the name does not fit beside the line.
    """
    beyond = float(beside(name, line, *others).get_right()[0]) - within.right
    if beyond > BESIDE - CLOSE:
        name.next_to(line, side, buff=OVER).align_to(line.find("=", 0), LEFT)
        beyond = float(name.get_right()[0]) - within.right
    return name.shift(max(0.0, beyond) * LEFT)
