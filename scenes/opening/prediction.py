"""A network that stretches its output nodes into bars: what it predicts for the example."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from manim import (
    DL,
    DOWN,
    LEFT,
    RIGHT,
    UP,
    UR,
    Animation,
    FadeIn,
    FadeOut,
    Transform,
    TransformFromCopy,
    VGroup,
    VMobject,
    smooth,
    squish_rate_func,
)

from softmax_explained.core import Solution
from softmax_explained.scenes.opening.example_card import NumberCard
from softmax_explained.scenes.pictures.network import Network
from softmax_explained.stage import Box, Outline, Readout, Region, Words, point
from softmax_explained.stage.animations.grow_bar import GrowBar
from softmax_explained.stage.design.rate_functions import afterwards, at_once, early, late
from softmax_explained.stage.shapes.annotations import halo
from softmax_explained.stage.text.label_layout import overlap, spread

FEW = 2  # up to so many numbers fly into their nodes; more would cross each other
CARD = 0.48  # of the network's length that the card with the example takes
SMALLEST, COVER = 3.2, 0.2  # Manim units: the card's other side, and by how much it covers the inputs
FROM_NODE = 0.16  # Manim units from an output node to its bar
NUMBER = 1.45  # Manim units kept free behind a bar of length 1 for its number
BESIDE = 0.18  # Manim units between a bar and its number
AROUND = 0.09  # Manim units by which the outline of a target is larger than its bar
ARRIVED = 0.6  # the part of the move of the example in which its numbers reach their nodes
OVER = 0.75  # Manim units between an upright bar of length 1 and the network, for its number
NAMES = 0.62  # Manim units below upright bars for their names
THICKEST = 1.6  # maximum thickness of an upright bar in Manim units
CROWDED = 1.1  # distance in Manim units between two bars below which names and numbers are small
WIDEST_NAME = 1.9  # maximum width in Manim units of a name before its bar
NUMBERS_APART = 0.2  # Manim units between the numbers of two neighbouring bars
FLAT = 0.01  # length in Manim units of the shortest bar


class Prediction:
    """The network in one half of a region and, straight out of its output nodes, K bars in the other half.

    In a landscape region the bars lie, to the right of the network; else they stand, below it.

    Attributes:
        network: inputs and outputs with all wires.
        card: the region of the example, over the inputs.
        bars: K boxes.
        names: class names below the bars, by class.
        numbers: the shares of the focus class and of the true class at the ends of their bars.
        targets: dashed outlines, of the classes whose target is not zero.
    """

    def __init__(self, solution: Solution, names: Sequence[Words], stage: Region) -> None:
        self._solution = solution
        self.lying = stage.is_landscape
        first, self._second = stage.flow(1, 1, rows=(1, 1.1), gap=0.0)
        self.network = Network(solution, first, columns="xa", numbers=True, downwards=not self.lying)
        self.inputs = VGroup(*[node.content for node in self.network.columns["x"]]).set_opacity(0)
        self.card = self._card_region(first)
        self._nodes = self.network.columns["a"]
        pitch = abs(self._nodes[0].ring.get_center() - self._nodes[1].ring.get_center()).max()
        self._pitch, self._small = float(pitch), pitch < CROWDED
        self.thickness = 0.44 * pitch if self.lying else min(THICKEST, 0.78 * pitch)
        if self.lying:
            self._start = float(self._nodes[0].get_right()[0]) + FROM_NODE
            if self._small:  # the names stand between nodes and bars
                self._start += min(max(name.width for name in names), WIDEST_NAME) + FROM_NODE
            self._unit = self._second.right - NUMBER - self._start
        else:
            self._start = self._second.bottom + NAMES
            self._unit = self._second.top - OVER - self._start
        self.bars = VGroup(
            *[Box(*self._edges(k, float(share)), colour="a") for k, share in enumerate(solution.a)]
        )
        self.names = self._place_names(names)
        self._number_of = self._numbers()
        self.numbers = VGroup(*self._number_of.values())
        targets = solution.lesson.targets
        self.targets = VGroup(
            *[Outline(*self._edges(k, float(y), AROUND)) for k, y in enumerate(targets) if y > 0]
        )

    @property
    def parts(self) -> list[Any]:
        """The network, bars, names and numbers; the outlines are not among them."""
        return [self.network, self.bars, *self.names.values(), self.numbers]

    def number_of(self, k: int) -> Readout:
        """The share of the focus or of the true class, in digits."""
        return self._number_of[k]

    def grow(self) -> list[Animation]:
        """The output nodes stretch into bars; names and numbers come along."""
        edge = LEFT if self.lying else DOWN
        moves: list[Any] = [GrowBar(bar, edge) for bar in self.bars]
        if not self.lying:
            moves = [
                TransformFromCopy(node.ring, bar) for node, bar in zip(self._nodes, self.bars, strict=True)
            ]
        return [*moves, FadeIn(VGroup(*self.names.values())), FadeIn(self.numbers, rate_func=late)]

    def feed(self, card: Any) -> list[Animation]:
        """The example goes into the input nodes, as numbers; after that, show `inputs` itself."""
        shown = [content.copy().set_opacity(1) for content in self.inputs]
        if not isinstance(card, NumberCard):
            into = self.network.columns["x"].get_center()
            shrink = FadeOut(card.picture, scale=0.15, target_position=into)
            return [FadeOut(card.panel), shrink, *[FadeIn(each, rate_func=late) for each in shown]]
        pairs = list(zip(card.inputs, shown, strict=True))
        # the wires, which the card covers, must not be seen behind the numbers that stand on it
        if len(pairs) > FEW:
            gone = [FadeOut(number, rate_func=at_once) for number, _ in pairs]
            return [*gone, FadeOut(card.panel, rate_func=early), *[afterwards(place) for _, place in pairs]]
        soon = squish_rate_func(smooth, 0.0, ARRIVED)
        moves: list[Animation] = [Transform(*pair, rate_func=soon) for pair in pairs]
        return [*moves, FadeOut(card.panel, rate_func=late)]

    def _card_region(self, half: Region) -> Region:
        """A card that covers the input nodes."""
        nodes = self.network.columns["x"]
        (left, bottom, _), (right, top, _) = nodes.get_corner(DL), nodes.get_corner(UR)
        if self.lying:
            high = min(half.height, max(SMALLEST, float(top - bottom) + 2 * COVER))
            return Region(half.left, half.y - high / 2, half.left + CARD * half.width, half.y + high / 2)
        wide = min(half.width, max(SMALLEST, float(right - left) + 2 * COVER))
        return Region(half.x - wide / 2, half.top - CARD * half.height, half.x + wide / 2, half.top)

    def _edges(self, k: int, value: float, margin: float = 0.0) -> tuple[float, float, float, float]:
        """The edges of the bar of class `k` for a share, `margin` more at three sides."""
        half, end = self.thickness / 2 + margin, self._start + max(FLAT, value * self._unit + margin)
        x, y, _ = self._nodes[k].ring.get_center()
        if self.lying:
            return self._start, float(y) - half, end, float(y) + half
        return float(x) - half, self._start, float(x) + half, end

    def _place_names(self, names: Sequence[Words]) -> dict[int, Words]:
        if not self.lying:
            shown: Sequence[int] = range(len(names))
            if self._small and max(name.lines_in(0.92 * self._pitch) for name in names) > 1:
                shown = sorted({self._solution.i, self._solution.t})
            for k in shown:
                names[k].fit_width(0.92 * self._pitch, lines=1)
                names[k].set_x(float(self._nodes[k].get_x())).stand_on(self._start - 0.45)
            return {k: names[k] for k in shown}
        for k, name in enumerate(names):
            left, bottom, _, _ = self._edges(k, 0.0)
            if self._small:
                name.fit_width(WIDEST_NAME, lines=1, edge=RIGHT)
                name.align_to(point(left - FROM_NODE), RIGHT).centre_on(float(self._nodes[k].get_y()))
            else:
                name.fit_width(self._second.right - left, lines=1, edge=LEFT)
                name.align_to(point(left), LEFT).stand_on(bottom - AROUND - 0.33)
        return dict(enumerate(names))

    def _numbers(self) -> dict[int, Readout]:
        keys = sorted({self._solution.i, self._solution.t})
        size = "label" if self._small else "number"
        numbers = {k: Readout(self._solution[f"a[{k}]"], size=size, colour="a") for k in keys}
        for k, number in numbers.items():
            number.next_to(self.bars[k], RIGHT if self.lying else UP, buff=BESIDE)
            halo(number)
        if not self.lying:
            touch = any(overlap(*pair, NUMBERS_APART) for pair in combinations(numbers.values(), 2))
            for group in [keys] if touch else [[k] for k in keys]:  # each over its own bar, if they can be
                places = {k: float(self.bars[k].get_x()) for k in group}
                row = {k: numbers[k] for k in group}
                spread(row, places, self._second.left, self._second.right, gap=NUMBERS_APART)
        return numbers


def closing_up(bar: VMobject, segment: Box, *, lying: bool, **how: Any) -> Animation:
    """A bar becomes a segment of a strip; an upright one tips over to the right."""
    if lying:
        return Transform(bar, segment, **how)
    return Transform(bar, tipped_over(segment), **how)


def tipped_over(box: Box) -> Box:
    """The same box with its corners in the order in which an upright bar that falls to the right has them."""
    turned = box.copy()
    left, bottom = (float(edge) for edge in box.get_corner(DOWN + LEFT)[:2])
    right, top = (float(edge) for edge in box.get_corner(UP + RIGHT)[:2])
    corners = (left, top), (left, bottom), (right, bottom), (right, top), (left, top)
    turned.set_points_as_corners([point(*corner) for corner in corners])
    return turned
