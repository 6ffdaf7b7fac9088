"""One step of gradient descent: K bars with their pushes, and below each the score that takes its step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Self

import numpy as np
from manim import LEFT, RIGHT, UP, Animation, Dot, FadeOut, TransformFromCopy, VGroup, VMobject
from numpy.typing import NDArray

from softmax_explained.core import Solution
from softmax_explained.core.formulas.nodes import Change
from softmax_explained.core.formulas.symbols import vector_z
from softmax_explained.core.numerics.softmax import cross_entropy, softmax
from softmax_explained.stage import (
    Formula,
    Readout,
    Region,
    TargetArrows,
    Words,
    component,
    line,
    point,
    style,
    vertical_arrow,
)
from softmax_explained.stage.charts.bar_chart import BarChart, Targets
from softmax_explained.stage.design.rate_functions import late
from softmax_explained.stage.shapes.annotations import halo

TRACK = 1.35  # height in Manim units of the line of a score, with the gap above it
OVER = 0.5  # Manim units above a bar of length 1 for its number
GAP = 0.25  # Manim units between the names and the lines of the scores
RADIUS = 0.14  # of a dot in Manim units
START = 0.1  # Manim units from a line to the ends of the mark where its dot starts, which hides it at first
ASIDE = 0.12  # Manim units between the letter of the scores and what is right of it
ARROW = 0.5  # Manim units right of a bar for its arrow
CLOSE = 1.1  # bars closer than this, in Manim units, have their arrows in front of them
NUMBERED = 1.9  # width in Manim units of a column from which on the scores are written
LEAST_CHANGE = 0.12  # Manim units of the largest step on lines that show the scores
LEAST_RANGE = 0.25  # the least range of a line in scores: hardly any step is not magnified
AROUND = 0.1  # Manim units by which a number may be wider than its bar
BESIDE = 0.2  # Manim units between a dot and its number
BESIDE_TARGET = 0.1  # Manim units between the outline of a target and the number of its share


class StepPicture(VGroup):
    """Bars, targets and arrows; below each bar a short line on which the dot of its score moves by −η(a − y).

    Where the scores are written beside them, the lines show these, all to one scale. Else every dot starts at
    the same height, and the lines show the changes. A mark stays where a dot has started.

    Args:
        solution: its first step is shown.
        names: K class names.
        region: of everything.

    Attributes:
        chart: the bars with their names.
        targets: the outlines.
        arrows: the pushes, from the bars to the targets.
        letter: left of the lines: z where the scores are written, else Δz, which is what the lines show.
        lines: those of the scores, each with the mark where its dot starts.
        dots: the scores.
        steps: the arrows −η(a − y) beside the dots.
        share: the share of the true class, on the end of its bar.
        scores: the numbers beside the dots, where there is room.
    """

    def __init__(self, solution: Solution, names: Sequence[Words], region: Region) -> None:
        self._solution, K = solution, solution.K
        self._start, self._end = np.array(solution.z), np.array(solution.next_z)
        self.letter = Formula(Change(vector_z), role="z")
        self.letter.set_x(region.left + self.letter.width / 2)
        region = replace(region, left=region.left + self.letter.width + ASIDE)
        pitch = region.width / K
        upper = Region(region.left, region.bottom + TRACK, region.right, region.top - OVER)
        spoken = {solution.t, solution.i}
        space = ARROW if pitch >= CLOSE else 0.0
        self.chart = BarChart(solution.a, upper, names=names, priority=spoken, arrow_space=space)
        self.targets = Targets(solution.lesson.targets, self.chart)
        self.arrows = TargetArrows(self.chart, self.targets)
        x = [self.chart.x(k) for k in range(K)]
        aside = [each + 2 * RADIUS if space else each for each in x]
        numbers = [Readout(solution[f"z[{k}]"], size="label", colour="z") for k in range(K)]
        after = [Readout(solution[f"z1[{k}]"], size="label") for k in range(K)]
        widest = max(number.width for number in (*numbers, *after)) + RADIUS + BESIDE
        is_roomy = pitch >= NUMBERED and x[0] - widest >= region.left and x[1] - widest >= aside[0] + RADIUS
        self.scores = VGroup(*(numbers if self._scale(region, is_roomy) else []))
        if len(self.scores):  # the lines show the scores themselves
            self.letter = Formula(vector_z).move_to(self.letter, RIGHT)
        ends = region.bottom, region.bottom + TRACK - GAP
        self.letter.set_y(sum(ends) / 2)
        self.lines = VGroup()
        for each, y in zip(x, self._level(0.0), strict=True):
            mark = line(point(each - START, y), point(each + START, y), width="line")
            self.lines.add(VGroup(line(point(each, ends[0]), point(each, ends[1])), mark))
        self.dots = VGroup(*[Dot(radius=RADIUS, color=style().colour("z")) for _ in x])
        levels = zip(aside, self._level(0.0), self._level(1.0), strict=True)
        self.steps = [vertical_arrow(each, float(start), float(end)) for each, start, end in levels]
        size = "number" if pitch >= CLOSE else "least"
        self.share = Readout(solution["a[t]"], size=size, colour="a")
        if space and self.share.width > self.chart.width_of_bar + AROUND:
            self.share.scale(style().size("least") / self.share.em)
        halo(self.share)
        self._bounds = region.left, region.right
        self.draw(0.0)
        super().__init__(
            self.chart,
            self.targets,
            self.arrows,
            self.letter,
            self.lines,
            self.dots,
            self.scores,
            self.share,
        )

    def _scale(self, region: Region, is_roomy: bool) -> bool:
        """Choose the scale of the lines; return whether they show the scores themselves.

        That is if these can be written and the largest change would still be seen. Else all dots start at one
        height, and the lines show the changes.
        """
        length = TRACK - GAP - 2 * RADIUS
        change = self._end - self._start
        both = np.concatenate([self._start, self._end])
        common = length / max(float(np.ptp(both)), LEAST_RANGE)
        is_common = is_roomy and common * float(abs(change).max()) >= LEAST_CHANGE
        self._origin = np.zeros_like(change) if is_common else self._start  # what heights are measured from
        shown = both - np.concatenate([self._origin, self._origin])
        low, high = float(shown.min()), float(shown.max())
        self._unit = length / max(high - low, LEAST_RANGE)
        self._zero = region.bottom + RADIUS + (length - (high - low) * self._unit) / 2 - low * self._unit
        return is_common

    def _level(self, step: float) -> NDArray[np.float64]:
        """(K,) the heights of the dots after a part of the step."""
        return np.asarray(self._zero + self._unit * (self.at(step) - self._origin))

    def loss(self, step: float) -> float:
        """The loss after a part of the step, from 0 to 1."""
        return cross_entropy(self.at(step), self._solution.lesson.targets)

    def at(self, step: float) -> NDArray[np.float64]:
        """(K,) the scores after a part of the step."""
        return np.asarray(self._start + step * (self._end - self._start))

    def draw(self, step: float) -> Self:
        """Draw the dots and the bars after a part of the step."""
        self.chart.draw(softmax(self.at(step)))
        self.arrows.redraw()
        for k, (dot, y) in enumerate(zip(self.dots, self._level(step), strict=True)):
            dot.move_to(point(self.chart.x(k), float(y)))
            if len(self.scores):
                self.scores[k].next_to(dot, LEFT, buff=BESIDE)
        return self._place_share()

    def _place_share(self) -> Self:
        """Over the end of the bar of the true class or, where its arrow is in front of it, beside it."""
        t, (left, right) = self._solution.t, self._bounds
        bar, half = self.chart.bars[t], self.share.width / 2
        if self.chart.arrow_space:
            self.share.next_to(bar, UP, buff=0.12)
        else:
            neighbours = {
                side: k for side, k in ((LEFT[0], t - 1), (RIGHT[0], t + 1)) if 0 <= k < len(self.dots)
            }
            target, wide = self.targets[t], 2 * half + BESIDE_TARGET
            fits = {
                LEFT[0]: float(target.get_left()[0]) - wide >= left,
                RIGHT[0]: float(target.get_right()[0]) + wide <= right,
            }
            side = min(neighbours, key=lambda each: (not fits[each], self._height(neighbours[each])))
            self.share.next_to(target, side * RIGHT, buff=BESIDE_TARGET)
            ends = float(self.share.get_left()[0]), float(self.share.get_right()[0])
            covered = [  # bars that would be under it, were they higher, with the arrows to their targets
                max(float(part.get_top()[1]) for part in (each, target, *arrow))
                for each, target, arrow in zip(self.chart.bars, self.targets, self.arrows, strict=True)
                if each is not bar and each.get_left()[0] < ends[1] and each.get_right()[0] > ends[0]
            ]
            lowest = max([self.chart.base, *covered]) + self.share.height / 2 + 0.1
            self.share.set_y(max(float(bar.get_top()[1]), lowest))
        self.share.set_x(float(np.clip(self.share.get_x(), left + half, right - half)))
        return self

    def _height(self, k: int) -> float:
        """The largest share that bar `k`, or its outline, shows during the step."""
        return max(
            *(float(softmax(each)[k]) for each in (self._start, self._end)), float(self.targets.values[k])
        )

    def aim(self) -> list[Animation]:
        """Every arrow, times η, drops onto the dot of its score; none where it is too short to be drawn."""
        return [TransformFromCopy(arrow, step) for arrow, step in self._aimed()]

    def arrive(self) -> list[Animation]:
        """The arrows of the steps are spent when the dots arrive: they fade on the last part of the way."""
        return [FadeOut(step, rate_func=late) for _, step in self._aimed()]

    def _aimed(self) -> list[tuple[VMobject, VGroup]]:
        """The pushes with the arrows of their steps, where both are long enough to be drawn."""
        pairs = zip(self.arrows, self.steps, strict=True)
        return [(arrow, step) for arrow, step in pairs if len(arrow) and len(step)]

    def follow(self, step: Callable[[], float]) -> None:
        """Show the scores and the bars after `step()` in every frame, until `settle`."""
        self.share.follow(lambda: float(softmax(self.at(step()))[self._solution.t]))
        for k, number in enumerate(self.scores):
            number.follow(component(lambda: self.at(step()), k), edge=RIGHT)
        self.dots.add_updater(lambda _: self.draw(step()))

    def settle(self, *, after: bool = True) -> Self:
        """Stop following, and write the numbers after the step, or before it, exactly."""
        self.dots.clear_updaters()
        self.share.settle(self._solution["a1[t]" if after else "a[t]"])
        for k, number in enumerate(self.scores):
            number.settle(self._solution[f"z1[{k}]" if after else f"z[{k}]"], edge=RIGHT)
        return self.draw(float(after))

    @property
    def around(self) -> list[VMobject]:
        """What stands around the bars."""
        return [self.targets, self.letter, self.lines, self.dots, *self.scores, self.share]
