"""What the chapter hands on: the bars with pushes and signed numbers, under the result."""

from __future__ import annotations

from dataclasses import replace

from manim import UP, VGroup

from softmax_explained.core import Solution
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.collapse.lines import RESULT
from softmax_explained.scenes.pictures.share_bars import ShareBars
from softmax_explained.stage import Formula, Region

RESULT_ROW, BARS_ROW = 1.6, 4.7  # relative heights
TALLEST = 1.4  # Manim units: height of the result over its bars


class LastPicture(VGroup):
    """The last picture of the chapter.

    Args:
        chapter: the chapter that shows it.

    Attributes:
        result: ∂C/∂z_i = a_i − y_i.
        bars: below it, with a − y under the names.
    """

    def __init__(self, chapter: Chapter) -> None:
        sol = chapter.solution
        top, bottom = result_and_bars(chapter.stage)
        self.result = small_result(top)
        names = [chapter.class_name(k) for k in range(sol.K)]
        below = replace(bottom, bottom=bottom.bottom + 0.1)
        self.bars = ShareBars(sol, names, below, legend_row=False, priority=told(sol))
        super().__init__(self.result, self.bars)


def told(solution: Solution) -> set[int]:
    """The classes that are spoken of: the focus, the true class and a third one."""
    return {solution.i, solution.t, solution.letters["r"]}


def small_result(region: Region) -> Formula:
    """The result as it stands over its bars, at the top of a region."""
    result = Formula(RESULT, size="result")
    below_dock = replace(region, top=region.top - 0.1)
    return below_dock.place(result.scale(min(1.0, TALLEST / result.height)), UP)


def result_and_bars(stage: Region) -> tuple[Region, Region]:
    """The regions of the result and of the bars below it."""
    top, bottom = stage.rows(RESULT_ROW, BARS_ROW, gap=0.05)
    return top, bottom
