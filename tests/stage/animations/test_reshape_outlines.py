"""A dashed rectangle that is turned into another one is a rectangle at every moment."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from manim import DashedVMobject, Scene, VGroup, linear

from softmax_explained.stage.animations.reshape_outlines import ReshapeOutline, ReshapeOutlines
from softmax_explained.stage.shapes.box import FILLED, PITCH, Box, Edges, Outline

sides = st.floats(0.2, 5)
edges = st.builds(
    lambda left, bottom, width, height: (left, bottom, left + width, bottom + height),
    *(st.floats(-3, 3), st.floats(-3, 3), sides, sides),
)


def off_the_rectangle(outline: Outline, rectangle: np.ndarray) -> float:
    """How far the dashes are from the sides of a rectangle, at most."""
    points = np.concatenate([dash.points for dash in outline])[:, :2]
    left, bottom, right, top = rectangle
    nearest = np.minimum(
        abs(points[:, [0]] - [left, right]).min(1), abs(points[:, [1]] - [bottom, top]).min(1)
    )
    inside = (points >= [left - 1e-9, bottom - 1e-9]) & (points <= [right + 1e-9, top + 1e-9])
    assert inside.all()
    return float(nearest.max())


@given(here=edges, there=edges, alpha=st.floats(0, 1))
def test_it_is_a_rectangle_on_its_way(here: Edges, there: Edges, alpha: float) -> None:
    old, new = VGroup(Outline(*here)), VGroup(Outline(*there))
    move = ReshapeOutlines(old, new, rate_func=linear)
    move.begin()
    move.interpolate(alpha)
    expected = np.array(here) + alpha * (np.array(there) - np.array(here))
    assert off_the_rectangle(old[0], expected) < 1e-9


def test_one_that_was_moved_before_begins_from_there() -> None:
    outline = Outline(0, 0, 1, 1)
    first, second = (ReshapeOutline(outline, edges) for edges in ((0, 0, 2, 1), (0, 0, 2, 5)))
    for move in (first, second):
        move.begin()
        assert off_the_rectangle(outline, np.array(outline.edges)) < 1e-9
        move.interpolate(0.0)
        assert outline.edges == ((0, 0, 1, 1) if move is first else (0, 0, 2, 1))
        move.finish()
    assert outline.edges == (0, 0, 2, 5)


def test_it_is_replaced_in_the_end() -> None:
    old, new, scene = VGroup(Outline(0, 0, 1, 1)), VGroup(Outline(0, 0, 2, 3)), Scene()
    scene.add(old)
    move = ReshapeOutlines(old, new)
    move.begin()
    move.finish()
    move.clean_up_from_scene(scene)
    assert scene.mobjects == [new]


@pytest.mark.parametrize("rectangle", [(0, 0, 2, 1), (-1, 0.3, 0.4, 2.7), (0.1, 0.2, 0.101, 1)])
def test_its_dashes_are_those_of_manim(rectangle: Edges) -> None:
    left, bottom, right, top = rectangle
    count = max(8, round(2 * (right - left + top - bottom) / PITCH))
    ours = Outline(*rectangle)
    edge = Box(*rectangle, colour="y", opacity=0.0)
    for dash, other in zip(ours, DashedVMobject(edge, num_dashes=count, dashed_ratio=FILLED), strict=True):
        ends = dash.get_start(), dash.get_end()
        assert np.array(ends) == pytest.approx(np.array([other.get_start(), other.get_end()]))
        assert len(dash.points) == len(other.points)
