"""Two slopes go through the same table J: the steep one of cross-entropy, and a − y of squared error."""

from __future__ import annotations

import numpy as np
from manim import LEFT, RIGHT, Animation, FadeIn, Mobject, ValueTracker, VGroup
from numpy.typing import NDArray

from softmax_explained.core.numerics.softmax import softmax
from softmax_explained.scenes.pictures.jacobian_table import JacobianTable
from softmax_explained.scenes.squared_error.slope_bars import SlopeBars, room_for
from softmax_explained.stage import Chapter, Formula, Region, Strip, Words, point
from softmax_explained.stage.shapes.annotations import tipped

SUREST = 9.0  # between the largest and the smallest score of the surest network, at least
HEAD = 1.05  # Manim units at the top of a row for its name and its formula
USED = 0.9  # the part of the height below that for the table and the columns
TABLE = 1.9  # Manim units: the table is at most this wide and high
LEAST_WIDE = 9.0  # Manim units: narrower frames are narrow
LEAST_SLOPE = 1e-3  # the bars of a network that is right are drawn to this scale at most
STRIP = 0.6  # length of the strip of shares as a part of the stage
ARROW, NARROW = 0.75, 0.5  # Manim units between a column and the table, and in a narrow frame


class Row(VGroup):
    """A name and a formula, then a column of slopes, an arrow, the table, an arrow, and what comes out.

    Args:
        chapter: gives the numbers.
        region: of the row.
        name: of the loss.
        formula: what the row computes.
        keys: of the slopes that go in and of those that come out.
    """

    def __init__(
        self,
        chapter: Chapter,
        region: Region,
        name: Words,
        formula: Formula,
        keys: tuple[str, str],
    ) -> None:
        sol = chapter.solution
        head = Region(region.left, region.top - HEAD, region.right, region.top)
        body = Region(region.left, region.bottom, region.right, region.top - HEAD)
        is_narrow = region.width < LEAST_WIDE  # a tag stands below the name
        side = min(TABLE, USED * body.height, 0.2 * region.width)
        arrow = NARROW if is_narrow else ARROW
        middle = Region(body.x - side / 2, body.y - side / 2, body.x + side / 2, body.y + side / 2)
        self.title = name
        self.formula = formula
        name.align_to(point(region.left), LEFT).centre_on(head.y + (0.2 if is_narrow else 0.0))
        formula.scale(min(1.0, 0.9 * HEAD / formula.height)).move_to(head.centre)
        start = float(name.get_right()[0]) + 0.3
        if formula.get_left()[0] < start:  # in narrow frames it stands at the right
            formula.scale(min(1.0, (region.right - start) / formula.width))
            formula.align_to(point(region.right), RIGHT)
        self.table = JacobianTable(sol, middle)
        left = Region(body.left, middle.bottom, middle.left - arrow, middle.top)
        right = Region(middle.right + arrow, middle.bottom, body.right, middle.top)
        count = range(sol.K)
        longest = max(float(np.abs(sol.gradient).max()), LEAST_SLOPE)
        unit = room_for([sol[f"g[{k}]"] for k in count], left).longest / longest
        self.before = SlopeBars([sol[f"{keys[0]}[{k}]"] for k in count], left, unit=unit)
        self.after = SlopeBars([sol[f"{keys[1]}[{k}]"] for k in count], right, unit=unit)
        ends = (left.right, middle.left), (middle.right, right.left)
        self.arrows = VGroup(
            *[
                tipped(
                    point(start + 0.1, body.y),
                    point(end - 0.1, body.y),
                    colour="quiet",
                    width="line",
                    tip=0.18,
                    tip_ratio=0.6,
                )
                for start, end in ends
            ]
        )
        super().__init__(self.title, self.formula, self.before, self.arrows, self.table, self.after)

    def through(self) -> list[Animation]:
        """The animations that push the column through the table."""
        return [FadeIn(self.after.zero), self.after.grow(), FadeIn(self.after.numbers, rate_func=_late)]


def _late(alpha: float) -> float:
    return max(0.0, 2 * alpha - 1)


class SurerNetwork:
    """What both rows show of networks with the same order of scores and larger differences.

    Attributes:
        sureness: a tracker: 0 for the lesson's scores, 1 for the surest.
        follower: while it stands on the stage, everything is drawn anew in every frame. It is a mobject of
            its own because the columns are taken apart when their numbers fade.
        strip: the shares of these networks.
    """

    def __init__(self, chapter: Chapter, upper: Row, lower: Row, place: Region) -> None:
        self._solution, self._rows = chapter.solution, (upper, lower)
        self.sureness = ValueTracker(0.0)
        width = STRIP * place.width
        left, shares = place.x - width / 2, chapter.solution.a
        self.strip = Strip(shares, left=left, y=place.y, unit=width, height=place.height)
        self.follower = Mobject().add_updater(self.draw)

    def draw(self, _: object = None) -> None:
        """Draw tables and columns for the current `sureness`."""
        upper, lower = self._rows
        slopes, table = self._slopes(), self._jacobian()
        for row in self._rows:
            row.table.colour(table)
        upper.after.draw(slopes)
        lower.before.draw(slopes)
        lower.after.draw(table @ slopes)
        self.strip.draw(self._shares())

    def _shares(self) -> NDArray[np.float64]:
        z = np.asarray(self._solution.z, dtype=float)
        spread = max(float(np.ptp(z)), 1e-9)
        factor = 1 + self.sureness.get_value() * max(0.0, SUREST / spread - 1)
        return softmax(factor * (z - z.max()))

    def _slopes(self) -> NDArray[np.float64]:
        return np.asarray(self._shares() - self._solution.lesson.targets)

    def _jacobian(self) -> NDArray[np.float64]:
        a = self._shares()
        return np.asarray(np.diag(a) - np.outer(a, a))
