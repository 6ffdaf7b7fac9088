"""Label smoothing: targets, arrows and numbers follow ε."""

from collections.abc import Callable, Sequence
from typing import Self

import numpy as np
from manim import LEFT, ORIGIN, RIGHT, UP, ValueTracker, VGroup
from numpy.typing import NDArray
from sympy import Expr

from softmax_explained.core import Quantity, Solution
from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.nodes import Word
from softmax_explained.core.formulas.symbols import C, C_smooth, epsilon, i, j, y, y_smooth
from softmax_explained.stage import Formula, Readout, Region, TransformFormula, Words
from softmax_explained.stage.charts.bar_chart_with_arrows import BarChartWithArrows

SOFTEST = 0.6  # the largest ε shown before it returns to the lesson's, so that the outlines visibly move


class LabelSmoothing:
    """Bars with targets y′ = (1 − ε) y + ε/K, and above them the equations that hold for y and y′ alike.

    The tracker `softness` of ε is to be animated between `follow` and `settle`, up to `softest`: 0 if
    the lesson does not smooth its targets.
    """

    def __init__(self, solution: Solution, names: Sequence[Words], region: Region) -> None:
        self._solution = solution
        top, bottom = region.rows(*((1.6, 3.7) if region.is_landscape else (2.75, 3.4)), gap=0.25)
        self._places = _places(top, region.is_landscape)
        self.bars = BarChartWithArrows.of(solution, names, bottom)
        self.slope, self.total = self._lines(
            DERIVATIONS["collapse"].equations[-1], IDENTITIES["targets_sum_to_one"].relation
        )
        self._soft_slope, self._soft_total = self._lines(
            IDENTITIES["smooth_result"].relation, DERIVATIONS["smoothed_targets"].equations[-1]
        )
        self._soft_slope.level_with(self.slope)
        if region.is_landscape:
            self.total.level_with(self.slope)
        self._soft_total.level_with(self.total)
        setting = VariableReadout(epsilon, solution["eps"])
        self.setting = (
            self._places[2].inset(x=0.1).place(setting.scale(self.total.em / setting.number.em), RIGHT)
        )
        self.setting.level_with(self.total)
        self.softness = ValueTracker(0.0)
        self.softest = SOFTEST if solution.lesson.smoothing else 0.0
        self.setting.follow(self.softness.get_value)

    def soften_total(self) -> TransformFormula:
        return TransformFormula(self.total, self._soft_total, becomes=[(y[j], y_smooth[j])])

    def soften_slope(self) -> TransformFormula:
        softened = [(y[i], y_smooth[i]), (C, C_smooth)]
        return TransformFormula(self.slope, self._soft_slope, becomes=softened)

    def follow(self) -> None:
        """Draw targets and gradient for the current ε in every frame until `settle`."""
        targets, gradient = self._solution.lesson.targets, self._solution.gradient
        self.bars.follow(lambda: targets + self._change(), lambda: gradient - self._change())

    def settle(self) -> None:
        self.setting.settle()
        self.bars.settle([self._solution[f"gs[{k}]"] for k in range(self._solution.K)])

    def _lines(self, slope: Expr, total: Expr) -> tuple[Formula, Formula]:
        first, second, _ = self._places
        edge = ORIGIN if first.top == second.top else LEFT
        return first.place(Formula(slope), LEFT), second.place(Formula(total), edge)

    def _change(self) -> NDArray[np.float64]:
        """(K,) y′ − y, proportional to ε."""
        lesson, part = self._solution.lesson, self.softness.get_value()
        whole: NDArray[np.float64] = self._solution.smoothed - lesson.targets
        return whole * (part / (lesson.smoothing or 1.0))


def _places(region: Region, side_by_side: bool) -> tuple[Region, ...]:
    """Regions of slope, total and setting: in one row, or the slope above the other two."""
    if side_by_side:
        return region.columns(5, 4, 2.6)
    above, below = region.rows(1, 1, gap=0.3)
    return above, *below.columns(4, 2.6)


class VariableReadout(VGroup):
    """A symbol, an equals sign and a live number on one baseline."""

    def __init__(self, letter: Expr, quantity: Quantity) -> None:
        self.number = Readout(quantity, size="formula")
        self._equals = Formula(Word("="))
        super().__init__(Formula(letter), self._equals, self.number)
        self.arrange(buff=0.22)
        for part in self:
            part.stand_on(0.0)

    def level_with(self, formula: Formula) -> Self:
        """Move vertically so that the equals sign is level with that of the formula."""
        return self.shift((formula.find("=", 0).get_y() - self._equals.get_y()) * UP)

    def follow(self, value: Callable[[], float]) -> Self:
        self.number.follow(value, edge=LEFT).update()
        return self

    def settle(self) -> Self:
        self.number.settle(edge=LEFT)
        return self
