"""Where things stand: the safe area of a frame, cut into regions that scenes name instead of coordinates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

import numpy as np
from manim import ORIGIN, Mobject
from numpy.typing import NDArray

Point = NDArray[np.float64]
"""A point of the screen: x, y and 0."""

AnyMobject = TypeVar("AnyMobject", bound=Mobject)


def point(x: float, y: float = 0.0) -> Point:
    """A point of the screen, in Manim's units; the origin is its middle."""
    return np.array([x, y, 0.0])


@dataclass(frozen=True)
class Region:
    """A rectangle of the frame, in Manim's units.

    >>> left, right = Region(-6, -3, 6, 2).columns(1, 2)
    >>> left.width, right.x
    (4.0, 2.0)
    """

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From edge to edge."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From edge to edge."""
        return self.top - self.bottom

    @property
    def x(self) -> float:
        """The middle."""
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        """The middle."""
        return (self.bottom + self.top) / 2

    @property
    def centre(self) -> NDArray[np.float64]:
        """The middle as a point."""
        return point(self.x, self.y)

    def columns(self, *parts: float, gap: float = 0.0) -> tuple[Region, ...]:
        """Cut into columns, left to right, whose widths are as the given parts."""
        return tuple(
            Region(self.left + start, self.bottom, self.left + end, self.top)
            for start, end in _cuts(parts, self.width, gap)
        )

    def rows(self, *parts: float, gap: float = 0.0) -> tuple[Region, ...]:
        """Cut into rows, top to bottom, whose heights are as the given parts."""
        return tuple(
            Region(self.left, self.top - end, self.right, self.top - start)
            for start, end in _cuts(parts, self.height, gap)
        )

    def inset(self, x: float = 0.0, y: float = 0.0) -> Region:
        """The same region with a margin taken off each side."""
        return Region(self.left + x, self.bottom + y, self.right - x, self.top - y)

    def place(self, mobject: AnyMobject, edge: NDArray[np.float64] = ORIGIN) -> AnyMobject:
        """Shrink the mobject if it does not fit, and put it into the middle or at an edge of the region."""
        over = max(mobject.width / self.width, mobject.height / self.height)
        if over > 1:
            mobject.scale(1 / over)
        x = self.x + np.sign(edge[0]) * (self.width - mobject.width) / 2
        y = self.y + np.sign(edge[1]) * (self.height - mobject.height) / 2
        mobject.move_to(point(x, y))
        return mobject


@dataclass(frozen=True)
class Frame:
    """The regions every beat has: header, stage and rail, inside the safe area.

    Attributes:
        width: of the frame, in Manim's units; the height is 8.
        header: the chapter's name and the beat's title.
        stage: the picture.
        rail: the thin line of progress.
    """

    width: float
    header: Region
    stage: Region
    rail: Region


FRAMES: Mapping[str, Frame] = MappingProxyType(
    {
        # 16:9. The 90 % area of norm EBU R 95 is x ±6.4, y ±3.6.
        "wide": Frame(
            width=128 / 9,
            header=Region(-6.4, 2.5, 6.4, 3.6),
            stage=Region(-6.4, -3.25, 6.4, 2.3),
            rail=Region(-6.4, -3.6, 6.4, -3.52),
        ),
    }
)


def _cuts(parts: Sequence[float], length: float, gap: float) -> list[tuple[float, float]]:
    whole = length - gap * (len(parts) - 1)
    cuts, start = [], 0.0
    for part in parts:
        end = start + whole * part / sum(parts)
        cuts.append((start, end))
        start = end + gap
    return cuts
