"""What a shape looks like: all that its part of a picture depends on, and the rows that it may touch."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Self

import numpy as np
from manim import Camera, VMobject
from numpy.typing import NDArray

from softmax_explained.studio.painting.rows import Rows

_MITRE = 10.0  # the tip of a corner reaches so many half line widths beyond it: Cairo's limit
_SOFT = 2.0  # pixels that a soft edge may reach further

DIGITS = 9
"""Decimals of Manim's units that count for a picture: a billionth is a ten-millionth of a pixel at 1080p."""

_FLOAT64 = np.dtype(np.float64)


class Look(NamedTuple):
    """Every property of a shape that Manim's camera uses; arrays as the bytes of their doubles."""

    points: bytes
    fill: bytes
    stroke: bytes
    background_stroke: bytes
    sheen_direction: bytes
    stroke_width: float
    background_stroke_width: float
    sheen_factor: float
    joint_type: object = None
    cap_style: object = None

    @classmethod
    def of(cls, shape: VMobject) -> Self:
        """The look of a shape now."""
        return cls(
            _bytes(shape.points),
            _bytes(shape.get_fill_rgbas()),
            _bytes(shape.get_stroke_rgbas()),
            _bytes(shape.get_stroke_rgbas(background=True)),
            _bytes(shape.sheen_direction),
            float(shape.stroke_width),
            float(shape.background_stroke_width),
            float(shape.sheen_factor),
            shape.joint_type,
            shape.cap_style,
        )


@dataclass(frozen=True)
class Appearance:
    """A look, and the rows in which it may be seen; two shapes with equal looks are painted alike."""

    look: Look
    rows: Rows  # none if it is invisible

    @classmethod
    def of(cls, shape: VMobject, camera: Camera, before: Self | None = None) -> Self:
        """What a shape looks like now.

        Args:
            shape: the shape.
            camera: Manim's, for the rows.
            before: what it looked like before; returned if nothing has changed.
        """
        look = Look.of(shape)
        if before is not None and before.look == look:
            return before
        return cls(look, _rows(shape, look, camera) if is_visible(shape) else _NONE)

    @classmethod
    def of_picture(cls, points: NDArray[np.float64], picture: str, camera: Camera) -> Self:
        """What an image looks like, given its corners and what tells it from other images."""
        look = Look(_bytes(points), b"", b"", b"", b"", 0.0, 0.0, 0.0, picture)
        return cls(look, Rows(0, camera.pixel_height))

    @property
    def is_visible(self) -> bool:
        """Whether anything of it can be in the picture."""
        return self.rows.top < self.rows.bottom

    @cached_property
    def digest(self) -> bytes:
        """Of the look, its numbers rounded to `DIGITS` decimals."""
        arrays, numbers, others = self.look[:5], self.look[5:8], self.look[8:]
        rounded = np.frombuffer(b"".join(arrays)).round(DIGITS) + 0.0  # -0 is 0
        rest = [*map(len, arrays), *(round(number, DIGITS) + 0.0 for number in numbers), *others]
        return hashlib.blake2b(rounded.tobytes() + repr(rest).encode(), digest_size=16).digest()


_NONE = Rows(0, 0)


def digest_of(appearances: Iterable[Appearance]) -> bytes:
    """One digest of what is visible of them, in order."""
    together = b"".join(each.digest for each in appearances if each.is_visible)
    return hashlib.blake2b(together, digest_size=16).digest()


def is_visible(shape: VMobject) -> bool:
    """Whether a shape has a visible fill or stroke.

    >>> from manim import Square
    >>> is_visible(Square()), is_visible(Square(stroke_opacity=0)), is_visible(Square(fill_opacity=0.1))
    (True, False, True)
    """
    return bool(
        shape.get_fill_rgbas()[:, 3].any()
        or (shape.stroke_width and shape.get_stroke_rgbas()[:, 3].any())
        or (shape.background_stroke_width and shape.get_stroke_rgbas(background=True)[:, 3].any())
    )


def _bytes(array: NDArray[np.float64] | tuple[float, ...]) -> bytes:
    if type(array) is not np.ndarray or array.dtype is not _FLOAT64:  # Manim's constants and tuples of a user
        array = np.asarray(array, _FLOAT64)
    return array.tobytes()


def _rows(shape: VMobject, look: Look, camera: Camera) -> Rows:
    """The rows that a shape may touch."""
    ys = shape.points[:, 1]
    scale, centre = camera.pixel_height / camera.frame_height, camera.frame_center[1]
    top, bottom = (camera.pixel_height / 2 - scale * (y - centre) for y in (ys.max(), ys.min()))
    if not math.isfinite(top + bottom):  # then Manim paints nothing
        return Rows(0, camera.pixel_height)
    width = max(look.stroke_width, look.background_stroke_width) * camera.cairo_line_width_multiple * scale
    reach = _SOFT + width / 2 * _MITRE
    return Rows(math.floor(top - reach), math.ceil(bottom + reach)).within(camera.pixel_height)
