"""A neuron: its inputs, wires with their weights above them, the sum, a bias, and the score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Line, VGroup
from numpy.typing import NDArray

from softmax_explained.core import Solution
from softmax_explained.core.formulas.symbols import b, w, x, z
from softmax_explained.stage import (
    Formula,
    Node,
    Point,
    Readout,
    Region,
    arrow,
    edge,
    equals,
    line,
    point,
    style,
)
from softmax_explained.stage.shapes.input_layer import neuron_nodes
from softmax_explained.stage.shapes.network import overflow, too_small_inside

ROW = 9.0  # width in Manim units that inputs, sum and score need in one row
LARGEST, LARGEST_BELOW = 0.82, 0.66  # maximum radius of sum and score in a row, and one above the other
INPUT = 0.58  # maximum radius of an input
BIAS_WIRE, ONWARD = 0.5, 0.45  # lengths in Manim units of the bias's wire and of the arrow to a score below
SYMBOLS_UP_TO = 3  # with more inputs than this, wires carry numbers only
LABEL_AT = 0.36  # where along a wire its weight is written, from 0 to 1
ABOVE = 0.07  # Manim units between a wire and what is written above it
SPACE = 0.22  # Manim units between a node and its letter
NAME = 0.75  # height in Manim units below the inputs for a name, where the score is below the sum


@dataclass(frozen=True)
class NeuronLayout:
    """The places of a neuron's parts: in one row if it fits, else with the score below the sum."""

    in_a_row: bool
    radius: float  # of sum and score
    body: Point
    out: Point
    bias: Point  # the end of the bias away from the sum
    inputs: Region  # of the column of inputs

    @classmethod
    def of(cls, region: Region, bias: float) -> NeuronLayout:
        """Arrange a neuron in a region; `bias` is the height of the bias in Manim units.

        >>> NeuronLayout.of(Region(-6, -3, 6, 2), 0.5).in_a_row
        True
        >>> places = NeuronLayout.of(Region(-3, -3, 3, 2), 0.5)
        >>> bool(places.out[1] < places.body[1] < places.bias[1])
        True
        """
        if region.width >= ROW:
            radius = min(LARGEST, (region.height - 2 * (bias + BIAS_WIRE)) / 2)
            body, out = region.left + 0.56 * region.width, region.right - 1.6 - radius
            return cls(
                True, radius, point(body, region.y), point(out, region.y), point(body, region.bottom), region
            )
        above = bias + BIAS_WIRE
        radius = min(LARGEST_BELOW, (region.height - above - ONWARD) / 4)
        x_, reach = region.right - radius, above + radius
        low = max(region.top - 2 * reach, region.bottom + NAME)
        inputs = Region(region.left, low, region.right, region.top)
        body, out = point(x_, region.top - reach), point(x_, region.bottom + radius)
        return cls(False, radius, body, out, point(x_, region.top), inputs)


class NeuronDiagram(VGroup):
    """The neuron of one class.

    Args:
        solution: its inputs, weights and bias are shown.
        k: the class.
        region: of the drawing.

    Attributes:
        inputs: M nodes with their numbers inside, or beside them where they do not fit.
        letters: x_1 to x_M at their left, where the numbers are inside.
        wires: from the inputs to the sum, unbroken.
        weights: what is written above each wire.
        body: the node of the sum.
        bias: b and its number; `bias_wire` leads from it to the sum.
        out: the empty node of the score; `onward` is the arrow to it.
        letter: z of the class, beside `out`.
    """

    def __init__(self, solution: Solution, k: int, region: Region) -> None:
        self._solution, self._k, self.region = solution, k, region
        self.bias = Formula(equals(b[k + 1], solution[f"b[{k}]"]), size="number")
        self.layout = places = NeuronLayout.of(region, float(self.bias.height))
        self.inputs, self.letters = self._inputs(places.inputs)
        self.body: Node = neuron_nodes(1, region, largest=places.radius)[0].move_to(places.body)
        self.wires = VGroup(*[edge(node, self.body) for node in self.inputs])
        self.weights = VGroup(*[self.above(m, self._weight(m)) for m in range(solution.M)])
        self._place_bias()
        self.out = Node(VGroup(), radius=places.radius, role="x").move_to(places.out)
        self.onward = arrow(self.body, self.out, role="x")
        self.letter = Formula(z[k + 1]).next_to(self.out, RIGHT if places.in_a_row else LEFT, buff=SPACE)
        self.ground = VGroup(self.wires, self.inputs, self.letters, self.body)
        super().__init__(
            self.ground, self.weights, self.bias_wire, self.bias, self.onward, self.out, self.letter
        )

    def above(self, m: int, written: Any, at: float = LABEL_AT) -> Any:
        """Put something above wire `m`, clear of it, at a part of its length."""
        wire: Line = self.wires[m]
        start, end = wire.get_start_and_end()
        slope = abs(float((end[1] - start[1]) / (end[0] - start[0])))
        lift = written.height / 2 + slope * written.width / 2 + ABOVE
        return written.move_to(wire.point_from_proportion(at) + lift * UP)

    def on_wire(self, m: int, at: float) -> NDArray[np.float64]:
        """The point of wire `m` at a part of its length, from the input."""
        return np.array(self.wires[m].point_from_proportion(at))

    def total(self, widest: Readout, number: Readout) -> Readout:
        """Put a number into the node of the score, at a size at which the widest one fits, or beside it."""
        radius = self.layout.radius
        if too_small_inside(widest, radius):
            side = UP if self.layout.in_a_row else LEFT
            return number.next_to(self.out, side, buff=0.15)
        return number.scale(1 / overflow(widest, radius)).move_to(self.out)

    def _inputs(self, region: Region) -> tuple[VGroup, VGroup]:
        numbers = [Readout(self._solution[f"x[{m}]"], colour="x") for m in range(self._solution.M)]
        rows = region.rows(*[1] * len(numbers))
        radius = min(INPUT, 0.42 * rows[0].height)
        inside = not any(too_small_inside(number, radius) for number in numbers)
        letters = [Formula(x[m + 1]) for m in range(len(numbers))] if inside else []
        left = max((float(each.width) for each in letters), default=0.0) + SPACE
        if not inside:
            for number in numbers:
                number.scale(style().size("least") / number.em)
            left = max(float(number.width) for number in numbers) + SPACE
        nodes = VGroup()
        for m, (number, row) in enumerate(zip(numbers, rows, strict=True)):
            node = Node(number, radius=radius, role="x", beside=not inside)
            node.shift(point(region.left + left + radius, row.y) - node.ring.get_center())
            nodes.add(node)
            if inside:
                letters[m].next_to(node, LEFT, buff=SPACE)
        return nodes, VGroup(*letters)

    def _weight(self, m: int) -> Formula:
        weight = self._solution[f"W[{self._k},{m}]"]
        if self._solution.M > SYMBOLS_UP_TO:
            return Formula(weight.shown, size="least")
        size = "number" if self.layout.in_a_row else "least_formula"
        written = Formula(equals(w[self._k + 1, m + 1], weight), size=size)
        room = 0.62 * float(self.wires[m].width)
        return written if written.width <= room else Formula(weight.shown, size="label")

    def _place_bias(self) -> None:
        inward = UP if self.layout.in_a_row else DOWN
        end, region = self.layout.bias, self.region
        self.bias.move_to(end).align_to(end, -inward)
        over = float(self.bias.get_right()[0]) - region.right
        self.bias.shift(max(0.0, over) * LEFT)
        foot = point(float(self.body.get_x()), float(self.bias.get_edge_center(inward)[1] + 0.12 * inward[1]))
        self.bias_wire = line(foot, self.body.ring.get_edge_center(-inward), colour="x", width="line")
