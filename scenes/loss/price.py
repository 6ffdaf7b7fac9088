"""What the classes pay on the curve −ln a: one for a one-hot target, several for targets they share."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from manim import Animation, Create, FadeIn, FadeOut, ReplacementTransform, ValueTracker, VGroup
from numpy.typing import NDArray

from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.loss.last_picture import LastPicture, loss_curve
from softmax_explained.scenes.loss.price_names import PriceNames
from softmax_explained.scenes.loss.price_point import LossLevel, PricePoint
from softmax_explained.stage import Region
from softmax_explained.stage.design.rate_functions import at_once, early, instead, late

LIMIT = 1.2  # where a price beyond the break of the axis is stopped, as a part of that of the lesson

Prices = NDArray[np.float64]


class PaidPrices(VGroup):
    """The curve, the share of the true class under it, a dot for every class that pays, and the loss.

    With a one-hot target the loss is the price of the true class. With others it is the mean of the prices,
    each weighted by its target: its level is between the dots.

    Attributes:
        curve: axes and curve.
        point: of the true class.
        others: dots of the other classes that pay, each over its share.
        level: the loss on the axis.
        names: of the classes that share a target, with their parts of it; shown while the dots stand.
    """

    def __init__(self, chapter: Chapter, region: Region) -> None:
        self._solution = sol = chapter.solution
        self._paying = np.flatnonzero(sol.lesson.targets > 0)
        self.curve = loss_curve(sol, region)
        prices = -sol.log_a
        self.point = PricePoint(self.curve, sol["a[t]"], float(prices[sol.t]))
        self._of = {
            int(k): PricePoint(self.curve, sol[f"a[{k}]"], float(prices[k]), numbered=False)
            for k in self._paying
            if k != sol.t
        }
        for other in self._of.values():
            other.remove(other.bar)
        self.others = VGroup(*self._of.values())
        self.level = LossLevel(self.curve, sol["C"], named=sol.is_soft)
        dots = {sol.t: self.point.dot, **{k: each.dot for k, each in self._of.items()}} if sol.is_soft else {}
        self.names = PriceNames(chapter, dots, region.right, [self.curve.label, *self.curve.ruler])
        self._least, self._none = ValueTracker(0.0), ValueTracker(0.0)
        super().__init__(self.curve, self.others, self.point, self.level)

    def read_off(self) -> list[Animation]:
        """Go up from the share to the curve, and across to the axis."""
        dots = [FadeIn(each.dot) for each in (self.point, *self.others)]
        rays = [Create(each.up) for each in (self.point, *self.others) if len(each.up)]
        across = [Create(self.level.across)] if len(self.level.across) else []
        return [*rays, *dots, *across, FadeIn(self.level.number, self.level.letter), *self._named()]

    def follow(self) -> None:
        """Let dots, numbers and the loss follow the shares in every frame until `settle`."""
        t = self._solution.t
        self.point.follow(lambda: float(self._prices()[t]))
        for k, other in self._of.items():
            other.add_updater(lambda each, k=k: each.draw(float(self._prices()[k])))
        self.level.follow(lambda: float(self._solution.lesson.targets @ self._prices()))

    def to_least(self) -> list[Any]:
        """Move the shares to the targets: with a one-hot target, the share grows to 1."""
        unnamed = [FadeOut(self.names, rate_func=early)] if len(self.names) else []
        return [self._least.animate.set_value(1.0), *unnamed]

    def to_nothing(self) -> list[Any]:
        """Let the share of the true class go towards 0, and the others grow by one factor."""
        return [self._none.animate.set_value(1.0)]

    def back(self) -> list[Any]:
        """Bring everything back."""
        return [*[each.animate.set_value(0.0) for each in (self._least, self._none)], *self._named()]

    def settle(self) -> None:
        """Stop following: everything shows the solution's numbers."""
        for other in self._of.values():
            other.clear_updaters()
            other.settle()
        self.point.settle()
        self.level.settle()

    def turn_into(self, last: LastPicture) -> list[Animation]:
        """The animations that carry curve, share and loss to their places in another picture."""
        leaving = (self.others, early), (self.names, at_once)
        gone = [FadeOut(each, rate_func=rate) for each, rate in leaving if len(each)]
        moved = ReplacementTransform(self.point, last.point), *instead(self.level, last.level)
        return [*gone, *self.curve.turn_into(last.curve), *moved]

    def _named(self) -> list[Animation]:
        """The animations that bring the names, when the dots are in their places."""
        return [FadeIn(self.names, rate_func=late)] if len(self.names) else []

    def _prices(self) -> Prices:
        """−ln of the shares now, (K,), finite for every class that pays."""
        sol, toward = self._solution, float(self._least.get_value())
        targets, t = sol.lesson.targets, sol.t
        if toward == 0:
            prices = np.array(-sol.log_a)
        else:
            shares = np.exp(np.log1p(-min(toward, 1 - 1e-15)) + sol.log_a) + toward * targets
            prices = -np.log(np.where(targets > 0, shares, 1.0))
        prices = np.where(targets > 0, prices, 0.0)
        highest = self.curve.top
        if self.curve.broken:  # by this class, or by another one, which pays more
            highest = max(highest, LIMIT * float(-sol.log_a[t]))
        gone = float(self._none.get_value())
        paid, left = float(prices[t]), -math.expm1(-float(prices[t]))  # left: what all other shares add up to
        prices[t] += gone * (highest - paid)
        if gone and left > 0:
            others = (np.arange(len(prices)) != t) & (targets > 0)
            prices[others] -= math.log(-math.expm1(-float(prices[t])) / left)
        return prices
