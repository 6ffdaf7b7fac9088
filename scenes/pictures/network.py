"""The network of the film: inputs, scores, shares and the loss in columns, with all wires between them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
from manim import DOWN, LEFT, UP, AnimationGroup, Line, ShowPassingFlash, VGroup, VMobject
from sympy import Symbol

from softmax_explained.core import Solution
from softmax_explained.core.formulas.symbols import z
from softmax_explained.stage import Formula, Point, Readout, Region, Words, edge, point, style
from softmax_explained.stage.scene.waivers import allow
from softmax_explained.stage.shapes.members import members
from softmax_explained.stage.shapes.network import Node, overflow, too_small_inside

ROLES: Mapping[str, str] = {"x": "x", "z": "z", "a": "a", "C": "C"}
LARGEST = 0.5  # maximum radius of a node in Manim units
FILL = 0.37  # radius of a node as a fraction of the distance to its neighbour, at most
WIDEST_PITCH = 1.9  # maximum distance in Manim units between two nodes of a column
HEADING, BESIDE = 1.5, 1.75  # Manim units for the headings above the columns, and left of the rows
APART = 0.16  # between a word and its letter, and between a node and a number that does not fit into it
CLOSEST = 0.1  # Manim units between two numbers in a row, at least
CROWDED = 26  # number of wires between two columns from which on they are drawn thinner
WIRE = 0.75  # opacity of a wire


class Network(VGroup):
    """Columns of nodes from edge to edge of a region; every node is joined to every node of the next column.

    Args:
        solution: its numbers of inputs and classes are those of the columns.
        region: of the network with its headings.
        columns: a string of the letters x (M inputs), z (K scores), a (K shares) and C (the loss).
        headings: a word for each column, or none; below it is the column's letter.
        numbers: write the inputs into their nodes, or beside them where they do not fit.
        lettered: write z_1 to z_K into the nodes of the scores, where they fit.
        downwards: rows from top to bottom instead of columns from left to right, with the headings at the
            left; by default where the region is higher than wide.

    Attributes:
        columns: the nodes by letter, each a group of `Node`, from top to bottom or from left to right.
        pitch_of: the distance between two nodes, by the letter of the column; `pitch` is the smallest.
        wires: between a column and the next, a list for each node of the next, by node of the column.
        headings: word and letter, by the letter of the column.
    """

    def __init__(
        self,
        solution: Solution,
        region: Region,
        *,
        columns: str = "xzaC",
        headings: Sequence[Words] = (),
        numbers: bool = False,
        lettered: bool = False,
        downwards: bool | None = None,
    ) -> None:
        self.downwards = region.height > region.width if downwards is None else downwards
        counts = {"x": solution.M, "z": solution.K, "a": solution.K, "C": 1}
        inner = self._below_headings(region) if headings else region
        self.pitch_of = {letter: self._pitch(inner, counts[letter]) for letter in columns}
        self.pitch = min(self.pitch_of.values())
        self.radius = min(LARGEST, FILL * self.pitch)
        self.columns: dict[str, Any] = {}
        for place, letter in enumerate(columns):
            contents: list[Any] = [VGroup() for _ in range(counts[letter])]
            if letter == "x" and numbers:
                contents = self._inputs(solution)
            if letter == "z" and lettered:
                contents = self._letters(counts[letter])
            nodes = [Node(content, radius=self.radius, role=ROLES[letter]) for content in contents]
            for row, node in enumerate(nodes):
                node.move_to(self._place(inner, place, len(columns), row, len(nodes)))
            self.columns[letter] = VGroup(*nodes)
        if numbers and "x" in columns:
            self._numbers_outside(solution, inner)
        self.wires = [
            [[self._wire(start, end, len(left) * len(right)) for start in left] for end in right]
            for left, right in pairwise(self.columns.values())
        ]
        self.headings = self._headings(region, columns, headings)
        self.all_wires = VGroup(*[VGroup(*[wire for fan in fans for wire in fan]) for fans in self.wires])
        super().__init__(self.all_wires, *self.columns.values(), *self.headings.values())

    def wires_from(self, letter: str) -> VGroup:
        """All wires from a column to the next."""
        return members(self.all_wires, VGroup)[list(self.columns).index(letter)]

    def fan(self, letter: str, node: int) -> list[Line]:
        """The wires from the column before to one node, by node of the column before."""
        return self.wires[list(self.columns).index(letter) - 1][node]

    def pulse(self, start: str, *, back: bool = False, colour: str = "ink", run_time: float = 0.8) -> Any:
        """A pulse on every wire from a column to the next, or back from the next to it."""
        return pulses(self.wires_from(start), back=back, colour=colour, run_time=run_time)

    def _below_headings(self, region: Region) -> Region:
        left, bottom, right, top = region.edges
        if self.downwards:
            return Region(left + BESIDE, bottom, right, top)
        return Region(left, bottom, right, top - HEADING)

    def _pitch(self, region: Region, count: int) -> float:
        length = region.width if self.downwards else region.height
        return min(WIDEST_PITCH, length / count)

    def _place(self, region: Region, place: int, places: int, row: int, rows: int) -> Point:
        """The centre of a node: its column lies between the edges, its row around the middle."""
        along = place / (places - 1) if places > 1 else 0.5
        across = (row - (rows - 1) / 2) * self._pitch(region, rows)
        margin = self.radius + 0.05
        if self.downwards:
            inner = region.inset(y=margin)
            return point(region.x + across, inner.top - along * inner.height)
        inner = region.inset(x=margin)
        return point(inner.left + along * inner.width, region.y - across)

    def _spread(self, region: Region) -> None:
        """Place all columns again, in a narrower region."""
        for place, column in enumerate(self.columns.values()):
            for row, node in enumerate(column):
                node.move_to(self._place(region, place, len(self.columns), row, len(column)))

    def _inputs(self, solution: Solution) -> list[Any]:
        """The numbers of the inputs, if all of them fit into their nodes."""
        numbers = [Readout(solution[f"x[{m}]"], colour="x") for m in range(solution.M)]
        fits = not any(too_small_inside(number, self.radius) for number in numbers)
        return list(numbers) if fits else [VGroup() for _ in numbers]

    def _letters(self, count: int) -> list[Any]:
        """The letters of the scores, if all of them can be read in their nodes."""
        letters = [Formula(z[k + 1]) for k in range(count)]
        least = 0.999 * style().size("least_formula")
        fits = all(letter.em / overflow(letter, self.radius) >= least for letter in letters)
        return list(letters) if fits else [VGroup() for _ in letters]

    def _numbers_outside(self, solution: Solution, region: Region) -> None:
        """Write numbers that are too long for their nodes beside them, and move the nodes aside for them."""
        nodes = self.columns["x"]
        if all(len(node.content) for node in nodes):
            return
        numbers = [Readout(solution[f"x[{m}]"], size="least", colour="x") for m in range(solution.M)]
        widest = max(number.width for number in numbers)
        over = max(number.height for number in numbers)
        rows, shifts = 1, np.zeros(len(numbers))
        if self.downwards:  # one after the other is higher, so that two of a row are further apart
            x = np.array([node.ring.get_x() for node in nodes])
            half = np.array([number.width / 2 for number in numbers])
            shifts = np.clip(x, region.left + half, region.right - half) - x
            over_edge = float(abs(shifts).max())
            rows = math.ceil((widest + CLOSEST + over_edge) / self.pitch_of["x"])
        if self.downwards:
            nodes.shift(rows * (over + APART) * DOWN)
        else:
            self._spread(replace(region, left=region.left + widest + APART))
        for m, (node, number) in enumerate(zip(nodes, numbers, strict=True)):
            side = UP if self.downwards else LEFT
            number.next_to(node.ring, side, buff=APART)
            number.shift(point(shifts[m], m % rows * (over + APART)))
            if m % rows:
                allow(number, "ADRIFT", reason="over its node, in a higher row")
            node.content = number
            node.add(number)

    def _wire(self, start: Node, end: Node, count: int) -> Line:
        wire = edge(start, end, role="x")
        width = style().stroke("line") * min(1.0, np.sqrt(CROWDED / count) if count else 1.0)
        return wire.set_stroke(width=float(width), opacity=WIRE)

    def _headings(self, region: Region, columns: str, words: Sequence[Words]) -> dict[str, VGroup]:
        found: dict[str, VGroup] = {}
        pitch = self._heading_width(region)
        for letter, word in zip(columns, words, strict=False):
            formula = Formula(Symbol(letter))
            word.fit_width(pitch)
            heading = VGroup(word, formula.next_to(word, DOWN, buff=APART))
            column = self.columns[letter]
            if self.downwards:
                half = heading.height / 2
                y = float(np.clip(column[0].ring.get_y(), region.bottom + half, region.top - half))
                heading.move_to(point(region.left + BESIDE / 2 - 0.1, y))
            else:
                heading.move_to(point(float(column[0].ring.get_x())))
                half = heading.width / 2
                x = float(np.clip(heading.get_x(), region.left + half, region.right - half))
                heading.set_x(x)
                word.stand_on(region.top - 0.42)
                formula.stand_on(region.top - 1.12).set_x(word.get_x())
            found[letter] = heading
        return found

    def _heading_width(self, region: Region) -> float:
        if self.downwards:
            return BESIDE - 0.2
        places = [float(column[0].ring.get_x()) for column in self.columns.values()]
        nearest = min((right - left for left, right in pairwise(places)), default=region.width)
        return 0.92 * min(nearest, region.width / len(places))


def pulses(
    wires: Iterable[VMobject], *, back: bool = False, colour: str = "ink", run_time: float = 0.8
) -> Any:
    """A pulse that runs along each of some wires at the same time, from their starts or from their ends."""
    lit = list[Any]()
    for wire in wires:
        ends = wire.get_start_and_end()
        bright = Line(*(reversed(ends) if back else ends), color=style().colour(colour))
        bright.set_stroke(width=max(style().stroke("thin"), 1.4 * wire.get_stroke_width()))
        lit.append(ShowPassingFlash(bright, time_width=0.5, run_time=run_time))
    return AnimationGroup(*lit, run_time=run_time)
