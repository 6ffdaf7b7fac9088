"""A layer of neurons with its weights, and its scores as signed bars over a number line, class by class."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from manim import LEFT, RIGHT
from sympy import Gt, Lt, Ne, evaluate

from softmax_explained.core import Solution
from softmax_explained.core.formulas.nodes import Literal
from softmax_explained.core.formulas.symbols import k, sum_over, z
from softmax_explained.scenes.neuron.weight_table import HEAD, WeightTable
from softmax_explained.scenes.pictures.network import Network
from softmax_explained.scenes.pictures.score_line import ABOVE, TICKS, ScoreBars
from softmax_explained.stage import Formula, Point, Readout, Region, Words, equals, point, style
from softmax_explained.stage.shapes.members import members
from softmax_explained.stage.shapes.network import Node

TOTAL = 1.2  # Manim units below the number line for the sum of all scores
NETWORK, NARROW_NETWORK, NETWORK_ABOVE = 0.22, 0.26, 0.36  # parts of the width for the network
WIRES = 0.6  # width in Manim units of the wires, at least
BARS = 4.6  # width in Manim units that the scores need in a landscape region, and 2.9 in a narrow one
NARROW_BARS = 2.6
LEAST_CELL = 0.2  # width in Manim units of a column of the table, at least
SMALLEST_CELL = 0.12  # the same where the numbers of the scores are long
STACKED_UP_TO = 6  # with more classes than this, rows of their own for the scores would be too low
SPACE = 0.24  # Manim units between network, names, table and bars
TO_NAME = 0.17  # Manim units between a name and the node, or the bars, that it belongs to
WIDEST_NAME, NARROW_NAME = 1.7, 1.0  # maximum width of a name in Manim units, in those regions
INEQUALITY = 2.0  # ems right of a number for the inequality that follows it
SUM = 6.4  # width in Manim units for the sum of all scores


class LayerPicture:
    """The network's first layer, the table of its weights, and the scores; one row for each class.

    In a high region the scores have rows of their own below the layer, unless there are many classes.

    Attributes:
        network: the columns x and z.
        table: the weights and biases.
        scores: bars over a number line.
        names: class names by class; those of the rows of the scores follow where these stand below.
        outside: by class, the inequality of a score that no probability can be; it replaces the number.
        total: the sum of all scores, and that it is not 1.
    """

    def __init__(self, chapter: Any) -> None:
        solution: Solution = chapter.solution
        stage: Region = chapter.stage
        stacked = stage.height > stage.width and solution.K <= STACKED_UP_TO
        self._marked = stacked or stage.is_landscape
        upper, lower = stage.rows(1, 1.25, gap=0.3) if stacked else (stage, stage)
        foot = TOTAL + TICKS + ABOVE
        layer = replace(upper, top=upper.top - HEAD, bottom=upper.bottom + (0.0 if stacked else foot))
        share = NETWORK_ABOVE if stacked else NETWORK if self._marked else NARROW_NETWORK
        self.network = self._network(solution, replace(layer, right=layer.left + share * layer.width))
        rows = [self._row(node, layer) for node in self.network.columns["z"]]
        names = [chapter.class_name(n) for n in range(solution.K)]
        widest = min(WIDEST_NAME if self._marked else NARROW_NAME, max(name.width for name in names))
        here = max(float(node.ring.get_right()[0]) for node in self.network.columns["z"]) + TO_NAME
        self.names = {n: self._name(name, here, widest, rows[n]) for n, name in enumerate(names)}
        here += widest + SPACE
        quantities = [chapter.quantity(f"z[{n}]") for n in range(solution.K)]
        more = INEQUALITY * style().size("least") if self._marked else 0.0
        least = ScoreBars.least_width(quantities, more=more)
        bars = 0.0 if stacked else max(least, BARS if self._marked else NARROW_BARS)
        columns, free = solution.M + 1, layer.right - SPACE - here
        room = max(free - bars, min(LEAST_CELL * columns, free - least), SMALLEST_CELL * columns)
        self.table = WeightTable(solution, [replace(row, left=here) for row in rows], room)
        if stacked:
            scores = replace(lower, left=lower.left + widest + SPACE, bottom=lower.bottom + TOTAL)
        else:
            scores = replace(
                layer, left=self.table.right + SPACE, bottom=layer.bottom - TICKS - ABOVE, top=rows[0].top
            )
        size = "number" if self._marked else "least"
        self.scores = ScoreBars(quantities, scores, size=size, more=more)
        if stacked:
            for n, row in enumerate(self.scores.rows):
                bar = float(self.scores.bars[n].get_left()[0])
                copy, start = chapter.class_name(n), bar - TO_NAME - widest
                self.names[n + solution.K] = self._name(copy, start, widest, row, RIGHT)
        self.outside = {n: each for n in range(solution.K) if (each := self._outside(n)) is not None}
        self.total = self._total(solution, lower)

    @staticmethod
    def _network(solution: Solution, region: Region) -> Network:
        """The layer; without the numbers of the inputs if these are too long to leave room for the wires."""

        def network(numbers: bool) -> Network:
            return Network(solution, region, columns="xz", numbers=numbers, lettered=True, downwards=False)

        numbered = network(True)
        inputs, scores = (members(numbered.columns[letter], Node) for letter in "xz")
        wires = float(scores[0].ring.get_left()[0] - inputs[0].ring.get_right()[0])
        return numbered if wires >= WIRES else network(False)

    def _row(self, node: Node, region: Region) -> Region:
        half = min(region.height / len(self.network.columns["z"]), self.network.pitch_of["z"]) / 2
        y = float(node.ring.get_y())
        return replace(region, bottom=y - half, top=y + half)

    def _name(self, name: Words, left: float, width: float, row: Region, edge: Point = LEFT) -> Words:
        """Fit a name into a row of a column, at the edge that is next to what it names."""
        name.fit_width(width, lines=1, edge=edge)
        em = max(style().size("least"), row.height)  # letters of two rows must not touch
        name.scale(min(1.0, em / name.em))
        end = left + width if edge is RIGHT else left
        return name.align_to(point(end), edge).centre_on(row.y)

    def _outside(self, n: int) -> Formula | None:
        """The inequality of a score below 0 or above 1, its digits over those of the number."""
        number = members(self.scores.numbers, Readout)[n]
        shown, value = number.quantity.shown, number.quantity.read
        if 0 <= value <= 1 or not self._marked:
            return None
        with evaluate(False):
            outside = Gt(shown, Literal(1)) if value > 1 else Lt(shown, Literal(0))
        formula = Formula(outside, size="number")
        formula.scale(number.em / formula.em)
        return formula.shift(number.get_center() - formula.find(shown).get_center())

    def _total(self, solution: Solution, region: Region) -> Formula:
        total = solution["zsum"]
        together = equals(sum_over(z[k], k), total)
        formula = Formula(together if total.read == 1 else Ne(together, Literal(1), evaluate=False))
        line = self.scores.line.region
        left = max(region.left, min(line.left, line.right - SUM))
        return Region(left, region.bottom, line.right, region.bottom + TOTAL).place(formula)
