"""The shares as large bars with their targets, the push on every score as an arrow, and a − y below."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import pairwise
from typing import Any, Self

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    FadeIn,
    Succession,
    Transform,
    UpdateFromAlphaFunc,
    VGroup,
    VMobject,
    smooth,
)
from numpy.typing import NDArray
from sympy import evaluate

from softmax_explained.core import Solution
from softmax_explained.stage import Box, Formula, Readout, Region, Words, style
from softmax_explained.stage.charts.bar_chart import NAMES_UNDER, BarChart, TargetArrows, Targets
from softmax_explained.stage.text.label_layout import height_of, spread
from softmax_explained.stage.text.text import TypesetText, component
from softmax_explained.stage.text.worked_equation import equals

NUMBERS = 0.75  # Manim units below the names for the signed numbers or the accounts
LEGEND = 0.55  # Manim units at the foot for the legend of the arrows
ARROW = 0.55  # Manim units right of a bar for its arrow
CLOSE = 1.1  # bars closer than this, in Manim units, have their arrows in front of them
FOOT = 0.04  # Manim units: height of a bar before it rises
APART = 0.27  # minimum gap in Manim units between two numbers
ASIDE = 0.05  # Manim units from the end of a number to a legend that begins below it
FITTING = 0.75  # the part of a legend that no number is over, at least

Values = Callable[[], NDArray[np.float64]]


class ShareBars(VGroup):
    """K bars on one baseline, K dashed targets over them, K arrows and K signed numbers below the names.

    An arrow is the push on the score, minus the slope of the loss: from the top of the bar to its target. A
    push that is too short to be drawn has no arrow. Where not all names or numbers fit, the priority classes
    keep theirs.

    Args:
        solution: the shares, the targets and a − y.
        names: K names.
        region: of everything; a bar of 1 reaches its top.
        legend: the words for the arrows, or none.
        legend_row: keep space for the legend, even without words.
        slopes: the keys of the numbers, ``g`` or ``gs``: the first is written, and there is room for all.
        targets: (K,) others than the lesson's.
        priority: classes that always have a name and a number; the true class and the focus if not given.

    Attributes:
        chart: the bars with their names.
        targets: the outlines.
        arrows: from the bars to the targets.
        value_of: the signed numbers by class.
        values: all of them.
        legend: between or below the numbers; empty without words or without an arrow that has a number.
    """

    def __init__(
        self,
        solution: Solution,
        names: Sequence[Words],
        region: Region,
        *,
        legend: Words | None = None,
        legend_row: bool = True,
        slopes: Sequence[str] = ("g",),
        targets: Sequence[float] | NDArray[np.float64] | None = None,
        priority: Collection[int] = (),
    ) -> None:
        self._solution, self._region = solution, region
        self._priority = set(priority) or {solution.t, solution.i}
        K = solution.K
        foot = NUMBERS + (LEGEND if legend_row else 0.0)
        space = Region(region.left, region.bottom + foot, region.right, region.top)
        beside = ARROW if region.width / K >= CLOSE else 0.0
        self.chart = BarChart(solution.a, space, names=names, priority=self._priority, arrow_space=beside)
        given = solution.lesson.targets if targets is None else targets
        self.targets = Targets(given, self.chart)
        self.arrows = TargetArrows(self.chart, self.targets)
        named = self.chart.names_of  # below a bar without a name a number would hang in the air
        numbers = {
            k: [Readout(solution[f"{key}[{k}]"], colour="C", signed=True) for key in slopes]
            for k in range(K)
            if k in named or len(named) == K
        }
        widest = {k: max(each, key=lambda number: float(number.width)) for k, each in numbers.items()}
        self.value_of = self._below(self._below_own_bars(widest))
        for k, number in self.value_of.items():
            number.settle(solution[f"{slopes[0]}[{k}]"])
        self.values = VGroup(*self.value_of.values())
        self.legend = self._beside_arrow(legend) if legend else VGroup()
        super().__init__(self.chart, self.targets, self.arrows, self.values, self.legend)

    @property
    def bars(self) -> VGroup:
        """The K bars."""
        return self.chart.bars

    @property
    def names(self) -> VGroup:
        """The names that are written."""
        return self.chart.names

    @property
    def foot(self) -> float:
        """The y below the names, under which the numbers stand."""
        return self.chart.base - 0.75 - height_of(self.chart.lines - 1)

    def accounts(self, classes: Collection[int] = ()) -> dict[int, TypesetText]:
        """The equations a_k − y_k = g_k in digits, in the places of the signed numbers.

        Args:
            classes: for which; all that have a number if not given.
        """
        sol, found = self._solution, dict[int, Any]()
        for k in sorted(classes or self.value_of):
            with evaluate(False):
                difference = sol[f"a[{k}]"].shown - sol[f"y[{k}]"].shown
            found[k] = Formula(equals(difference, sol[f"g[{k}]"]), size="number")
        return self._below(found)

    def grow(self, rate_func: Callable[[float], float] = smooth) -> Animation:
        """Grow the bars from the baseline and fade in their names."""
        full = self.chart.values
        draw = UpdateFromAlphaFunc(
            self.bars, lambda _, part: self.chart.draw(part * full), rate_func=rate_func
        )
        return AnimationGroup(draw, FadeIn(self.names, rate_func=rate_func))

    def push(self) -> list[Animation]:
        """The animations that grow the arrows, all at once; none where there is no arrow."""
        return [FadeIn(arrow, shift=0.15 * UP * _sign(arrow)) for place in self.arrows for arrow in place]

    def follow(
        self,
        *,
        shares: Values | None = None,
        targets: Values | None = None,
        slopes: Values | None = None,
    ) -> Self:
        """Draw live shares, targets and signed numbers in every frame until `settle`; None for fixed ones."""
        if shares is not None:
            self.chart.follow(shares)
        if targets is not None:
            self.targets.follow(targets)
        self.arrows.follow()
        for k, number in self.value_of.items() if slopes is not None else ():
            number.follow(component(slopes, k))  # type: ignore[arg-type]
        return self

    def settle(self, slopes: str = "g") -> Self:
        """Stop following and write the quantities of a key."""
        for part in (self.chart, self.targets, self.arrows):
            part.clear_updaters(recursive=False)
        self.arrows.redraw()
        for k, number in self.value_of.items():
            number.settle(self._solution[f"{slopes}[{k}]"])
        return self

    def _below_own_bars(self, numbers: dict[int, Any]) -> dict[int, Any]:
        """The numbers without those that would push others from below their bars; i and t keep theirs."""
        least, told = style().size("least"), {self._solution.i, self._solution.t}
        room = (self._region.width / len(numbers) - APART) if numbers else 0.0
        if all(number.width * least <= room * number.em for number in numbers.values()):
            return numbers
        kept = dict[int, Any]()
        for k in sorted(self._priority & set(numbers), key=lambda k: (k not in told, k)):
            widths = {n: float(numbers[n].width * least / numbers[n].em) for n in (k, *kept)}
            apart = (abs(self.chart.x(k) - self.chart.x(n)) - (widths[k] + widths[n]) / 2 for n in kept)
            if k in told or all(gap >= APART for gap in apart):
                kept[k] = numbers[k]
        return kept

    def _below(self, labels: dict[int, Any]) -> dict[int, Any]:
        """Put labels below the names, in one size; where not all fit, those of the priority classes."""
        least, size = style().size("least"), style().size("number")
        room = self._region.width

        def em_of(chosen: dict[int, Any]) -> float:
            widest: float = max(label.width / label.em for label in chosen.values())
            return (room / len(chosen) - APART) / widest

        if em_of(labels) < least:
            labels = {k: labels[k] for k in sorted(self._priority & set(labels))}
        em = min(size, em_of(labels))
        for one, other in pairwise(sorted(labels)):  # each below its own bar, if it can be read there
            apart = self.chart.x(other) - self.chart.x(one) - APART
            fits = 2 * apart / sum(labels[k].width / labels[k].em for k in (one, other))
            em = min(em, fits) if fits >= least else em
        for label in labels.values():
            label.scale(em / label.em)
        spread(labels, {k: self.chart.x(k) for k in labels}, self._region.left, self._region.right, gap=APART)
        for label in labels.values():
            label.stand_on(self.chart.base - NAMES_UNDER - height_of(self.chart.lines - 1) - NUMBERS)
        return labels

    def _beside_arrow(self, legend: Words) -> VGroup:
        """Put the legend between the numbers, or below that of a class with an arrow: of i or t if possible.

        No legend if there is no such class: it would stand far from the arrows.
        """
        told = {self._solution.i, self._solution.t}  # a third number may be hidden until it is asked for
        drawn = [k for k, place in enumerate(self.arrows) if len(place) and k in self.value_of]
        if not drawn:
            return VGroup()
        first = min(drawn, key=lambda k: (k not in told, k))
        legend.fit_width(self._region.width, lines=1)
        legend.set_x(self.arrows.x(first)).stand_on(self._region.bottom + 0.19)
        half = float(legend.width) / 2
        x = np.clip(legend.get_x(), self._region.left + half, self._region.right - half)
        certain = [number for k, number in self.value_of.items() if k in told]
        return put_between(legend.set_x(float(x)), self.value_of.values(), self._region, certain=certain)


def put_between(
    legend: Words,
    numbers: Iterable[VMobject],
    region: Region,
    beside: Sequence[VMobject] = (),
    certain: Collection[VMobject] | None = None,
) -> Words:
    """Move a legend below the widest gap between numbers, if most of it fits there, and near one of them.

    Straight below one number it would be read as the name of that number. Of the two at the ends of the gap
    it is near the one that it was nearer to, unless that one may be hidden.

    Args:
        legend: at its height, at the x of its arrow.
        numbers: over it.
        region: whose width it may use.
        beside: what stands in its row.
        certain: the numbers that are written as long as the legend is; all of them if not given.
    """
    over = sorted(numbers, key=lambda each: float(each.get_x()))
    seen = [certain is None or each in certain for each in over]
    lefts = region.left - APART, *(float(each.get_right()[0]) for each in over)
    rights = *(float(each.get_left()[0]) for each in over), region.right + APART
    gaps = [
        gap
        for gap in zip(lefts, rights, (False, *seen), (*seen, False), strict=True)
        if gap[2] or gap[3]  # a gap has a number at an end that is certain
    ]
    if not gaps:
        return legend
    left, right, left_is_certain, right_is_certain = max(gaps, key=lambda gap: gap[1] - gap[0])
    half, middle = float(legend.width) / 2, (left + right) / 2
    if right - left > 2 * (half + ASIDE):
        is_nearer = right - legend.get_x() < legend.get_x() - left
        at_right = right_is_certain and (is_nearer or not left_is_certain)
        middle = right - half - ASIDE if at_right else left + half + ASIDE
    clear = [abs(middle - each.get_x()) >= half + each.width / 2 + APART for each in beside]
    inside = region.left <= middle - half and middle + half <= region.right
    if all(clear) and inside and right - left >= FITTING * legend.width:
        legend.set_x(middle)
    return legend


def _sign(arrow: Any) -> float:
    return float(np.sign(arrow.get_end()[1] - arrow.get_start()[1]))


def once_standing(alpha: float) -> float:
    """Start when segments that `stand_up` are at the feet of their bars, so that none passes what appears."""
    return float(smooth(max(0.0, 3 * alpha - 2)))


def stand_up(segment: VMobject, bar: VMobject) -> Animation:
    """A lying segment becomes flat where it lies, goes to the foot of a bar, and rises as that bar.

    Turned over in one move, or sinking as a whole, segments would sweep over each other and flicker.
    """
    (left, bottom, _), (right, _, _) = bar.get_corner(DOWN + LEFT), bar.get_corner(DOWN + RIGHT)
    (start, _, _), (end, _, _), y = segment.get_left(), segment.get_right(), float(segment.get_y())
    flat = Box(float(start), y - FOOT / 2, float(end), y + FOOT / 2, colour="a")
    foot = Box(float(left), float(bottom), float(right), float(bottom) + FOOT, colour="a")
    moves = [Transform(segment, shape) for shape in (flat, foot, bar.copy())]
    return Succession(*moves, run_time=1.0)  # as long as what goes along with it
