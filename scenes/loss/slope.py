"""The slope −1/a of the price: a tangent that swings as its dot slides, and its number beside it."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, Mobject, ValueTracker, VGroup
from sympy import evaluate

from softmax_explained.core.quantities.quantity import Quantity
from softmax_explained.scenes.pictures.price_curve import PriceCurve, a
from softmax_explained.stage import Formula, Readout, Words, style
from softmax_explained.stage.scene.waivers import allow
from softmax_explained.stage.text.label_layout import overlap

BESIDE = 0.35  # Manim units from the dot to the number
AIR = 0.06  # Manim units around the number while it swings
CLEAR = 0.3  # Manim units from the curve up to a number over it
WORD = 0.2  # Manim units between −1/a and the word for it
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
        word: for the slope.
        size: of the number.

    Attributes:
        price: tracker of the price at which the dot is.
        tangent: the line.
        number: the slope.
        aside: Manim units by which the label of the curve is to be further right; none if it is in the way
            of the number. Beside or below it the last part of the group says that the slope is −1/a, if there
            is room.
    """

    def __init__(
        self,
        curve: PriceCurve,
        slope: Quantity,
        price: float,
        *,
        right: float,
        word: Words,
        size: str = "number",
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
        if self.number.get_y() <= curve.on_axis(curve.top)[1] + 1e-6:
            self.add(self.number)
        self._write_rule(word)

    def _write_rule(self, word: Words) -> None:
        """Write that the slope is −1/a beside the label of the curve, clear of the number all the time.

        If there is no room for it, find a place for the label alone.
        """
        with evaluate(False):
            slope = Formula(-1 / a, role="C")
        rule = VGroup(word, slope).arrange(RIGHT, buff=WORD)
        word.stand_on(slope.baseline)
        allow(rule, "CROWDED", reason="what the number says, in letters")
        numbers, shifts = self._numbers(), (0.0, self.number.width + BESIDE)
        self.aside: float | None = None
        for side, shift in (*product((RIGHT, DOWN), shifts), *product((None,), shifts)):
            label = self._curve.label.copy().shift(shift * RIGHT)
            texts = VGroup(label)
            if side is not None:
                edge = LEFT if side is DOWN else ORIGIN
                texts.add(rule.next_to(label, side, buff=BESIDE, aligned_edge=edge))
            is_clear = not any(overlap(text, each, AIR) for text in texts for each in numbers)
            if is_clear and texts.get_right()[0] <= self._right and all(map(self._is_behind_curve, texts)):
                self.aside = shift
                self.add(*texts[1:])
                return

    def _numbers(self) -> list[Readout]:
        """The number as it is at some prices of its swing: its digits become more or fewer."""
        steep, flat, rest = self.swing()
        numbers = list[Readout]()
        self.number.follow(lambda: self._curve.slope(self.price.get_value()))
        for price in (*np.linspace(flat, steep, 12), rest):
            self.price.set_value(float(price))
            self.number.update()
            self._place()
            numbers.append(self.number.copy().clear_updaters())
        self.number.settle()
        self._place()
        return numbers

    def _is_behind_curve(self, mobject: Mobject) -> bool:
        """Whether something is right of the curve."""
        price = (mobject.get_bottom()[1] - self._curve.foot[1]) / self._curve.unit
        curve = self._curve.foot[0] + self._curve.across * math.exp(-price / self._curve.weight)
        return bool(mobject.get_left()[0] >= curve + AIR)

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
        if over > 1e-6:  # not by rounding, where it has just been made to fit
            self.number.shift(over * LEFT)
            share = (self.number.get_left()[0] - self._curve.foot[0]) / self._curve.across
            highest = float(self._curve.at(-math.log(max(share, 1e-9)))[1])  # the curve falls
            self.number.set_y(highest + CLEAR + self.number.height / 2)
