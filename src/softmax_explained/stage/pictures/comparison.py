"""Two ways to the same numbers, side by side: the formula's, the measured ones, their differences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import LEFT, ValueTracker, VGroup

from softmax_explained.core import Solution
from softmax_explained.stage.dock import Pin
from softmax_explained.stage.formula import Formula
from softmax_explained.stage.frame import Region
from softmax_explained.stage.names import apart, height_of
from softmax_explained.stage.pictures.grid import GAP, WIDEST_PITCH, Grid
from softmax_explained.stage.style import style
from softmax_explained.stage.type import MOST_LINES, Readout, Type, Words
from softmax_explained.stage.whole_words import narrowest

MARGIN = 0.07
"""The part of a wide region's width that is left free at either side."""

OF_NAMES = 0.16
"""The part of the width that names take if they need no more."""

LOWEST = 0.62
"""Manim units that the first and the last row take where the names of the others need several lines."""

PIN = 0.4
"""Manim units kept in a column for the pin before its number."""


class Comparison(Grid):
    """A row a class: name, a − y, the measured slope, the difference; under them the sum of a − y.

    Where there is no room for all names, the classes the film speaks of are named alone.

    Args:
        solution: where the numbers come from.
        names: K names of classes, and the word for the last row.
        heads: what stands over the three columns of numbers.
        region: where the table stands.

    Attributes:
        names_of: the names that are written, by class.
        values: a − y.
        pins: the measured slopes.
        gaps: how far the two are apart.
        total: the sum of a − y over as many rows as `tally` says, until it is settled.
        tally: how many rows have been added, from 0 to K.
        last: the word beside it.
        line: between the rows of the classes and the last one.
    """

    def __init__(
        self,
        solution: Solution,
        names: Sequence[Words],
        heads: tuple[Formula, Words, Words],
        region: Region,
    ) -> None:
        count = range(solution.K)
        *classes, self.last = names
        region = region.inset(x=MARGIN * region.width if region.lies else 0.0)
        values = [Readout(solution[f"g[{k}]"], colour="C", signed=True) for k in count]
        pins = [Readout(solution[f"fd[{k}]"], colour="C", signed=True) for k in count]
        gaps = [Readout(solution[f"fd_error[{k}]"]) for k in count]
        self.values, self.pins, self.gaps = VGroup(*values), VGroup(*pins), VGroup(*gaps)
        self._slopes = pins
        self.total = Readout(solution["gsum"], colour="C")
        numbers = [*values, *pins, *gaps]
        least = max(number.width / number.em for number in numbers) * style().size("least") + PIN
        most = region.width - 3 * (least + GAP)
        heights, width = self._fit_names(classes, {solution.i, solution.t}, region, most)
        room = (region.width - width) / 3 - GAP
        numbers.append(self.total)
        scale = min(1.0, *((room - PIN) / number.width for number in numbers))
        for number in numbers:
            number.scale(scale)
        rows: list[list[Type | None]] = [[None] * 4]
        rows += [[self.names_of.get(k), values[k], pins[k], gaps[k]] for k in count]
        rows += [[self.last, self.total, None, None]]
        super().__init__(rows, region, parts=(width, room, room, room), heights=heights)
        self._put_heads(heads, region)
        self.line = self.line_over(solution.K + 1)
        self.tally = ValueTracker(0.0)
        so_far = np.concatenate([[0.0], np.cumsum(solution.gradient)])
        self.total.follow(lambda: float(np.interp(self.tally.get_value(), range(solution.K + 1), so_far)))

    def _fit_names(
        self, names: Sequence[Words], spoken: set[int], region: Region, most: float
    ) -> tuple[list[float], float]:
        """Choose the names that have room, the heights of the rows, and the width of the column of names."""
        K, least = len(names), OF_NAMES * region.width
        pitch = min(WIDEST_PITCH, region.height / (K + 2))
        heights = [pitch] * (K + 2)
        self.names_of = dict(enumerate(names))
        width = narrowest(names, lines=_lines(pitch), least=least)
        if width > most and pitch > LOWEST:
            heights = [LOWEST, *[(region.height - 2 * LOWEST) / K] * K, LOWEST]
            width = narrowest(names, lines=_lines(heights[1]), least=least)
        if width > most:
            self.names_of = {k: names[k] for k in sorted(spoken)}
            apart_by = float(min(np.diff([*self.names_of, K])))  # the last row has a name too
            spoken_names = [*self.names_of.values()]
            width = min(most, narrowest(spoken_names, lines=_lines(apart_by * heights[1]), least=least))
        for name in self.names_of.values():
            name.fit_width(width, edge=LEFT)
        return heights, width

    def _put_heads(self, heads: Sequence[Type], region: Region) -> None:
        """Set the heads over their columns, beside each other even where they are wider than these."""
        columns = dict(enumerate(self.columns[1:]))
        for head, column in zip(heads, columns.values(), strict=True):
            least = style().size("least" if isinstance(head, Words) else "least_formula") / head.em
            head.scale(max(min(1.0, least), min(1.0, column.width / head.width, self.largest / head.em)))
            self.add(head.stand_on(self.baseline(0)))
        places = {k: column.x for k, column in columns.items()}
        apart(dict(enumerate(heads)), places, region.left, region.right, gap=GAP)

    def pin(self, k: int) -> Pin:
        """A pin stuck into the measured slope of class `k`, in its place."""
        number = self._slopes[k]
        pin = Pin(number.quantity)
        pin.scale(number.em / pin.value.em)
        return pin.shift(number.get_center() - pin.value.get_center())


def _lines(height: float) -> int:
    """How many lines of a name have room in some Manim units."""
    return max(1, min(MOST_LINES, int(height / height_of(1) + 0.2)))
