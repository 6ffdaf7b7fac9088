"""What is painted without a background gives the opaque picture when it is put over the background."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Circle, Group, ImageMobject, Mobject, Square, Star
from numpy.typing import NDArray

from softmax_explained.stage.design.style import style
from softmax_explained.stage.manim_config import manim_config
from softmax_explained.studio.painting.camera import SegmentCamera
from softmax_explained.studio.painting.transparent_camera import TransparentCamera, straight

GROUND = np.array([14, 17, 22])


def image() -> ImageMobject:
    """A picture in which everything between clear and opaque occurs."""
    pixels = np.zeros((32, 32, 4), np.uint8)
    pixels[..., 0], pixels[..., 1] = np.arange(32) * 8, 200
    pixels[..., 3] = np.arange(32)[:, None] * 8
    return ImageMobject(pixels).scale(4)


PICTURES = {
    "shapes": lambda: [Square(fill_opacity=1), Circle(color="#ff2040")],
    "half transparent ones over each other": lambda: [
        Square(color="#40ff20", fill_opacity=0.3, stroke_opacity=0.5),
        Circle(color="#ffffff", fill_opacity=0.02, stroke_width=20, stroke_opacity=0.01),
        Star(color=["#ff0000", "#0000ff"], fill_opacity=0.7).shift([0.3, 0.2, 0]),
    ],
    "an image": lambda: [image()],
    "shapes below and above an image": lambda: [
        Square(side_length=3, color="#3080ff", fill_opacity=0.4),
        image(),
        Circle(color="#ffe000", fill_opacity=0.4),
    ],
    "nothing": lambda: [],
}


def painted(camera_class: type[SegmentCamera], shown: list[Mobject]) -> NDArray[np.uint8]:
    with manim_config(pixel_width=320, pixel_height=180, frame_width=16.0, frame_height=9.0):
        camera = camera_class()
        camera.background_color = style().colour("ground")
        camera.reset()
        camera.paint(camera.background.copy(), [Group(*shown)] if shown else [])
        return np.array(camera.pixel_array)


@pytest.mark.parametrize("name", PICTURES)
def test_over_the_background_it_is_the_opaque_picture(name: str) -> None:
    opaque = painted(SegmentCamera, PICTURES[name]())[..., :3].astype(float)
    pixels = painted(TransparentCamera, PICTURES[name]())
    found = straight(pixels, (14, 17, 22)) / 65535
    opacity = found[..., 3:]
    over = 255 * found[..., :3] * opacity + GROUND * (1 - opacity)
    assert np.abs(over - opaque).max() <= 1.01
    assert (pixels[0, 0] == [*GROUND, 0]).all()
    assert bool(pixels[..., 3].any()) == (name != "nothing")


def test_what_hides_the_background_is_opaque_and_what_is_half_seen_is_half_opaque() -> None:
    solid, half = (
        painted(TransparentCamera, [Square(fill_opacity=opacity, stroke_width=0)])[90, 160, 3]
        for opacity in (1, 0.5)
    )
    assert solid == 255
    assert half == pytest.approx(127.5, abs=1)


def test_colours_are_those_of_the_shape_and_not_of_the_background() -> None:
    shape = Square(color="#c86432", fill_opacity=0.5, stroke_width=0)
    red, green, blue, _ = straight(painted(TransparentCamera, [shape]), (14, 17, 22))[90, 160] / 257
    assert (red, green, blue) == (
        pytest.approx(200, abs=2),
        pytest.approx(100, abs=2),
        pytest.approx(50, abs=2),
    )
