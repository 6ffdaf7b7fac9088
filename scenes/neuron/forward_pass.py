"""What runs through a neuron: inputs to their weights, products into the sum, and the sum to the score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any

import numpy as np
from manim import (
    Animation,
    FadeIn,
    FadeOut,
    LaggedStart,
    Rectangle,
    RoundedRectangle,
    ValueTracker,
    VGroup,
)
from manim.utils.rate_functions import smooth, squish_rate_func

from softmax_explained.core import Quantity, Solution
from softmax_explained.scenes.pictures.neuron_diagram import NeuronDiagram
from softmax_explained.stage import Readout, style
from softmax_explained.stage.animations.absorb import Absorb, absorb_copy
from softmax_explained.stage.animations.show_numbers import ShowNumbers
from softmax_explained.stage.design.rate_functions import early, late
from softmax_explained.stage.text.label_layout import overlap

CHIP_AT = 0.66  # where along its wire a product waits, from 0 to 1
CHIPS = 0.2, 0.86  # where it may wait if something is there
CLOSE_WIRES = 0.46  # distance in Manim units between two wires below which products are nearer to the inputs
AROUND = 0.12  # Manim units between a product and its frame
CLOSE = 0.08  # Manim units by which the ground of a product without a frame is wider
SHAPES = ("label", True), ("least", True), ("least", False)  # of a product: size and whether it has a frame
AIR, LEAST_AIR = 0.14, 0.05  # Manim units between a product and what else is written: with room, and least
ON_THE_WAY = np.linspace(0.1, 0.9, 9)  # parts of the time of a way, at which it is looked at
LAG, NEARLY_THERE = 0.35, 0.8  # of a product's way: when the next one starts, and when it is at the sum
ON_ARRIVAL = squish_rate_func(smooth, 0.5, 1.0)  # the total changes when what is added has arrived


class ForwardPass:
    """The moves of one neuron, in the order in which they are to be played.

    Args:
        solution: its numbers.
        k: the class.
        diagram: its drawing.

    Attributes:
        weights: those of the diagram that stand beside the products; none where there is no room for both.
        chips: the products that wait on their wires.
        total: the running total, in the node of the score or beside it; unseen until something arrives.
    """

    def __init__(self, solution: Solution, k: int, diagram: NeuronDiagram) -> None:
        self._solution, self._k, self.diagram = solution, k, diagram
        products = [self._quantity("wx", m) for m in range(solution.M)]
        self.weights, self.chips = self._place(products)
        z = solution[f"z[{k}]"]
        partial = accumulate([*[each.value for each in products], solution[f"b[{k}]"].value], initial=0.0)
        written = [Readout(replace(z, value=value, exponent=0), size="formula") for value in partial]
        widest = max(written, key=lambda number: float(number.width))
        self.total = diagram.total(widest, Readout(z, size="formula"))
        self._running: Any = ValueTracker(0.0)
        self.total.follow(self._running.get_value).update().set_fill(opacity=0)

    def read(self) -> list[Animation]:
        """Every input rides along its wire to its weight; the product leaves it as a chip."""
        diagram = self.diagram
        rides = [
            move
            for m, node in enumerate(diagram.nodes)
            for move in absorb_copy(node.content, diagram.before_weight(m))
        ]
        covered = [
            FadeOut(each, rate_func=early) for each in self.diagram.weights if each not in self.weights
        ]
        return [*rides, *covered, *[FadeIn(chip, rate_func=late) for chip in self.chips]]

    def add(self) -> list[Any]:
        """The chips run into the sum, one after another; the total comes with the first, and follows.

        Those nearer to the sum go first, so that none runs into another one.
        """
        into = self.diagram.body.get_center()
        runs = [Absorb(chip, into) for chip in sorted(self.chips, key=lambda chip: -float(chip.get_x()))]
        value = sum(self._quantity("wx", m).value for m in range(self._solution.M))
        arrival = NEARLY_THERE / (1 + LAG * (len(runs) - 1))
        moved = self._running.animate(rate_func=squish_rate_func(smooth, arrival, 1.0)).set_value(value)
        shown = squish_rate_func(smooth, arrival, arrival + 0.15)
        return [
            LaggedStart(*runs, lag_ratio=LAG),
            moved,
            ShowNumbers([self.total], shown=True, rate_func=shown),
        ]

    def add_bias(self) -> list[Any]:
        """The bias runs into the sum, and the total follows; weights that made room come back."""
        bias = self._solution[f"b[{self._k}]"]
        number = Readout(bias, size="number", colour="x").move_to(self.diagram.bias.find(bias.shown))
        moved = self._running.animate(rate_func=ON_ARRIVAL).set_value(self._running.get_value() + bias.value)
        covered = [FadeIn(each) for each in self.diagram.weights if each not in self.weights]
        return [Absorb(number, self.diagram.body.get_center()), moved, *covered]

    def name(self) -> list[Any]:
        """The total becomes the score: blue, with its letter."""
        blue, diagram = style().colour("z"), self.diagram
        self.total.settle()
        return [
            diagram.out.ring.animate.set_stroke(blue),
            diagram.onward.animate.set_color(blue),
            self.total.animate.set_fill(blue),
            FadeIn(diagram.letter, rate_func=late),  # in its place may be the name of the class
        ]

    def _place(self, products: Sequence[Quantity]) -> tuple[VGroup, list[VGroup]]:
        """The weights that stay, and chips on their wires: as large as they cover nothing, and with frames.

        Else they have no frames; if they still cover a weight, they are in its place.
        """
        are_close = self.diagram.apart(CHIP_AT) < CLOSE_WIRES
        for weights in (self.diagram.weights, VGroup()):
            first = 0.5 if are_close else CHIP_AT if len(weights) else self.diagram.label_at
            for size, framed in SHAPES:
                chips = list[VGroup]()
                are_clear = [
                    self._put(m, _chip(product, size, framed), chips, weights, first)
                    for m, product in enumerate(products)
                ]
                if all(are_clear):
                    return weights, chips
        return weights, chips

    def _put(self, m: int, chip: VGroup, chips: list[VGroup], weights: VGroup, first: float) -> bool:
        """Put one more chip on its wire, near a place, and say whether it is clear there and on its way."""
        standing = [*weights, self.diagram.body, *chips]
        chips.append(chip)
        for air in (AIR, LEAST_AIR):
            for at in sorted(np.linspace(*CHIPS, 25), key=lambda at: abs(float(at) - first)):
                chip.move_to(self.diagram.on_wire(m, float(at)))
                is_clear = not any(overlap(chip, other, air) for other in standing)
                if is_clear and self._passes(chip, weights):
                    return True
        chip.move_to(self.diagram.on_wire(m, first))
        return False

    def _passes(self, chip: VGroup, weights: VGroup) -> bool:
        """Whether a chip meets none of the weights between its place and the sum."""
        moving = chip.copy()
        run = Absorb(moving, self.diagram.body.get_center())
        run.begin()
        for part in ON_THE_WAY:
            run.interpolate_mobject(part)
            if any(overlap(moving, weight) for weight in weights):
                return False
        return True

    def _quantity(self, family: str, m: int) -> Quantity:
        return self._solution[f"{family}[{self._k},{m}]"]


def _chip(product: Quantity, size: str, framed: bool) -> VGroup:
    """A product in a frame, or without one on the ground, so that no wire goes through it."""
    number = Readout(product, size=size, colour="x")
    if not framed:
        ground = Rectangle(width=number.width + CLOSE, height=number.height, stroke_width=0)
        return VGroup(ground.set_fill(style().colour("ground"), 1).move_to(number), number)
    frame = RoundedRectangle(
        width=number.width + 2 * AROUND, height=number.height + 2 * AROUND, corner_radius=0.1
    )
    frame.set_fill(style().colour("panel"), 1).set_stroke(style().colour("x"), style().stroke("thin"))
    return VGroup(frame.move_to(number), number)
