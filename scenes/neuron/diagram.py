"""A neuron with its inputs, weights, bias, sum and score."""

from dataclasses import replace
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
from manim import DL, DOWN, LEFT, RIGHT, UP, UR, Animation, Create, FadeIn, LaggedStart, ValueTracker, VGroup
from manim.utils.rate_functions import smooth, squish_rate_func
from numpy.typing import NDArray
from sympy import evaluate

from softmax_explained.core import Quantity, Solution
from softmax_explained.core.formulas.symbols import b, w, x, z
from softmax_explained.scenes.neuron.diagram_layout import diagram_layout
from softmax_explained.stage import Box, Formula, Readout, Region, Words, equals, line, point, style
from softmax_explained.stage.animations.absorb import Absorb
from softmax_explained.stage.animations.transform_formula import TransformFormula
from softmax_explained.stage.shapes.input_layer import SPACE, input_nodes, neuron_nodes
from softmax_explained.stage.shapes.network import Node, arrow, edge, overflow, too_small_inside

SYMBOLS_UP_TO = 3  # with more inputs than this, edges carry numbers only
MIDWAY = 0.47  # where on an edge an equation is; a number alone is near the input, where edges are far apart
NAME_UNDER_INPUTS = 0.12  # Manim units between the lowest input and a name below it
GROUND_FIRST = squish_rate_func(smooth, 0.0, 0.3)
WRITING_NEXT = squish_rate_func(smooth, 0.25, 0.8)  # after the edge is interrupted
ON_ARRIVAL = squish_rate_func(smooth, 0.5, 1.0)  # the total changes when what is added has arrived


class NeuronDiagram:
    """Inputs at the left, a weight on every edge, the sum, a bias from below, the score at the right.

    In a narrow region the score is below the sum, and the bias comes from above. The methods `appear`,
    `read`, `weigh`, `add_first`, `add_rest`, `bring_bias`, `add_bias` and `name_score` return the animations
    of one step each, in this order.
    """

    def __init__(self, solution: Solution, k: int, region: Region) -> None:
        self._solution, self._k, self._region = solution, k, region
        self._bias = Formula(equals(b[k + 1], self._quantity("b")), size="number")
        self._places = places = diagram_layout(region, self._bias.height)
        self.inputs, self.letters = reading = input_nodes(solution, places.inputs)
        if not places.in_a_row:
            reading.align_to(point(region.left), LEFT)
        self.body: Node = neuron_nodes(1, region, largest=places.radius)[0].move_to(places.body)
        self.edges = VGroup(*[edge(node, self.body) for node in self.inputs])
        self._spacious = self._symbols_fit()
        self._weights = [self._on_edge(m, "W") for m in range(solution.M)]
        self._products = [self._on_edge(m, "wx") for m in range(solution.M)]
        self._patches = [_patch(*pair) for pair in zip(self._weights, self._products, strict=True)]
        self._bias.move_to(places.bias).align_to(places.bias, -places.inward)
        self._bias.shift(min(0.0, region.right - self._bias.get_right()[0]) * RIGHT)
        foot = float(self._bias.get_edge_center(places.inward)[1] + 0.15 * places.inward[1])
        ends = point(self.body.get_x(), foot), self.body.ring.get_edge_center(-places.inward)
        self._bias_edge = line(*ends, colour="x", width="line")
        self._running: Any = ValueTracker(0.0)
        self._total, widest = Readout(self._quantity("z"), size="formula"), self._widest_total()
        beside = too_small_inside(widest, places.radius)
        if not beside:
            self._total.scale(1 / overflow(widest, places.radius))
        self.out = Node(self._total, radius=places.radius, role="x", beside=beside)
        self.out.shift(places.out - self.out.ring.get_center())
        self._letter = Formula(z[k + 1]).next_to(self.out, RIGHT if places.in_a_row else LEFT, buff=SPACE)
        self._arrow = arrow(self.body, self.out, role="x")
        self._total.follow(self._running.get_value).update()

    def place_name(self, name: Words) -> Words:
        """Put the class name below the score or, where the score is lowest, to its left."""
        if self._places.in_a_row:
            x = self.out.get_x()
            space = min(self._region.right - x, x - self._bias.get_right()[0] - SPACE)
            return name.fit_width(2 * space).next_to(self.out, DOWN, buff=0.2)
        right = self._letter.get_left()[0] - SPACE
        name.fit_width(right - self._region.left, edge=RIGHT).centre_on(self.out.get_y())
        highest = float(self.inputs.get_bottom()[1]) - NAME_UNDER_INPUTS
        name.shift(min(0.0, highest - float(name.get_top()[1])) * UP)
        return name.align_to(point(right), RIGHT)

    def appear(self) -> list[Animation]:
        parts = (self.edges, self.inputs, self.letters, self.body, self._arrow, self.out.ring)
        patches = [FadeIn(patch, rate_func=GROUND_FIRST) for patch in self._patches]
        weights = [FadeIn(weight, rate_func=WRITING_NEXT) for weight in self._weights]
        return [*[FadeIn(part) for part in parts], *patches, *weights]

    def read(self) -> list[Animation]:
        """Move every input's number along its edge to its weight."""
        numbers = [node.content.copy() for node in self.inputs]
        return [Absorb(number, self._entry(m)) for m, number in enumerate(numbers)]

    def weigh(self) -> list[Animation]:
        """Turn every weight into its product with the input, and show the total 0."""
        pairs = zip(self._weights, self._products, strict=True)
        return [*[TransformFormula(weight, product) for weight, product in pairs], FadeIn(self._total)]

    def add_first(self) -> list[Any]:
        return self._add(0)

    def add_rest(self) -> list[Any]:
        """Add the other products, if any, one after another."""
        rest = range(1, self._solution.M)
        return self._add(*rest) if rest else []

    def bring_bias(self) -> list[Animation]:
        return [FadeIn(self._bias), Create(self._bias_edge)]

    def add_bias(self) -> list[Any]:
        return self._run_in((self._quantity("b"), self._bias))

    def name_score(self) -> list[Any]:
        """Give the total its colour and symbol as the score."""
        blue = style().colour("z")
        self._total.settle()
        ring, total = self.out.ring.animate.set_stroke(blue), self._total.animate.set_fill(blue)
        letter = FadeIn(self._letter, shift=0.3 * self._places.onward)
        return [ring, self._arrow.animate.set_color(blue), total, letter]

    def _quantity(self, family: str, m: int | None = None) -> Quantity:
        """A quantity of this neuron by its family, for input `m` if given."""
        return self._solution[f"{family}[{self._k}]" if m is None else f"{family}[{self._k},{m}]"]

    def _widest_total(self) -> Readout:
        """The widest number among the partial sums: one of them may be negative."""
        products = [self._quantity("wx", m).value for m in range(self._solution.M)]
        totals = accumulate([*products, self._quantity("b").value], initial=0.0)
        written = [Readout(replace(self._quantity("z"), value=total), size="formula") for total in totals]
        return max(written, key=lambda number: float(number.width))

    def _on_edge(self, m: int, family: str) -> Formula:
        """What is written on edge `m`: the weight, or the product for the family ``wx``."""
        number = self._quantity(family, m)
        if self._spacious:
            return self._equation(m, family).move_to(self.edges[m].point_from_proportion(MIDWAY))
        written = Formula(number.shown, size="label")
        near = (SPACE + written.width / 2) / self.edges[m].width
        return written.move_to(self.edges[m].point_from_proportion(near))

    def _equation(self, m: int, family: str) -> Formula:
        """The weight or product of input `m` with its symbols."""
        weight = w[self._k + 1, m + 1]
        with evaluate(False):
            symbol = weight if family == "W" else weight * x[m + 1]
        return Formula(equals(symbol, self._quantity(family, m)), size="number")

    def _symbols_fit(self) -> bool:
        """Whether the edges are long enough and far enough apart for equations."""
        if self._solution.M > SYMBOLS_UP_TO:
            return False
        equations = [self._equation(m, "wx") for m in range(self._solution.M)]
        spots = [each.point_from_proportion(MIDWAY) for each in self.edges]
        apart = min((float(one[1] - other[1]) for one, other in pairwise(spots)), default=np.inf)
        return all(
            equation.height + 0.15 <= apart and equation.width + 0.3 <= each.width
            for equation, each in zip(equations, self.edges, strict=True)
        )

    def _entry(self, m: int) -> NDArray[np.float64]:
        """Where edge `m` reaches what is written on it."""
        start, end = self.edges[m].get_start_and_end()
        along = (self._patches[m].get_left()[0] - start[0]) / (end[0] - start[0])
        return np.array(start + (end - start) * min(max(along, 0.0), 1.0))

    def _add(self, *inputs: int) -> list[Any]:
        return self._run_in(*[(self._quantity("wx", m), self._products[m]) for m in inputs])

    def _run_in(self, *parts: tuple[Quantity, Formula]) -> list[Any]:
        """Move numbers from where they are written into the body, and add them to the total."""
        runs, total = [], self._running.get_value()
        for quantity, written in parts:
            number = Readout(quantity, size="number")
            number.move_to(written.find(quantity.shown))
            runs.append(Absorb(number, self.body.toward(number.get_center())))
            total += quantity.value
        moved = self._running.animate(rate_func=ON_ARRIVAL).set_value(total)
        return [LaggedStart(*runs, lag_ratio=0.6), moved]


def _patch(*written: Formula) -> Box:
    """Background below what is written on an edge, which interrupts the edge."""
    under = VGroup(*written)
    (left, bottom, _), (right, top, _) = under.get_corner(DL), under.get_corner(UR)
    return Box(left - 0.12, bottom - 0.1, right + 0.12, top + 0.1, colour="ground")
