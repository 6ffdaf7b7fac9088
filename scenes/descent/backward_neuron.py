"""Backpropagation through one neuron: the slope of a weight is the error times its input."""

from typing import Any

from manim import DOWN, LEFT, UP, Animation, Create, FadeIn, VGroup

from softmax_explained.core import Solution
from softmax_explained.stage import Box, Node, Point, Readout, Region, arrow, edge, line, point, style
from softmax_explained.stage.animations.absorb import Absorb
from softmax_explained.stage.shapes.input_layer import input_nodes, neuron_nodes

ALONG = 0.5  # where on an edge its number is, from 0 to 1
OUTSIDE = 0.4  # Manim units from the ring to an error that has left the body
CLEAR = 0.45  # minimum distance in Manim units between numbers; below that, the edges have none
LARGEST = 0.6  # maximum radius of the body in Manim units
ENTRY = 1.75  # Manim units to the right of the body for the error and its arrow


class BackwardNeuron:
    """Inputs, edges, body and bias of a neuron, and the error a − y of class `k` that enters at the right."""

    def __init__(self, solution: Solution, k: int, region: Region) -> None:
        self._bias = Readout(solution[f"db[{k}]"], colour="C", signed=True)
        self._inputs, self._letters = input_nodes(solution, region)
        radius = min(LARGEST, (region.height - self._bias.height - 0.6) / 2)
        self._body: Node = neuron_nodes(1, region, largest=radius)[0]
        self._body.move_to(point(region.right - ENTRY - radius, region.y + 0.3 * (LARGEST - radius)))
        self._edges = VGroup(*[edge(node, self._body) for node in self._inputs])
        self._bias.move_to(point(self._body.get_x())).align_to(point(0, region.bottom), DOWN)
        bottom, top = self._body.ring.get_bottom(), self._bias.get_top() + 0.12 * UP
        self._bias_edge = line(bottom, top, colour="x", width="line")
        start = point(region.right, float(self._body.get_y()))
        self.entry = arrow(start, self._body, role="C")
        self.error = Readout(solution[f"g[{k}]"], colour="C", signed=True)
        self.error.next_to(self.entry, UP, buff=0.15).align_to(start, -LEFT)
        self.ground = VGroup(self._edges, self._bias_edge, self._inputs, self._letters, self._body)
        slopes = [solution[f"dW[{k},{m}]"] for m in range(solution.M)]
        self._shares = [Readout(slope, size="label", colour="C", signed=True) for slope in slopes]
        self._patches = VGroup()
        self._place_numbers()

    def _place_numbers(self) -> None:
        """Put a number on every edge if all of them fit."""
        for number, edge_of in zip(self._shares, self._edges, strict=True):
            number.move_to(edge_of.point_from_proportion(ALONG))
        gap = abs(self._shares[0].get_y() - self._shares[-1].get_y()) / max(1, len(self._shares) - 1)
        self._numbered = len(self._shares) == 1 or gap >= CLEAR
        for number in self._shares if self._numbered else ():
            left, right = (float(number.get_edge_center(side)[0]) for side in (LEFT, -LEFT))
            low, high = (float(number.get_edge_center(side)[1]) for side in (DOWN, UP))
            self._patches.add(Box(left - 0.1, low - 0.08, right + 0.1, high + 0.08, colour="ground"))

    def enter(self) -> list[Any]:
        into = Absorb(self.error.copy(), self._body.toward(self.error.get_center()))
        return [into, self._body.ring.animate.set_stroke(style().colour("C"))]

    def split(self) -> list[Any]:
        """Copies of the error move back along the edges."""
        goals = [number.get_center() for number in self._shares]
        runs: list[Any] = [Absorb(self._leaving_for(goal), goal) for goal in goals]
        return [*runs, self._edges.animate.set_stroke(style().colour("C"))]

    def weigh(self) -> list[Animation]:
        """Every input moves along its edge and meets the error: the slope of the weight appears."""
        inputs: list[Animation] = [
            Absorb(node.content.copy(), share.get_center())
            for node, share in zip(self._inputs, self._shares, strict=True)
        ]
        if not self._numbered:
            return inputs
        return [FadeIn(self._patches), *inputs, *[FadeIn(number) for number in self._shares]]

    def reach_bias(self) -> list[Any]:
        goal, coloured = self._bias.get_center(), self._bias_edge.animate.set_stroke(style().colour("C"))
        return [Absorb(self._leaving_for(goal), goal), coloured]

    def name_bias(self) -> list[Animation]:
        return [FadeIn(self._bias)]

    def appear(self) -> list[Animation]:
        return [FadeIn(self.ground)]

    def come(self) -> list[Animation]:
        return [Create(self.entry), FadeIn(self.error)]

    def _leaving_for(self, goal: Point) -> Readout:
        """A copy of the error just outside the body, in the direction of a point."""
        ring = self._body.toward(goal)
        out = (ring - self._body.ring.get_center()) / self._body.radius
        return self.error.copy().move_to(ring + OUTSIDE * out)
