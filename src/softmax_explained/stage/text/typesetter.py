"""Glyph outlines from Typst markup: one warm compiler, no system fonts, every outline parsed once.

Typst draws text as ``<use>`` of outlines defined once per page, and rules (fraction bars, roots) as stroked
paths. Parsed outlines are cached and only shifted. Rules become filled boxes: thin strokes would be
antialiased to grey at some heights.
"""

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import svgelements
import typst
from manim import VMobjectFromSVGPath
from numpy.typing import NDArray

from softmax_explained.errors import WordsError

EM = 10.0  # Typst points per em; outline points are divided by it, so they are in ems
FONT_PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")

_PAGE = "#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#set text(size: 10pt)\n"
_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?")


@dataclass(frozen=True)
class GlyphOutline:
    """One glyph or rule of a typeset line."""

    points: NDArray[np.float64]  # (N, 3) cubic Bézier points as in Manim, in ems, y up, first baseline at 0
    colour: str  # the fill colour that Typst wrote, ``#rrggbb``


@dataclass(frozen=True)
class Setting:
    """A typeset line: its outlines in drawing order and the advance width in ems."""

    outlines: tuple[GlyphOutline, ...]
    width: float


@cache
def _compiler() -> typst.Compiler:
    folders = [str(Path(str(resources.files(package)))) for package in FONT_PACKAGES]
    # Nothing that a lesson's text could name is readable from a folder that is gone.
    with tempfile.TemporaryDirectory(prefix="softmax-explained-") as root:
        return typst.Compiler(root=root, font_paths=folders, ignore_system_fonts=True)


@lru_cache(maxsize=4096)
def typeset(markup: str, preamble: str = "") -> Setting:
    """Typeset Typst markup.

    Args:
        markup: Typst markup; user text must be escaped with `printing.typst.string`.
        preamble: definitions and ``#set`` rules put before it.

    Raises:
        WordsError: Typst rejects the markup.
    """
    try:
        page = _compiler().compile(f"{_PAGE}{preamble}\n{markup}".encode(), format="svg")
    except typst.TypstError as error:
        raise WordsError(f"cannot be typeset: {markup}", hint=str(error)) from error
    assert isinstance(page, bytes)
    root = ElementTree.fromstring(page)
    shapes = {f"#{symbol.get('id')}": symbol.find(f"{_SVG}path") for symbol in root.iter(f"{_SVG}symbol")}
    outlines = tuple(_outlines(root, svgelements.Matrix(), shapes))
    width = float(root.get("viewBox", "0 0 0 0").split()[2]) / EM
    return Setting(_on_baseline(outlines, root), width)


def _outlines(
    parent: ElementTree.Element, matrix: svgelements.Matrix, shapes: dict[str, ElementTree.Element | None]
) -> Iterator[GlyphOutline]:
    for element in parent:
        if element.tag == f"{_SVG}defs":
            continue
        here = svgelements.Matrix(element.get("transform", "")) * matrix
        if element.tag == f"{_SVG}use":
            shape = shapes[element.get(_HREF, "")]
            if shape is not None:
                shift = svgelements.Matrix.translate(float(element.get("x", 0)), float(element.get("y", 0)))
                yield GlyphOutline(_placed(shape.get("d", ""), shift * here), element.get("fill", "#000000"))
        elif element.tag == f"{_SVG}path":
            yield _rule_or_path(element, here)
        else:
            yield from _outlines(element, here, shapes)


def _rule_or_path(element: ElementTree.Element, matrix: svgelements.Matrix) -> GlyphOutline:
    path, stroke = element.get("d", ""), element.get("stroke", "none")
    if stroke == "none":
        return GlyphOutline(_placed(path, matrix), element.get("fill", "#000000"))
    x, y, across = _line(path)
    half = float(element.get("stroke-width", 1)) / 2
    box = f"M {x} {y - half} h {across} v {2 * half} h {-across} Z"
    return GlyphOutline(_placed(box, matrix), stroke)


def _line(path: str) -> tuple[float, float, float]:
    """Start and length of a horizontal rule ``M x y h w`` or ``M x y l w 0`` as Typst writes it."""
    numbers = [float(number) for number in _NUMBER.findall(path)]
    return numbers[0], numbers[1], numbers[2]


@lru_cache(maxsize=2048)
def _shape(path: str) -> NDArray[np.float64]:
    return np.array(VMobjectFromSVGPath(svgelements.Path(path)).points)


def _placed(path: str, matrix: svgelements.Matrix) -> NDArray[np.float64]:
    linear = np.array([[matrix.a, matrix.c], [matrix.b, matrix.d]])
    points = _shape(path).copy()
    points[:, :2] = (points[:, :2] @ linear.T + [matrix.e, matrix.f]) * [1 / EM, -1 / EM]
    return points


def _on_baseline(outlines: tuple[GlyphOutline, ...], root: ElementTree.Element) -> tuple[GlyphOutline, ...]:
    """Shift a line so that the baseline of its first text run is at y = 0."""
    first = next((run for run in root.iter(f"{_SVG}g") if run.find(f"{_SVG}use") is not None), None)
    if first is None:
        return outlines
    baseline = svgelements.Matrix(first.get("transform", "")).f / EM
    return tuple(
        GlyphOutline(outline.points + np.array([0.0, baseline, 0.0]), outline.colour) for outline in outlines
    )
