"""Tags of a strip: in their segments where they fit, else over it, apart from one another."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from softmax_explained.core import Lesson, solve
from softmax_explained.stage import Readout, Strip, Words
from softmax_explained.stage.charts.segment_tags import SegmentTags
from softmax_explained.studio.check.thresholds import PIXEL

LEFT, RIGHT = -6.0, 6.0


def tagged(logits: list[float], *, length: float = RIGHT - LEFT, **how: object) -> tuple[Strip, SegmentTags]:
    """A strip of shares with its tags."""
    K = len(logits)
    solution = solve(Lesson.from_logits(logits, [f"class {k}" for k in range(K)], [1] + [0] * (K - 1)))
    strip = Strip(solution.a, left=LEFT, y=0, unit=length, height=1.5)
    names = [Words(name, size="label") for name in solution.lesson.classes]
    values = [Readout(solution[f"a[{k}]"]) for k in range(K)]
    return strip, SegmentTags(names, values, strip, left=LEFT, right=RIGHT, **how)


@pytest.mark.parametrize("logits", [[2, 1, 0.1], [0, 0], [30, 0, 0], list(np.linspace(0, 4, 10))])
def test_what_is_inside_fits_and_what_is_over_the_strip_is_apart(logits: list[float]) -> None:
    strip, tags = tagged(logits)
    assert sorted([*tags.inside, *tags.outside]) == sorted(tags.shown) == list(range(len(logits)))
    for k in tags.inside:
        start, end = strip.spans[k]
        assert start < tags.tag(k).get_left()[0] and tags.tag(k).get_right()[0] < end
        assert strip.bottom < tags.tag(k).get_bottom()[1] and tags.tag(k).get_top()[1] < strip.top
    for k in tags.outside:
        assert tags.tag(k).get_bottom()[1] > strip.top
        assert tags.tag(k).get_left()[0] >= LEFT - PIXEL and tags.tag(k).get_right()[0] <= RIGHT + PIXEL
        assert tags.lines[k].get_start()[0] == pytest.approx(strip.middle(k), abs=PIXEL)
    for k, after in pairwise(tags.outside):
        assert tags.tag(k).get_right()[0] < tags.tag(after).get_left()[0]


def test_where_not_all_fit_the_priority_classes_keep_their_tags() -> None:
    _, tags = tagged([9.0, *[0.0] * 9], length=3.0, priority={0, 7})
    _, all_of_them = tagged([9.0, *[0.0] * 9], length=3.0, priority={0, 1})
    assert {0, 7} <= set(tags.shown) and {0, 1} <= set(all_of_them.shown)


def test_many_leader_lines_end_at_segments_that_can_be_told_apart() -> None:
    logits = [3.38, -3.16, -0.19, -3.04, -3.4, -3.82, 0.09, 2.98, 0.46, -6.88]  # a network of ten digits
    _, tags = tagged(logits, length=7.0, priority={0, 7})
    assert tags.shown == [0, 2, 6, 7, 8, 9] and len(tags.outside) == 4
    feet = sorted(float(tags.lines[k].get_start()[0]) for k in tags.outside)
    assert min(after - foot for foot, after in pairwise(feet)) >= 12 * PIXEL
    assert {0, 1, 3, 7} <= set(
        tagged(logits, length=7.0, priority={1, 3})[1].shown
    )  # what is told of has its tag


def test_a_tag_that_will_not_fit_is_over_the_strip_from_the_beginning() -> None:
    _, now = tagged([2, 1, 0.1])
    _, later = tagged([2, 1, 0.1], narrowest=np.array([0.6, 0.02, 0.02]))
    assert 1 in now.inside and 1 in later.outside


def test_tags_follow_their_segments_and_show_live_numbers() -> None:
    strip, tags = tagged([2, 1, 0.1], narrowest=np.array([0.1, 0.1, 0.1]))
    strip.draw([0.2, 0.3, 0.5])
    tags.follow(lambda: strip.lengths)
    tags.update()
    assert [tags.value(k).text for k in range(3)] == ["0.200", "0.300", "0.500"]
    for k in tags.shown:
        assert tags.tag(k).get_x() == pytest.approx(strip.middle(k), abs=0.4)
    tags.settle()
    assert [tags.value(k).text for k in range(3)] == ["0.659", "0.242", "0.099"]
