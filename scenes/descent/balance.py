"""The arrows of a − y head to tail, down on one side and up on the other: both rows are equally long."""

from collections.abc import Sequence

import numpy as np
from manim import LEFT, RIGHT, UP, Animation, FadeIn, TransformFromCopy, VGroup

from softmax_explained.core import Solution
from softmax_explained.stage import Point, Readout, Region, TargetArrows, Words, dashed, point, vertical_arrow
from softmax_explained.stage.design.rate_functions import late
from softmax_explained.stage.text.label_layout import height_of

BELOW = 1.25  # Manim units below the arrows for the totals and their labels
APART = 1.0  # Manim units from the centre of the region to either row of arrows
BESIDE = 0.35  # Manim units from an arrow to its class name


class Balance:
    """Two rows of arrows, one up and one down, between the same two lines.

    The arrows come from the left: those down go first and to the right, so that none crosses another. `sides`
    are the labels of the rows down and up; names that do not fit beside their arrows are left out; `unit` is
    Manim units per length of 1, as in the bar chart the arrows come from.
    """

    def __init__(
        self, solution: Solution, names: Sequence[Words], sides: Sequence[Words], region: Region, unit: float
    ) -> None:
        g = self._g = solution.gradient
        left, right = region.columns(1, 1)
        total = float(np.abs(g).sum()) / 2 * unit
        low = region.bottom + BELOW
        self.arrows, self.names = list[VGroup](), list[VGroup]()
        down, up = low + total, low
        for k, name in enumerate(names):
            length = float(g[k]) * unit
            start = down if length >= 0 else up
            column, x, side = (right, right.left, RIGHT) if length >= 0 else (left, left.right, LEFT)
            x += float(side[0]) * APART
            self.arrows.append(vertical_arrow(x, start, start - length))
            self.names.append(_beside(name, point(x, start - length / 2), abs(length), column, side))
            down, up = (down - length, up) if length >= 0 else (down, up - length)
        ends = left.right - APART, right.left + APART
        reach = point(ends[0] - 0.25), point(ends[1] + 0.25)
        heights = low * UP, (low + total) * UP
        self.lines = VGroup(*[dashed(*(end + y for end in reach), colour="ink") for y in heights])
        self.sides, self.totals = VGroup(*sides), VGroup()
        for key, word, x in zip(("gdown", "gup"), sides, reversed(ends), strict=True):
            self.totals.add(Readout(solution[key], colour="C").move_to(point(x, low - 0.5)))
            word.fit_width(2 * APART - 0.2).move_to(point(x)).stand_on(region.bottom + 0.15)

    def bring(self, arrows: TargetArrows, *, down: bool) -> list[Animation]:
        """The arrows of one side come from their bars, with their names."""
        chosen = [k for k, slope in enumerate(self._g) if (slope > 0) == down and len(self.arrows[k])]
        moves: list[Animation] = [TransformFromCopy(arrows[k], self.arrows[k]) for k in chosen]
        names = [self.names[k] for k in chosen if len(self.names[k])]
        return [*moves, FadeIn(self.sides[0 if down else 1], *names, rate_func=late)]


def _beside(name: Words, middle: Point, length: float, column: Region, side: Point) -> VGroup:
    """The name beside the middle of its arrow, if it is not higher than the arrow is long."""
    space = column.width - APART - BESIDE
    if height_of(name.lines_in(space)) > length:
        return VGroup()
    return VGroup(name.fit_width(space, edge=-side).next_to(middle, side, buff=BESIDE))
