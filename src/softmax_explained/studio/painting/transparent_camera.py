"""A camera that also finds how opaque each pixel is, without changing any colour."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from softmax_explained.studio.painting.camera import SegmentCamera
from softmax_explained.studio.painting.rows import Pixels


class TransparentCamera(SegmentCamera):
    """Paints the colours of an opaque film, and as alpha the part of each pixel that something covers.

    Cairo treats the four channels alike: what is painted takes as much of its place in each of them as it is
    opaque. So on a ground of the background's colour with an alpha of 0, red, green and blue become what they
    are in the opaque film, to the last bit, and alpha what is covered. `straight` tells the colours of what
    covers it from these.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{**settings, "background_opacity": 0.0})

    def overlay_PIL_image(self, pixel_array: Pixels, image: Image.Image) -> None:
        """Paint an image as Cairo would; Manim would take the ground for nothing, which has no colour."""
        above = np.asarray(image.convert("RGBA"), np.float32)
        opacity = above[..., 3:] / 255
        above = np.concatenate([above[..., :3], np.full_like(opacity, 255)], axis=2)
        pixel_array[:] = np.rint(pixel_array * (1 - opacity) + above * opacity)


def straight(pixels: Pixels, ground: tuple[int, int, int]) -> NDArray[np.uint16]:
    """The colours of what covers the ground, not mixed with it.

    Args:
        pixels: (height, width, 4): the colours over the ground, and how much of it is covered.
        ground: its colour. What is not covered at all gets it too, so that colours do not jump at an edge.

    Returns:
        (height, width, 4): RGBA with 16 bits.

    >>> painted = np.array([[[110, 60, 10, 128], [200, 0, 0, 255], [20, 20, 20, 0]]], np.uint8)
    >>> (straight(painted, (20, 20, 20)) // 257).tolist()
    [[[199, 99, 0, 128], [200, 0, 0, 255], [20, 20, 20, 0]]]
    """
    found = pixels.astype(np.uint16) * 257
    alpha = pixels[..., 3]
    found[alpha == 0, :3] = np.array(ground, np.uint16) * 257
    partly = (alpha > 0) & (alpha < 255)
    opacity = alpha[partly, None].astype(np.float32) / 255
    mixed = pixels[partly, :3].astype(np.float32)
    colours = (mixed - np.array(ground, np.float32) * (1 - opacity)) / opacity
    found[partly, :3] = np.rint(np.clip(colours, 0, 255) * 257)
    return found
