"""The segment's camera takes the pictures that Manim's camera takes, to the last bit."""

from collections.abc import Callable

import numpy as np
import pytest
from manim import DOWN, LEFT, RIGHT, Camera, Circle, Line, Mobject, Square, VGroup, VMobject, tempconfig

from softmax_explained.core.formulas.symbols import a, i, y
from softmax_explained.stage.text.formula import Formula
from softmax_explained.studio.video.camera import SegmentCamera, is_visible

SMALL = {"pixel_width": 256, "pixel_height": 144}


def pictures(camera: Camera, stage: list[Mobject], changes: list[Callable[[], object]]) -> list[np.ndarray]:
    """What a camera sees before and after every change."""
    taken = []
    for change in [lambda: None, *changes]:
        change()
        camera.reset()
        camera.capture_mobjects(stage)
        taken.append(camera.pixel_array.copy())
    return taken


def scenery() -> tuple[list[Mobject], list[Callable[[], object]]]:
    """Shapes, and what happens to them from frame to frame."""
    formula = Formula(a[i] - y[i])
    circle = Circle(color="#ff0000", fill_opacity=0.5).shift(LEFT)
    hidden = Square(stroke_opacity=0).shift(2 * RIGHT)
    lines = VGroup(Line(LEFT, RIGHT), Line(LEFT, 2 * DOWN, stroke_width=0))
    changes: list[Callable[[], object]] = [
        lambda: formula.shift(DOWN),
        lambda: circle.set_fill("#00ff00", opacity=1),  # another colour on the same path
        lambda: hidden.set_stroke(opacity=1),
        lambda: circle.become(Square().shift(LEFT)),  # another path in the same place
        lambda: formula.set_opacity(0),
        lambda: lines.rotate(0.3),
        lambda: None,
    ]
    return [formula, circle, hidden, lines], changes


def test_what_stands_and_what_changes_look_as_ever() -> None:
    with tempconfig(SMALL):
        seen = pictures(SegmentCamera(), *scenery())
        expected = pictures(Camera(), *scenery())
    assert all(map(np.array_equal, seen, expected))
    assert (
        len({picture.tobytes() for picture in expected}) == len(expected) - 1
    )  # only the last is like the one before


@pytest.mark.parametrize(
    "shape", [Square(), Square(fill_opacity=0.1, stroke_width=0), VMobject(background_stroke_width=1)]
)
def test_a_shape_with_any_ink_is_visible(shape: VMobject) -> None:
    assert is_visible(shape)


@pytest.mark.parametrize("shape", [Square(stroke_width=0), Square(stroke_opacity=0), Line().set_opacity(0)])
def test_a_shape_without_ink_is_not_seen(shape: VMobject) -> None:
    assert not is_visible(shape)
