"""Lengths laid end to end on one line: the raw exponentials, and the unit strip of shares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Self

import numpy as np
from manim import Animation, Line, Mobject, Transform, VGroup, VMobject, there_and_back
from numpy.typing import NDArray

from softmax_explained.core.formulas.nodes import Literal
from softmax_explained.stage.design.layout import point
from softmax_explained.stage.design.style import style
from softmax_explained.stage.shapes.box import Box
from softmax_explained.stage.text.formula import Formula

GAP = 0.03  # ground between two segments, in Manim's units
QUIET_SEGMENT = 0.62  # opacity of the segments that are not in focus; dark type on it keeps 4.5:1


class Strip(VGroup):
    """K segments end to end; segment k is ``lengths[k] * unit`` long.

    Args:
        lengths: (K,) lengths, each ≥ 0.
        left: x of the left end.
        y: the middle of the strip.
        unit: Manim units that a length of 1 takes.
        height: of the strip, in Manim's units.
        focus: the segment in full colour; the others are quieter.
        colour: a role.
    """

    def __init__(
        self,
        lengths: Sequence[float] | NDArray[np.float64],
        *,
        left: float,
        y: float,
        unit: float,
        height: float = 0.95,
        focus: int | None = None,
        colour: str = "a",
    ) -> None:
        super().__init__()
        self._carried: list[tuple[int, Mobject]] = []
        self.left, self.y, self.unit, self.thickness = left, y, unit, height
        self.lengths = np.asarray(lengths, dtype=float)
        self.boxes = [
            Box(
                start,
                self.bottom,
                end,
                self.top,
                colour=colour,
                opacity=1.0 if focus is None or k == focus else QUIET_SEGMENT,
            )
            for k, (start, end) in enumerate(self.spans)
        ]
        self.add(*self.boxes)

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y - self.thickness / 2

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.y + self.thickness / 2

    @property
    def spans(self) -> list[tuple[float, float]]:
        """Left and right edge of each segment on the screen; the gap to the next is taken off the right."""
        ends = self.left + self.unit * np.concatenate([[0.0], np.cumsum(self.lengths)])
        return [
            (
                float(start),
                float(end if k == len(self.lengths) else max(start, end - min(GAP, (end - start) / 2))),
            )
            for k, (start, end) in enumerate(pairwise(ends), start=1)
        ]

    @property
    def right(self) -> float:
        """The right end of the whole strip."""
        return self.left + self.unit * float(self.lengths.sum())

    def middle(self, k: int) -> float:
        """The x of the middle of a segment."""
        start, end = self.spans[k]
        return (start + end) / 2

    def draw(self, lengths: Sequence[float] | NDArray[np.float64], *, unit: float | None = None) -> Self:
        """Draw other lengths, at another scale if `unit` is given."""
        self.lengths = np.asarray(lengths, dtype=float)
        self.unit = unit or self.unit
        for box, (start, end) in zip(self.boxes, self.spans, strict=True):
            box.reshape(start, self.bottom, end, self.top)
        for k, mobject in self._carried:
            mobject.set_x(self.middle(k))
        return self

    def carry(self, k: int, mobject: Mobject) -> Mobject:
        """Let a label keep to the middle of segment `k` whenever the strip is drawn anew."""
        self._carried.append((k, mobject))
        return mobject.set_x(self.middle(k))

    def follow(
        self, lengths: Callable[[], NDArray[np.float64]], unit: Callable[[], float] | None = None
    ) -> Self:
        """Draw what `lengths()` gives, at the scale `unit()`, in every frame until updaters are cleared."""

        def redraw(_: Mobject) -> None:
            self.draw(lengths(), unit=unit() if unit else None)

        return self.add_updater(redraw)

    def brackets(self) -> VGroup:
        """A bracket over every segment as it is now, to compare with later; it crosses nothing."""
        foot, head = self.top + 0.04, self.top + 0.13
        marks = [
            VMobject().set_points_as_corners(
                [point(start, foot), point(start, head), point(end, head), point(end, foot)]
            )
            for start, end in self.spans
        ]
        return VGroup(*marks).set_stroke(style().colour("quiet"), style().stroke("thin"))


class Ruler(VGroup):
    """A scale from 0 to 1 under a unit strip.

    Attributes:
        line: from 0 to 1.
        ends: the numbers 0 and 1.
    """

    def __init__(self, *, left: float, right: float, y: float) -> None:
        tick = 0.1
        line = Line(point(left, y), point(right, y))
        ticks = [Line(point(x, y), point(x, y + tick)) for x in (left, (left + right) / 2, right)]
        for stroke in (line, *ticks):
            stroke.set_stroke(style().colour("quiet"), style().stroke("thin"))
        ends = [Formula(Literal(n), size="label") for n in (0, 1)]
        for end, x in zip(ends, (left, right), strict=True):
            end.set_fill(style().colour("quiet")).move_to(point(x)).stand_on(y - 0.45)
        self.line, self.ends = line, VGroup(*ends)
        super().__init__(line, *ticks, *ends)

    def point_out(self) -> list[Animation]:
        """The animations that light up the length from 0 to 1 for a moment."""
        ink = style().colour("ink")
        return [
            Transform(part, part.copy().set_color(ink), rate_func=there_and_back)
            for part in (self.line, self.ends)
        ]
