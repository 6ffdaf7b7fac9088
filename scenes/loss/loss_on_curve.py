"""The loss on the curve −ln a: for a one-hot target, and for targets shared by several classes."""

from collections.abc import Callable
from typing import Any

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Add,
    Animation,
    AnimationGroup,
    Dot,
    FadeIn,
    FadeOut,
    GrowArrow,
    Mobject,
    Succession,
    UpdateFromAlphaFunc,
    ValueTracker,
    VGroup,
    interpolate,
)
from sympy import Integer

from softmax_explained.core import Solution
from softmax_explained.core.arrays import Array
from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.formulas.symbols import DEFINITIONS, a, cross_entropy, j, k
from softmax_explained.stage import Formula, LossCurve, Marker, Readout, Region, equals, style


class OneHotLoss:
    """Only the true class contributes: its share goes from 1 down to its value, and hypothetically on to 0.

    `left` is the region of the curve, `right` that of the formulas, beside the curve or below it.
    """

    def __init__(self, solution: Solution, left: Region, right: Region) -> None:
        share, self._price = a[solution.t + 1], float(solution.C)
        beside = max(1.5, Readout(solution["C"]).width + 0.25)
        self.curve = LossCurve(share, self._price, left, margin=beside, free_corner=right.is_landscape)
        self._running = ValueTracker(0.0)
        self._marker = Marker(self.curve, solution["a[t]"], solution["C"])
        self._ghost = Dot(radius=0.13, color=style().colour("quiet"))
        own = IDENTITIES["one_hot_loss"].at({j: Integer(solution.t + 1)})
        upper, lower = right.rows(1, 1) if right.is_landscape else right.rows(1, 1, 1, 1.4)[1:3]
        self._cost = upper.place(Formula(equals(own, solution["C"])), LEFT)
        nothing = IDENTITIES["certain_costs_nothing"].relation
        self._nothing = lower.place(Formula(nothing)).align_to(self._cost.find(own.rhs), LEFT)

    def run(self) -> list[Any]:
        """Move the dot along the curve from share 1, with the numbers at the axes."""
        marker = self._marker.follow(self._running.get_value)
        return [Add(marker, run_time=1), self._running.animate.set_value(self._price)]

    def cost(self) -> list[Animation]:
        self._marker.settle()
        return [FadeIn(self._cost, shift=0.2 * UP)]

    def best(self) -> list[Animation]:
        """Move a second dot back to share 1, where the loss is 0."""
        return [self._slide(self._price, 0.0), FadeIn(self._nothing, shift=0.2 * UP)]

    def limit(self) -> list[Animation]:
        """Move the second dot towards share 0 and out of the plot."""
        highest = self.curve.highest
        leave = AnimationGroup(FadeOut(self._ghost, shift=0.5 * UP), GrowArrow(self.curve.beyond()))
        return [Succession(self._slide(0.0, highest, run_time=1.6), leave)]

    def _slide(self, start: float, end: float, *, run_time: float = 1.0) -> Animation:
        def stand(ghost: Mobject, part: float) -> None:
            ghost.move_to(self.curve.at(interpolate(start, end, part)))

        return UpdateFromAlphaFunc(self._ghost, stand, run_time=run_time)


class SoftTargetLoss:
    """Every class contributes by its target: the loss is smallest when the shares equal the targets.

    `left` is the region of the curve, `right` that of the formulas, beside the curve or below it.
    """

    def __init__(self, solution: Solution, left: Region, right: Region) -> None:
        self._solution = solution
        self._paying = [n for n, target in enumerate(solution.lesson.targets) if target > 0]
        highest = max(self._prices_at(0.0).max(), self._prices_at(1.0).max())
        self.curve = LossCurve(a[k], float(highest), left, free_corner=right.is_landscape)
        self._numbered = [
            (n, Dot(radius=0.13, color=style().colour("ink"))) for n in range(len(self._paying))
        ]
        self._toward = ValueTracker(0.0)
        self._loss = Formula(DEFINITIONS["C"])
        self._value = Readout(solution["C"], size="formula", colour="C")
        self._equal = Formula(IDENTITIES["loss_is_least"].given[0])
        if right.is_landscape:
            self._place_below(right)
        else:
            self._place_beside(right)

    def _place_beside(self, right: Region) -> None:
        upper, middle, lower, _ = right.rows(1.3, 1, 1, 1.2)
        upper.place(self._loss, LEFT)
        middle.place(self._value).align_to(self._loss.find(cross_entropy), LEFT)
        lower.place(self._equal).align_to(self._value, LEFT)

    def _place_below(self, below: Region) -> None:
        """Loss and value in a row if they fit; the condition of the minimum above the curve."""
        in_a_row = self._loss.width + self._value.width + 0.4 <= below.width
        side, gap = (RIGHT, 0.4) if in_a_row else (DOWN, 0.1)
        below.place(VGroup(self._loss, self._value).arrange(side, buff=gap))
        self.curve.corner.place(self._equal)

    def run(self) -> list[Animation]:
        """Move a dot for every contributing class along the curve from share 1."""
        prices = self._prices_at(0.0)
        return [UpdateFromAlphaFunc(dot, self._stands(n, lambda p: p * prices)) for n, dot in self._numbered]

    def cost(self) -> list[Animation]:
        return [FadeIn(part, shift=0.2 * UP) for part in (self._loss, self._value)]

    def best(self) -> list[Any]:
        """Move the shares to the targets, where the loss is smallest."""
        self._value.follow(lambda: self._loss_at(self._toward.get_value()))
        slides = [UpdateFromAlphaFunc(dot, self._stands(n, self._prices_at)) for n, dot in self._numbered]
        return [*slides, self._toward.animate.set_value(1.0)]

    def limit(self) -> list[Animation]:
        """State that every share equals its target at the minimum."""
        self._value.settle(self._solution["entropy"])
        return [FadeIn(self._equal, shift=0.2 * UP)]

    def _prices_at(self, part: float) -> Array:
        """−ln of the contributing classes' shares at a fraction of the way to the targets."""
        targets = self._solution.lesson.targets
        shares = (1 - part) * self._solution.a + part * targets
        return np.array(-np.log(shares[self._paying]))

    def _loss_at(self, part: float) -> float:
        """The loss at a fraction of the way to the targets."""
        return float(self._solution.lesson.targets[self._paying] @ self._prices_at(part))

    def _stands(self, n: int, prices: Callable[[float], Array]) -> Callable[[Mobject, float], None]:
        def stand(dot: Mobject, part: float) -> None:
            dot.move_to(self.curve.at(float(prices(part)[n])))

        return stand
