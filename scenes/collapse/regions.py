"""Where the pictures of the chapter stand on the stage."""

from __future__ import annotations

from dataclasses import replace

from manim import VMobject

from softmax_explained.scenes.collapse.last_picture import result_and_bars
from softmax_explained.scenes.pictures.share_bars import ShareBars
from softmax_explained.stage import Region

MAP = 0.34  # the part of the height for the map: its rows have room for the products of four classes
CHAIN, CLEAR = 0.28, 0.2  # the part of the width for the pushes tip to tail, and Manim units around them
LISTED_ABOVE = 4  # with more classes than this, the accounts are a list in a landscape frame too
WORD = 0.32  # Manim units below the lines for a word under a denominator
OVER_BARS = 0.2  # Manim units between the bars and what stands or glows over them


def map_and_lines(stage: Region) -> tuple[Region, Region]:
    """The region of the map, and of the lines below it."""
    above, below = stage.rows(MAP, 1 - MAP, gap=0.1)
    return above, replace(below, bottom=below.bottom + WORD).inset(x=0.1)  # a glow is wider than its line


def sum_regions(stage: Region) -> tuple[Region, Region, Region]:
    """The regions of the whole line, of the row of terms, and of the lines that follow."""
    top, middle, below = stage.rows(1.45, 1.45, 3.2, gap=0.1)
    return top, middle, below


def result_regions(stage: Region, K: int) -> tuple[Region, Region]:
    """The regions of the result and of the bars of K classes, with space below them for the accounts."""
    top, bottom = stage.rows(2.1, 4.2, gap=OVER_BARS)
    listed = (0.06 if K > LISTED_ABOVE else 0.0) if stage.is_landscape else 0.09
    return top, replace(bottom, bottom=bottom.bottom + listed * stage.height)


def result_and_chain(stage: Region, bars: ShareBars) -> tuple[Region, Region]:
    """The regions of the result and, at one side of it, of the pushes tip to tail.

    The pushes reach down to the bars, at the side where these are lower.
    """
    above, _ = result_regions(stage, len(bars.bars))
    standing = [
        part
        for group in (bars.bars, bars.targets, bars.arrows)
        for part in group
        if len(part.get_all_points())
    ]

    def height(column: Region) -> float:
        over = [part for part in standing if _overlap(part, column)]
        return max([bars.chart.base, *[float(part.get_top()[1]) for part in over]]) + CLEAR

    left, right = above.columns(1 - CHAIN, CHAIN, gap=CLEAR), above.columns(CHAIN, 1 - CHAIN, gap=CLEAR)
    sides = [left, right[::-1]]
    rest, free = min(sides, key=lambda side: height(side[1]))
    return rest, replace(free, bottom=min(free.bottom, height(free)))


def lines_and_bars(stage: Region) -> tuple[Region, Region]:
    """The regions of the lines that are searched, and of the bars beside or below them."""
    _, below = result_and_bars(stage)
    lines, bars = below.flow(0.47, 0.53, rows=(0.46, 0.54), gap=0.3, row_gap=0.15)
    if stage.is_landscape:  # the glow behind the result reaches lower than the result
        bars = replace(bars, top=bars.top - OVER_BARS)
    return lines, bars


def _overlap(part: VMobject, column: Region) -> bool:
    """Whether a mobject is over or under a region."""
    return bool(part.get_left()[0] < column.right and part.get_right()[0] > column.left)
