"""A share under the price curve with the dot over it, and the loss on the upright axis."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Self

from manim import DOWN, LEFT, RIGHT, UP, Dot, Mobject, VGroup

from softmax_explained.core.formulas.symbols import C
from softmax_explained.core.quantities.quantity import Quantity
from softmax_explained.scenes.pictures.price_curve import FIGURES, PriceCurve
from softmax_explained.stage import Formula, Readout, Words, dashed, point, style

MARK = 0.3  # Manim units: length of the mark of a loss that is no point of the curve
RADIUS = 0.12  # of the dot in Manim units
NEAR = 0.5  # figures of the axis nearer than this to the number of the loss, in Manim units, are not shown


class PricePoint(VGroup):
    """A share that lies under the ruler, and the dot of the curve over its end.

    Where nothing can be seen of the share, the dot stands at the end of the upright axis.

    Args:
        curve: what the dot stands on.
        share: the share.
        price: −ln of it.
        numbered: write the share below its end.

    Attributes:
        bar: the share.
        up: dashed, from the end of the bar to the dot.
        dot: on the curve.
        number: of the share.
    """

    def __init__(self, curve: PriceCurve, share: Quantity, price: float, *, numbered: bool = True) -> None:
        self._curve, self._price = curve, price
        self.bar, self.up = curve.bar(1.0), VGroup()
        self.dot = Dot(radius=RADIUS, color=style().colour("ink"))
        self.number = Readout(share, colour="a")
        super().__init__(self.bar, self.up, self.dot, *([self.number] if numbered else []))
        self.draw(price)

    def draw(self, u: float) -> Self:
        """Move to the price u = −ln a."""
        curve, share = self._curve, math.exp(-u)
        foot = curve.on_ruler(share)
        self.bar.reshape(*curve.lying(share))
        self.dot.move_to(curve.at(u))
        self.up.submobjects = list(dashed(foot, curve.at(u), colour="quiet"))
        x = min(max(foot[0], float(curve.foot[0]) + self.number.width / 2), float(curve.on_ruler(1)[0]))
        self.number.move_to(point(x)).align_to(point(0, curve.lying(0)[1] - 0.14), UP)
        return self

    def follow(self, u: Callable[[], float]) -> Self:
        """Move to the price `u()` in every frame, with the number, until `settle`."""
        self.number.follow(lambda: math.exp(-u()))
        return self.add_updater(lambda _: self.draw(u()))

    def settle(self) -> Self:
        """Stop following and show the share exactly."""
        self.clear_updaters(recursive=False)
        self.number.settle()
        return self.draw(self._price)


class LossLevel(VGroup):
    """The loss on the upright axis: its number left of it, and a dashed line across to what it belongs to.

    Args:
        curve: whose axis it is.
        loss: the loss.
        mean: the word for a loss that is the mean of several prices. It stands below the number, C over it,
            as the axis is not named so, and there is a short mark only: no point of the curve belongs to it.

    Attributes:
        across: the dashed line.
        number: the loss.
        letter: C over the number of a mean.
        mean: the word below it, if there is one.
    """

    def __init__(self, curve: PriceCurve, loss: Quantity, *, mean: Words | None = None) -> None:
        self._curve, self._loss = curve, loss.value * 10.0**loss.exponent
        self.across, self.number = VGroup(), Readout(loss, colour="C").fit_width(curve.room)
        self.letter = VGroup() if mean is None else Formula(C)
        self.mean = VGroup() if mean is None else mean.fit_width(curve.room, lines=1)
        super().__init__(self.across, self.number, self.letter, self.mean)
        self.draw(self._loss)

    def draw(self, loss: float, *, share: float | None = None) -> Self:
        """Move to a loss; the dashed line ends at a share, by default where it meets the curve."""
        curve, spot = self._curve, self._curve.on_axis(loss)
        x = self._curve.on_ruler(math.exp(-loss) if share is None else share)[0]
        if len(self.letter):  # a mean of several prices is no point of the curve
            x = spot[0] + MARK
        self.across.submobjects = list(dashed(spot, point(x, spot[1]), colour="quiet"))
        self.number.next_to(spot, LEFT, buff=FIGURES + 0.04)
        if len(self.letter):
            self.letter.next_to(self.number, UP, buff=0.12)
            self.mean.next_to(self.number, DOWN, buff=0.12)
        self._make_room(curve)
        return self

    def _make_room(self, curve: Mobject) -> None:
        """Hide the figures of the axis that are near."""
        bottom, top = self.number.get_y() - NEAR, self.number.get_y() + NEAR
        if len(self.letter):
            top = float(self.letter.get_top()[1]) + NEAR / 2
            bottom = float(self.mean.get_bottom()[1]) - NEAR / 2
        for figure in (self._curve.zero, *self._curve.figures):
            near = bottom < figure.get_y() < top
            figure.set_fill(opacity=0.0 if near else 1.0)

    def follow(self, loss: Callable[[], float]) -> Self:
        """Move to `loss()` in every frame, with its number, until `settle`."""
        self.number.follow(loss, edge=RIGHT)
        self._curve.add_updater(self._make_room)  # a curve without an updater would not be drawn anew
        return self.add_updater(lambda _: self.draw(loss()))

    def settle(self) -> Self:
        """Stop following and show the loss exactly."""
        self._curve.remove_updater(self._make_room)
        self.clear_updaters(recursive=False)
        self.number.settle(edge=RIGHT)
        return self.draw(self._loss)
