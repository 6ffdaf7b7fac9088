"""The pushes on all scores tip to tail: they end where they began."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, UP, Animation, FadeIn, ReplacementTransform, VGroup

from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.pictures.share_bars import ShareBars
from softmax_explained.stage import Readout, Region, dashed, point, vertical_arrow
from softmax_explained.stage.charts.bar_chart import FLATTEST_ARROW

STEP = 0.7  # Manim units from one arrow to the next, at most
UNDER = 0.2  # Manim units from the arrows to their sum
BESIDE = 0.25  # Manim units from the word for the sum to its number
ABOVE = 0.12  # the same where the word stands above the number
USED = 0.72  # the part of the region's height that the arrows use, at most
ARC = 0.6  # radians of the arc on which a copy of an arrow comes, bent downwards
LARGER = 1.5  # how much longer than in the chart the arrows are, at most


class PushChain(VGroup):
    """The arrows of a chart laid tip to tail, from left to right, and all shorter pushes as one.

    Where no push is long enough to be drawn, there is only the line at which they would begin and end.

    Args:
        chapter: gives the numbers.
        bars: the chart whose arrows are copied.
        region: of the chain, with the sum at its foot.

    Attributes:
        rest: the pushes that have no arrow of their own, as one; empty where that would be too short as well.
        level: the line at which they begin and end.
        total: the sum of all slopes, 0, with the word for it.
    """

    def __init__(self, chapter: Chapter, bars: ShareBars, region: Region) -> None:
        sol = chapter.solution
        pushes = -np.asarray(sol.gradient, dtype=float)
        drawn = [k for k in range(sol.K) if len(bars.arrows[k])]
        rest = -float(pushes[drawn].sum()) if drawn else 0.0  # all pushes together are 0
        ends = np.concatenate([[0.0], np.cumsum(pushes[drawn]), [0.0]])
        span = max(float(np.ptp(ends)), 1e-9)
        self.total = _sum(chapter, region)
        high = min(USED * region.height, region.height - self.total.height - UNDER)
        unit = min(LARGER * bars.chart.unit, high / span)
        is_seen = abs(rest) * unit >= FLATTEST_ARROW
        count = len(drawn) + is_seen
        step = min(STEP, region.width / (count + 1))
        left = region.x - step * (count - 1) / 2
        foot = region.y - (unit * span + UNDER + self.total.height) / 2 + self.total.height + UNDER
        zero = foot - unit * float(ends.min())
        self._pairs = []
        for place, k in enumerate(drawn):
            levels = [zero + unit * end for end in ends[place : place + 2]]
            arrow = vertical_arrow(left + place * step, *levels)
            if len(arrow):
                self._pairs.append((bars.arrows[k].copy(), arrow))
        self.rest = VGroup()
        if is_seen:
            x = left + (count - 1) * step
            self.rest.add(*vertical_arrow(x, zero - unit * rest, zero))
        reach = min(step * max(1, count) / 2 + 0.2, region.width / 2)
        self.level = dashed(point(region.x - reach, zero), point(region.x + reach, zero), colour="quiet")
        parts = [*[arrow for _, arrow in self._pairs], *self.rest]
        lowest = min(float(part.get_bottom()[1]) for part in (self.level, *parts))
        self.total.next_to(point(region.x, lowest), DOWN, buff=UNDER)
        super().__init__(self.level, *parts, self.total)

    def gather(self) -> list[Animation]:
        """The animations that bring copies of the arrows here, below the formula that is over the bars."""
        moves: list[Animation] = [
            ReplacementTransform(start, end, path_arc=ARC if end.get_x() > start.get_x() else -ARC)
            for start, end in self._pairs
        ]
        return [*moves, *map(FadeIn, self.rest), FadeIn(self.level)]


def _sum(chapter: Chapter, region: Region) -> VGroup:
    """The sum of all slopes with the word for it: before the number if there is room, else above it."""
    number = Readout(chapter.quantity("gsum"), size="number", colour="C")
    word = chapter.label("sum", colour="quiet")
    word.next_to(number, LEFT, buff=BESIDE).stand_on(number.baseline)
    both = VGroup(word, number)
    if both.width > region.width:
        word.next_to(number, UP, buff=ABOVE)
    return both
