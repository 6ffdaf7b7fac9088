"""The signal that flows back through a layer: a − y, times each weight, added at every input."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Self

from manim import DOWN, LEFT, RIGHT, UP, Line, VGroup, VMobject

from softmax_explained.core import Solution
from softmax_explained.core.formulas.symbols import x, z
from softmax_explained.scenes.pictures.network import Network
from softmax_explained.stage import Box, Formula, Readout, Region, point, style
from softmax_explained.stage.shapes.network import overflow

UNIT, NARROW_UNIT = 1.9, 1.0  # Manim units of a bar of length 1, in a landscape region and in another
SPACE = 0.22  # Manim units between a node and what stands beside it
THICKEST = 13.0  # stroke width, in Manim's units, of a pulse of size 1
THINNEST = 0.8  # of a pulse that is not zero: it can still be seen
LARGEST = 2.2  # pulses larger than this, in size, are drawn as if they had this size
WEIGHTS_UP_TO = 9  # with more wires than this, no weight is written on them
WEIGHT_AT = 0.7  # where on a wire its weight is, from 0 at the input to 1: the wires do not cross there
SHORTEST = 2.4  # length in Manim units of a wire, from left to right, from which on it has a weight
HIGH = 1.1  # height in Manim units of a row from which on numbers have room above and below
CROWDED = 0.6  # height in Manim units of a row below which its number is small
BRACKET = 0.12  # Manim units of the arms of a bracket
FILL = 0.34  # thickness of a bar as a fraction of its row
HALO = 10  # width in Manim's units of the ground around a weight, which interrupts the wires behind it


class SignalPicture(VGroup):
    """The network's first layer with the signal on it; `draw` shows it at a part of the way from y to a.

    Args:
        solution: its gradient, weights and slopes of the inputs are shown.
        region: of everything.

    Attributes:
        network: the columns x and z.
        bars: |a − y| of every class, right of its node.
        letters: x_m and z_k in the nodes, where they can be read.
        slopes: a − y with signs, at the ends of the bars or below them.
        brackets: of length 1, above every bar.
        signals: of every wire, the part from the output to the weight.
        weighted: of every wire, the part from the weight to the input.
        weights: the numbers on the wires, where there are few.
        sums: the slope of every input, with signs.
    """

    def __init__(self, solution: Solution, region: Region) -> None:
        self._solution = solution
        self._unit = UNIT if region.is_landscape else NARROW_UNIT
        small = region.height / max(solution.K, solution.M) < CROWDED
        self.slopes = self._numbers([f"g[{k}]" for k in range(solution.K)], small)
        self.sums = self._numbers([f"dx[{m}]" for m in range(solution.M)], small)
        widest = max(number.width for number in self.slopes)
        # Where there is little width and rows are high, numbers stand below the bars and above the inputs.
        self._below = not region.is_landscape and region.height / max(solution.K, solution.M) >= HIGH
        right = SPACE + (max(self._unit, widest) if self._below else self._unit + SPACE + widest)
        left = max(number.width for number in self.sums)
        left = max(0.0, left / 2 - 0.5) if self._below else left + SPACE
        inner = Region(region.left + left, region.bottom, region.right - right, region.top)
        self.network = Network(solution, inner, columns="xz", numbers=False, downwards=False)
        self._nodes = self.network.columns["z"]
        self.bars = VGroup(*[Box(0, 0, 1, 1, colour="C") for _ in self._nodes])
        half = min(0.28, FILL * self.network.pitch_of["z"] / 2)
        self._half = half
        self.brackets = VGroup(*[self._bracket(node, half) for node in self._nodes])
        for node, number, slope in zip(self._nodes, self.slopes, solution.gradient, strict=True):
            length = self._length(float(slope))
            number.next_to(node.ring, RIGHT, buff=SPACE + (0.0 if self._below else length + SPACE))
            if self._below:
                number.shift((half + number.height / 2 + 0.12) * DOWN)
        for node, number in zip(self.network.columns["x"], self.sums, strict=True):
            number.next_to(node.ring, UP if self._below else LEFT, buff=SPACE)
        wires = [(m, k, wire) for k, fan in enumerate(self.network.wires[0]) for m, wire in enumerate(fan)]
        self._pairs = [(m, k) for m, k, _ in wires]
        self.signals, self.weighted = VGroup(), VGroup()
        for _, _, wire in wires:
            start, end = wire.get_start_and_end()
            middle = wire.point_from_proportion(WEIGHT_AT)
            self.signals.add(Line(end, middle, color=style().colour("C")))
            self.weighted.add(Line(middle, start, color=style().colour("C")))
        self.weights = self._weights(wires)
        self.letters = VGroup(*self._letters("x", x), *self._letters("z", z))
        self.draw(1.0)
        super().__init__(self.network, self.letters, self.bars, self.slopes)

    def draw(self, part: float) -> Self:
        """Draw the signal for predictions at a part of the way from the targets (0) to the lesson's (1)."""
        slopes, weights = part * self._solution.gradient, self._solution.lesson.weights
        for node, bar, slope in zip(self._nodes, self.bars, slopes, strict=True):
            left, y = float(node.ring.get_right()[0]) + SPACE, float(node.ring.get_y())
            bar.reshape(left, y - self._half, left + self._length(slope), y + self._half)
        for (m, k), signal, weighted in zip(self._pairs, self.signals, self.weighted, strict=True):
            signal.set_stroke(width=_width(slopes[k]))
            weighted.set_stroke(width=_width(slopes[k] * weights[k, m]))
        return self

    def _length(self, slope: float) -> float:
        """Of a bar in Manim units; that of 0 can be drawn too."""
        return max(0.01, abs(slope) * self._unit)

    def follow(self, part: Callable[[], float]) -> None:
        """Draw the state `part()` in every frame, with live numbers, until `settle`."""
        for numbers in (self.slopes, self.sums):
            for number in numbers:
                value = number.quantity.value
                number.follow(lambda value=value: value * part(), edge=LEFT)
        self.bars.add_updater(lambda _: self.draw(part()))

    def settle(self) -> Self:
        """Stop following, and show the lesson's own signal exactly."""
        self.bars.clear_updaters(recursive=False)
        for number in (*self.slopes, *self.sums):
            number.settle(edge=LEFT)
        return self.draw(1.0)

    def _numbers(self, keys: Sequence[str], small: bool) -> VGroup:
        size = "least" if small else "body"
        return VGroup(*[Readout(self._solution[key], size=size, colour="C", signed=True) for key in keys])

    def _letters(self, letter: str, symbol: Any) -> list[Formula]:
        """The letters of a column in its nodes, where they can be read."""
        nodes = self.network.columns[letter]
        letters = [Formula(symbol[n + 1], size="least_formula") for n in range(len(nodes))]
        if max(overflow(each, self.network.radius) for each in letters) > 1:
            return []
        return [each.move_to(node.ring) for each, node in zip(letters, nodes, strict=True)]

    def _bracket(self, node: Any, half: float) -> VMobject:
        """A bracket from zero to one above a bar."""
        left, y = float(node.ring.get_right()[0]) + SPACE, float(node.ring.get_y()) + half + 0.06
        right, top = left + self._unit, y + BRACKET
        corners = (left, y), (left, top), (right, top), (right, y)
        bracket = VMobject(stroke_color=style().colour("quiet"), stroke_width=style().stroke("thin"))
        return bracket.set_points_as_corners([point(*corner) for corner in corners])

    def _weights(self, wires: Sequence[tuple[int, int, Line]]) -> VGroup:
        if len(wires) > WEIGHTS_UP_TO or min(wire.width for _, _, wire in wires) < SHORTEST:
            return VGroup()
        numbers = VGroup()
        for m, k, wire in wires:
            number = Readout(self._solution[f"W[{k},{m}]"], size="least", colour="x")
            number.set_stroke(style().colour("ground"), HALO, background=True)
            numbers.add(number.move_to(wire.point_from_proportion(WEIGHT_AT)))
        return numbers


def _width(size: float) -> float:
    """The stroke width of a pulse."""
    if not size:
        return 0.0
    return max(THINNEST, THICKEST * min(LARGEST, abs(float(size)))) * min(1.0, abs(float(size)) / 0.01)
