"""The words for the arrows are near the numbers, and below none of them where there is room beside."""

from __future__ import annotations

import pytest

from softmax_explained.scenes.pictures.share_bars import once_standing, put_between, stand_up
from softmax_explained.stage import Box, Region, Words
from softmax_explained.studio.check.thresholds import ADRIFT, PIXEL

REGION = Region(-6, -1, 6, 1)


def numbers(*places: float) -> list[Words]:
    return [Words("+0.557", size="number").set_x(x).stand_on(0.2) for x in places]


@pytest.mark.parametrize("places", [(-3.5, 3.5), (-4.0, 0.0, 4.0), (-5.0, 1.5), (2.0, 4.0), (-4.0, -2.0)])
def test_the_words_are_straight_below_no_number(places: tuple[float, ...]) -> None:
    legend = put_between(
        Words("arrow = push = −slope", size="label").stand_on(-0.3), numbers(*places), REGION
    )
    assert all(abs(legend.get_x() - x) > 0.4 * legend.width for x in places)
    assert REGION.left <= legend.get_left()[0] and legend.get_right()[0] <= REGION.right


@pytest.mark.parametrize("places", [(-3.5, 3.5), (-5.0, 5.0), (3.0, 5.0), (-5.0, -3.0)])
def test_the_words_stay_near_a_number(places: tuple[float, ...]) -> None:
    written = numbers(*places)
    legend = put_between(Words("push", size="label").stand_on(-0.3), written, REGION)
    gaps = [abs(legend.get_x() - each.get_x()) - (legend.width + each.width) / 2 for each in written]
    assert min(gaps) <= ADRIFT * PIXEL / 2


@pytest.mark.parametrize(("arrow", "near"), [(-4.0, -4.5), (3.0, 4.5)])
def test_the_words_are_near_the_number_of_their_arrow(arrow: float, near: float) -> None:
    legend = put_between(Words("push", size="label").set_x(arrow).stand_on(-0.3), numbers(-4.5, 4.5), REGION)
    assert abs(legend.get_x() - near) < abs(legend.get_x() + near)


@pytest.mark.parametrize("places", [(-5.0, 0.0, 5.0), (-5.0, 0.0), (0.0, 5.0)])
def test_the_words_are_near_no_number_that_may_be_hidden(places: tuple[float, ...]) -> None:
    written = numbers(*places)
    certain = [each for each, x in zip(written, places, strict=True) if x != 0.0]
    legend = Words("push", size="label").set_x(-4.0).stand_on(-0.3)
    put_between(legend, written, REGION, certain=certain)
    gaps = [abs(legend.get_x() - each.get_x()) - (legend.width + each.width) / 2 for each in certain]
    assert min(gaps) <= ADRIFT * PIXEL / 2


def test_words_that_fit_nowhere_stay_where_they_are() -> None:
    legend = Words("arrow = push = −slope", size="label").set_x(1.0).stand_on(-0.3)
    assert put_between(legend, numbers(-5, -3, -1, 1, 3, 5), REGION).get_x() == pytest.approx(1.0)


def test_words_stay_clear_of_what_stands_in_their_row() -> None:
    tag = Words("slope", size="label").set_x(0.0).stand_on(-0.3)
    legend = Words("arrow = push = −slope", size="label").set_x(3.5).stand_on(-0.3)
    assert put_between(legend, numbers(-3.5, 3.5), REGION, beside=[tag]).get_x() != pytest.approx(0.0)
    assert abs(legend.get_x() - tag.get_x()) > (legend.width + tag.width) / 2


def test_a_strip_stands_up_in_step_with_what_goes_along_and_is_at_the_foot_before_that_is_seen() -> None:
    segment, bar = Box(0, 3, 2, 4, colour="a"), Box(-1, 0, 0, 1.5, colour="a")
    move = stand_up(segment, bar)
    assert move.run_time == 1.0  # a play scales all its animations by one factor
    flat, foot, up = move.animations
    assert (flat.run_time, foot.run_time) == (up.run_time, up.run_time)  # it is at the foot after two thirds
    assert foot.target_mobject.get_bottom()[1] == pytest.approx(0.0)
    assert up.target_mobject.get_top()[1] == pytest.approx(1.5)
    assert [once_standing(alpha) for alpha in (0.0, 0.4, 0.66, 1.0)] == [0.0, 0.0, 0.0, 1.0]
