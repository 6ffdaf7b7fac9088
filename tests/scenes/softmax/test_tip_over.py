"""A bar that tips over: one stiff rod from where it stands to where it lies."""

from __future__ import annotations

import numpy as np
import pytest
from manim import linear

from softmax_explained.scenes.softmax.exponential import TipOver
from softmax_explained.stage.shapes.box import Box

STANDING, LYING = Box(-3, 0, -2.9, 2, colour="ink", opacity=0.4), Box(1, 1, 3, 1.5, colour="ink")


def corners(alpha: float) -> np.ndarray:
    """The rod's four corners after a part of the run time, from the foot's left one on."""
    tip = TipOver(STANDING, LYING)
    tip.set_rate_func(linear)
    tip.begin()
    tip.interpolate(alpha)
    return np.array(tip.mobject.get_start_anchors())[:4, :2]


@pytest.mark.parametrize("alpha", [0.0, 0.2, 0.5, 0.9, 1.0])
def test_it_is_as_long_as_it_was_all_the_way_and_its_corners_stay_right_angles(alpha: float) -> None:
    foot, other_foot, other_head, head = corners(alpha)
    assert np.linalg.norm(head - foot) == pytest.approx(2.0)
    assert np.linalg.norm(other_head - other_foot) == pytest.approx(2.0)
    assert (other_foot - foot) @ (head - foot) == pytest.approx(0.0, abs=1e-9)


def test_it_ends_exactly_where_it_is_going_to_lie() -> None:
    ends = corners(1.0)
    np.testing.assert_allclose(ends.min(axis=0), [1, 1], atol=1e-9)
    np.testing.assert_allclose(ends.max(axis=0), [3, 1.5], atol=1e-9)


def test_what_stood_stays_as_it_was() -> None:
    before = STANDING.points.copy()
    corners(0.7)
    np.testing.assert_array_equal(STANDING.points, before)
    assert STANDING.get_fill_opacity() == 0.4
