"""The gradients of both losses over the true score, as two curves drawn by a sweeping marker."""

from collections.abc import Callable
from typing import Self

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, VGroup, VMobject
from numpy.typing import NDArray

from softmax_explained.core import Solution
from softmax_explained.core.formulas.symbols import z
from softmax_explained.core.numerics.loss_comparison import REACH
from softmax_explained.stage import Box, Formula, Point, Region, Words, line, point
from softmax_explained.stage.charts.plot import Plot, thick_curve, tick_label

CONFIDENT = 3.0  # predictions this far below the score of a share of ½ are confidently wrong
BEYOND = 0.05  # the axis extends by this fraction, so that no curve ends at its arrow head
DASH = 0.22  # length in Manim units of a dash and of the gap after it
NAME_PART = 0.33  # maximum fraction of the width for the name of a curve
CLEAR = 0.4  # a name is above the curve within this distance, in Manim units, at either side


class GradientCurves(VGroup):
    """The gradients over the sweep of a solution: cross-entropy solid, squared error dashed.

    `names` are those of cross-entropy, of squared error, of the vertical axis, and of the shaded region, in
    which the prediction is confidently wrong. The `marker` is a vertical line and a dot on each curve; the
    `present` dots are at the solution's score.
    """

    def __init__(self, solution: Solution, names: tuple[Words, Words, Words, Words], region: Region) -> None:
        sweep = solution.sweep
        seen = sweep.z_t <= sweep.half + REACH + 1e-9  # beyond, both gradients have settled
        self._scores, self._solid_gradients, self._dashed_gradients = (
            each[seen] for each in (sweep.z_t, sweep.push_ce, sweep.push_q)
        )
        self.solid_name, self.dashed_name, push, self.wrong = names
        start, end = self.ends
        letter = Formula(z[solution.t + 1])
        (left, bottom, right, top), ink = region.edges, "ink"
        inner = Region(left + 0.6, bottom + 0.75, right - letter.width - 0.2, top - 0.05)
        push.fit_width(0.8 * inner.width)
        for name in names[:2]:
            name.fit_width(NAME_PART * inner.width)
        headroom = push.height + CLEAR + self.solid_name.height  # over 1, the largest push there is
        reach = end + BEYOND * (end - start)
        plot = Plot(x=(start, reach), y=(0.0, inner.height / (inner.height - headroom)), region=inner)
        self._axes = plot
        letter.next_to(plot.at(reach, 0.0), RIGHT, buff=0.15)
        one = tick_label(1).next_to(plot.at(start, 1.0), LEFT, buff=0.15)
        push.next_to(point(inner.left, inner.top), RIGHT, buff=0.25)
        push.align_to(point(0.0, inner.top), UP)
        self.plot = VGroup(plot, letter, one, push)
        confident = max(sweep.half - CONFIDENT, start)
        edge = float(plot.at(confident, 0.0)[0])
        self.shade = Box(inner.left, inner.bottom, edge, float(plot.at(0.0, 1.0)[1]), colour="track")
        self.shade.set_z_index(-1)
        self.wrong.fit_width(inner.width / 2).next_to(point(self.shade.get_x(), inner.bottom), DOWN, buff=0.2)
        self.wrong.shift(max(0.0, inner.left - float(self.wrong.get_left()[0])) * RIGHT)
        self.solid = thick_curve("C")
        self._points, dashed_points = (
            np.array([plot.at(x, y) for x, y in zip(self._scores, gradients, strict=True)])
            for gradients in (self._solid_gradients, self._dashed_gradients)
        )
        self._dashes = cut_into_dashes(dashed_points, colour="C")
        self.dashed = VGroup()
        self._line = line(plot.at(start, 0.0), plot.at(start, 1.05))
        self.marker = VGroup(self._line, *[plot.dot(start, 0.0, colour=ink) for _ in range(2)])
        t, slopes = solution.t, (solution.gradient, solution.Q_gradient)
        now = [(float(solution.z[t]), abs(float(slope[t]))) for slope in slopes if solution.z[t] <= end]
        self.present = VGroup(*[plot.dot(score, push, colour="z") for score, push in now])
        self._name_curves(inner)
        self.draw(start)
        curves = self.solid, self.dashed, self.present, self.marker
        super().__init__(self.shade, self.plot, self.wrong, *curves)

    @property
    def ends(self) -> tuple[float, float]:
        """The smallest and the largest score of the sweep."""
        return float(self._scores[0]), float(self._scores[-1])

    def draw(self, score: float) -> Self:
        """Draw the curves up to a score, with the marker there."""
        x, curves = float(self._axes.at(score, 0.0)[0]), (self._solid_gradients, self._dashed_gradients)
        gradients = [float(np.interp(score, self._scores, curve)) for curve in curves]
        here = self._axes.at(score, gradients[0])
        drawn = self._points[self._points[:, 0] < x]
        self.solid.set_points_as_corners(np.array([*drawn, here, here]))
        self.dashed.submobjects = [dash for dash in self._dashes if dash.get_end()[0] <= x + 1e-6]
        self._line.put_start_and_end_on(self._axes.at(score, 0.0), self._axes.at(score, 1.05))
        for dot, push in zip(self.marker[1:], gradients, strict=True):
            dot.move_to(self._axes.at(score, push))
        return self

    def follow(self, value: Callable[[], float]) -> None:
        """Draw up to the score `value()` in every frame until `settle`."""
        self.solid.add_updater(lambda _: self.draw(value()))

    def settle(self) -> None:
        self.solid.clear_updaters()
        self.draw(self.ends[1])

    def _name_curves(self, inner: Region) -> None:
        """Put the names above their curves at one end, preferably where cross-entropy is higher."""
        left, right = (LEFT, inner.left + 0.25), (RIGHT, inner.right - 0.45)
        higher_at_left = self._solid_gradients[0] >= self._solid_gradients[-1]
        best, other = (left, right) if higher_at_left else (right, left)
        if not self._stand_at(*best) and not self._stand_at(*other):
            self._stand_at(*best)

    def _stand_at(self, side: Point, x: float) -> bool:
        """Put the names at one end; return whether the lower one fits between the curves there."""
        for name, curve in (
            (self.solid_name, self._solid_gradients),
            (self.dashed_name, self._dashed_gradients),
        ):
            name.align_to(point(x), side)
            highest = float(self._axes.at(0.0, float(curve[self._beside(name)].max()))[1])
            name.next_to(point(float(name.get_x()), highest), UP, buff=CLEAR / 2, coor_mask=UP)
        lowest = float(self._solid_gradients[self._beside(self.dashed_name)].min())
        return float(self.dashed_name.get_top()[1]) < float(self._axes.at(0.0, lowest)[1])

    def _beside(self, name: Words) -> NDArray[np.bool_]:
        """Mask of the points of the curves near a name."""
        left, right = (self._score(float(name.get_edge_center(end)[0])) for end in (LEFT, RIGHT))
        margin = self._score(self._axes.region.left + CLEAR) - self.ends[0]
        return np.asarray((self._scores >= left - margin) & (self._scores <= right + margin))

    def _score(self, x: float) -> float:
        """The score at an x on screen."""
        start, reach = self._axes.x_range
        region = self._axes.region
        return start + (reach - start) * (x - region.left) / region.width


def cut_into_dashes(points: NDArray[np.float64], *, colour: str) -> list[VMobject]:
    """Cut a polyline into dashes, from left to right."""
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    dashes = list[VMobject]()
    for start in np.arange(0.0, along[-1], 2 * DASH):
        steps = np.linspace(start, min(start + DASH, along[-1]), 6)
        corners = np.stack([np.interp(steps, along, points[:, axis]) for axis in range(3)], axis=1)
        dashes.append(thick_curve(colour).set_points_as_corners(corners))
    return dashes
