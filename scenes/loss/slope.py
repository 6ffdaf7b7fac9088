"""The slope −1/a of the price: a tangent that swings as its dot slides, and its number beside it."""

from __future__ import annotations

import math

from manim import LEFT, RIGHT, ValueTracker, VGroup
from sympy import evaluate

from softmax_explained.core.quantities.quantity import Quantity
from softmax_explained.scenes.pictures.price_curve import PriceCurve, a
from softmax_explained.stage import Formula, Readout, point, style
from softmax_explained.stage.scene.waivers import allow

BESIDE = 0.35  # Manim units from the dot to the number
CLEAR = 0.3  # Manim units from the curve up to a number over it
OVER_RULER = 0.75  # least height in Manim units of the number above the ruler
FLATTER, STEEPER = 0.9, 0.9  # by how much the price changes while the tangent swings
LEAST = 0.35  # least price while it does


class SwingingTangent(VGroup):
    """The tangent of the price curve at a dot that can slide, and its slope.

    Args:
        curve: the curve.
        slope: the slope at rest.
        price: the price at rest.
        right: greatest x of the number; where there is no room beside the dot, it stands over the curve, if
            that is not over the axis.
        size: of the number.

    Attributes:
        price: tracker of the price at which the dot is.
        tangent: the line.
        number: the slope.
        rule: −1/a, in the place of the label of the curve; none where there is no room beside the number.
    """

    def __init__(
        self, curve: PriceCurve, slope: Quantity, price: float, *, right: float, size: str = "number"
    ) -> None:
        self._curve, self._rest, self._right = curve, price, right
        self.price = ValueTracker(price)
        self.tangent = curve.tangent(price)
        self.number = Readout(slope, size=size, colour="C")
        room, least = right - float(curve.at(price)[0]) - BESIDE, style().size("least")
        if self.number.width * least <= room * self.number.em:
            self.number.fit_width(room)
        super().__init__(self.tangent)
        self._place()
        if self.number.get_top()[1] <= curve.on_axis(curve.top)[1]:
            self.add(self.number)
        self._write_rule()

    def _write_rule(self) -> None:
        """Write −1/a level with the label of the curve, right of where the number is at its highest."""
        with evaluate(False):
            self.rule = allow(Formula(-1 / a), "CROWDED", reason="in the place of the label of the curve")
        label = self._curve.label
        self.rule.move_to(label).align_to(
            point(float(label.get_left()[0]) + self.number.width + BESIDE), LEFT
        )
        if self.rule.get_right()[0] <= self._right:
            self.add(self.rule)

    def follow(self) -> None:
        """Follow the tracker in every frame until `settle`."""
        self.number.follow(lambda: self._curve.slope(self.price.get_value()))
        self.add_updater(lambda _: self._draw())

    def settle(self) -> None:
        """Stop following and show the slope at rest."""
        self.clear_updaters(recursive=False)
        self.price.set_value(self._rest)
        self.number.settle()
        self._draw()

    def swing(self) -> tuple[float, float, float]:
        """The prices that the dot slides to, one after another: where it is steeper, flatter, and at rest."""
        seen = min(self._rest, self._curve.top - 0.3)
        steep = max(self._rest, min(seen + STEEPER, self._curve.top - 0.1))
        flat = max(min(LEAST, self._rest), seen - FLATTER)
        return steep, flat, self._rest

    def _draw(self) -> None:
        self.tangent.become(self._curve.tangent(self.price.get_value()))
        self._place()

    def _place(self) -> None:
        self.number.next_to(self._curve.at(self.price.get_value()), RIGHT, buff=BESIDE)
        self.number.set_y(max(float(self.number.get_y()), float(self._curve.foot[1]) + OVER_RULER))
        over = float(self.number.get_right()[0]) - self._right
        if over > 0:
            self.number.shift(over * LEFT)
            share = (self.number.get_left()[0] - self._curve.foot[0]) / self._curve.across
            highest = float(self._curve.at(-math.log(max(share, 1e-9)))[1])  # the curve falls
            self.number.set_y(highest + CLEAR + self.number.height / 2)
