"""The strip stands up: its segments become bars, with the unit of the targets beside them."""

from __future__ import annotations

from manim import UP, Animation, FadeIn, FadeOut, ReplacementTransform

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.pictures.share_bars import stand_up
from softmax_explained.scenes.pictures.share_strip import ShareStrip
from softmax_explained.scenes.pictures.target_unit import TargetUnit
from softmax_explained.stage import Formula, Readout, Region, point
from softmax_explained.stage.animations.relabel import relabel
from softmax_explained.stage.charts.bar_chart import BarChart
from softmax_explained.stage.design.rate_functions import early, instead, late
from softmax_explained.stage.shapes.box import Edges
from softmax_explained.stage.text.label_layout import overlap

HEAD = 1.75  # height in Manim units of the sum of the targets over the bars
LOW = 3.6  # least height in Manim units of a region in which the sum is over the bars
UNIT, GAP = 0.55, 0.45  # thickness of the unit of targets, and from it to the first bar, in Manim units
OVER = 0.14  # Manim units from a bar or an outline up to its number
AROUND = 0.09  # Manim units from a bar to the outline of its target


class StandingBars:
    """Bars of the shares, the unit of targets at their left, and Σ_j y_j = 1 above or beside them.

    Args:
        chapter: whose lesson, words and stage are used.
        region: of everything.

    Attributes:
        chart: the bars with their names.
        numbers: the shares over their bars, by class; only those that fit.
        unit: the targets, as high as a share of 1.
        sum: Σ_j y_j = 1, in the colour of the targets.
    """

    def __init__(self, chapter: Chapter, region: Region) -> None:
        self._solution = sol = chapter.solution
        self.sum = Formula(IDENTITIES["targets_sum_to_one"].relation, role="y")
        beside, over = UNIT + GAP, HEAD
        self._aside = region.height < LOW
        if self._aside:
            beside, over = self.sum.width + GAP, 0.3
        space = Region(region.left + beside, region.bottom, region.right - AROUND, region.top - over)
        self._targets = sol.lesson.targets
        names = [chapter.class_name(k) for k in range(sol.K)]
        self.chart = chart = BarChart(sol.a, space, names=names, priority={sol.i, sol.t})
        self.numbers: dict[int, Readout] = {}
        for k in range(sol.K):
            number = Readout(sol[f"a[{k}]"], colour="a", size="body")
            fits = bool(number.width <= space.width / sol.K - 0.1)
            if fits or k == sol.t:
                number.set_x(min(chart.x(k), region.right - number.width / 2))
                number.stand_on(self._clear(k, number))
                if fits or not self._meets_neighbour(k, number):
                    self.numbers[k] = number
        for k in self.numbers:
            self._move_aside(k, space.left)
        left = space.left - GAP - UNIT
        tower = Region(left, chart.base, left + UNIT, chart.base + chart.unit)
        self.unit = TargetUnit(sol.lesson.targets, tower)
        half = self.sum.width / 2
        if self._aside:
            self.sum.move_to(point(region.left + half, chart.base + chart.unit / 2))
        else:
            self.sum.move_to(point(min(max(chart.x(sol.t), region.left + half), region.right - half)))
            self.sum.align_to(point(0, region.top), UP)

    def stand_up(self, shares: ShareStrip) -> list[Animation]:
        """Let the segments of the strip, whose tags have left, become the bars."""
        pairs = zip(shares.strip.boxes, self.chart.bars, strict=True)
        return [FadeOut(shares.ruler, rate_func=early), *[stand_up(*pair) for pair in pairs]]

    def label(self) -> list[Animation]:
        """Show names, numbers and the unit of targets."""
        low = [number for number in self.numbers.values() if number not in self._over_targets()]
        return [FadeIn(each) for each in (self.chart.names, *low, self.unit)]

    def give(self) -> list[Animation]:
        """Let the pieces of the unit go to the bars of their classes."""
        return [
            *self.unit.give(self._places()),
            *[FadeIn(each, rate_func=late) for each in self._over_targets()],
        ]

    def _over_targets(self) -> list[Readout]:
        """The numbers that stand over the outline of their target, not over their bar, and come with it."""
        return [number for k, number in self.numbers.items() if self._over_target(k, number)]

    def _over_target(self, k: int, number: Readout) -> bool:
        """Whether a number stands over the outline of its target, not over its bar or beside it."""
        return number.baseline > self.chart.top(float(self._solution.a[k])) + OVER + 1e-6

    def _move_aside(self, k: int, least: float) -> None:
        """Put a number that is over its target left of it, level with the top of its bar, if that is free.

        Over the outline of the target, its place would be read as the height of the target.

        Args:
            k: the class.
            least: smallest x of a number.
        """
        chart, number = self.chart, self.numbers[k]
        if not self._over_target(k, number):
            return
        x, baseline = float(number.get_x()), number.baseline
        right = chart.x(k) - chart.width_of_bar / 2 - AROUND - OVER
        number.set_x(right - number.width / 2)
        number.stand_on(max(chart.base + OVER, chart.top(float(self._solution.a[k])) - 0.5 * number.em))
        others = [other for n, other in self.numbers.items() if n != k]
        is_taken = self._meets_neighbour(k, number) or any(overlap(number, each, OVER) for each in others)
        if is_taken or number.get_left()[0] < least:
            number.set_x(x).stand_on(baseline)

    def _meets_neighbour(self, k: int, number: Readout) -> bool:
        """Whether a number that is wider than its column meets the bar or the outline of another class."""
        chart, half = self.chart, self.chart.width_of_bar / 2 + AROUND
        return any(
            abs(chart.x(n) - number.get_x()) < half + number.width / 2
            and chart.top(float(max(self._solution.a[n], self._targets[n]))) > number.get_bottom()[1]
            for n in range(len(chart.bars))
            if n != k
        )

    def turn_into(self, other: StandingBars) -> list[Animation]:
        """The animations that carry bars, targets and sum to other places."""
        moves: list[Animation] = [ReplacementTransform(self.chart, other.chart)]
        other.unit, self.unit = self.unit, other.unit
        moves += other.unit.give(other._places())
        if other._aside:  # on its way it would cross the numbers
            moves += instead(self.sum, other.sum)
        else:
            moves.append(ReplacementTransform(self.sum, other.sum))
        return [*moves, *relabel(self.numbers, other.numbers)]

    def _places(self) -> dict[int, Edges]:
        """The outline of the target over each bar."""
        half, chart = self.chart.width_of_bar / 2 + AROUND, self.chart
        return {
            k: (chart.x(k) - half, chart.base, chart.x(k) + half, chart.top(float(target)))
            for k, target in enumerate(self._solution.lesson.targets)
        }

    def _clear(self, k: int, number: Readout) -> float:
        """The baseline of a number over its bar, or over the outline of its target if that would cross it."""
        chart, em = self.chart, float(number.em)
        share, target = (chart.top(float(each[k])) for each in (self._solution.a, self._targets))
        crossed = share - OVER < target < share + OVER + em
        too_wide = target > share and number.width > chart.width_of_bar
        return OVER + (target if crossed or too_wide else share)
