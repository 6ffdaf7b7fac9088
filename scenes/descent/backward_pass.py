"""The slope of a score on its way back through its neuron: to every weight, and to the bias."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from manim import LEFT, RIGHT, UP, Animation, FadeIn, VGroup

from softmax_explained.core import Solution
from softmax_explained.scenes.pictures.network import pulses
from softmax_explained.scenes.pictures.neuron_diagram import SYMBOLS_UP_TO, NeuronDiagram, gap_under
from softmax_explained.stage import Readout, style
from softmax_explained.stage.animations.absorb import absorb_copy
from softmax_explained.stage.design.rate_functions import late
from softmax_explained.stage.scene.waivers import allow
from softmax_explained.stage.shapes.annotations import halo
from softmax_explained.stage.text.label_layout import overlap

LAST = 0.75  # where on a wire its slope is at most, where it stands behind the weight
ROOM = 1.1  # distance in Manim units between two wires from which on both fit between them
BOTH = 0.36  # the same for a weight and its slope behind one another
LEVEL = 0.01  # Manim units by which the ends of a level wire differ at most
EDGE = 0.35  # Manim units right of a landscape region that are still inside the frame
OVER = 0.1  # Manim units from a weight up to its slope
AIR = 0.05  # Manim units around the slope of a bias
BESIDE = 0.18  # Manim units between a node or the bias and a slope
COMING = 0.2  # part of the wire of the bias along which its slope moves while it appears


class BackwardPass:
    """The moves of a neuron's slopes, in the order in which they are to be played.

    Args:
        solution: its numbers.
        k: the class.
        diagram: the drawing of its neuron.

    Attributes:
        slope: the slope of the score, in its node.
        weights: those of the diagram that stand beside the products; none where wires are too close for both.
        score: in the node of the score, that at which the slopes are taken; empty where it does not fit.
        products: the slopes of the weights; none where no weight is written.
        gaps: in the wires, under products that stand in them; empty where they stand beside them.
    """

    def __init__(self, solution: Solution, k: int, diagram: NeuronDiagram) -> None:
        self.diagram = diagram
        self.slope = Readout(solution[f"g[{k}]"], size="number", colour="C", signed=True)
        self._place_slope()
        few = solution.M <= SYMBOLS_UP_TO and diagram.apart(diagram.label_at) >= ROOM
        size = "body" if few else "label" if solution.M <= SYMBOLS_UP_TO else "least"
        self.products = VGroup(
            *[
                Readout(solution[f"dW[{k},{m}]"], size=size, colour="C", signed=True)
                for m in range(len(diagram.weights))
            ]
        )
        for product in self.products:  # where wires are close, others must not go through it
            halo(product)
        self.weights, self.gaps = diagram.weights, VGroup()
        if few:
            self._place_around_weights()
        else:
            self._place_behind_weights()
        self._bias = Readout(solution[f"db[{k}]"], size="number", colour="C", signed=True)
        self._place_bias()
        widest, number = (Readout(solution[f"z[{k}]"], size="number", colour="z") for _ in range(2))
        written = diagram.total(widest, number)
        is_inside = written.width <= diagram.out.ring.width
        self.score = written if is_inside else VGroup()  # beside the node stands its letter

    def _place_slope(self) -> None:
        """Beside the node of the score, in which the score is."""
        diagram = self.diagram
        if diagram.layout.in_a_row:
            self.slope.next_to(diagram.out, UP, buff=BESIDE)
        else:
            self.slope.next_to(diagram.onward, -RIGHT, buff=BESIDE)
        self.slope.shift(min(0.0, diagram.region.right - float(self.slope.get_right()[0])) * RIGHT)
        allow(self.slope, "SYMBOL", reason="the arrow beside it leads to the score")

    def _place_bias(self) -> None:
        """Beside the wire, as the slopes of the weights: beside the bias it would read as a factor of it.

        It is on the other side if one of these is there, and smaller where it fits on neither side. Where it
        still does not, it is over the bias, if that is above the sum: below it the formulas are.
        """
        diagram, others = self.diagram, (*self.products, *self.weights)
        sides = (RIGHT, LEFT) if diagram.layout.in_a_row else (LEFT, RIGHT)
        edge = diagram.region.right + (EDGE if diagram.layout.in_a_row else 0.0)
        for size in ("label", "least"):
            self._bias.scale(style().size(size) / self._bias.em)
            for side in sides:
                self._bias.next_to(diagram.bias_wire, side, buff=0.5 * BESIDE)
                is_inside = float(self._bias.get_right()[0]) <= edge
                if is_inside and not any(overlap(self._bias, other, AIR) for other in others):
                    return
        if diagram.layout.in_a_row:
            self._bias.next_to(diagram.bias_wire, sides[0], buff=0.5 * BESIDE)
        else:
            self._bias.next_to(diagram.bias, UP, buff=OVER)

    def _place_around_weights(self) -> None:
        """Put every product over its weight, or below a wire that rises: where no other weight is near."""
        diagram = self.diagram
        for m, (product, wire) in enumerate(zip(self.products, diagram.wires, strict=True)):
            start, end = wire.get_start_and_end()
            weight = diagram.weights[m]
            product.next_to(weight, UP, buff=OVER)
            if start[1] < end[1] - LEVEL or product.get_top()[1] > diagram.region.top:
                diagram.below(m, product, diagram.label_at)

    def _place_behind_weights(self) -> None:
        """Put every product between its weight and the sum or, where wires are too close, into its wire.

        There it has the place of the weight, and its wire ends before it and goes on after it.
        """
        diagram, places = self.diagram, list[float]()
        for weight, product, wire in zip(diagram.weights, self.products, diagram.wires, strict=False):
            further = (weight.width + product.width) / 2 + BESIDE
            places.append(min(LAST, diagram.label_at + float(further / wire.width)))
        for m, (product, place) in enumerate(zip(self.products, places, strict=True)):
            diagram.above(m, product, place)
        written = [*diagram.weights, *self.products]
        crowded = any(overlap(*pair) for pair in combinations(written, 2))
        if crowded or diagram.apart(max(places, default=0.0)) < BOTH:
            diagram.ground.remove(diagram.gaps)
            self.weights = VGroup()
            for m, product in enumerate(self.products):
                self.gaps.add(gap_under(diagram.put_into_wire(m, product)))

    def enter(self) -> list[Any]:
        """The slope goes into the sum from the side of the score."""
        into = self.diagram.body.toward(self.slope.get_center())
        return [
            *absorb_copy(self.slope, into),
            self.diagram.body.ring.animate.set_stroke(style().colour("C")),
        ]

    def split(self) -> list[Any]:
        """The slope goes back along every wire: as a pulse, since its number would cover the sum."""
        wires: Any = self.diagram.wires
        turned = wires.animate(rate_func=late).set_stroke(style().colour("C"))
        return [pulses(wires, back=True, colour="C"), turned]

    def meet(self) -> list[Animation]:
        """Every input rides along its wire and meets the slope there: the slope of the weight appears."""
        rides = [
            move
            for m, node in enumerate(self.diagram.nodes)
            for move in absorb_copy(node.content, self.diagram.before_weight(m))
        ]
        return [*rides, *[FadeIn(each, rate_func=late) for each in (*self.gaps, *self.products)]]

    def reach_bias(self) -> list[Any]:
        """The slope goes along the wire to the bias, as to every weight."""
        return [pulses([self.diagram.bias_wire], back=True, colour="C")]

    def name_bias(self) -> list[Animation]:
        """The slope of the bias appears, coming from the sum."""
        start, end = self.diagram.bias_wire.get_start_and_end()
        return [FadeIn(self._bias, shift=COMING * (start - end))]
