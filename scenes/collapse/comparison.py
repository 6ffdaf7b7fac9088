"""The table that compares the formula's gradient with the measured one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from manim import LEFT, ValueTracker, VGroup

from softmax_explained.core import Solution
from softmax_explained.stage import Formula, Readout, Region, TypesetText, point, style
from softmax_explained.stage.scene.overlays import Pin
from softmax_explained.stage.shapes.table import GAP, WIDEST_PITCH, Grid
from softmax_explained.stage.text.label_layout import height_of, spread
from softmax_explained.stage.text.text import MOST_LINES, Words
from softmax_explained.stage.text.word_wrap import min_width

OF_NAMES = 0.16  # fraction of the width for a column of names, at least
LOWEST = 0.62  # height in Manim units of the first and last row where names need several lines
NUMBERS = 0.48  # minimum height in Manim units of a row of numbers below a name
MARGIN = 0.07  # fraction of a wide region's width left free at either side
PIN = 0.4  # Manim units in a column for the pin before its number


@dataclass(frozen=True)
class ComparisonRows:
    """K rows with names, a heading and a last row."""

    names: dict[int, Words]  # those that are written, by class, fitted
    width: float  # of the column of names, in Manim units
    heights: tuple[float, ...]  # of the K + 2 rows, without rows of names above the numbers
    over: bool = False  # whether the names are in rows of their own, above their numbers

    @staticmethod
    def of(names: Sequence[Words], spoken: Collection[int], region: Region, most: float) -> ComparisonRows:
        """Choose the best layout that fits: all names if possible, else those of the `spoken` classes.

        `most` is the width in Manim units available for a column of names.
        """
        rows = next(_layouts(names, spoken, region, most))
        for name in rows.names.values():
            name.fit_width(region.width if rows.over else rows.width, edge=LEFT)
        return rows


def _layouts(
    names: Sequence[Words], spoken: Collection[int], region: Region, most: float
) -> Iterator[ComparisonRows]:
    """The layouts that fit, best first; the last one fits any names."""
    K, least = len(names), OF_NAMES * region.width
    everyone, some = dict(enumerate(names)), {k: names[k] for k in sorted(spoken)}
    even = (min(WIDEST_PITCH, region.height / (K + 2)),) * (K + 2)
    high = (LOWEST, *[(region.height - 2 * LOWEST) / K] * K, LOWEST)
    for heights in (even, high):
        width = min_width(names, lines=_lines(heights[1]), least=least)
        if width <= most and min(heights) >= min(even[0], LOWEST):
            yield ComparisonRows(everyone, width, heights)
    stacked = _stacked(everyone, K, region)
    if min(stacked.heights) >= NUMBERS:
        yield stacked
    apart = float(min(np.diff([*some, K])))  # the last row has a name too
    width = min_width([*some.values()], lines=_lines(apart * even[0]), least=least)
    if width <= most:
        yield ComparisonRows(some, width, even)
    yield _stacked(some, K, region)


def _stacked(names: dict[int, Words], K: int, region: Region) -> ComparisonRows:
    taken = sum(height_of(name.lines_in(region.width)) for name in names.values())
    pitch = min(WIDEST_PITCH, (region.height - taken) / (K + 2))
    return ComparisonRows(names, OF_NAMES * region.width, (pitch,) * (K + 2), over=True)


def _lines(height: float) -> int:
    """How many lines of a name fit into a height."""
    return max(1, min(MOST_LINES, int(height / height_of(1) + 0.2)))


class Comparison(Grid):
    """One row per class with its name, a − y, the measured slope and the difference; below them Σ(a − y).

    Long names are above their numbers; where not all names fit, only the focus and the true class are named.
    The last of the `names` belongs to the sum, which is that of the first `tally` rows until it is settled.
    """

    def __init__(
        self, solution: Solution, names: Sequence[Words], heads: tuple[Formula, Words, Words], region: Region
    ) -> None:
        count = range(solution.K)
        *classes, self.last = names
        region = region.inset(x=MARGIN * region.width if region.is_landscape else 0.0)
        values = [Readout(solution[f"g[{k}]"], colour="C", signed=True) for k in count]
        pins = [Readout(solution[f"fd[{k}]"], colour="C", signed=True) for k in count]
        gaps = [Readout(solution[f"fd_error[{k}]"]) for k in count]
        self.values, self.pins, self.gaps = VGroup(*values), VGroup(*pins), VGroup(*gaps)
        self._slopes = pins
        self.total = Readout(solution["gsum"], colour="C")
        numbers = [*values, *pins, *gaps]
        least = max(number.width / number.em for number in numbers) * style().size("least") + PIN
        most = region.width - 3 * (least + GAP)
        named = ComparisonRows.of(classes, {solution.i, solution.t}, region, most)
        self.names_of, width = named.names, max(named.width, float(self.last.width))
        space = (region.width - width) / 3 - GAP
        numbers.append(self.total)
        scale = min(1.0, *((space - PIN) / number.width for number in numbers))
        for number in numbers:
            number.scale(scale)
        rows: list[list[TypesetText | None]] = [[None] * 4]
        heights, own_rows = [named.heights[0]], dict[int, int]()
        for k in count:
            if named.over and k in named.names:
                own_rows[k] = len(rows)
                rows.append([None] * 4)
                heights.append(height_of(named.names[k].lines))
            rows.append([None if named.over else named.names.get(k), values[k], pins[k], gaps[k]])
            heights.append(named.heights[k + 1])
        rows.append([self.last, self.total, None, None])
        parts, heights = (width, *[space] * 3), [*heights, named.heights[-1]]
        super().__init__(rows, region, parts=parts, heights=heights)
        for k, row in own_rows.items():
            name = named.names[k].align_to(point(region.left), LEFT)
            self.add(name.centre_on(self.middle(row)))
        self._put_heads(heads, region)
        self.line = self.line_over(len(rows) - 1)
        self.tally = ValueTracker(0.0)
        so_far = np.concatenate([[0.0], np.cumsum(solution.gradient)])
        self.total.follow(lambda: float(np.interp(self.tally.get_value(), range(solution.K + 1), so_far)))

    def _put_heads(self, heads: Sequence[TypesetText], region: Region) -> None:
        """Put the headings above their columns, side by side even where they are wider than these."""
        columns = dict(enumerate(self.columns[1:]))
        for head, column in zip(heads, columns.values(), strict=True):
            least = style().size("least" if isinstance(head, Words) else "least_formula") / head.em
            head.scale(max(min(1.0, least), min(1.0, column.width / head.width, self.largest / head.em)))
            self.add(head.stand_on(self.baseline(0)))
        places = {k: column.x for k, column in columns.items()}
        spread(dict(enumerate(heads)), places, region.left, region.right, gap=GAP)

    def pin(self, k: int) -> Pin:
        """A pin in the place of the measured slope of class `k`."""
        number = self._slopes[k]
        pin = Pin(number.quantity)
        pin.scale(number.em / pin.value.em)
        return pin.shift(number.get_center() - pin.value.get_center())
