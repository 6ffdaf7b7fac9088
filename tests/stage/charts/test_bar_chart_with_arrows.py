"""Bars with their arrows: every number that has room is written, none is small, none touches another."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from softmax_explained.core import Lesson, solve
from softmax_explained.stage.charts.bar_chart_with_arrows import BarChartWithArrows
from softmax_explained.stage.design.layout import FRAMES, Region
from softmax_explained.stage.design.style import style
from softmax_explained.stage.text.text import Words

NAMES = ("spam", "no", "airplane", "automobile", "the northern white-breasted hedgehog sp.")


def pushed(K: int, frame: str) -> tuple[BarChartWithArrows, Region]:
    z = np.linspace(-1, 2, K)
    lesson = Lesson.from_logits(z, [f"{NAMES[k % 5]} {k}"[-40:] for k in range(K)], np.eye(K)[0])
    region = FRAMES[frame].stage.rows(1.6, 3.9, gap=0.3)[1]
    names = [Words(name, size="label") for name in lesson.classes]
    return BarChartWithArrows.of(solve(lesson), names, region), region


@pytest.mark.parametrize("frame", sorted(FRAMES))
@pytest.mark.parametrize("K", [2, 3, 6, 10])
def test_all_that_is_written_is_large_and_stands_apart_inside_the_region(K: int, frame: str) -> None:
    bars, region = pushed(K, frame)
    numbers = sorted(bars.values, key=lambda number: number.get_x())
    for number in numbers:
        assert number.em >= style().size("least") - 1e-6
    for left, right in pairwise(numbers):
        assert right.get_left()[0] - left.get_right()[0] >= 0.2
    assert bars.get_left()[0] >= region.left - 0.1 and bars.get_right()[0] <= region.right + 0.1
    assert bars.get_bottom()[1] >= region.bottom - 0.1


@pytest.mark.parametrize("frame", ["tall", "square"])
def test_with_ten_classes_the_two_the_film_speaks_of_keep_their_numbers(frame: str) -> None:
    bars, _ = pushed(10, frame)
    assert sorted(bars.value_of) == [0, 9]  # the true class, and the strongest other one
