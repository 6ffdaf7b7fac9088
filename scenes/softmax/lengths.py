"""Lengths as horizontal bars from a common start."""

from collections.abc import Collection, Sequence

import numpy as np
from manim import RIGHT, Line, VGroup
from numpy.typing import NDArray

from softmax_explained.stage import Box, Readout, Region, Words, point, style
from softmax_explained.stage.text.label_layout import beside_rows, column_width

PITCH = 1.3  # maximum distance between two lengths in Manim units
SPACE = 0.22  # Manim units between a length and its name or number
WIDEST_NAMES = 0.4  # maximum fraction of the width for names
TALLEST = 0.8  # maximum em of a number as a fraction of its row
SHORTEST = 0.02  # Manim units of a length of which nothing could be seen


class Lengths(VGroup):
    """K bars from a common start, each with its name before it and its number after it.

    The longest bar is at most `longest` Manim units long, and `unit` is the scale, in Manim units per length
    of 1. The `readouts` shrink in low rows; where not all names fit, only the `priority` classes are named.
    """

    def __init__(
        self,
        values: NDArray[np.float64],
        region: Region,
        *,
        names: Sequence[Words],
        readouts: Sequence[Readout],
        longest: float,
        priority: Collection[int],
    ) -> None:
        K = len(values)
        pitch = min(PITCH, region.height / K)
        for readout in readouts:
            readout.scale(min(1.0, TALLEST * pitch / readout.em, 0.3 * region.width / readout.width))
            readout.scale(max(1.0, style().size("least") / readout.em))
        number = max(readout.width for readout in readouts)
        most = WIDEST_NAMES * region.width
        left = region.left + column_width(names, most) + SPACE
        self.longest = min(longest, region.right - left - number - SPACE)
        self.unit = self.longest / float(np.max(values))
        before = Region(region.left, region.y - pitch * K / 2, left - SPACE, region.y + pitch * K / 2)
        rows = before.rows(*[1] * K)
        self.written = beside_rows(names, rows, priority=priority)
        self.names, self.readouts = VGroup(*self.written.values()), VGroup(*readouts)
        self.bars = VGroup()
        for value, row, readout in zip(values, rows, readouts, strict=True):
            half = 0.28 * pitch
            right = left + max(SHORTEST, self.unit * float(value))
            bar = Box(left, row.y - half, right, row.y + half, colour="ink")
            self.bars.add(bar)
            readout.next_to(bar, RIGHT, buff=SPACE)
        self.start = Line(point(left, rows[-1].bottom), point(left, rows[0].top))
        self.start.set_stroke(style().colour("quiet"), style().stroke("thin"))
        super().__init__(self.start, self.bars, self.names, self.readouts)
