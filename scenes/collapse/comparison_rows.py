"""The rows of the comparison: names in a column of their own, or each above its numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from manim import LEFT

from softmax_explained.stage import Region
from softmax_explained.stage.shapes.table import WIDEST_PITCH
from softmax_explained.stage.text.label_layout import height_of
from softmax_explained.stage.text.text import MOST_LINES, Words
from softmax_explained.stage.text.word_wrap import min_width

OF_NAMES = 0.16  # fraction of the width for a column of names, at least
LOWEST = 0.62  # height in Manim units of the first and last row where names need several lines
NUMBERS = 0.48  # minimum height in Manim units of a row of numbers below a name


@dataclass(frozen=True)
class ComparisonRows:
    """K rows with names, a heading and a last row."""

    names: dict[int, Words]  # the names that are written, by class, fitted
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
