"""Lengths laid end to end: the exponentials, and the unit strip of shares."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Self

import numpy as np
from manim import Mobject, VGroup, VMobject
from numpy.typing import NDArray

from softmax_explained.stage.charts.plot import tick_label
from softmax_explained.stage.design.layout import point
from softmax_explained.stage.design.style import style
from softmax_explained.stage.shapes.annotations import line
from softmax_explained.stage.shapes.box import Box

GAP = 0.03  # gap between two segments in Manim units
QUIET_SEGMENT = 0.62  # opacity of segments out of focus; dark text on it has readable contrast


class Strip(VGroup):
    """K segments end to end; segment k is ``lengths[k] * unit`` long.

    Args:
        lengths: (K,) lengths, each ≥ 0.
        left: x of the left end.
        y: y of the middle.
        unit: Manim units per length of 1.
        height: of the strip, in Manim units.
        focus: the segment in full colour; the others are less opaque.
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
        opacities = [1.0 if focus in (None, k) else QUIET_SEGMENT for k in range(len(self.lengths))]
        self.boxes = [
            Box(start, self.bottom, end, self.top, colour=colour, opacity=opacity)
            for (start, end), opacity in zip(self.spans, opacities, strict=True)
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
        """Left and right x of each segment; the gap to the next one is taken off the right."""
        ends = self.left + self.unit * np.concatenate([[0.0], np.cumsum(self.lengths)])
        gaps = [*np.minimum(GAP, np.diff(ends[:-1]) / 2), 0.0]
        return [
            (float(start), float(max(start, end - gap)))
            for (start, end), gap in zip(pairwise(ends), gaps, strict=True)
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
        """Keep a label centred on segment `k` whenever the strip is redrawn."""
        self._carried.append((k, mobject))
        return mobject.set_x(self.middle(k))

    def follow(
        self, lengths: Callable[[], NDArray[np.float64]], unit: Callable[[], float] | None = None
    ) -> Self:
        """Draw `lengths()`, at the scale `unit()`, in every frame until the updaters are cleared."""
        return self.add_updater(lambda _: self.draw(lengths(), unit=unit() if unit else None))

    def brackets(self) -> VGroup:
        """A bracket above every segment as it is now, to compare with later."""
        foot, head = self.top + 0.04, self.top + 0.13
        marks = VGroup()
        for start, end in self.spans:
            corners = (start, foot), (start, head), (end, head), (end, foot)
            marks.add(VMobject().set_points_as_corners([point(*corner) for corner in corners]))
        return marks.set_stroke(style().colour("quiet"), style().stroke("thin"))


class Ruler(VGroup):
    """A scale from 0 to 1 below a unit strip.

    Attributes:
        line: from 0 to 1.
        ends: the numbers 0 and 1.
    """

    def __init__(self, *, left: float, right: float, y: float) -> None:
        self.line = line(point(left, y), point(right, y))
        ticks = [line(point(x, y), point(x, y + 0.1)) for x in (left, (left + right) / 2, right)]
        places = enumerate((left, right))
        self.ends = VGroup(*[tick_label(n).move_to(point(x)).stand_on(y - 0.45) for n, x in places])
        super().__init__(self.line, *ticks, *self.ends)
