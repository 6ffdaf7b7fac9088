"""Two slopes go through the same table J: the steep one of cross-entropy, and a − y of squared error."""

from __future__ import annotations

import numpy as np
from manim import LEFT, Animation, FadeIn, Mobject, ValueTracker, VGroup
from numpy.typing import NDArray

from softmax_explained.core import Solution
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.numerics.softmax import softmax, surer
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.pictures.jacobian_table import JacobianTable
from softmax_explained.scenes.squared_error.length_bars import LengthBars
from softmax_explained.scenes.squared_error.slope_bars import (
    NAME_GAP,
    SlopeBars,
    margin_for,
    room_for,
    values_of,
)
from softmax_explained.stage import Formula, Region, Strip, Words, point
from softmax_explained.stage.shapes.annotations import tipped

LINK = DERIVATIONS["squared_error_link"].equations[1]
RESULT = DERIVATIONS["collapse"].equations[-1]
HEAD = 0.55  # Manim units at the top of a row for its name
USED = 0.9  # the part of the height below that for the table and the columns
TABLE = 1.9  # Manim units: the table is at most this wide and high
LEAST_WIDE = 9.0  # Manim units: narrower frames are narrow
LEAST_SLOPE = 1e-3  # the bars of a network that is right are drawn to this scale at most
INSIDE = 0.1  # Manim units between a name and the ends of its segment, at least
STRIP = 0.7  # height of the strip of shares in Manim units, at most
CLEAR = 0.12  # Manim units from an arrow to the class names after it
SUBTRACTION = "g"  # the key of the slopes a_j − y_j
BESIDE_NAME = 0.3  # Manim units between the name of a loss and the subtraction, at least
ARROW, NARROW = 0.75, 0.5  # Manim units between a column and the table, and in a narrow frame


class Row(VGroup):
    """A name, then a column of slopes, an arrow, the table, an arrow, and what comes out.

    Both columns have the class names at their left.

    Args:
        chapter: gives the numbers.
        region: of the row.
        name: of the loss.
        keys: of the slopes that go in and of those that come out.

    Attributes:
        subtraction: a_j − y_j over what goes in or a_i − y_i over what comes out; empty if it is neither,
            or has no room over its column.
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
        ends = (left.right, middle.left), (middle.right, right.left)
        count = range(sol.K)
        names = [[chapter.class_name(k, size="least") for k in count] for _ in range(2)]
        margin = margin_for(names[0], left)
        left, right = (
            Region(each.left + CLEAR + margin + NAME_GAP, each.bottom, each.right, each.top)
            for each in (left, right)
        )
        longest = max(float(np.abs(each).max()) for each in (sol.gradient, surest_slopes(sol), LEAST_SLOPE))
        unit = room_for([sol[f"g[{k}]"] for k in count], left).longest / longest
        self.before, self.after = (
            SlopeBars(
                [sol[f"{key}[{k}]"] for k in count],
                place,
                unit=unit,
                names=each,
                margin=margin,
                priority={sol.i, sol.t},
            )
            for key, place, each in zip(keys, (left, right), names, strict=True)
        )
        self.subtraction = VGroup()
        # of what goes in, slope j is that of share a_j; of what comes out, slope i is that of score z_i
        columns = zip(keys, (self.before, self.after), (LINK.rhs, RESULT.rhs), strict=True)
        for key, column, subtraction in columns:
            if key == SUBTRACTION:
                formula = Formula(subtraction, size="least_formula")
                half = formula.width / 2
                least = float(name.get_right()[0]) + BESIDE_NAME + half
                x = min(max(float(column.zero.get_x()), least), region.right - half)
                if abs(x - column.zero.get_x()) <= column.width / 2:  # else it would be over the table
                    self.subtraction.add(formula.move_to(point(x, head.y)))
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
        super().__init__(self.title, self.subtraction, self.before, self.arrows, self.table, self.after)

    def through(self) -> list[Animation]:
        """The animations that push the column through the table."""
        return [
            FadeIn(self.after.zero, self.after.names),
            self.after.grow(),
            FadeIn(self.after.leaders, self.after.numbers, rate_func=_late),
        ]


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
        names: of the classes, on their segments; each is seen while its segment is wide enough.
        breaks: the strokes over the first links of cross-entropy that are too long in the surest network.
    """

    def __init__(self, chapter: Chapter, upper: Row, lower: Row, lengths: LengthBars, place: Region) -> None:
        self._solution, self._rows, self._lengths = chapter.solution, (upper, lower), lengths
        self.sureness = ValueTracker(0.0)
        shares, high = chapter.solution.a, min(STRIP, place.height)
        self.strip = Strip(shares, left=place.left, y=place.y, unit=place.width, height=high)
        names = [chapter.class_name(k, size="least", colour="ground") for k in range(chapter.solution.K)]
        self.names = VGroup(*names)
        self._place_names()
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
        self._place_names()

    def change_of_breaks(self) -> tuple[VGroup, VGroup]:
        """The strokes over bars that are too long in the lesson's network only, and in the surest only."""
        before, after = self._rows[0].before.breaks, self.breaks
        return _without(before, after), _without(after, before)

    def _place_names(self) -> None:
        """Put every name on its segment, seen only where there is room for it."""
        for name, (start, end) in zip(self.names, self.strip.spans, strict=True):
            fits = name.width + 2 * INSIDE <= end - start
            name.set_x((start + end) / 2).centre_on(self.strip.y).set_fill(opacity=float(fits))

    def _shares(self) -> NDArray[np.float64]:
        return softmax(surer(self._solution.z, self.sureness.get_value()))

    def _first_links(self, sureness: float) -> NDArray[np.float64]:
        """(K,) the slopes −y/a of cross-entropy; 0 where the target is 0."""
        targets, shares = self._solution.lesson.targets, softmax(surer(self._solution.z, sureness))
        with np.errstate(divide="ignore"):
            return np.asarray(np.where(targets > 0, -targets / np.where(targets > 0, shares, 1.0), 0.0))

    def _slopes(self) -> NDArray[np.float64]:
        return np.asarray(self._shares() - self._solution.lesson.targets)

    def _jacobian(self) -> NDArray[np.float64]:
        shares = self._shares()
        return np.asarray(np.diag(shares) - np.outer(shares, shares))


def _without(strokes: VGroup, others: VGroup) -> VGroup:
    """The strokes in whose places there is no other stroke."""
    places = [each.get_center() for each in others]
    return VGroup(*[each for each in strokes if not any(np.allclose(each.get_center(), at) for at in places)])


def surest_slopes(solution: Solution) -> NDArray[np.float64]:
    """(K,) the slopes a − y of the surest network."""
    return np.asarray(softmax(surer(solution.z, 1.0)) - solution.lesson.targets)


def longest_slopes(solution: Solution) -> float:
    """The greater of the lengths ‖a − y‖ of the lesson's network and of the surest."""
    longest: float = max(*values_of([solution["glen"], solution["glen_sure"]]), LEAST_SLOPE)
    return longest
