"""The signal that flows back through a layer: a − y, times each weight, added at every input."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Self

from manim import DOWN, LEFT, RIGHT, UP, Line, VGroup

from softmax_explained.core import Solution
from softmax_explained.core.formulas.symbols import x, z
from softmax_explained.scenes.descent.wire_labels import place_on_wires
from softmax_explained.scenes.pictures.network import FILL as FILL_OF_NODE
from softmax_explained.scenes.pictures.network import WIDEST_PITCH, Network
from softmax_explained.stage import Box, Formula, Readout, Region, dashed, line, point, style, tick_label
from softmax_explained.stage.shapes.annotations import halo
from softmax_explained.stage.shapes.network import overflow

UNIT, NARROW_UNIT = 1.5, 0.65  # Manim units of a bar of length 1, in a landscape region and in another
BESIDE = 0.12  # Manim units between the zero of the bars and a number
SPACE = 0.22  # Manim units between a node and what stands beside it
THICKEST = 13.0  # stroke width, in Manim's units, of a pulse of size 1
THINNEST = 1.6  # of a pulse that is not zero: it can still be seen
LARGEST = 2.2  # pulses larger than this, in size, are drawn as if they had this size
WEIGHTS_UP_TO = 12  # with more wires than this, no weight is written on them
WEIGHT_AT = (
    0.66,
    0.84,
)  # where on a wire its weight is, from 0 at the input to 1: of the first input, the last
SHORTEST = 2.4  # length in Manim units of a wire, from left to right, from which on it has a weight
HIGH = 1.1  # height in Manim units of a row from which on the slope of an input has room above it
CROWDED = 0.6  # height in Manim units of a row below which its number is small
FIGURES = 0.16  # Manim units between the lines at −1, 0 and 1 and the figures below them
FILL = 0.34  # thickness of a bar as a fraction of its row
GAP = 0.04  # Manim units between the zero of a bar and the number below it
CLEAR = 0.07  # Manim units of the ground around a weight: no wire passes for its minus sign
STROKE_UNIT = 0.01  # Manim units that a stroke of width 1 is wide
AROUND_WIRE = 0.03  # Manim units between that ground and the other wires, at least


class SignalPicture(VGroup):
    """The network's first layer with the signal on it; `draw` shows it at a part of the way from y to a.

    Args:
        solution: its gradient, weights and slopes of the inputs are shown.
        region: of everything.

    Attributes:
        network: the columns x and z.
        zero: the upright line right of the scores from which the bars go to either side, interrupted where
            numbers stand on it.
        bars: a − y of every class, to the right for plus and to the left for minus.
        letters: x_m and z_k in the nodes, where they can be read.
        slopes: a − y with signs, across the zero from their bars or, where there is no room, below or behind.
        bounds: the lines at −1 and 1, which no bar crosses, with their figures.
        signals: over every wire, from the output to the input; as wide as a − y is large or, when it has met
            the weight, as their product.
        weights: the numbers on the wires, each behind it with its ground; none where one could be
            taken for that of another wire.
        sums: the slope of every input, with signs.
    """

    def __init__(self, solution: Solution, region: Region) -> None:
        self._solution = solution
        self._unit = UNIT if region.is_landscape else NARROW_UNIT
        row = region.height / max(solution.K, solution.M)
        small = row < CROWDED
        self.slopes = self._numbers([f"g[{k}]" for k in range(solution.K)], small)
        self.sums = self._numbers([f"dx[{m}]" for m in range(solution.M)], small)
        pitch = min(WIDEST_PITCH, region.height / solution.M)
        free = pitch * (1 - 2 * FILL_OF_NODE) - SPACE if solution.M > 1 else region.height
        above = not region.is_landscape and free >= max(float(number.height) for number in self.sums)
        left = max(number.width for number in self.sums)
        left = max(0.0, left / 2 - 0.5) if above else left + SPACE
        widest = max(float(number.width) for number in self.slopes)
        across = widest + 2 * BESIDE <= self._unit
        below = not across and row >= HIGH
        under = BESIDE + float(self.slopes[0].height) if below else 0.0
        low = style().size("least") + FIGURES + under  # for the figures
        behind = 0.0 if across or below else BESIDE + widest
        right = SPACE + 2 * self._unit + behind
        inner = Region(region.left + left, region.bottom + low, region.right - right, region.top)
        self.network = Network(solution, inner, columns="xz", numbers=False, downwards=False)
        self._nodes = self.network.columns["z"]
        self._zero = float(self._nodes[0].ring.get_right()[0]) + SPACE + self._unit
        self._half = min(0.28, FILL * self.network.pitch_of["z"] / 2)
        reach = self._half + 0.1
        ends = self._nodes[-1].ring.get_y() - reach, self._nodes[0].ring.get_y() + reach
        self._ends = min(*map(float, ends)) - under, max(*map(float, ends))
        rows = [self._ends]
        if below:
            rows = [
                (float(node.ring.get_y()) - reach, float(node.ring.get_y()) + reach) for node in self._nodes
            ]
        self.zero = VGroup(*[line(*[point(self._zero, y) for y in row]) for row in rows])
        self.bounds = VGroup(*[self._bound(side) for side in (-1, 1)])
        self.bars = VGroup(*[Box(0, 0, 1, 1, colour="C") for _ in self._nodes])
        for node, number, slope in zip(self._nodes, self.slopes, solution.gradient, strict=True):
            spot = point(self._zero, float(node.ring.get_y()))
            if across:
                number.next_to(spot, LEFT if slope >= 0 else RIGHT, buff=BESIDE)
            elif below:
                number.next_to(spot, DOWN, buff=reach + GAP)
            else:
                number.next_to(spot, RIGHT, buff=self._unit + BESIDE)
        for node, number in zip(self.network.columns["x"], self.sums, strict=True):
            number.next_to(node.ring, UP if above else LEFT, buff=SPACE)
            if above:
                number.set_x(max(float(number.get_x()), region.left + number.width / 2))
        for number in self.sums:  # wires of a node below it must not go through it
            halo(number)
        wires = [(m, k, wire) for k, fan in enumerate(self.network.wires[0]) for m, wire in enumerate(fan)]
        self._pairs = [(m, k) for m, k, _ in wires]
        self.signals = VGroup(
            *[Line(wire.get_end(), wire.get_start(), color=style().colour("C")) for _, _, wire in wires]
        )
        self.weights = self._weights(wires)
        self.letters = VGroup(*self._letters("x", x), *self._letters("z", z))
        self.draw(1.0)
        super().__init__(self.network, self.letters, self.bounds, self.zero, self.bars, self.slopes)

    def draw(self, part: float, *, weighted: bool = True) -> Self:
        """Draw the signal for predictions at a part of the way from the targets (0) to the lesson's (1)."""
        slopes = part * self._solution.gradient
        for node, bar, slope in zip(self._nodes, self.bars, slopes, strict=True):
            y, end = float(node.ring.get_y()), self._zero + float(slope) * self._unit
            start, end = sorted((self._zero, end))
            bar.reshape(start, y - self._half, max(end, start + 0.01), y + self._half)
        for signal, width in zip(self.signals, self._widths(slopes, weighted), strict=True):
            signal.set_stroke(width=width)
        return self

    def meet_weights(self) -> list[Any]:
        """The animations in which every signal is multiplied by the weight of its wire."""
        widths = self._widths(self._solution.gradient, True)
        return [
            signal.animate.set_stroke(width=width) for signal, width in zip(self.signals, widths, strict=True)
        ]

    def _widths(self, slopes: Any, weighted: bool) -> list[float]:
        """The stroke width of every signal."""
        weights = self._solution.lesson.weights
        return [_width(slopes[k] * (weights[k, m] if weighted else 1.0)) for m, k in self._pairs]

    def follow(self, part: Callable[[], float]) -> None:
        """Draw the state `part()` in every frame, with live numbers, until `settle`."""
        for number, edge in self._followers():
            value = number.quantity.value
            number.follow(lambda value=value: value * part(), edge=edge)
        self.bars.add_updater(lambda _: self.draw(part()))

    def stop(self) -> None:
        """Stop following."""
        self.bars.clear_updaters(recursive=False)
        for number, _ in self._followers():
            number.clear_updaters()

    def _followers(self) -> list[tuple[Any, Any]]:
        """The live numbers, each with the edge that stays: that at the zero of the bars, or at a node."""
        numbers = [(number, self._zero) for number in self.slopes]
        nodes = self.network.columns["x"]
        numbers += [(each, float(node.ring.get_x())) for each, node in zip(self.sums, nodes, strict=True)]
        return [(number, RIGHT if number.get_right()[0] < x else LEFT) for number, x in numbers]

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

    def _bound(self, value: int) -> VGroup:
        """The dashed line at −1 or 1, with its figure below it."""
        x = self._zero + value * self._unit
        end = point(x, self._ends[0])
        return VGroup(
            dashed(end, point(x, self._ends[1]), colour="quiet"),
            tick_label(value).next_to(end, DOWN, buff=FIGURES),
        )

    def _weight_at(self, m: int) -> float:
        """Where on the wires of an input their weights are: not below those of another input."""
        low, high = WEIGHT_AT
        return low + (high - low) * m / max(1, self._solution.M - 1)

    def _weights(self, wires: Sequence[tuple[int, int, Line]]) -> VGroup:
        if len(wires) > WEIGHTS_UP_TO or min(wire.width for _, _, wire in wires) < SHORTEST:
            return VGroup()
        widths = self._widths(self._solution.gradient, True)
        for size in ("body", "label", "least"):  # the largest at which each can be told from all others
            numbers = [Readout(self._solution[f"W[{k},{m}]"], size=size, colour="x") for m, k, _ in wires]
            if place_on_wires(
                numbers,
                [wire for _, _, wire in wires],
                [self._weight_at(m) for m, _, _ in wires],
                margins=[CLEAR + AROUND_WIRE + STROKE_UNIT * width / 2 for width in widths],
                nodes=[node.ring for column in self.network.columns.values() for node in column],
            ):
                return VGroup(*[VGroup(_ground(each), each.set_z_index(2)) for each in numbers])
        return VGroup()


def _ground(number: Readout) -> Box:
    """The ground behind a weight, in front of the wires and the signal."""
    half = number.width / 2 + CLEAR, number.height / 2 + CLEAR
    x, y, _ = number.get_center()
    return Box(x - half[0], y - half[1], x + half[0], y + half[1], colour="ground").set_z_index(1)


def _width(size: float) -> float:
    """The stroke width of a pulse."""
    if not size:
        return 0.0
    return max(THINNEST, THICKEST * min(LARGEST, abs(float(size)))) * min(1.0, abs(float(size)) / 0.01)
