"""Scores over shares: each score slides along its arrow, and the bar under it answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Self

import numpy as np
from manim import LEFT, Animation, Dot, FadeIn, Line, TransformFromCopy, VGroup
from numpy.typing import NDArray

from softmax_explained.core import Solution
from softmax_explained.core.numerics.softmax import cross_entropy, cross_entropy_gradient, softmax
from softmax_explained.scenes.descent.bar_labels import BarLabels
from softmax_explained.stage.charts.bar_chart import BarChart, TargetArrows, Targets, vertical_arrow
from softmax_explained.stage.design.layout import Region, point
from softmax_explained.stage.design.style import style
from softmax_explained.stage.text.text import Readout, Words

STEPS = 4  # so many steps are taken in all
RADIUS = 0.15  # of a knob, in Manim's units
ARROW_SPACE = 0.4  # Manim units at the right of every bar for its arrow
NUMBER = 1.6  # A column at least so wide has room for its numbers, in Manim's units
KNOB_TO_NUMBER = 0.2  # Manim units from a knob to its number
NUMBER_BAND = 0.7  # height of a row of numbers, in Manim's units


class TrainingStep(VGroup):
    """K columns: a score on its track with the step it is going to take, and below it bar, outline, name.

    Args:
        solution: where the steps start.
        names: K names.
        region: where all of it stands.

    Attributes:
        tracks: the K tracks of the scores.
        knobs: the K scores.
        steps: the steps −η(a − y) of the scores, to their scale.
        bars: the shares.
        targets: the outlines.
        arrows: the arrows between the two.
        names: the names there is room for.
        scores: the numbers of the scores, if there is room for them.
        shares: the numbers of the shares; where columns are narrow only that of the true class.
    """

    def __init__(self, solution: Solution, names: Sequence[Words], region: Region) -> None:
        self._solution = solution
        self._path = steps_downhill(solution)
        self.names = BarLabels(names, region, arrow_space=ARROW_SPACE, priority={solution.t})
        columns = self.names.columns
        numbered = columns[0].width >= NUMBER
        scores = [Readout(solution[f"z1[{k}]"], colour="z") for k in range(solution.K)]
        at_start = [
            Readout(replace(score.quantity, value=float(z)))
            for score, z in zip(scores, solution.z, strict=True)
        ]
        longest = max(number.width for number in (*scores, *at_start))
        beside = columns[0].width / 2 >= RADIUS + KNOB_TO_NUMBER + longest
        below = self.names.band + NUMBER_BAND
        upper, lower = Region(region.left, region.bottom + below, region.right, region.top).rows(
            1.1, 1, gap=0.3
        )
        self._track, lowest, highest = upper.inset(y=RADIUS), self._path.min(), self._path.max()
        self._low, self._range = float(lowest), max(float(highest - lowest), 1.0)
        self.bars = BarChart(solution.a, lower, arrow_space=ARROW_SPACE)
        self.targets = Targets(solution.lesson.targets, self.bars)
        self.arrows = TargetArrows(self.bars, self.targets)
        self.tracks = VGroup(*[self._line(k) for k in range(solution.K)])
        self.knobs = VGroup(*[Dot(radius=RADIUS, color=style().colour("z")) for _ in columns])
        here, there = self._path[:2]
        self.steps = VGroup(
            *[
                vertical_arrow(self.bars.x(k) + 0.34, *(self.y(float(score[k])) for score in (here, there)))
                for k in range(solution.K)
            ]
        )
        self.names.hang(lower.bottom)
        foot = region.bottom + NUMBER_BAND / 2
        shown = range(solution.K) if numbered else [solution.t]
        self._shown = list(shown)
        self.shares = VGroup(*[self._share(k, columns[k], region, foot) for k in shown])
        self.scores = VGroup(*(scores if beside else ()))
        self.draw(here)
        super().__init__(self.tracks, self.knobs, self.bars, self.targets, self.arrows, self.names)

    def y(self, score: float) -> float:
        """The height at which a score stands on its track."""
        return self._track.bottom + (score - self._low) / self._range * self._track.height

    def at(self, step: float) -> NDArray[np.float64]:
        """(K,) the scores after so many steps; between two of them on the straight way."""
        n = min(int(step), STEPS - 1)
        return np.asarray(self._path[n] + (step - n) * (self._path[n + 1] - self._path[n]))

    def loss(self, step: float) -> float:
        """The loss after so many steps."""
        return cross_entropy(self.at(step), self._solution.lesson.targets)

    def draw(self, scores: NDArray[np.float64]) -> Self:
        """Put the knobs to other scores, the bars to their shares."""
        for k, knob in enumerate(self.knobs):
            knob.move_to(point(self.bars.x(k), self.y(float(scores[k]))))
        for number, knob in zip(self.scores, self.knobs, strict=False):
            number.next_to(knob, LEFT, buff=KNOB_TO_NUMBER)
        self.bars.draw(softmax(scores))
        return self

    def show_numbers(self, step: Callable[[], float]) -> list[Animation]:
        """Let the numbers follow a step, and appear."""
        for k, number in enumerate(self.scores):
            number.follow(lambda k=k: float(self.at(step())[k]), edge=LEFT).update()
        for k, number in zip(self._shown, self.shares, strict=True):
            number.follow(lambda k=k: float(softmax(self.at(step()))[k])).update()
        self.draw(self.at(step()))
        return [FadeIn(*numbers) for numbers in (self.scores, self.shares) if len(numbers)]

    def aim(self) -> list[Any]:
        """The arrows of the bars become steps of the scores."""
        pairs = zip(self.arrows, self.steps, strict=True)
        return [TransformFromCopy(of_bar, arrow) for of_bar, arrow in pairs if len(of_bar) and len(arrow)]

    def follow(self, step: Callable[[], float]) -> None:
        """Stand where so many steps lead in every frame until `rest`; the knobs bring the rest along."""
        self.knobs.add_updater(lambda _: self.draw(self.at(step())))
        self.arrows.follow()

    def settle_numbers(self) -> None:
        """The numbers are those after one step now, to the last digit."""
        for number in (*self.scores, *self.shares):
            number.settle()
        self.draw(self._path[1])

    def settle(self) -> None:
        """Stop following."""
        self.knobs.clear_updaters()
        self.arrows.clear_updaters()

    def _line(self, k: int) -> Line:
        track, x = self._track, self.bars.x(k)
        line = Line(point(x, track.bottom - RADIUS), point(x, track.top + RADIUS))
        return line.set_stroke(style().colour("quiet"), style().stroke("thin"))

    def _share(self, k: int, column: Region, region: Region, y: float) -> Readout:
        number = Readout(self._solution[f"a1[{k}]"], colour="a").move_to(point(column.x, y))
        half = number.width / 2
        return number.set_x(float(np.clip(number.get_x(), region.left + half, region.right - half)))


def steps_downhill(solution: Solution) -> NDArray[np.float64]:
    """(STEPS + 1, K) the scores before the first step z ← z − η(a − y) and after each."""
    lesson, path = solution.lesson, [solution.z]
    for _ in range(STEPS):
        slope = cross_entropy_gradient(path[-1], lesson.targets)
        path.append(path[-1] - lesson.learning_rate * slope)
    return np.array(path)
