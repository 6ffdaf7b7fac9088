"""What is written on and under a nudged strip stays apart, whatever the shares are."""

from __future__ import annotations

import pytest
from manim import LEFT, RIGHT

from softmax_explained.core import Lesson, default_lesson, solve
from softmax_explained.scenes.softmax_slope.strip_labels import APART, SMALLEST, shares_on, taxes_under
from softmax_explained.stage.charts.nudged_strip import NudgedStrip
from softmax_explained.stage.design.style import style
from softmax_explained.stage.text.text import Readout

LESSONS = {
    "three": default_lesson(),
    "focus last": Lesson.from_logits([0.1, 1.0, 2.0], ["fox", "dog", "cat"], [0, 1, 0]),
    "neighbours": Lesson.from_logits([0.0] * 10, [f"class {n}" for n in range(10)], [0] * 9 + [1]),
    "far apart": Lesson.from_logits([30, -30, 0], ["alpha", "beta", "gamma"], [0, 1, 0]),
}


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=list(LESSONS))
def test_the_names_of_two_taxes_neither_touch_nor_reach_the_end_of_a_strip_of_length_one(
    lesson: Lesson,
) -> None:
    solution = solve(lesson)
    strip = NudgedStrip(solution.a, solution.i, 0.16, left=-6.0, y=0.0, unit=10.0)
    slivers = strip.tax_slivers()
    other, own = taxes_under(strip, slivers[solution.t], slivers[solution.i])
    left, right = sorted((other, own), key=lambda name: name.get_x())
    assert right.get_edge_center(LEFT)[0] - left.get_edge_center(RIGHT)[0] >= APART - 1e-9
    assert right.get_edge_center(RIGHT)[0] <= strip.one - APART / 2 + 1e-9
    assert (other.get_x() < own.get_x()) == (slivers[solution.t].get_x() < slivers[solution.i].get_x())


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=list(LESSONS))
def test_shares_are_written_large_enough_to_read_and_inside_their_segments(lesson: Lesson) -> None:
    solution = solve(lesson)
    strip = NudgedStrip(solution.a, solution.i, 0.0, left=-6.0, y=0.0, unit=10.0)
    labels = shares_on(strip, solution)
    assert set(labels) >= {k for k in range(solution.K) if solution.a[k] > 0.12}
    for k, label in labels.items():
        start, end = strip.spans[strip.segment(k)]
        assert start < label.get_edge_center(LEFT)[0] < label.get_edge_center(RIGHT)[0] < end
        assert label.em >= SMALLEST * style().size("body")


def test_a_nudged_share_with_little_room_is_a_number_without_its_name() -> None:
    narrow = Lesson.from_logits([0.0, 2.2], ["no", "yes"], [0, 1])
    solution = solve(narrow)
    strip = NudgedStrip(solution.a, 0, 0.0, left=-6.0, y=0.0, unit=10.0)
    assert isinstance(shares_on(strip, solution)[0], Readout)
