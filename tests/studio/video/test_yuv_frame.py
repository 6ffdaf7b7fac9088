"""A picture of which only the change is converted is the picture converted whole."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from softmax_explained.studio.painting.rows import Rows, bands
from softmax_explained.studio.video.yuv_frame import TILE, YuvFrame, changed

HEIGHT, WIDTH = 2 * TILE + 46, 3 * TILE + 18


def planes(canvas: YuvFrame) -> list[np.ndarray]:
    """Luma and colour, without what a line is filled up with in memory."""
    return [
        np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)[:, : plane.width].copy()
        for plane in canvas.frame.planes
    ]


def converted_whole(pixels: np.ndarray) -> list[np.ndarray]:
    canvas = YuvFrame(WIDTH, HEIGHT)
    canvas.show(pixels)
    return planes(canvas)


@st.composite
def boxes(draw: st.DrawFn) -> tuple[int, int, int, int]:
    top, bottom = sorted(draw(st.tuples(*[st.integers(0, HEIGHT)] * 2)))
    left, right = sorted(draw(st.tuples(*[st.integers(0, WIDTH)] * 2)))
    return top, bottom, left, right


@given(st.lists(boxes(), min_size=1, max_size=4), st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_it_shows_what_a_canvas_would_that_never_showed_anything_else(
    painted: list[tuple[int, int, int, int]], seed: int
) -> None:
    rng = np.random.default_rng(seed)
    pixels = np.full((HEIGHT, WIDTH, 4), 255, np.uint8)
    canvas = YuvFrame(WIDTH, HEIGHT)
    canvas.show(pixels)
    for top, bottom, left, right in painted:
        pixels[top:bottom, left:right, :3] = rng.integers(0, 256, (bottom - top, right - left, 3))
        canvas.show(pixels)
    assert all(map(np.array_equal, planes(canvas), converted_whole(pixels)))


@given(st.lists(boxes(), min_size=1, max_size=4), st.integers(0, 2**32 - 1))
@settings(max_examples=30, deadline=None)
def test_rows_that_are_said_to_have_changed_are_enough(
    painted: list[tuple[int, int, int, int]], seed: int
) -> None:
    rng = np.random.default_rng(seed)
    pixels = np.full((HEIGHT, WIDTH, 4), 255, np.uint8)
    canvas = YuvFrame(WIDTH, HEIGHT)
    canvas.show(pixels)
    for top, bottom, left, right in painted:
        pixels[top:bottom, left:right, :3] = rng.integers(0, 256, (bottom - top, right - left, 3))
    canvas.show(pixels, bands([Rows(top, bottom) for top, bottom, *_ in painted], HEIGHT))
    assert all(map(np.array_equal, planes(canvas), converted_whole(pixels)))


@given(boxes())
def test_a_change_is_found_to_the_pixel(box: tuple[int, int, int, int]) -> None:
    top, bottom, left, right = box
    before = np.zeros((HEIGHT, WIDTH, 4), np.uint8)
    after = before.copy()
    after[top:bottom, left:right, 1] = 1
    assert changed(before, after) == (box if top < bottom and left < right else None)


def test_a_picture_that_is_changed_afterwards_stays_as_it_was_shown() -> None:
    pixels = np.zeros((HEIGHT, WIDTH, 4), np.uint8)
    canvas = YuvFrame(WIDTH, HEIGHT)
    canvas.show(pixels)
    shown = planes(canvas)
    pixels[:] = 255  # Manim draws the next frame where the last one was
    assert all(map(np.array_equal, planes(canvas), shown))
