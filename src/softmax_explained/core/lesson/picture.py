"""The picture of an example: an SVG drawing or a PNG image, checked, with its bytes.

A lesson carries the bytes and not the path, so that it can be compared, hashed and sent to another machine.
As text, in JSON and in TOML, a picture is a data URI (RFC 2397).
"""

from __future__ import annotations

import base64
import binascii
import io
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from softmax_explained.core.lesson.svg import check_svg

LARGEST = 2_000_000
"""Bytes of a picture, 2 MB."""
LARGEST_SIDE = 4_096
"""Pixels: no film is larger."""
SLIMMEST = 8
"""The longer side may be this many times the shorter."""
MEDIA_TYPES: dict[Literal["svg", "png"], str] = {"svg": "image/svg+xml", "png": "image/png"}
_PNG = b"\x89PNG\r\n\x1a\n"
_DATA_URI = re.compile(r"data:(?P<type>[a-z+/]+);base64,(?P<content>[A-Za-z0-9+/=]*)")


@dataclass(frozen=True)
class Picture:
    """A checked picture.

    Raises:
        ValueError: it is neither SVG nor PNG, broken, too large, or holds what is not allowed.

    >>> drawing = Picture(b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="4" height="2"/></svg>')
    >>> drawing.format, drawing.size
    ('svg', (4.0, 2.0))
    >>> Picture.of_data_uri(drawing.data_uri) == drawing
    True
    """

    content: bytes  # the file

    def __post_init__(self) -> None:
        if len(self.content) > LARGEST:
            raise ValueError(f"it is larger than {LARGEST // 1_000_000} MB")
        if not self.content.strip():
            raise ValueError("it is empty")
        width, height = check_png(self.content) if self.format == "png" else check_svg(self.content)
        if max(width, height) > SLIMMEST * min(width, height):
            raise ValueError(f"it is {width:.6g} by {height:.6g}, too slim to be seen")
        vars(self)["size"] = (width, height)

    @property
    def format(self) -> Literal["svg", "png"]:
        """What the bytes are, whatever the file was called."""
        return "png" if self.content.startswith(_PNG[:4]) else "svg"

    @property
    def size(self) -> tuple[float, float]:
        """Width and height: of an image in pixels, of a drawing in its own units."""
        width, height = vars(self)["size"]
        return width, height

    @property
    def pixels(self) -> NDArray[np.uint8]:
        """(height, width, 4) red, green, blue and opacity of an image.

        Raises:
            ValueError: for a drawing, which has no pixels.
        """
        if self.format != "png":
            raise ValueError("a drawing has no pixels")
        from PIL import Image

        with Image.open(io.BytesIO(self.content), formats=["PNG"]) as image:
            return np.asarray(image.convert("RGBA"))

    @property
    def data_uri(self) -> str:
        """The picture as text."""
        return f"data:{MEDIA_TYPES[self.format]};base64,{base64.b64encode(self.content).decode()}"

    @classmethod
    def of_data_uri(cls, text: str) -> Picture:
        """Read a picture from text.

        Raises:
            ValueError: it is no data URI of an SVG or a PNG.
        """
        found = _DATA_URI.fullmatch(text)
        if found is None or found["type"] not in MEDIA_TYPES.values():
            raise ValueError("it is no data URI of an SVG or a PNG in base64")
        try:
            return cls(base64.b64decode(found["content"], validate=True))
        except binascii.Error as error:
            raise ValueError(f"it is no base64 ({error})") from error

    def __reduce__(self) -> tuple[type[Picture], tuple[bytes]]:
        """Pickle the bytes, so that a copy is checked too."""
        return Picture, (self.content,)


def check_png(content: bytes) -> tuple[float, float]:
    """Decode an image, and return its width and height in pixels.

    Raises:
        ValueError: it is broken, cut short or too large.
    """
    from PIL import Image  # loaded only for a lesson with an image

    # What PIL raises for damaged files: OSError for most, SyntaxError for a bad checksum, others for the rest
    damage = (OSError, SyntaxError, ValueError, ArithmeticError, LookupError, TypeError)
    try:
        image = Image.open(io.BytesIO(content), formats=["PNG"])
    except Image.DecompressionBombError as error:
        raise ValueError(f"it has more than {LARGEST_SIDE:,} pixels a side") from error
    except damage as error:
        raise ValueError("it is broken, cut short or no PNG") from error
    with image:
        width, height = image.size
        if max(width, height) > LARGEST_SIDE:
            raise ValueError(f"it has {width} by {height} pixels, more than {LARGEST_SIDE:,} a side")
        try:
            image.load()
        except damage as error:
            raise ValueError("it is broken or cut short") from error
    return float(width), float(height)


def is_beside(name: str) -> bool:
    """Whether a path stays in the folder of the lesson, so that a lesson can be passed on with its picture.

    >>> is_beside("cat.svg"), is_beside("pictures/cat.svg"), is_beside("../cat.svg"), is_beside("/cat.svg")
    (True, True, False, False)
    """
    path = PurePosixPath(name.replace("\\", "/"))
    return not path.is_absolute() and ".." not in path.parts and ":" not in name
