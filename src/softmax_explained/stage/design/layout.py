"""The layout of a frame: the safe area, cut into regions that scenes use instead of coordinates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from softmax_explained.stage.design.style import FRAME_UNITS

if TYPE_CHECKING:
    from manim import Mobject

Point = NDArray[np.float64]  # A point of the screen: x, y and 0
AnyMobject = TypeVar("AnyMobject", bound="Mobject")


@runtime_checkable
class Breakable(Protocol):
    """A mobject that can be broken into lines, such as a formula."""

    def break_to_fit(self, width: float) -> None:
        """Break into lines if it is much wider than `width` units."""


def point(x: float, y: float = 0.0) -> Point:
    """A point of the screen in Manim units; the origin is the centre."""
    return np.array([x, y, 0.0])


MIDDLE = point(0)  # for a region's edge: the middle of the region
CLEAR = 0.06  # Manim units from burned captions up to the rail, and from the rail up to the stage
LANDSCAPE = 1.6  # minimum ratio of width to height of a landscape region


@dataclass(frozen=True)
class Region:
    """A rectangle of the frame, in Manim units.

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
        """Manim units."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Manim units."""
        return self.top - self.bottom

    @property
    def x(self) -> float:
        """The x of the centre."""
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        """The y of the centre."""
        return (self.bottom + self.top) / 2

    @property
    def centre(self) -> Point:
        """The centre as a point."""
        return point(self.x, self.y)

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top."""
        return self.left, self.bottom, self.right, self.top

    def columns(self, *parts: float, gap: float = 0.0) -> tuple[Region, ...]:
        """Columns from left to right with the given relative widths."""
        cuts = _cuts(parts, self.width, gap)
        return tuple(replace(self, left=self.left + start, right=self.left + end) for start, end in cuts)

    def rows(self, *parts: float, gap: float = 0.0) -> tuple[Region, ...]:
        """Rows from top to bottom with the given relative heights."""
        cuts = _cuts(parts, self.height, gap)
        return tuple(replace(self, bottom=self.top - end, top=self.top - start) for start, end in cuts)

    @property
    def is_landscape(self) -> bool:
        """Whether two things fit side by side; otherwise they are put one above the other."""
        return self.width >= LANDSCAPE * self.height

    def flow(
        self,
        *parts: float,
        rows: Sequence[float] | None = None,
        gap: float = 0.0,
        row_gap: float | None = None,
    ) -> tuple[Region, ...]:
        """Columns in a landscape region, rows in any other, so that a scene works in every frame.

        Args:
            parts: relative widths of the columns, left to right.
            rows: relative heights of the rows, top to bottom, if they differ from `parts`.
            gap: between columns, and between rows unless `row_gap` is given.
            row_gap: between rows.

        >>> first, second = Region(-6, -3, 6, 3).flow(2, 1)
        >>> first.width, second.width
        (8.0, 4.0)
        >>> first, second = Region(-3, -3, 3, 3).flow(2, 1, rows=(1, 2))
        >>> first.height, second.height
        (2.0, 4.0)
        """
        if self.is_landscape:
            return self.columns(*parts, gap=gap)
        return self.rows(*(rows or parts), gap=gap if row_gap is None else row_gap)

    def inset(self, x: float = 0.0, y: float = 0.0) -> Region:
        """The region with a margin taken off each side."""
        return Region(self.left + x, self.bottom + y, self.right - x, self.top - y)

    def place(self, mobject: AnyMobject, edge: NDArray[np.float64] = MIDDLE) -> AnyMobject:
        """Fit a mobject into the region, centred or at an edge; break a `Breakable` one into lines first."""
        if isinstance(mobject, Breakable):
            mobject.break_to_fit(self.width)
        over = max(mobject.width / self.width, mobject.height / self.height)
        if over > 1:
            mobject.scale(1 / over)
        x = self.x + np.sign(edge[0]) * (self.width - mobject.width) / 2
        y = self.y + np.sign(edge[1]) * (self.height - mobject.height) / 2
        mobject.move_to(point(x, y))
        return mobject


@dataclass(frozen=True)
class Frame:
    """The regions of every beat, inside the safe area.

    The shorter side of every frame is 8 Manim units, so sizes of ``style.toml`` are the same number of pixels
    in all of them. The body of a picture is y 90 to 660 of a frame of 720 lines.
    """

    width: float  # of the frame, in Manim units
    height: float  # of the frame, in Manim units
    header: Region  # one line: the title of the beat, after the chapter's number and name
    dock: Region  # what several chapters keep in sight; right of the title, or in a row of its own
    stage: Region  # the picture
    captions: Region  # burned captions
    rail: Region  # the progress indicator
    burns_captions: bool = False  # unless asked otherwise: such films are watched without caption files

    def with_caption_lane(self) -> Frame:
        """The frame with nothing but captions in their region: rail and stage are above it."""
        lane, rail = self.captions, self.rail
        if rail.bottom >= lane.top or rail.top <= lane.bottom:
            return self
        rail = replace(rail, bottom=lane.top + CLEAR, top=lane.top + CLEAR + rail.height)
        return replace(self, rail=rail, stage=replace(self.stage, bottom=rail.top + CLEAR))

    @property
    def safe(self) -> Region:
        """The safe area, which contains everything but burned captions."""
        edges = [each.edges for each in (self.header, self.dock, self.stage, self.rail)]
        left, bottom, right, top = zip(*edges, strict=True)
        return Region(min(left), min(bottom), max(right), max(top))

    def pixels(self, lines: int) -> tuple[int, int]:
        """Width and height in pixels, both even, for a number of pixels of the shorter side.

        >>> FRAMES["wide"].pixels(480), FRAMES["tall"].pixels(1080)
        ((854, 480), (1080, 1920))
        """
        return _even(self.width * lines / FRAME_UNITS), _even(self.height * lines / FRAME_UNITS)


FRAMES: Mapping[str, Frame] = MappingProxyType(
    {
        # 16:9. The 90 % area of EBU R 95 is x ±6.4, y ±3.6.
        "wide": Frame(
            width=128 / 9,
            height=8.0,
            header=Region(-6.4, 3.14, 6.4, 3.6),
            dock=Region(0.2, 3.14, 6.4, 3.6),
            stage=Region(-6.4, -3.33, 6.4, 3.0),
            captions=Region(-6.4, -3.86, 6.4, -3.04),
            rail=Region(-6.4, -3.6, 6.4, -3.52),
        ),
        # 9:16. Phones lay buttons and text over the rest: x 4 to 85 % and y 9 to 76 % are free, and captions
        # go below, to 82 %.
        "tall": Frame(
            width=8.0,
            height=128 / 9,
            header=Region(-3.68, 5.37, 2.8, 5.83),
            dock=Region(-3.68, 4.8, 2.8, 5.22),
            stage=Region(-3.68, -3.69, 2.8, 4.65),
            captions=Region(-3.68, -4.55, 2.8, -3.7),
            rail=Region(-3.68, -4.76, 2.8, -4.68),
            burns_captions=True,
        ),
        # 1:1, the 90 % area.
        "square": Frame(
            width=8.0,
            height=8.0,
            header=Region(-3.6, 3.14, 3.6, 3.6),
            dock=Region(-3.6, 2.58, 3.6, 3.0),
            stage=Region(-3.6, -3.33, 3.6, 2.46),
            captions=Region(-3.6, -3.86, 3.6, -3.04),
            rail=Region(-3.6, -3.6, 3.6, -3.52),
        ),
    }
)


def _even(pixels: float) -> int:
    return 2 * round(pixels / 2)


def _cuts(parts: Sequence[float], length: float, gap: float) -> list[tuple[float, float]]:
    whole = length - gap * (len(parts) - 1)
    cuts, start = [], 0.0
    for part in parts:
        end = start + whole * part / sum(parts)
        cuts.append((start, end))
        start = end + gap
    return cuts
