"""Lengths under each other, all from one start, to be compared and then laid end to end."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import LEFT, RIGHT, Line, VGroup
from numpy.typing import NDArray

from softmax_explained.stage.box import Box
from softmax_explained.stage.frame import Region, point
from softmax_explained.stage.style import style
from softmax_explained.stage.type import Readout, Words

PITCH = 1.3
"""From one length to the next at most, in Manim's units."""

SPACE = 0.22
"""Between a length and its name or number, in Manim's units."""


class Lengths(VGroup):
    """K bars from a common start, a name before each and its number behind it.

    Args:
        values: (K,) lengths, each ≥ 0, one of them > 0.
        region: names, bars and numbers fill its width.
        names: K names; longer ones than a quarter of the region shrink.
        readouts: K numbers; longer ones than a quarter of the region shrink.
        colour: role of the bars.

    Attributes:
        bars: the K boxes.
        start: the line they start from.
        names: the names.
        readouts: the numbers.
        longest: Manim units of the longest bar.
        unit: Manim units of a length of 1.
    """

    def __init__(
        self,
        values: Sequence[float] | NDArray[np.float64],
        region: Region,
        *,
        names: Sequence[Words],
        readouts: Sequence[Readout],
        colour: str = "ink",
    ) -> None:
        quarter = region.width / 4
        for label in (*names, *readouts):
            label.fit_width(quarter)
        self.names, self.readouts = VGroup(*names), VGroup(*readouts)
        left = region.left + self.names.width + SPACE
        self.longest = region.right - left - self.readouts.width - SPACE
        self.unit = self.longest / float(np.max(values))
        pitch = min(PITCH, region.height / len(values))
        top = region.y + pitch * (len(values) - 1) / 2
        self.bars = VGroup()
        for k, value in enumerate(values):
            y, half = top - k * pitch, 0.28 * pitch
            bar = Box(left, y - half, left + self.unit * float(value), y + half, colour=colour)
            self.bars.add(bar)
            names[k].next_to(point(left, y), LEFT, buff=SPACE).stand_on(y - 0.1)
            readouts[k].next_to(bar, RIGHT, buff=SPACE)
        self.start = Line(point(left, top - (len(values) - 0.5) * pitch), point(left, top + pitch / 2))
        self.start.set_stroke(style().colour("quiet"), style().stroke("thin"))
        super().__init__(self.start, self.bars, self.names, self.readouts)
