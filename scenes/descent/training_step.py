"""Gradient descent on the scores: each score moves along its step, and its share follows."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any, Self

import numpy as np
from manim import LEFT, Animation, Dot, FadeIn, Line, TransformFromCopy, VGroup
from numpy.typing import NDArray

from softmax_explained.core import Solution
from softmax_explained.core.numerics.softmax import cross_entropy, cross_entropy_gradient, softmax
from softmax_explained.stage import Readout, Region, Words, component, line, point, style
from softmax_explained.stage.charts.bar_chart import BarChart, TargetArrows, Targets, vertical_arrow
from softmax_explained.stage.text.label_layout import height_of, under_columns

BELOW = 0.15  # Manim units between bars and names
STEPS = 4  # number of steps taken
RADIUS = 0.15  # of a knob, in Manim units
ARROW_SPACE = 0.4  # Manim units to the right of every bar for its arrow
NUMBER = 1.6  # minimum width in Manim units of a column with numbers
KNOB_TO_NUMBER = 0.2  # Manim units from a knob to its number
NUMBER_BAND = 0.7  # height in Manim units of a row of numbers


class BarLabels(VGroup):
    """The names that fit, each centred below its bar; `band` is their height in Manim units."""

    def __init__(self, names: Sequence[Words], region: Region, *, priority: Collection[int]) -> None:
        shifted = replace(region, left=region.left - ARROW_SPACE / 2, right=region.right - ARROW_SPACE / 2)
        self.columns = shifted.columns(*[1] * len(names))
        self._written = under_columns(names, self.columns, priority=priority)
        self.band = BELOW + height_of(max(name.lines for name in self._written.values()))
        super().__init__(*self._written.values())

    def hang(self, y: float) -> Self:
        """Put the names below bars whose base is at `y`."""
        for name in self:
            name.move_to(point(float(name.get_x()), y - BELOW - name.height / 2))
            if name.lines == 1:
                name.stand_on(y - BELOW - 0.35)
        return self


class TrainingStep(VGroup):
    """K columns: a score on its track with its next step −η(a − y), and below it bar, target and name.

    Numbers of the scores are shown if they fit; where columns are narrow, of the shares only that of the true
    class.
    """

    def __init__(self, solution: Solution, names: Sequence[Words], region: Region) -> None:
        self._solution = solution
        self._path = steps_downhill(solution)
        self.names = BarLabels(names, region, priority={solution.t})
        columns = self.names.columns
        numbered = columns[0].width >= NUMBER
        scores = [Readout(solution[f"z1[{k}]"], colour="z") for k in range(solution.K)]
        pairs = zip(scores, solution.z, strict=True)
        at_start = [Readout(replace(score.quantity, value=float(z))) for score, z in pairs]
        longest = max(number.width for number in (*scores, *at_start))
        beside = columns[0].width / 2 >= RADIUS + KNOB_TO_NUMBER + longest
        below = self.names.band + NUMBER_BAND
        upper, lower = replace(region, bottom=region.bottom + below).rows(1.1, 1, gap=0.3)
        self._track, lowest, highest = upper.inset(y=RADIUS), self._path.min(), self._path.max()
        self._low, self._range = float(lowest), max(float(highest - lowest), 1.0)
        self.bars = BarChart(solution.a, lower, arrow_space=ARROW_SPACE)
        self.targets = Targets(solution.lesson.targets, self.bars)
        self.arrows = TargetArrows(self.bars, self.targets)
        self.tracks = VGroup(*[self._line(k) for k in range(solution.K)])
        self.knobs = VGroup(*[Dot(radius=RADIUS, color=style().colour("z")) for _ in columns])
        here, there = self._path[:2]
        ends = [[self.y(float(score[k])) for score in (here, there)] for k in range(solution.K)]
        self.steps = VGroup(*[vertical_arrow(self.bars.x(k) + 0.34, *pair) for k, pair in enumerate(ends)])
        self.names.hang(lower.bottom)
        foot = region.bottom + NUMBER_BAND / 2
        self._shown = list(range(solution.K)) if numbered else [solution.t]
        self.shares = VGroup(*[self._share(k, columns[k], region, foot) for k in self._shown])
        self.scores = VGroup(*(scores if beside else ()))
        self.draw(here)
        super().__init__(self.tracks, self.knobs, self.bars, self.targets, self.arrows, self.names)

    def y(self, score: float) -> float:
        """The y of a score on its track."""
        return self._track.bottom + (score - self._low) / self._range * self._track.height

    def at(self, step: float) -> NDArray[np.float64]:
        """(K,) the scores after `step` steps; linearly interpolated between steps."""
        n = min(int(step), STEPS - 1)
        return np.asarray(self._path[n] + (step - n) * np.diff(self._path, axis=0)[n])

    def loss(self, step: float) -> float:
        """The loss after `step` steps."""
        return cross_entropy(self.at(step), self._solution.lesson.targets)

    def draw(self, scores: NDArray[np.float64]) -> Self:
        """Move the knobs to other scores, and the bars to their shares."""
        for k, knob in enumerate(self.knobs):
            knob.move_to(point(self.bars.x(k), self.y(float(scores[k]))))
        for number, knob in zip(self.scores, self.knobs, strict=False):
            number.next_to(knob, LEFT, buff=KNOB_TO_NUMBER)
        self.bars.draw(softmax(scores))
        return self

    def show_numbers(self, step: Callable[[], float]) -> list[Animation]:
        """Let the numbers follow `step()`, and fade them in."""
        for k, number in enumerate(self.scores):
            number.follow(component(lambda: self.at(step()), k), edge=LEFT).update()
        for k, number in zip(self._shown, self.shares, strict=True):
            number.follow(component(lambda: softmax(self.at(step())), k)).update()
        self.draw(self.at(step()))
        return [FadeIn(*numbers) for numbers in (self.scores, self.shares) if len(numbers)]

    def aim(self) -> list[Any]:
        """The arrows of the bars become steps of the scores."""
        pairs = zip(self.arrows, self.steps, strict=True)
        return [TransformFromCopy(of_bar, arrow) for of_bar, arrow in pairs if len(of_bar) and len(arrow)]

    def follow(self, step: Callable[[], float]) -> None:
        """Show the state after `step()` steps in every frame until `settle`."""
        self.knobs.add_updater(lambda _: self.draw(self.at(step())))
        self.arrows.follow()

    def settle_numbers(self) -> None:
        """Fix the numbers at their exact values after one step."""
        for number in (*self.scores, *self.shares):
            number.settle()
        self.draw(self._path[1])

    def settle(self) -> None:
        self.knobs.clear_updaters()
        self.arrows.clear_updaters()

    def _line(self, k: int) -> Line:
        track, x = self._track, self.bars.x(k)
        return line(point(x, track.bottom - RADIUS), point(x, track.top + RADIUS))

    def _share(self, k: int, column: Region, region: Region, y: float) -> Readout:
        number = Readout(self._solution[f"a1[{k}]"], colour="a").move_to(point(column.x, y))
        half = number.width / 2
        return number.set_x(float(np.clip(number.get_x(), region.left + half, region.right - half)))


def steps_downhill(solution: Solution) -> NDArray[np.float64]:
    """(STEPS + 1, K) the scores before the first step z ← z − η(a − y) and after each step."""
    lesson, path = solution.lesson, [solution.z]
    for _ in range(STEPS):
        slope = cross_entropy_gradient(path[-1], lesson.targets)
        path.append(path[-1] - lesson.learning_rate * slope)
    return np.array(path)
