"""What an SVG drawing may hold, so that reading it is safe and the film shows what its author sees.

Only plain shapes with plain colours are allowed. What could run, load something or grow without end is
refused, and so is what would be drawn otherwise than in a browser: gradients, filters, clipping, text.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable, Mapping
from typing import NoReturn
from xml.parsers import expat

MOST_ELEMENTS = 1_000
MOST_NUMBERS = 50_000
"""Numbers in all outlines together: about 8,000 curves."""
DEEPEST = 40
"""Elements within elements."""
_SVG = "http://www.w3.org/2000/svg"
_EDITORS = ("inkscape", "sodipodi")
"""Parts of the namespaces in which an editor keeps its settings, which nobody draws."""
_SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
_TAGS = _SHAPES | {"svg", "g", "defs", "style", "title", "desc", "metadata"}
_LINKS = frozenset({"href", "src", "base", "action", "formaction"})
_REFERENCE = re.compile(r"url\s*\(|@import|@font-face|javascript\s*:|expression\s*\(|\\", re.IGNORECASE)
"""What refers to something elsewhere, or could hide that it does (a backslash)."""
_OUTLINE = re.compile(r"\s*[Mm][MmZzLlHhVvCcSsQqTtAaEe0-9+\-.,\s]*")
_POINTS = re.compile(r"[Ee0-9+\-.,\s]*")
_LENGTHS = frozenset(["x", "y", "width", "height", "cx", "cy", "r", "rx", "ry", "x1", "y1", "x2", "y2"])
_LENGTH = re.compile(r"\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?:px)?\s*")
_NUMBER = re.compile(r"(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


def check_svg(content: bytes) -> tuple[float, float]:
    """Check a drawing, and return the width and the height of what is drawn, in its own units.

    Raises:
        ValueError: it is no SVG, it holds something else than plain shapes, or it is too large.

    >>> check_svg(b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="4" height="2"/></svg>')
    (4.0, 2.0)
    """
    _Reader().read(content)
    return _size(content)


class _Reader:
    """Walks through a file. Entities cannot be expanded, because none may be declared."""

    def __init__(self) -> None:
        self._open: list[tuple[str, str]] = []  # namespace and tag of the elements that are open
        self._elements = self._numbers = 0

    def read(self, content: bytes) -> None:
        """Raise a ValueError at the first thing that is not allowed."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = lambda _: self._open.pop()
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = _refusal("a DOCTYPE")
        parser.EntityDeclHandler = _refusal("an entity")
        parser.ExternalEntityRefHandler = _refusal("an external entity")
        parser.ProcessingInstructionHandler = _refusal("a processing instruction")
        try:
            parser.Parse(content, True)
        except expat.ExpatError as error:
            fault = f"{expat.ErrorString(error.code)}, line {error.lineno}"
            raise ValueError(f"it is broken or no SVG ({fault})") from None
        except LookupError:
            raise ValueError("it is no SVG in UTF-8") from None  # an encoding that nobody knows

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        self._elements += 1
        self._open.append((space, tag))
        if self._open[0] != (_SVG, "svg"):
            raise ValueError(f'it begins with <{tag}> instead of <svg xmlns="{_SVG}">')
        if self._elements > MOST_ELEMENTS:
            raise ValueError(f"it has more than {MOST_ELEMENTS:,} elements")
        if len(self._open) > DEEPEST:
            raise ValueError(f"its elements are nested more than {DEEPEST} deep")
        if (_SVG, "metadata") in self._open[:-1] or any(editor in space for editor in _EDITORS):
            return  # read by nobody
        if space != _SVG or tag not in _TAGS:
            raise ValueError(f"it has a <{tag}>")
        for key, value in attributes.items():
            if not any(editor in key for editor in _EDITORS):
                self._attribute(tag, key.rpartition(" ")[2], value)

    def _attribute(self, tag: str, name: str, value: str) -> None:
        where = f"the attribute {name} of a <{tag}>"
        if name.lower().startswith("on"):
            raise ValueError(f"it has an event handler, {where}")
        if name.lower() in _LINKS:
            raise ValueError(f"it has a link, {where}")
        if _REFERENCE.search(value):
            raise ValueError(f"it refers to something else, in {where}")
        if tag in _SHAPES and name in _LENGTHS and not _LENGTH.fullmatch(value):
            raise ValueError(f"a length is no number of pixels, {where}")
        outline = {"d": _OUTLINE, "points": _POINTS}.get(name)
        if outline is None or not value.strip():
            return
        if not outline.fullmatch(value):
            raise ValueError(f"an outline cannot be read, {where}")
        self._numbers += len(_NUMBER.findall(value))
        if self._numbers > MOST_NUMBERS:
            raise ValueError(f"its outlines have more than {MOST_NUMBERS:,} numbers")

    def _text(self, text: str) -> None:
        if self._open[-1][1] == "style" and _REFERENCE.search(text):
            raise ValueError("it refers to something else, in its <style>")


def _refusal(what: str) -> Callable[..., NoReturn]:
    def refuse(*_: object) -> NoReturn:
        raise ValueError(f"it has {what}")

    return refuse


def _size(content: bytes) -> tuple[float, float]:
    """Measure what is drawn, with the reader that Manim draws with."""
    from svgelements import SVG, Shape  # only for a lesson with a drawing

    try:
        shapes = [shape for shape in SVG.parse(io.BytesIO(content)).elements() if isinstance(shape, Shape)]
        boxes = [box for shape in shapes if (box := shape.bbox()) is not None]
        sides = [tuple(map(float, side)) for side in zip(*boxes, strict=True)]
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise ValueError(f"its shapes cannot be measured ({type(error).__name__})") from error
    if not sides:
        raise ValueError("it shows nothing")
    left, top, right, bottom = sides
    width, height = max(right) - min(left), max(bottom) - min(top)
    if not (math.isfinite(width) and math.isfinite(height)):
        raise ValueError("its shapes have no finite size")
    return width, height
