"""The error signal for earlier layers: a wave from the vector a − y, with its total as amplitude."""

from collections.abc import Callable
from typing import Self

import numpy as np
from manim import DOWN, LEFT, UP, Dot, VGroup
from numpy.typing import NDArray
from sympy import evaluate

from softmax_explained.core import Solution
from softmax_explained.core.formulas.symbols import a, vector_a, vector_y, y
from softmax_explained.core.numerics.softmax import softmax
from softmax_explained.stage import Formula, Region, layer, line, point, style, vertical_arrow
from softmax_explained.stage.charts.plot import dashed, thick_curve, tick_label

LAYERS = (3, 4, 4)  # numbers of nodes drawn of the earlier layers, the earliest first
RECEDING = 0.72  # scale of each layer relative to the next one, for perspective
LOUDEST = 0.8  # amplitude of the wave of the largest signal, as a fraction of half the height
WAVELENGTH, POINTS = 1.0, 260  # of the wave in Manim units, and the number of points it is drawn with
SLIDER = 1.3  # height of the slider in Manim units

with evaluate(False):
    SIGNAL = vector_a - vector_y


class ErrorSignal(VGroup):
    """Layers in perspective, a wave through them, the vector a − y at the right, and a slider below.

    The slider moves the share of the true class from 0 to its target. The other shares go from softmax over
    the other scores to their targets, so that at the end the prediction equals the target. Each arrow of the
    vector has the direction in which it changes its score; the dashed `bounds` are at ±1.
    """

    def __init__(self, solution: Solution, region: Region) -> None:
        y_t = float(solution.lesson.targets[solution.t])
        self._targets, self._most = solution.lesson.targets, y_t
        others = np.delete(np.arange(solution.K), solution.t)
        self._wrong = np.zeros(solution.K)
        self._wrong[others] = softmax(solution.z[others])
        self.start = float(np.clip(solution.a[solution.t], 0.0, y_t))
        above, below = region.rows(region.height - SLIDER, SLIDER)
        past, vector = above.columns(1.5, 1, gap=0.5)
        self._past = Region(past.left, vector.bottom, vector.left, past.top)
        self.layers = self._layers(past)
        self.wave = thick_curve("C")
        self._make_vector(solution.K, vector)
        self._make_slider(solution, below)
        self.vector = VGroup()
        self.draw(self.start)
        super().__init__(self.wave, self.layers, self.ground, self.vector, self.slider, self.knob)

    def signal(self, share: float) -> NDArray[np.float64]:
        """(K,) a − y for a share of the true class."""
        part = share / self._most
        return np.asarray((1 - part) * (self._wrong - self._targets))

    def draw(self, share: float, phase: float = 0.0) -> Self:
        """Move the knob to a share, and redraw vector and wave.

        Args:
            share: of the true class, from 0 to its target.
            phase: of the wave, in wavelengths.
        """
        signal = self.signal(share)
        self.knob.move_to(self._on_slider(share))
        self.vector.submobjects = [
            vertical_arrow(x, self._zero, self._zero - float(part) * self._unit)
            for x, part in zip(self._places, signal, strict=True)
        ]
        self.wave.set_points_as_corners(self._swing(float(np.abs(signal).sum()) / 2, phase))
        return self

    def follow(self, share: Callable[[], float], phase: Callable[[], float]) -> None:
        """Draw `share()` and `phase()` in every frame until `settle`."""
        self.wave.add_updater(lambda _: self.draw(share(), phase()))

    def settle(self) -> None:
        self.wave.clear_updaters()

    def _swing(self, loudness: float, phase: float) -> NDArray[np.float64]:
        """(POINTS, 3) points of the wave; its amplitude is that of the signal and decreases with distance."""
        along = np.linspace(0.0, 1.0, POINTS)
        x = self._past.right - along * self._past.width
        far = RECEDING ** (len(LAYERS) * along)
        swing = np.sin(2 * np.pi * (self._past.width * along / WAVELENGTH - phase))
        high = LOUDEST * loudness * far * self._past.height / 2
        return np.stack([x, self._zero + high * swing, np.zeros(POINTS)], axis=1)

    def _layers(self, past: Region) -> VGroup:
        columns = past.columns(*[1] * len(LAYERS))
        layers = VGroup()
        for distance, (count, column) in enumerate(zip(reversed(LAYERS), reversed(columns), strict=True)):
            nodes = layer([VGroup() for _ in range(count)], column, largest=0.3, role="x")
            layers.add(nodes.scale(RECEDING ** (distance + 1)))
        return layers

    def _make_vector(self, K: int, region: Region) -> None:
        letter = Formula(SIGNAL)
        letter.move_to(point(region.x, region.top - letter.height / 2))
        ends = [tick_label(n) for n in (1, -1)]
        area = Region(region.left, region.bottom + 0.2, region.right - 0.7, region.top - letter.height - 0.3)
        self._zero, self._unit = area.y, 0.97 * area.height / 2
        self._places = [column.x for column in area.columns(*[1] * K)]
        self.ground = VGroup(line(point(area.left, self._zero), point(area.right, self._zero)), letter)
        self.bounds = VGroup()
        for end, side in zip(ends, (DOWN, UP), strict=True):  # plus is a push down
            height = self._zero + float(side[1]) * area.height / 2
            limit = dashed(point(area.left, height), point(area.right, height), colour="ink")
            self.bounds.add(limit, end.next_to(point(area.right, height), -LEFT, buff=0.15))

    def _make_slider(self, solution: Solution, region: Region) -> None:
        letter, target = Formula(a[solution.t + 1]), Formula(y[solution.t + 1])
        letter.move_to(point(region.left + letter.width / 2, region.y + 0.15))
        left, right = region.left + letter.width + 0.5, region.right - 0.4
        self._track = left, right, float(letter.get_y())
        track = line(point(left, self._track[2]), point(right, self._track[2]), width="line")
        post = dashed(*(point(right, self._track[2] + side * 0.3) for side in (1, -1)), colour="y")
        target.next_to(post, DOWN, buff=0.12)
        zero = tick_label(0).next_to(track.get_start(), DOWN, buff=0.3)
        self.slider = VGroup(track, letter, post, target, zero)
        self.knob = Dot(radius=0.2, color=style().colour("a"))

    def _on_slider(self, share: float) -> NDArray[np.float64]:
        left, right, height = self._track
        return point(left + share / self._most * (right - left), height)
