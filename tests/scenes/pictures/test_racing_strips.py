"""The race of two strips: segments as long as the shares, counters that count, a hairline at one half."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import softmax

from softmax_explained.core import Lesson, Solution, default_lesson, solve
from softmax_explained.scenes.pictures.racing_strips import RacingStrips
from softmax_explained.stage import Region, Words

REGION = Region(-6, -3, 6, 3)


def race(solution: Solution) -> RacingStrips:
    names = [[Words(str(k)) for k in range(solution.K)] for _ in range(2)]
    heads, steps, halves = ([Words(text) for _ in range(2)] for text in ("A", "step", "half"))
    return RacingStrips(solution, names, heads, steps, halves, REGION)


def by_hand(steps: int, *, squared: bool) -> np.ndarray:
    """The shares of the default lesson after some steps of gradient descent from its bad start."""
    z, y = np.array([2.0, -3.0, 0.1]), np.array([0.0, 1.0, 0.0])
    for _ in range(steps):
        a = softmax(z)
        gradient = (np.diag(a) - np.outer(a, a)) @ (a - y) if squared else a - y
        z = z - gradient
    return softmax(z)


@pytest.mark.parametrize("step", [0, 1, 3])
def test_every_segment_is_as_long_as_its_share(step: int) -> None:
    strips = race(solve(default_lesson())).draw(step)
    for strip, squared in ((strips.upper, False), (strips.lower, True)):
        shares = by_hand(step, squared=squared)
        for k, share in enumerate(shares):
            assert strip.segment(k).width == pytest.approx(share * strip.strip.unit, abs=0.04)
        assert strip.segment(1).get_left()[0] == pytest.approx(strip.strip.left)


def test_the_counters_show_the_step_that_is_taken_and_stop_where_the_true_class_passes_one_half() -> None:
    strips = race(solve(default_lesson()))
    assert [strips.draw(0.0).upper.number.text, strips.lower.number.text] == ["0", "0"]
    assert [strips.draw(2.7).upper.number.text, strips.lower.number.text] == ["3", "3"]
    for step in np.linspace(3.0, 4.0, 11)[1:]:  # nobody may read 3 beside a strip that is past one half
        upper = strips.draw(float(step)).upper
        assert upper.number.text == "4"
    assert strips.draw(3.0).upper.segment(1).get_right()[0] < strips.upper.hairline[0].get_x()
    strips.draw(strips.last_stop)
    assert [strips.upper.number.text, strips.lower.number.text] == ["4", "61"]
    for strip in (strips.upper, strips.lower):
        middle = strip.hairline[0].get_x()
        assert middle == pytest.approx(strip.strip.left + strip.strip.unit / 2)
        assert strip.segment(1).get_right()[0] > middle
        assert strip.draw(strip.steps - 1).segment(1).get_right()[0] < middle


def test_only_a_finished_race_lights_its_counter() -> None:
    soft = solve(Lesson.from_logits([2.0, 1.0, 0.1], ["a", "b", "c"], [0.25, 0.45, 0.3]))
    strips = race(soft).draw(10_000)
    finished = race(solve(default_lesson())).draw(10_000)
    ink, yellow = (each.number.get_fill_color().to_hex() for each in (strips.upper, finished.upper))
    assert soft.race.ce_capped and ink != yellow
    assert finished.lower.number.get_fill_color().to_hex() == yellow


def test_a_name_is_in_its_segment_and_that_of_the_true_class_below_it_while_that_is_too_narrow() -> None:
    strips = race(solve(default_lesson()))
    for step, is_below in ((0, True), (strips.upper.steps, False)):
        upper = strips.draw(step).upper
        true, *others = upper.names
        low = upper.strip.bottom
        assert (true.get_top()[1] < low) == is_below and true.get_fill_opacity() > 0
        assert true.get_left()[0] >= upper.strip.left - 1e-9
        assert true.get_right()[0] < upper.hairline[1].get_left()[0] or not is_below
        for place, name in enumerate(others, start=1):
            start, end = upper.strip.spans[place]
            assert (name.get_fill_opacity() > 0) == (end - start >= name.width + 0.28)
            assert name.get_bottom()[1] > low


@pytest.mark.parametrize("name", ["dog", "a truck with a red trailer"])
def test_beside_a_gauge_the_name_of_the_true_class_is_left_of_its_narrow_segment(name: str) -> None:
    solution = solve(default_lesson())
    names = [[Words(each) for each in ("cat", name, "fox")] for _ in range(2)]
    heads, steps, halves = ([Words(text) for _ in range(2)] for text in ("A", "step", "one half"))
    pushes = Words("first push"), Words("first push")
    strips = RacingStrips(solution, names, heads, steps, halves, REGION, gauges=pushes)
    upper = strips.draw(0).upper
    assert upper.aside is not None and upper.gauge is not None
    assert upper.aside[0].get_fill_opacity() == 1 and upper.names[0][0].get_fill_opacity() == 0
    assert upper.gauge.track.get_right()[0] + 0.1 < upper.aside.get_left()[0]
    assert upper.strip.left - 0.2 < upper.aside.get_right()[0] < upper.strip.left
    assert upper.aside.text in (name, f"{name[: len(upper.aside.text) - 1]}…")
    upper = strips.draw(upper.steps).upper
    assert [upper.aside[0].get_fill_opacity(), upper.names[0][0].get_fill_opacity()] == [0, 1]


@pytest.mark.parametrize(("width", "lines"), [(12.0, 1), (6.4, 2)])
def test_the_name_of_a_push_is_whole_on_one_line_or_on_two(width: float, lines: int) -> None:
    region, solution = Region(-width / 2, -4, width / 2, 4), solve(default_lesson())
    names = [[Words(str(k)) for k in range(solution.K)] for _ in range(2)]
    heads, steps, halves = ([Words(text) for _ in range(2)] for text in ("A", "step", "one half"))
    pushes = Words("first push on the dog"), Words("first push on the dog")
    strips = RacingStrips(solution, names, heads, steps, halves, region, gauges=pushes)
    for strip in (strips.upper, strips.lower):
        assert strip.gauge is not None
        caption = strip.gauge.caption
        assert (caption.lines, len(caption)) == (lines, len(Words("first push on the dog")))  # not cut short
        assert caption.get_bottom()[1] >= region.bottom
        assert caption.get_right()[0] < strip.hairline[1].get_left()[0]
        assert caption.get_left()[0] > strip.gauge.number.get_right()[0]
