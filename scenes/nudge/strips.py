"""The strips of the chapter: the white one above, the one that grows, and the one that is squeezed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from manim import DOWN, Mobject, VGroup
from numpy.typing import NDArray

from softmax_explained.core import Solution
from softmax_explained.stage import NudgedStrip, Readout, Region, Words, line, point, style

NUDGE = 0.18  # the dz of the pictures: large enough to see
LEAST_OWN, LEAST_OTHER = 0.22, 0.065  # shares are drawn no shorter than this: segment i, and any other
BOTH, LOWER, HIGHER = 0.9, 0.18, 0.24  # Manim units: thickness for a number and a name, and their places
AIR = 0.2  # Manim units between a number and the ends of its segment
BROAD, BANDS = 9.0, (2.1, 1.55)  # Manim units for the labels of slices: three rows, two if broader than that
INSET = 0.1  # Manim units from the stage to the strips, so that the 0 of the ruler stays inside

Shares = NDArray[np.float64]


def drawn_shares(a: Shares, i: int) -> Shares:
    """The shares as they are drawn: where slices of one would be too thin to see, not to scale.

    >>> drawn_shares(np.array([0.66, 0.24, 0.1]), 0).tolist()
    [0.66, 0.24, 0.1]
    >>> drawn_shares(np.array([0.0, 1.0]), 0).tolist()
    [0.22, 0.78]
    """
    least = np.full(len(a), LEAST_OTHER)
    least[i] = LEAST_OWN
    drawn = np.maximum(a, least)
    for _ in a:  # what is raised is taken from those that are long enough
        free = drawn > least
        if free.any():
            drawn[free] *= (1 - drawn[~free].sum()) / drawn[free].sum()
            drawn = np.maximum(drawn, least)
    return np.asarray(drawn)


@dataclass(frozen=True)
class StripLayout:
    """Where the strips of the chapter stand, from top to bottom.

    Attributes:
        corner: the map of the paths.
        head: words and formulas beside it.
        white: the strip of e^z.
        sheet: the lines on the factor.
        growing: the unit strip that grows.
        upper: the grown strip, once the squeezed one is below it.
        slices: the labels of what is cut off.
        lower: the squeezed strip.
        ruler: y of the ruler of the lowest strip.
    """

    corner: Region
    head: Region
    white: Region
    sheet: Region
    growing: Region
    upper: Region
    slices: Region
    lower: Region
    ruler: float

    @classmethod
    def of(cls, stage: Region) -> StripLayout:
        """The layout in the region of a beat's picture."""
        low = stage.height < 6.0
        band = 0.95 if low else 1.1
        top, rest = stage.rows(band, stage.height - band, gap=0.15)
        head, corner = top.columns(stage.width - min(3.0, 0.44 * stage.width), min(3.0, 0.44 * stage.width))
        band = BANDS[stage.width > BROAD]
        thick = min(1.4, (rest.height - 1.6 - 0.62 - 0.74) / 1.8, (rest.height - 0.8 - band - 0.74) / 2)
        lines = max(1.6, min(2.4, rest.height - 1.8 * thick - 1.36))
        white, sheet, _, growing, _ = rest.rows(0.8 * thick, lines, 0.62, thick, 0.74, gap=0.0)
        used = 0.8 + 2 * thick + 0.74
        _, upper, slices, lower, _ = rest.rows(0.8, thick, rest.height - used, thick, 0.74)
        return cls(
            corner, head, white, sheet.inset(y=0.06), growing, upper, slices, lower, growing.bottom - 0.14
        )


class Strips:
    """The strips of a lesson in a layout, all with the same unit and left end."""

    def __init__(self, solution: Solution, stage: Region) -> None:
        self.solution, self.layout = solution, StripLayout.of(stage)
        self.shares = drawn_shares(solution.a, solution.i)
        self.to_scale = bool(np.allclose(self.shares, solution.a))
        self.left = stage.left + INSET
        self.unit = (stage.width - INSET) / (1 + NUDGE * float(self.shares[solution.i]))

    @property
    def one(self) -> float:
        """The x at which a strip of length 1 ends."""
        return self.left + self.unit

    def strip(self, row: Region, dz: float = 0.0, *, colour: str = "a") -> NudgedStrip:
        """A strip in a row."""
        return NudgedStrip(
            self.shares,
            self.solution.i,
            dz,
            left=self.left,
            y=row.y,
            unit=self.unit,
            height=row.height,
            colour=colour,
        )

    def numbers(self, strip: NudgedStrip) -> dict[int, Readout]:
        """The shares as numbers in the segments that have room for one, clear of the line at 1."""
        numbers = dict[int, Readout]()
        for k in range(self.solution.K):
            start, end = self._beside_one(*strip.spans[strip.segment(k)])
            number = Readout(self.solution[f"a[{k}]"], size="number", colour="ground")
            least = style().size("least") / number.em
            if least * number.width <= end - start - AIR:
                number.fit_width(end - start - AIR)
                numbers[k] = number.move_to(point((start + end) / 2, strip.y))
        return numbers

    def names_over(
        self, values: dict[int, Readout], strip: NudgedStrip, names: Sequence[Words]
    ) -> dict[int, Words]:
        """Class names over numbers in a strip, which make way; none if the strip is too thin for both."""
        if strip.thickness < BOTH:
            return {}
        written = dict[int, Words]()
        for k, value in values.items():
            start, end = self._beside_one(*strip.spans[strip.segment(k)])
            if names[k].width <= end - start - AIR:
                value.shift(LOWER * DOWN)
                written[k] = names[k].set_x(value.get_x()).centre_on(strip.y + HIGHER)
        return written

    def names(self, strip: NudgedStrip, names: Sequence[Words]) -> VGroup:
        """The class names in what segments keep, where there is room for them, clear of the line at 1."""
        written = VGroup()
        for k, tax in enumerate(strip.taxes() * strip.unit):
            start, end = strip.spans[strip.segment(k)]
            start, end = self._beside_one(start, end - tax)
            if names[k].width <= end - start - AIR:
                written.add(names[k].set_x((start + end) / 2).centre_on(strip.y))
        return written

    def _beside_one(self, start: float, end: float) -> tuple[float, float]:
        """The longer part of a segment that the line at 1 crosses; else all of it."""
        if start < self.one < end - 1e-6:
            return max((start, self.one), (self.one, end), key=lambda part: part[1] - part[0])
        return start, end

    def crossing(self, values: Mapping[int, Mobject]) -> list[Mobject]:
        """Of texts in the unit strip, those that the line at 1 would meet while the strip grows."""
        strip = self.strip(self.layout.growing)
        grown, met = self.strip(self.layout.growing, NUDGE), list[Mobject]()
        for k, value in values.items():
            start, end = grown.spans[strip.segment(k)]
            if (start + end + value.width) / 2 + AIR / 2 > self.one:
                met.append(value)
        return met


def threads(upper: NudgedStrip, lower: NudgedStrip) -> VGroup:
    """A line from every border of a strip to the same border of the strip below it."""
    ends = [[*[start for start, _ in strip.spans], strip.right] for strip in (upper, lower)]
    pairs = zip(*ends, strict=True)
    return VGroup(*[line(point(up, upper.bottom), point(down, lower.top)) for up, down in pairs])
