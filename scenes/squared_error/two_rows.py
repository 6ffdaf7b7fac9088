"""Two slopes go through the same table J: the steep one of cross-entropy, and a − y of squared error."""

from __future__ import annotations

import numpy as np
from manim import LEFT, Animation, FadeIn, Mobject, ValueTracker, VGroup
from numpy.typing import NDArray

from softmax_explained.core import Solution
from softmax_explained.core.numerics.softmax import softmax
from softmax_explained.scenes.pictures.jacobian_table import JacobianTable
from softmax_explained.scenes.squared_error.length_bars import LengthBars
from softmax_explained.scenes.squared_error.slope_bars import SlopeBars, room_for
from softmax_explained.stage import Chapter, Region, Strip, Words, point
from softmax_explained.stage.shapes.annotations import tipped

SUREST = 4.7  # from the largest score of the surest network down to the next one: a share of 99 %
TIED = 1e-9  # scores that are closer than this are equal
HEAD = 0.55  # Manim units at the top of a row for its name
USED = 0.9  # the part of the height below that for the table and the columns
TABLE = 1.9  # Manim units: the table is at most this wide and high
LEAST_WIDE = 9.0  # Manim units: narrower frames are narrow
LEAST_SLOPE = 1e-3  # the bars of a network that is right are drawn to this scale at most
STRIP = 0.7  # height of the strip of shares in Manim units, at most
ARROW, NARROW = 0.75, 0.5  # Manim units between a column and the table, and in a narrow frame


class Row(VGroup):
    """A name, then a column of slopes, an arrow, the table, an arrow, and what comes out.

    Args:
        chapter: gives the numbers.
        region: of the row.
        name: of the loss.
        keys: of the slopes that go in and of those that come out.
    """

    def __init__(
        self,
        chapter: Chapter,
        region: Region,
        name: Words,
        keys: tuple[str, str],
    ) -> None:
        sol = chapter.solution
        head = Region(region.left, region.top - HEAD, region.right, region.top)
        body = Region(region.left, region.bottom, region.right, region.top - HEAD)
        is_narrow = region.width < LEAST_WIDE
        side = min(TABLE, USED * body.height, 0.2 * region.width)
        arrow = NARROW if is_narrow else ARROW
        middle = Region(body.x - side / 2, body.y - side / 2, body.x + side / 2, body.y + side / 2)
        self.title = name
        name.align_to(point(region.left), LEFT).centre_on(head.y)
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
        super().__init__(self.title, self.before, self.arrows, self.table, self.after)

    def through(self) -> list[Animation]:
        """The animations that push the column through the table."""
        return [FadeIn(self.after.zero), self.after.grow(), FadeIn(self.after.numbers, rate_func=_late)]


def _late(alpha: float) -> float:
    return max(0.0, 2 * alpha - 1)


class SurerNetwork:
    """What both rows show of networks with the same order of scores and larger differences.

    Args:
        chapter: gives the scores and the targets.
        upper, lower: the rows.
        lengths: of what goes in and comes out of the lower row.
        place: of the strip of shares.

    Attributes:
        sureness: a tracker: 0 for the lesson's scores, 1 for the surest.
        follower: while it stands on the stage, everything is drawn anew in every frame. It is a mobject of
            its own because the columns are taken apart when their numbers fade.
        strip: the shares of these networks.
        breaks: the strokes over the first links of cross-entropy that are too long in the surest network.
    """

    def __init__(self, chapter: Chapter, upper: Row, lower: Row, lengths: LengthBars, place: Region) -> None:
        self._solution, self._rows, self._lengths = chapter.solution, (upper, lower), lengths
        self.sureness = ValueTracker(0.0)
        shares, high = chapter.solution.a, min(STRIP, place.height)
        self.strip = Strip(shares, left=place.left, y=place.y, unit=place.width, height=high)
        self.follower = Mobject().add_updater(self.draw)
        self.breaks = upper.before.breaks_of(self._first_links(1.0))

    def draw(self, _: object = None) -> None:
        """Draw tables and columns for the current `sureness`."""
        upper, lower = self._rows
        slopes, table = self._slopes(), self._jacobian()
        for row in self._rows:
            row.table.colour(table)
        upper.before.draw(self._first_links(self.sureness.get_value()))
        upper.after.draw(slopes)
        lower.before.draw(slopes)
        lower.after.draw(table @ slopes)
        self._lengths.draw(np.linalg.norm([slopes, table @ slopes], axis=1))
        self.strip.draw(self._shares())

    def _shares(self) -> NDArray[np.float64]:
        return surer_shares(self._solution, self.sureness.get_value())

    def _first_links(self, sureness: float) -> NDArray[np.float64]:
        """(K,) the slopes −y/a of cross-entropy; 0 where the target is 0."""
        targets, shares = self._solution.lesson.targets, surer_shares(self._solution, sureness)
        with np.errstate(divide="ignore"):
            return np.asarray(np.where(targets > 0, -targets / np.where(targets > 0, shares, 1.0), 0.0))

    def _slopes(self) -> NDArray[np.float64]:
        return np.asarray(self._shares() - self._solution.lesson.targets)

    def _jacobian(self) -> NDArray[np.float64]:
        a = self._shares()
        return np.asarray(np.diag(a) - np.outer(a, a))


def surer_shares(solution: Solution, sureness: float) -> NDArray[np.float64]:
    """(K,) the shares where scores differ more: for sureness 0 those of the lesson, for 1 of the surest."""
    z = np.asarray(solution.z, dtype=float)
    behind = float(z.max()) - z
    lead = min((gap for gap in behind.tolist() if gap > TIED), default=SUREST)
    factor = 1 + sureness * max(0.0, SUREST / lead - 1)
    return softmax(-factor * behind)


def longest_slopes(solution: Solution) -> float:
    """The greater of the lengths ‖a − y‖ of the lesson's network and of the surest."""
    lengths = [
        np.linalg.norm(surer_shares(solution, sureness) - solution.lesson.targets) for sureness in (0.0, 1.0)
    ]
    return max(*map(float, lengths), LEAST_SLOPE)
