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
    ORIGIN,
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
    PMobject,
    Square,
    Triangle,
    ValueTracker,
    VGroup,
    VMobject,
    tempconfig,
)

from softmax_explained.core.formulas.symbols import a, i, y
from softmax_explained.stage.text.formula import Formula
from softmax_explained.studio.painting.appearance import is_visible
from softmax_explained.studio.painting.camera import SegmentCamera
from softmax_explained.studio.painting.rows import Rows

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


class Dots(PMobject):
    """Dots that the camera paints one by one."""

    def __init__(self) -> None:
        super().__init__()
        self.add_points([ORIGIN, UP])


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
            expected = camera.digest(film.stage)
            changed, digest = camera.paint(background, film.stage)
            assert digest == expected
            for band in [Rows(0, len(picture))] if changed is None else changed:
                picture[slice(*band)] = camera.pixel_array[slice(*band)]
            usual.set_frame_to_background(background)
            usual.capture_mobjects(film.stage)
            assert np.array_equal(picture, usual.pixel_array)
            film.change()


@given(seed=st.integers(0, 2**32 - 1))
@settings(deadline=None, max_examples=30)
def test_pictures_of_one_digest_are_the_same_whatever_camera_has_seen_them(seed: int) -> None:
    with tempconfig(SMALL):
        film, camera, usual, seen = Film(seed), SegmentCamera(), Camera(), dict[bytes | None, bytes]()
        for _ in range(12):
            usual.reset()
            usual.capture_mobjects(film.stage)
            picture, digest = usual.pixel_array.tobytes(), camera.digest(film.stage)
            assert digest is not None
            assert digest == SegmentCamera().digest(film.stage)
            assert seen.setdefault(digest, picture) == picture
            film.change()


CHANGES_OF_LOOKS: dict[str, Callable[[Square], object]] = {
    "its place": lambda square: square.shift(0.1 * RIGHT),
    "the colour of its line": lambda square: square.set_stroke(RED),
    "the width of its line": lambda square: square.set_stroke(width=9),
    "its fill": lambda square: square.set_fill(BLUE, opacity=0.5),
    "the corners of its line": lambda square: setattr(square, "joint_type", LineJointType.BEVEL),
}


@pytest.mark.parametrize("change", CHANGES_OF_LOOKS)
def test_a_shape_that_looks_different_has_another_digest(change: str) -> None:
    camera, square = SegmentCamera(), Square(stroke_width=5)
    before = camera.digest([square])
    CHANGES_OF_LOOKS[change](square)
    assert camera.digest([square]) != before


def test_what_is_not_seen_does_not_count_and_the_order_does() -> None:
    camera, square, circle = SegmentCamera(), Square(fill_opacity=1), Circle(fill_opacity=1)
    hidden = Triangle(stroke_opacity=0)
    assert camera.digest([square, hidden, circle]) == camera.digest([square, circle])
    assert camera.digest([square, circle]) != camera.digest([circle, square])


def test_a_picture_is_told_by_its_pixels_and_dots_by_nothing() -> None:
    camera, pixels = SegmentCamera(), np.zeros((4, 4, 3), np.uint8)
    black, same, grey = (ImageMobject(pixels + shade) for shade in np.array([0, 0, 9], np.uint8))
    assert camera.digest([black]) == camera.digest([same])
    assert camera.digest([black]) != camera.digest([grey])
    assert camera.digest([black, Dots()]) is None


def test_a_small_change_is_painted_in_its_rows_only() -> None:
    with tempconfig(SMALL):
        camera, dot, line = (
            SegmentCamera(),
            Circle(radius=0.2, fill_opacity=1).shift(3 * UP),
            Line(LEFT, RIGHT),
        )
        background = np.zeros(camera.pixel_array.shape, np.uint8)
        assert camera.paint(background, [dot, line]).changed is None  # nothing is known of the frame before
        assert camera.paint(background, [dot, line]).changed == ()
        (band,) = camera.paint(background, [dot.shift(0.1 * RIGHT), line]).changed or ()
        assert 0 <= band.top < band.bottom <= 40
        other_move = background.copy()
        assert camera.paint(other_move, [dot, line]).changed is None
        camera.capture_mobjects([dot])
        assert camera.paint(background, [dot, line]).changed is None  # somebody else has painted


def test_a_picture_without_known_rows_is_painted_whole() -> None:
    with tempconfig(SMALL):
        camera, usual = SegmentCamera(), Camera()
        picture = ImageMobject(np.full((20, 30, 4), 200, np.uint8))
        background = np.zeros(camera.pixel_array.shape, np.uint8)
        for _ in range(2):
            assert camera.paint(background, [picture, Square()]).changed is None
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
