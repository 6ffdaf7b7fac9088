"""Recognise a letter by its outline alone, and with it the size it is set in.

The alphabet is set letter by letter; a drawn outline is compared with each of its shapes. Nothing is asked of
the mobject that holds the outline, so what a piece of type claims about itself can be checked.
"""

from __future__ import annotations

import string
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from softmax_explained.stage.design.style import style
from softmax_explained.stage.text.typesetter import typeset

Points = NDArray[np.float64]

TOLERANCE = 0.01
"""By which the points of one shape may differ, as a part of its height."""

SCRIPT_SIZES = (1.0, 0.7, 0.5)
"""Ems of the text, of an index, and of an index's index: from the table MATH of the formulas' font."""

WEIGHTS = (400, 500, 600, 700)

GREEK = ("alpha", "beta", "gamma", "delta", "epsilon", "eta", "partial")

SIGNS = ("=", "!=", "<", ">", "<=", ">=", "+", "-", "arrow.l", "approx", "sum", "?", "times")


@dataclass(frozen=True)
class Letter:
    """A letter or sign as it was recognised.

    Attributes:
        name: itself, or what Typst calls it.
        script: whether it has the shape of an index or exponent; fonts draw those a little bolder.
        em: the size it is set in, in the units of the outline; of an index, the size of the index.
    """

    name: str
    script: bool
    em: float

    @property
    def is_sign(self) -> bool:
        """Whether it is an operator."""
        return self.name in SIGNS


@dataclass(frozen=True)
class _Shape:
    name: str
    script: bool
    outline: Points
    extent: float  # in ems


def read(points: Points) -> Letter | None:
    """The letter that an outline draws; None if it draws none.

    Args:
        points: (n, 3), as Manim keeps them.
    """
    outline = normal(points)
    for shape in _alphabet().get(len(outline), ()):
        if np.abs(shape.outline - outline).max() <= TOLERANCE:
            return Letter(shape.name, shape.script, extent(points) / shape.extent)
    return None


def normal(points: Points) -> Points:
    """An outline moved to the origin, its longer side scaled to 1."""
    return np.asarray((points - points.min(axis=0))[:, :2] / max(extent(points), 1e-9))


def height(points: Points) -> float:
    """From the lowest to the highest point."""
    return float(np.ptp(points[:, 1]))


def extent(points: Points) -> float:
    """The longer side of the box."""
    return float(np.ptp(points[:, :2], axis=0).max())


@cache
def _alphabet() -> dict[int, list[_Shape]]:
    """Every shape of every letter, by its number of points."""
    shapes: dict[int, list[_Shape]] = {}

    def learn(name: str, points: Points, size: float = 1.0) -> None:
        shape = _Shape(name, size < 1, normal(points), extent(points) / size)
        shapes.setdefault(len(points), []).append(shape)

    letters = string.ascii_letters + string.digits
    families = ", ".join(f'"{family}"' for family in style().fonts("en"))
    for weight in WEIGHTS:
        for letter in letters:
            (outline,) = typeset(letter, f"#set text(font: ({families},), weight: {weight})").outlines
            learn(letter, outline.points)
    for name in (*letters, *GREEK):
        for markup in (name, f"upright({name})", f"bold({name})", f"bold(upright({name}))"):
            outlines = typeset(f"$ {markup} zws^({markup} zws^{markup}) $").outlines
            for outline, size in zip(outlines, SCRIPT_SIZES, strict=True):
                learn(name, outline.points, size)
    for sign in SIGNS:
        for markup in (f"$ {sign} $", f"${sign}$"):
            for outline in typeset(markup).outlines:
                learn(sign, outline.points)
    return shapes
