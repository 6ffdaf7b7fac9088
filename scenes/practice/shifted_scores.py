"""Scores beyond the limit of e^z, on broken tracks, shifted together until the largest is 0."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from manim import LEFT, RIGHT, UP, DashedLine, ValueTracker, VGroup
from numpy.typing import NDArray
from sympy import Integer

from softmax_explained.core import Solution
from softmax_explained.core.formulas.nodes import Word
from softmax_explained.core.formulas.symbols import c, z
from softmax_explained.stage import Formula, Region, dashed, line, point, style, tick_label
from softmax_explained.stage.charts.sliders import RADIUS, SliderHandle, Sliders
from softmax_explained.stage.text.text import Readout, TypesetText

OVERFLOW = Word("∞")  # the computed value of e^z if z is too large
RISE = 2.4  # initial shift of the scores in the drawing, relative to their range; the break hides the rest
SCALE, HANDLE = 0.5, 0.5  # Manim units at the left for the ends of the scale, and at the top for the handle
BESIDE = 0.18  # Manim units from a knob to what is written beside it
APART = 0.12  # minimum distance in Manim units between neighbours
UNDER = 0.55  # Manim units from the letters below the tracks to the numbers below them


class ShiftedScores(VGroup):
    """K sliders moved by one handle: above a limit e^z overflows, and zero is far below.

    The final numbers z_k − z_max are beside the knobs or, where these are close together, below the letters
    z_k. Numbers that do not fit are left out, and letters that do not fit except for the largest score. The
    tracker `lift` of the shift goes from 1 to 0.
    """

    def __init__(self, solution: Solution, region: Region) -> None:
        K, self._shifted = solution.K, solution.shifted
        self._rise = RISE * max(float(np.ptp(solution.z)), 1.0)
        self.lift = ValueTracker(1.0)
        values = [Readout(solution[f"shifted[{k}]"], size="label", colour="z") for k in range(K)]
        widest = max(value.width for value in values)
        area = _tracks_region(region, K, RADIUS + BESIDE + widest)
        pitch = area.width / K
        beside = pitch >= RADIUS + BESIDE + widest + RADIUS + APART
        under = not beside and pitch >= widest + APART
        foot = area.bottom + UNDER * under
        tracks = replace(area, bottom=foot)
        self.sliders = Sliders(self._shifted, tracks, rise=self._rise, names={})
        self.letters = self._under_tracks(K, foot + 0.1, pitch)
        for k, value in enumerate(values):
            value.next_to(self.sliders.knobs[k], RIGHT, buff=BESIDE)
            if under:
                value.set_x(self.sliders.at(k, 0)[0]).stand_on(area.bottom + 0.1)
        self.values = VGroup(*values) if beside or under else VGroup()
        floor, ceiling = (self._height(value) for value in (0.0, float(self._shifted.min()) + self._rise))
        self._break(floor, ceiling)
        self.zero = _zero(tracks, floor, K)
        top = ceiling - 2 * RADIUS
        self.limit = dashed(point(area.left, top), point(area.right, top), colour="ink")
        self.sliders.draw(self.scores())
        self.marks = VGroup(*self._marks(beside))
        self.handle = SliderHandle(self.sliders, Formula(c))
        super().__init__(self.sliders, self.letters, self.zero)

    def scores(self) -> NDArray[np.float64]:
        """(K,) the current values of the sliders."""
        return np.asarray(self._shifted + self._rise * self.lift.get_value())

    def follow(self) -> None:
        """Let knobs and handle follow `lift` until `settle`."""
        self.sliders.follow(self.scores)
        self.handle.follow()

    def settle(self) -> None:
        self.sliders.settle()
        self.handle.clear_updaters(recursive=False)

    def _height(self, value: float) -> float:
        return float(self.sliders.at(0, value)[1])

    def _under_tracks(self, K: int, baseline: float, pitch: float) -> VGroup:
        letters = [Formula(z[Integer(k + 1)]) for k in range(K)]
        fits = max(letter.width for letter in letters) + APART <= pitch
        shown = range(K) if fits else [int(np.argmax(self._shifted))]
        return VGroup(*[letters[k].set_x(self.sliders.at(k, 0)[0]).stand_on(baseline) for k in shown])

    def _marks(self, beside: bool) -> Sequence[TypesetText]:
        if not beside:
            return [Formula(OVERFLOW, size="label").next_to(self.limit, LEFT, buff=0.1).shift(0.2 * UP)]
        knobs = self.sliders.knobs
        return [Formula(OVERFLOW, size="label").next_to(knob, RIGHT, buff=BESIDE) for knob in knobs]

    def _break(self, floor: float, ceiling: float) -> None:
        """Interrupt every track: the part left out is far longer than the rest."""
        low, high = floor + 0.3 * (ceiling - floor), floor + 0.6 * (ceiling - floor)
        for track in self.sliders.tracks:
            (x, bottom, _), (_, top, _) = track.get_start(), track.get_end()
            ends = [line(point(x, bottom), point(x, low)), line(point(x, high), point(x, top))]
            dots = DashedLine(point(x, low), point(x, high), dash_length=0.12, dashed_ratio=0.5)
            dots.set_stroke(style().colour("quiet"), style().stroke("thin"))
            track.become(VGroup(*ends, dots))


def _tracks_region(region: Region, K: int, beside: float) -> Region:
    """The region of K tracks, with space for the number of the last knob at the right."""
    available = region.width - SCALE
    width = min(available, (available - beside) / (1 - 0.5 / K))
    left = region.left + SCALE
    return Region(left, region.bottom, left + width, region.top - HANDLE)


def _zero(tracks: Region, y: float, K: int) -> VGroup:
    """The number 0, and a line that stops at every track, as numbers are to the right of the knobs."""
    cells = tracks.columns(*[1] * K)
    lines = [dashed(point(cell.left, y), point(cell.x, y), colour="quiet") for cell in cells]
    return VGroup(tick_label(0).move_to(point(tracks.left - 0.15, y), RIGHT), *lines)
