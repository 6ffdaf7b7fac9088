"""The segment's camera takes the pictures that Manim's camera takes, to the last bit."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import (
    BLUE,
    DOWN,
    GREEN,
    LEFT,
    RED,
    RIGHT,
    UP,
    Camera,
    CapStyleType,
    Circle,
    ImageMobject,
    Line,
    LineJointType,
    Mobject,
    Square,
    Triangle,
    ValueTracker,
    VGroup,
    VMobject,
    tempconfig,
)

from softmax_explained.core.formulas.symbols import a, i, y
from softmax_explained.stage.text.formula import Formula
from softmax_explained.studio.video.camera import SegmentCamera, is_visible
from softmax_explained.studio.video.rows import Rows

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


class Film:
    """Shapes on a background, and changes of them from frame to frame, as a seed has it."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.stage: list[Mobject] = [self.shape() for _ in range(5)]
        self.stage.insert(2, ValueTracker(1.0))  # has points, and is painted by nobody

    def shape(self) -> Mobject:
        made: list[Callable[[], VMobject]] = [
            lambda: Square(stroke_width=float(self.random.uniform(0, 12))),
            lambda: Triangle(stroke_width=30, joint_type=LineJointType.MITER),  # its tips reach far
            lambda: Circle(fill_opacity=0.5),
            lambda: Line(LEFT, UP, stroke_width=8, cap_style=CapStyleType.SQUARE),
            lambda: Square(fill_opacity=0.7).set_color([RED, BLUE]),
            lambda: Formula(a[i] - y[i]),
        ]
        shape = made[self.random.integers(len(made))]()
        return shape.scale(self.random.uniform(0.2, 0.8)).shift([*self.random.uniform(-4, 4, 2), 0])

    def change(self) -> None:
        """Something happens, or nothing."""
        place = int(self.random.integers(len(self.stage)))
        shape = self.stage[place]
        match self.random.integers(9):
            case 0 | 1:
                shape.shift([*self.random.uniform(-1, 1, 2), 0])
            case 2 if isinstance(shape, VMobject):
                shape.set_opacity(float(self.random.uniform(0, 1)))
            case 3 if isinstance(shape, VMobject):
                shape.set_color([RED, GREEN, BLUE][self.random.integers(3)])
            case 4:
                self.stage.append(self.shape())
            case 5:
                self.stage.pop(place)
                self.stage.append(self.shape())
            case 6:
                self.stage.insert(0, self.stage.pop(place))
            case 7 if isinstance(shape, VMobject):
                shape.set_stroke(width=float(self.random.uniform(0, 20)))


@given(seed=st.integers(0, 2**32 - 1))
@settings(deadline=None, max_examples=30)
def test_rows_that_are_painted_over_the_frame_before_make_the_whole_picture(seed: int) -> None:
    with tempconfig(SMALL):
        film, camera, usual = Film(seed), SegmentCamera(), Camera()
        background = np.random.default_rng(seed).integers(0, 256, camera.pixel_array.shape).astype(np.uint8)
        background[..., 3] = 255
        picture = background.copy()
        for _ in range(12):
            changed = camera.paint(background, film.stage)
            for band in [Rows(0, len(picture))] if changed is None else changed:
                picture[slice(*band)] = camera.pixel_array[slice(*band)]
            usual.set_frame_to_background(background)
            usual.capture_mobjects(film.stage)
            assert np.array_equal(picture, usual.pixel_array)
            film.change()


def test_a_small_change_is_painted_in_its_rows_only() -> None:
    with tempconfig(SMALL):
        camera, dot, line = (
            SegmentCamera(),
            Circle(radius=0.2, fill_opacity=1).shift(3 * UP),
            Line(LEFT, RIGHT),
        )
        background = np.zeros(camera.pixel_array.shape, np.uint8)
        assert camera.paint(background, [dot, line]) is None  # nothing is known of the frame before
        assert camera.paint(background, [dot, line]) == ()
        (band,) = camera.paint(background, [dot.shift(0.1 * RIGHT), line]) or ()
        assert 0 <= band.top < band.bottom <= 40
        assert camera.paint(background.copy(), [dot, line]) is None  # another move, another background
        camera.capture_mobjects([dot])
        assert camera.paint(background, [dot, line]) is None  # somebody else has painted


def test_a_picture_without_known_rows_is_painted_whole() -> None:
    with tempconfig(SMALL):
        camera, usual = SegmentCamera(), Camera()
        picture = ImageMobject(np.full((20, 30, 4), 200, np.uint8))
        background = np.zeros(camera.pixel_array.shape, np.uint8)
        for _ in range(2):
            assert camera.paint(background, [picture, Square()]) is None
            picture.shift(0.3 * RIGHT)
        usual.set_frame_to_background(background)
        usual.capture_mobjects([picture.shift(-0.3 * RIGHT), Square()])
        assert np.array_equal(camera.pixel_array, usual.pixel_array)


@pytest.mark.parametrize(
    "shape", [Square(), Square(fill_opacity=0.1, stroke_width=0), VMobject(background_stroke_width=1)]
)
def test_a_shape_with_any_ink_is_visible(shape: VMobject) -> None:
    assert is_visible(shape)


@pytest.mark.parametrize("shape", [Square(stroke_width=0), Square(stroke_opacity=0), Line().set_opacity(0)])
def test_a_shape_without_ink_is_not_seen(shape: VMobject) -> None:
    assert not is_visible(shape)
