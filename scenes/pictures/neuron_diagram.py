"""A neuron: its inputs, wires with their weights above them, the sum, a bias, and the score."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from manim import (
    DL,
    DOWN,
    LEFT,
    RIGHT,
    UP,
    UR,
    VGroup,
)
from numpy.typing import NDArray

from softmax_explained.core import Solution
from softmax_explained.core.formulas.symbols import b, w, x, z
from softmax_explained.stage import (
    Box,
    Formula,
    Node,
    Readout,
    Region,
    TypesetText,
    Words,
    arrow,
    edge,
    equals,
    line,
    point,
    style,
)
from softmax_explained.stage.shapes.annotations import halo
from softmax_explained.stage.shapes.members import members
from softmax_explained.stage.shapes.network import overflow, too_small_inside
from softmax_explained.stage.shapes.neuron_layout import NeuronLayout

INPUT, EMPTY_INPUT = 0.58, 0.24  # maximum radius of an input with its number inside, and beside it
SYMBOLS_UP_TO = 3  # with more inputs than this, wires carry numbers only
WRITTEN = 1.15  # height in Manim units of an input's row from which on weights have their letters
WIDEST = 0.62  # of the width of a wire, for its weight with its letter
LABEL_AT, NEAR = 0.36, 0.16  # where along a wire its weight is written; with more inputs, near them
CLOSEST = 0.22  # distance in Manim units between two wires at which a number between them can be read
ABOVE = 0.07  # Manim units between a wire and what is written above it
TOUCHING = 0.02  # Manim units that a weight may reach into the wire above its own, which is as thick
BESIDE = 0.05  # Manim units from something that stands in its wire to the ends of the wire
TO_LABEL = 0.3  # Manim units from where an input meets its weight to the weight
TO_NAME = 0.25  # Manim units from the name of the class to what it is beside
SPACE = 0.22  # Manim units between a node and its letter


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
        weights: what is written above each wire, or in it; nothing where the wires are too close for it.
        gaps: in the wires, under weights that stand in them.
        label_at: where along a wire its weight is, from 0 to 1.
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
        self.body = Node(TypesetText("$sum$", size="formula"), radius=places.radius, role="ink")
        self.body.move_to(places.body)
        self.wires = VGroup(*[edge(node, self.body) for node in self.nodes])
        self.label_at = LABEL_AT if solution.M <= SYMBOLS_UP_TO else NEAR
        self.gaps = VGroup()
        self.weights = self._write_weights()
        self._place_bias()
        self.out = Node(VGroup(), radius=places.radius, role="x").move_to(places.out)
        self.onward = arrow(self.body, self.out, role="x")
        self.letter = Formula(z[k + 1]).next_to(self.out, RIGHT if places.in_a_row else LEFT, buff=SPACE)
        self.ground = VGroup(self.wires, self.gaps, self.inputs, self.letters, self.body)
        super().__init__(
            self.ground, self.weights, self.bias_wire, self.bias, self.onward, self.out, self.letter
        )

    @property
    def nodes(self) -> list[Node]:
        """The nodes of the inputs."""
        return members(self.inputs, Node)

    def apart(self, at: float) -> float:
        """The least distance between the heights of two wires, at a part of their lengths."""
        heights = [float(self.on_wire(m, at)[1]) for m in range(len(self.wires))]
        return min((above - below for above, below in pairwise(heights)), default=np.inf)

    def above(self, m: int, written: Any, at: float) -> Any:
        """Put something above wire `m`, clear of it, at a part of its length."""
        wire = self.wires[m]
        start, end = wire.get_start_and_end()
        slope = abs(float((end[1] - start[1]) / (end[0] - start[0])))
        lift = written.height / 2 + slope * written.width / 2 + ABOVE
        return written.move_to(wire.point_from_proportion(at) + lift * UP)

    def below(self, m: int, written: Any, at: float) -> Any:
        """Put something below wire `m`, clear of it, at a part of its length."""
        place = self.wires[m].point_from_proportion(at)
        lift = self.above(m, written, at).get_center() - place
        return written.move_to(place - lift)

    def put_into_wire(self, m: int, written: Any) -> Any:
        """Put something that has a halo on wire `m`, where its weight would be, clear of its input."""
        least = self.nodes[m].ring.get_right()[0] + ABOVE + written.width / 2
        start, end = self.wires[m].get_start_and_end()
        at = max(self.label_at, (least - start[0]) / (end[0] - start[0]))
        return written.move_to(self.on_wire(m, at))

    def on_wire(self, m: int, at: float) -> NDArray[np.float64]:
        """The point of wire `m` at a part of its length, from the input."""
        return np.array(self.wires[m].point_from_proportion(at))

    def before_weight(self, m: int) -> NDArray[np.float64]:
        """Where the number of input `m` goes: along its wire to the weight, or from beside its node to it."""
        node = self.nodes[m]
        if node.beside:  # such a number is too wide to go between wires
            return np.array(node.ring.get_right() + node.content.width / 2 * LEFT)
        return self.on_wire(m, max(0.02, self.label_at - self._to_weight(m)))

    def total(self, widest: Readout, number: Readout) -> Readout:
        """Put a number into the node of the score, at a size at which the widest one fits, or beside it."""
        radius = self.layout.radius
        if too_small_inside(widest, radius):
            if self.layout.in_a_row:
                return number.next_to(self.out, UP, buff=0.15)
            return number.next_to(self.onward, LEFT, buff=0.15)  # beside the node is its letter
        return number.scale(1 / overflow(widest, radius)).move_to(self.out)

    def place_name(self, name: Words, *, lettered: bool = False, right: float = np.inf) -> Words:
        """Put the class above the sum or, where the bias is there, left of the score, or of its letter.

        Args:
            name: of the class.
            lettered: whether the letter of the score is there.
            right: greatest x of a name above the sum.
        """
        if self.layout.in_a_row:
            ring = self.body.ring  # no longer name may reach further left, where wires are
            right = min(right, self.region.right)
            name.fit_width(right - float(ring.get_left()[0]), lines=1, edge=LEFT)
            name.next_to(ring, UP, buff=TO_NAME)
            return name.shift(max(0.0, float((ring.get_left() - name.get_left())[0])) * RIGHT)
        right = float(self.letter.get_left()[0]) - TO_NAME
        name.fit_width(right - self.region.left, lines=1, edge=RIGHT)
        name.next_to(self.out, LEFT, buff=TO_NAME)
        return name.align_to(point(right), RIGHT) if lettered else name

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
            radius = min(radius, EMPTY_INPUT)
        nodes = VGroup()
        for m, (number, row) in enumerate(zip(numbers, rows, strict=True)):
            node = Node(number, radius=radius, role="x", beside=not inside)
            node.shift(point(region.left + left + radius, row.y) - node.ring.get_center())
            nodes.add(node)
            if inside:
                letters[m].next_to(node, LEFT, buff=SPACE)
        return nodes, VGroup(*letters)

    def _to_weight(self, m: int) -> float:
        """From the middle of a weight to its ends, as a part of the wire; 0 if it is not written."""
        if m >= len(self.weights):
            return 0.0
        return float((self.weights[m].width / 2 + TO_LABEL) / self.wires[m].width)

    def _write_weights(self) -> VGroup:
        """Weights above their wires: with their letters if all fit between the wires, else as numbers."""
        count = self._solution.M
        weights = [self._solution[f"W[{self._k},{m}]"] for m in range(count)]
        if self.apart(self.label_at) < CLOSEST:
            return VGroup()
        if count <= SYMBOLS_UP_TO and self.layout.inputs.height / count >= WRITTEN:
            size = "number" if self.layout.in_a_row else "least_formula"
            letters = [w[self._k + 1, m + 1] for m in range(count)]
            pairs = zip(letters, weights, strict=True)
            written = [Formula(equals(letter, weight), size=size) for letter, weight in pairs]
            if all(self._has_room(m, each) for m, each in enumerate(written)):
                return VGroup(*written)
        size = "label" if count <= SYMBOLS_UP_TO else "least"
        numbers = [Formula(weight.shown, size=size) for weight in weights]
        fits = [self._fits_between(m, each) for m, each in enumerate(numbers)]
        if not all(fits):
            for m, number in enumerate(numbers):
                self.gaps.add(gap_under(halo(self.put_into_wire(m, number))))
        return VGroup(*numbers)

    def _has_room(self, m: int, weight: Formula) -> bool:
        """Put a weight above its wire, and say whether it is clear of the wire above that."""
        self.above(m, weight, self.label_at)
        return bool(weight.width <= WIDEST * self.wires[m].width and self._under_wire(m, weight) >= ABOVE)

    def _fits_between(self, m: int, weight: Formula) -> bool:
        """Put a weight above its wire, and say whether it meets neither the wire above nor its input."""
        self.above(m, weight, self.label_at)
        clear = weight.get_left()[0] >= self.nodes[m].ring.get_right()[0]
        return bool(clear and self._under_wire(m, weight) >= -TOUCHING)

    def _under_wire(self, m: int, weight: Formula) -> float:
        """How far, in Manim units, a weight stays below the wire above its own; negative if it meets it."""
        if m == 0:
            return float(np.inf)
        start, end = self.wires[m - 1].get_start_and_end()
        ends = weight.get_left()[0], weight.get_right()[0]
        heights = np.interp(ends, [start[0], end[0]], [start[1], end[1]])
        return float(min(heights) - weight.get_top()[1])

    def _place_bias(self) -> None:
        inward = UP if self.layout.in_a_row else DOWN
        end, region = self.layout.bias, self.region
        self.bias.move_to(end).align_to(end, -inward)
        over = float(self.bias.get_right()[0]) - region.right
        self.bias.shift(max(0.0, over) * LEFT)
        foot = point(float(self.body.get_x()), float(self.bias.get_edge_center(inward)[1] + 0.12 * inward[1]))
        self.bias_wire = line(foot, self.body.ring.get_edge_center(-inward), colour="x", width="line")


def gap_under(written: Any) -> Box:
    """A gap in the wire in which something is written."""
    low, high = written.get_corner(DL), written.get_corner(UR)
    sides = float(low[0]) - BESIDE, float(low[1]), float(high[0]) + BESIDE, float(high[1])
    return Box(*sides, colour="ground")
