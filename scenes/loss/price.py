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
from softmax_explained.stage import Region, Words, point
from softmax_explained.stage.design.rate_functions import at_once, early, instead, late
from softmax_explained.stage.text.label_layout import overlap

BESIDE_END = 0.35  # Manim units from the upper end of the curve to its label, where that stands beside it
OVER = 0.2  # Manim units from the curve up to its label, where that stands over it
CLEAR = 0.4  # Manim units from the label to a dot, where it would be read as its name if it were nearer
OVER_FLAT = 0.85, 0.75, 0.65, 0.55  # shares over which it may stand
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
        least_names: the same where the dots are when every share equals its target.

    Args:
        chapter: whose lesson and words are used.
        region: of everything.
        mean: the word for the loss where several classes pay.
    """

    def __init__(self, chapter: Chapter, region: Region, mean: Words) -> None:
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
        self.level = LossLevel(self.curve, sol["C"], mean=mean if sol.is_soft else None)
        self.names, self.least_names = (
            self._named_dots(chapter, region.right) if sol.is_soft else (VGroup(),) * 2
        )
        self._least, self._none = ValueTracker(0.0), ValueTracker(0.0)
        super().__init__(self.curve, self.others, self.point, self.level)

    def read_off(self) -> list[Animation]:
        """Go up from the share to the curve, and across to the axis."""
        dots = [FadeIn(each.dot) for each in (self.point, *self.others)]
        rays = [Create(each.up) for each in (self.point, *self.others) if len(each.up)]
        across = [Create(self.level.across)] if len(self.level.across) else []
        return [
            *rays,
            *dots,
            *across,
            FadeIn(self.level.number, self.level.letter, self.level.mean),
            *self._named(),
        ]

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
        named = [FadeIn(self.least_names, rate_func=late)] if len(self.least_names) else []
        return [self._least.animate.set_value(1.0), *unnamed, *named]

    def to_nothing(self) -> list[Any]:
        """Let the share of the true class go towards 0, and the others grow by one factor."""
        unnamed = [FadeOut(self.least_names, rate_func=at_once)] if len(self.least_names) else []
        return [self._none.animate.set_value(1.0), *unnamed]

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

    def _at_target(self, k: int) -> Any:
        """The point of the curve at a share that equals the target of a class."""
        return self.curve.at(-math.log(self._solution.lesson.targets[k]))

    def _named_dots(self, chapter: Chapter, right: float) -> tuple[PriceNames, PriceNames]:
        """The names of the dots, now and where shares equal targets, with the label where it leaves room."""
        dots = {self._solution.t: self.point.dot, **{k: each.dot for k, each in self._of.items()}}
        least = {k: dot.copy().move_to(self._at_target(k)) for k, dot in dots.items()}
        others = [self.curve.label, *self.curve.ruler]
        label, found = self.curve.label, dict[int, tuple[PriceNames, PriceNames]]()
        beside_end = self.curve.at(self.curve.top) + point(BESIDE_END + float(label.width) / 2)
        places = [label.get_center(), *map(self._over_curve, OVER_FLAT), beside_end]
        near = dict[int, bool]()
        for n, place in enumerate(places):
            label.move_to(place)
            near[n] = any(overlap(label, dot, CLEAR) for dot in (*dots.values(), *least.values()))
            now, then = (PriceNames(chapter, each, right, others) for each in (dots, least))
            found[n] = now, then
        best = max(found, key=lambda n: (sum(map(len, found[n])), not near[n], -n))
        label.move_to(places[best])
        return found[best]

    def _over_curve(self, share: float) -> Any:
        """The middle of the label of the curve, when it stands over the curve at a share."""
        label = self.curve.label
        x = float(self.curve.on_ruler(share)[0])
        start = (x - float(label.width) / 2 - float(self.curve.foot[0])) / self.curve.across
        return point(x, float(self.curve.at(-math.log(start))[1]) + OVER + float(label.height) / 2)

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
