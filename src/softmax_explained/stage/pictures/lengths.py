"""Lengths under each other, all from one start, to be compared and then laid end to end."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import LEFT, RIGHT, Line, VGroup, smooth
from numpy.typing import NDArray

from softmax_explained.stage.frame import Region, point
from softmax_explained.stage.pictures.box import Box
from softmax_explained.stage.style import style
from softmax_explained.stage.type import Readout, Words

Points = NDArray[np.float64]

PITCH = 1.3
"""From one length to the next at most, in Manim's units."""

SPACE = 0.22
"""Between a length and its name or number, in Manim's units."""


class Lengths(VGroup):
    """K bars from a common start, a name before each and its number behind it.

    Args:
        values: (K,) lengths, each ≥ 0, one of them > 0.
        region: names, bars and numbers fill its width.
        names: K names; they shrink together if one is wider than a quarter of the region.
        readouts: K numbers; they shrink as the names do.
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
        self.names, self.readouts = VGroup(*names), VGroup(*readouts)
        for labels in (self.names, self.readouts):
            shrunk = min(1.0, region.width / 4 / max(label.width for label in labels))
            for label in labels:
                label.scale(shrunk)
        left = region.left + max(name.width for name in names) + SPACE
        self.longest = region.right - left - max(number.width for number in readouts) - SPACE
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


def sideways_first(start: Points, end: Points, alpha: float) -> Points:
    """A path for ``Transform``: under the place first, then up into it, so that pieces do not cross."""
    across, up = smooth(min(1.0, alpha / 0.7)), smooth(max(0.0, (alpha - 0.4) / 0.6))
    return np.asarray(start + (end - start) * np.array([across, up, 0.0]))
