"""Scores lifted out of reach on broken tracks, and slid down together until the largest is zero."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import LEFT, RIGHT, UP, DashedLine, Line, ValueTracker, VGroup
from numpy.typing import NDArray
from sympy import Integer

from softmax_explained.core import Solution
from softmax_explained.core.formulas.nodes import Literal, Word
from softmax_explained.core.formulas.symbols import c, z
from softmax_explained.stage.charts.plot import dashed
from softmax_explained.stage.charts.sliders import RADIUS, SliderHandle, Sliders
from softmax_explained.stage.design.layout import Region, point
from softmax_explained.stage.design.style import style
from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import Readout, TypesetText

OVERFLOW = Word("∞")  # what a computer says of e^z when z is too large
# How far the scores are lifted on the drawing, by their spread: the break in the tracks hides the rest
RISE = 2.4
# Manim units kept at the left for the ends of the scale, and at the top for the handle
SCALE, HANDLE = 0.5, 0.5
BESIDE = 0.18  # Manim units from a knob to what is written beside it
APART = 0.12  # Manim units at least between two things on one height
UNDER = 0.55  # Manim units from the letters under the tracks to the numbers under them


class ShiftedScores(VGroup):
    """K sliders held by one handle: above a limit e^z overflows, and zero is far below.

    The numbers z_k − z_max, which come in the end, stand beside the knobs; where these stand too close,
    under the letters z_k; and where even there is no room for them they are left out. So are the letters
    but for that of the largest score.

    Args:
        solution: where the scores come from.
        region: where all of it stands.

    Attributes:
        sliders: tracks and knobs.
        letters: z_k under the tracks.
        limit: the line above which nothing can be computed.
        zero: the line at zero, with its number.
        marks: ∞ beside every knob, or one at the limit.
        handle: the handle.
        values: z_k − z_max.
        lift: how far the scores are lifted, from 1 to 0.
    """

    def __init__(self, solution: Solution, region: Region) -> None:
        K, self._shifted = solution.K, solution.shifted
        self._rise = RISE * max(float(np.ptp(solution.z)), 1.0)
        self.lift = ValueTracker(1.0)
        values = [Readout(solution[f"shifted[{k}]"], size="label", colour="z") for k in range(K)]
        widest = max(value.width for value in values)
        room = _room(region, K, RADIUS + BESIDE + widest)
        pitch = room.width / K
        beside = pitch >= RADIUS + BESIDE + widest + RADIUS + APART
        under = not beside and pitch >= widest + APART
        foot = room.bottom + UNDER * under
        tracks = Region(room.left, foot, room.right, room.top)
        self.sliders = Sliders(self._shifted, tracks, rise=self._rise, names={})
        self.letters = self._under_tracks(K, foot + 0.1, pitch)
        for k, value in enumerate(values):
            value.next_to(self.sliders.knobs[k], RIGHT, buff=BESIDE)
            if under:
                value.set_x(self.sliders.at(k, 0)[0]).stand_on(room.bottom + 0.1)
        self.values = VGroup(*values) if beside or under else VGroup()
        floor, ceiling = (self._height(value) for value in (0.0, float(self._shifted.min()) + self._rise))
        self._break(floor, ceiling)
        self.zero = _zero(tracks, floor, K)
        top = ceiling - 2 * RADIUS
        self.limit = dashed(point(room.left, top), point(room.right, top), colour="ink")
        self.sliders.draw(self.scores())
        self.marks = VGroup(*self._marks(beside))
        self.handle = SliderHandle(self.sliders, Formula(c))
        super().__init__(self.sliders, self.letters, self.zero)

    def scores(self) -> NDArray[np.float64]:
        """(K,) where the knobs stand now, on the scale of the tracks."""
        return np.asarray(self._shifted + self._rise * self.lift.get_value())

    def follow(self) -> None:
        """Let the knobs, and the handle with them, go where `lift` says, until `rest`."""
        self.sliders.follow(self.scores)
        self.handle.follow()

    def settle(self) -> None:
        """Stop following."""
        self.sliders.settle()
        self.handle.clear_updaters(recursive=False)

    def _height(self, value: float) -> float:
        return float(self.sliders.at(0, value)[1])

    def _under_tracks(self, K: int, baseline: float, pitch: float) -> VGroup:
        letters = [Formula(z[Integer(k + 1)]) for k in range(K)]
        few = letters if max(letter.width for letter in letters) + APART <= pitch else []
        return VGroup(
            *[
                letter.set_x(self.sliders.at(k, 0)[0]).stand_on(baseline)
                for k, letter in enumerate(letters)
                if few or k == int(np.argmax(self._shifted))
            ]
        )

    def _marks(self, beside: bool) -> Sequence[TypesetText]:
        if not beside:
            return [Formula(OVERFLOW, size="label").next_to(self.limit, LEFT, buff=0.1).shift(0.2 * UP)]
        knobs = self.sliders.knobs
        return [Formula(OVERFLOW, size="label").next_to(knob, RIGHT, buff=BESIDE) for knob in knobs]

    def _break(self, floor: float, ceiling: float) -> None:
        """Interrupt every track between its two ends: what is left out there is far longer than the rest."""
        low, high = floor + 0.3 * (ceiling - floor), floor + 0.6 * (ceiling - floor)
        quiet, thin = style().colour("quiet"), style().stroke("thin")
        for track in self.sliders.tracks:
            (x, bottom, _), (_, top, _) = track.get_start(), track.get_end()
            ends = [Line(point(x, bottom), point(x, low)), Line(point(x, high), point(x, top))]
            dots = DashedLine(point(x, low), point(x, high), dash_length=0.12, dashed_ratio=0.5)
            track.become(VGroup(*ends, dots).set_stroke(quiet, thin))


def _room(region: Region, K: int, beside: float) -> Region:
    """The part of a region that K tracks may fill: at its right, the last knob's number has to fit too."""
    available = region.width - SCALE
    width = min(available, (available - beside) / (1 - 0.5 / K))
    left = region.left + SCALE
    return Region(left, region.bottom, left + width, region.top - HANDLE)


def _zero(tracks: Region, y: float, K: int) -> VGroup:
    """The number 0, and a line that stops at every track: numbers stand at the right of the knobs."""
    number = Formula(Literal(0), size="label").set_fill(style().colour("quiet"))
    cells = tracks.columns(*[1] * K)
    lines = [dashed(point(cell.left, y), point(cell.x, y), colour="quiet") for cell in cells]
    return VGroup(number.move_to(point(tracks.left - 0.15, y), RIGHT), *lines)
