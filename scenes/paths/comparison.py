"""What one path alone carries, beside the measurement: a card, a sign and a pin."""

from __future__ import annotations

import numpy as np
from manim import DL, RIGHT, UP, UR, Line, VGroup, VMobject
from sympy import evaluate, log

from softmax_explained.core.formulas.nodes import Word
from softmax_explained.core.formulas.symbols import a, i
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.pictures.path_map import PathMap
from softmax_explained.stage import Box, Formula, Readout, Region, Words, line, point
from softmax_explained.stage.scene.overlays import Pin

OVER_WIRE = (
    0.3  # Manim units from a wire to a term beside it, so that a stroke through the term stays clear of it
)
APART, PAD, AIR = 0.35, 0.16, 0.1  # Manim units between the parts, inside the card, and between its lines
SAMPLES = 60  # points of a wire


class SinglePath(VGroup):
    """The term of class i in the loss, the pin of class i, = or ≠, and a card with what its path carries.

    Args:
        chapter: gives the numbers.
        label: what is written over the value on the card.
        graph: of the paths; a line leads from the node of its loss to the card.
        region: of all of it.

    Attributes:
        term: −y_i ln a_i with the target's digits, beside the wire of its path if there is room for it, else
            at the other end of the region: it is no part of the comparison.
        frame, label, value: the card.
        sign: = if the digits agree, else ≠.
        pin: the measured slope.
        thread: from the card down to the node of the loss.
        differs: whether the digits differ.
    """

    def __init__(self, chapter: Chapter, label: Words, graph: PathMap, region: Region) -> None:
        target = chapter.quantity("y[i]")
        with evaluate(False):
            self.term = Formula(-target.shown * log(a[i]))
        self.label = label
        self.value = Readout(chapter.quantity("onepath"), colour="C", signed=True)
        self.pin = Pin(chapter.quantity("fd[i]"), size="number")
        self.differs = self.value.text != self.pin.value.text
        self.sign = Formula(
            Word("≠" if self.differs else "="), size="result", role="C" if self.differs else "quiet"
        )
        across = region.is_landscape and region.width > 8
        rows = (region, region) if across else region.rows(0.4, 0.6, gap=0.1)
        height = min(rows[1].height, 1.25)
        room = rows[1].width - self.pin.width - self.sign.width - 2 * APART
        at_wire = beside_wire(self.term, graph, chapter.solution.i)
        if across and not at_wire:
            room -= self.term.width + 2 * APART
        width = min(room, max(label.width, self.value.width, 2.0) + 2 * PAD)
        self.label.fit_width(width - 2 * PAD, lines=1)
        self.frame = Box(0, 0, width, height, colour="panel")
        parts = [self.pin, self.sign, self.frame]  # the card is over the node of the loss
        group = VGroup(*parts).arrange(RIGHT, buff=APART)
        group.move_to(point(rows[1].right - group.width / 2, rows[1].y))
        if not at_wire:
            self.term.move_to(point(rows[0].left + self.term.width / 2 + AIR, rows[0].y))
        self.label.move_to(self.frame).align_to(self.frame, UP).shift(-PAD * UP)
        self.value.move_to(self.frame).align_to(self.frame, UP)
        low = self.frame.get_bottom()[1] + PAD
        self.value.shift((low - self.value.get_bottom()[1]) * UP)
        node = graph.loss
        x = float(node.get_x())
        self.thread: Line = line(point(x, self.frame.get_bottom()[1]), node.get_top(), colour="C")
        super().__init__(self.term, self.frame, self.label, self.value, self.sign, self.pin)


def beside_wire(term: Formula, graph: PathMap, k: int) -> bool:
    """Put a formula over or under the wire from share k to the loss, and say whether there is room for it."""
    start, end = float(graph.rows[k].card.get_right()[0]), float(graph.loss.get_x())
    wires = np.concatenate([_points(each) for each in (graph.loss.ring, *graph.edges["right"])])
    edges = {1: end, -1: float(graph.loss.get_right()[0])}  # a line comes down to the node
    for side, edge in edges.items():
        term.move_to(point(start + 2 * AIR + term.width / 2))
        term.set_y(graph.rows[k].room.y + side * (OVER_WIRE + term.height / 2))
        (left, low), (right, high) = (term.get_corner(corner)[:2] for corner in (DL, UR))
        crossed = (abs(wires[:, 0] - (left + right) / 2) < term.width / 2 + AIR / 2) & (
            abs(wires[:, 1] - (low + high) / 2) < term.height / 2 + AIR / 2
        )
        inside = graph.region.bottom <= low and high <= graph.region.top + AIR
        if inside and right <= edge - 2 * AIR and not crossed.any():
            return True
    return False


def _points(edge: VMobject) -> np.ndarray:
    """Points along a wire or a ring, close enough to one another to find what it crosses."""
    return np.array([edge.point_from_proportion(part) for part in np.linspace(0, 1, SAMPLES)])
