"""A standing bar that turns into a lying one: of the same length all the way, and never aslant."""

from __future__ import annotations

import numpy as np
import pytest
from manim import linear

from softmax_explained.scenes.softmax.turn_right import TurnRight
from softmax_explained.stage.shapes.box import Box

STANDING, LYING = Box(-3, 0, -2.9, 2, colour="ink", opacity=0.4), Box(1, 1, 3, 1.5, colour="ink")


def legs(alpha: float) -> tuple[Box, Box]:
    """The standing and the lying leg after a part of the run time."""
    turn = TurnRight(STANDING, LYING)
    turn.set_rate_func(linear)
    turn.begin()
    turn.interpolate(alpha)
    standing, lying = turn.mobject
    return standing, lying


@pytest.mark.parametrize("alpha", [0.0, 0.2, 0.5, 0.9, 1.0])
def test_both_legs_together_are_as_long_as_the_bar(alpha: float) -> None:
    standing, lying = legs(alpha)
    assert standing.height + lying.width == pytest.approx(2.0)
    for leg in (standing, lying):  # every edge is upright or level
        edges = np.diff(leg.get_start_anchors()[:, :2], axis=0)
        np.testing.assert_allclose(np.abs(edges).min(axis=1), 0.0, atol=1e-9)


def test_it_ends_exactly_where_it_is_going_to_lie() -> None:
    standing, lying = legs(1.0)
    np.testing.assert_allclose([*lying.get_left()[:1], *lying.get_right()[:1]], [1, 3], atol=1e-9)
    np.testing.assert_allclose([lying.get_bottom()[1], lying.get_top()[1]], [1, 1.5], atol=1e-9)
    assert standing.get_fill_opacity() == 0
