"""Where the names of a table's rows stand: in a column before the numbers, or each over its own numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from manim import LEFT

from softmax_explained.stage.design.layout import Region
from softmax_explained.stage.shapes.table import WIDEST_PITCH
from softmax_explained.stage.text.label_layout import height_of
from softmax_explained.stage.text.text import MOST_LINES, Words
from softmax_explained.stage.text.word_wrap import min_width

OF_NAMES = 0.16  # the part of the width that a column of names takes if they need no more
LOWEST = 0.62  # Manim units of the first and the last row where the names of the others need several lines
NUMBERS = 0.48  # Manim units that a row of numbers takes at least where each has its name over it


@dataclass(frozen=True)
class ComparisonRows:
    """K rows with names between a head and a last row.

    Attributes:
        names: the names that are written, by class, fitted.
        width: of the column before the numbers, in Manim's units.
        heights: of the rows, K + 2 of them, without the rows of the names over them.
        over: whether names stand in rows of their own, over their numbers.
    """

    names: dict[int, Words]
    width: float
    heights: tuple[float, ...]
    over: bool = False

    @staticmethod
    def of(names: Sequence[Words], spoken: Collection[int], region: Region, most: float) -> ComparisonRows:
        """Choose the first way there is room for; all names if possible, else those of some classes.

        Args:
            names: K names, not yet fitted.
            spoken: the classes that are named in any case.
            region: where the table stands.
            most: Manim units that are left for a column of names.
        """
        rows = next(ways(names, spoken, region, most))
        for name in rows.names.values():
            name.fit_width(region.width if rows.over else rows.width, edge=LEFT)
        return rows


def ways(
    names: Sequence[Words], spoken: Collection[int], region: Region, most: float
) -> Iterator[ComparisonRows]:
    """The ways there is room for, the best first; the last one is there for any names."""
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
    """How many lines of a name have room in some Manim units."""
    return max(1, min(MOST_LINES, int(height / height_of(1) + 0.2)))
