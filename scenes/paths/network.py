"""All paths from one score to the loss: z_i, a meter for every share, and C; dots that move along them."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    Dot,
    MoveAlongPath,
    ShowPassingFlash,
    Transform,
    VGroup,
    VMobject,
)

from softmax_explained.core import Solution
from softmax_explained.core.arrays import Array
from softmax_explained.core.formulas.symbols import C, i, z
from softmax_explained.scenes.paths.meters import horizontal_meters, vertical_meters
from softmax_explained.stage import Formula, Node, Point, Readout, Region, Words, line, point, style

RADIUS = 0.48  # of a node, in Manim units
ACROSS = 1.75, 1.3, 5.6, 1.3, 2.85  # relative widths of score, edges, meters, edges and loss
DOWNWARD = 0.84, 0.5, 1.9, 0.6, 1.2  # their relative heights in other regions
BESIDE = 0.2  # Manim units from a node to the number beside it
LARGEST, SMALLEST = 0.16, 0.05  # radii in Manim units for the largest effect and for none


class PathNetwork:
    """z_i at the left, K meters, C at the right; from top to bottom if the region is not landscape.

    The edges `replies` lead from z_i to the meters, `effects` from there to C. The last of the `names`, after
    those of the K classes, is that of the focus class once more, for its score.
    """

    def __init__(self, solution: Solution, names: Sequence[Words], region: Region) -> None:
        self._solution, self._across = solution, region.is_landscape
        *classes, name = names
        cells = region.columns(*ACROSS) if region.is_landscape else region.rows(*DOWNWARD)
        first, _, middle, _, last = cells
        radius = min(RADIUS, 0.44 * first.width, first.height / 2)
        score = point(first.right - radius, first.y) if self._across else first.centre
        loss = point(last.left + radius, last.y) if self._across else point(last.x, last.top - radius)
        self.score = Node(Formula(z[i]), radius=radius, role="z").move_to(score)
        self.loss = Node(Formula(C), radius=radius, role="C").move_to(loss)
        arrange = horizontal_meters if self._across else vertical_meters
        self.meters = arrange(solution, classes, middle)
        ins, outs = ([meter.arrival for meter in self.meters], [meter.departure for meter in self.meters])
        self.replies = VGroup(*[line(self.score.toward(end), end, width="line") for end in ins])
        self.effects = VGroup(*[line(end, self.loss.toward(end), width="line") for end in outs])
        right = self.loss.get_right()[0] + BESIDE
        self.beside_loss = Region(right, last.bottom, last.right, self._ceiling(right, last))
        self.score_number = Readout(solution["z[i]"], colour="z")
        self.loss_number = Readout(solution["C"], colour="C")
        self._place_numbers(first, last)
        self._name = self._named(name, first)

    def _ceiling(self, x: float, last: Region) -> float:
        """The height up to which the region beside the loss is clear of edges from above."""
        if self._across:
            return last.top
        lines = [self.loss.get_center(), *[meter.departure for meter in self.meters]]
        (x_0, y_0, _), (x_1, y_1, _) = lines[0], max(lines[1:], key=lambda end: float(end[0]))
        return float(y_0 + (y_1 - y_0) * (x - x_0) / (x_1 - x_0)) - 0.1

    def _place_numbers(self, first: Region, last: Region) -> None:
        """Beside the nodes, clear of edges; if they do not fit, in the lower corners."""
        if self._across:
            end = self.score.get_center() + 0.3 * RIGHT
            self.score_number.fit_width(end[0] - first.left).next_to(self.score, DOWN, buff=BESIDE)
            self.score_number.align_to(end, RIGHT)
        else:
            self.score_number.next_to(self.score, RIGHT, buff=BESIDE)
        if self.loss_number.width + BESIDE <= self.beside_loss.width - BESIDE:
            self.loss_number.next_to(self.loss, RIGHT, buff=BESIDE)
        else:
            self.loss_number.fit_width(last.width).move_to(point(last.right, last.bottom), RIGHT + DOWN)

    def _named(self, name: Words, first: Region) -> VMobject:
        """The class name of the score, if it fits on one line."""
        centre = self.score.get_center()
        space = (centre[0] + 0.3 if self._across else self.score.get_left()[0] - BESIDE) - first.left
        if name.width * style().size("least") > space * name.em:
            return VGroup()
        name.fit_width(space)
        if self._across:
            return name.next_to(self.score, UP, buff=BESIDE).align_to(centre + 0.3 * RIGHT, RIGHT)
        return name.next_to(self.score, LEFT, buff=BESIDE)

    @property
    def parts(self) -> list[VMobject]:
        """What is visible from the start, in drawing order."""
        cards = [part for meter in self.meters for part in meter.parts]
        named = [self._name] if len(self._name) else []
        return [self.replies, self.effects, *cards, self.score, *named, self.score_number, self.loss]

    def light(self, edges: VGroup) -> list[Animation]:
        """A flash along one half of every path."""
        ink, width = style().colour(self._role(edges)), style().stroke("thick")
        return [ShowPassingFlash(edge.copy().set_stroke(ink, width), time_width=0.6) for edge in edges]

    def tint(self, edges: VGroup) -> Animation:
        """Colour one half of every path by its role."""
        return Transform(edges, edges.copy().set_color(style().colour(self._role(edges))))

    @property
    def inner(self) -> Point:
        """The edge of the score's number that faces the node."""
        return RIGHT if self._across else LEFT

    def renumber(self, family: str) -> list[Animation]:
        """Replace the shares on the cards by the signed quantities of a family."""
        quantities = [self._solution[f"{family}[{k}]"] for k in range(len(self.meters))]
        pairs = zip(self.meters, quantities, strict=True)
        return [move for meter, each in pairs for move in meter.renumber(each, colour="C", signed=True)]

    def _role(self, edges: VGroup) -> str:
        return "a" if edges is self.replies else "C"

    def single_out(self, path: int) -> list[Any]:
        """Highlight one path and dim the others."""
        moves: list[Any] = []
        for k, meter in enumerate(self.meters):
            for edges in (self.replies, self.effects):
                ink = style().colour(self._role(edges) if k == path else "track")
                moves.append(edges[k].animate.set_color(ink))
            if k != path:
                moves += meter.step_back()
        return moves

    def bring_back(self) -> list[Any]:
        quiet = style().colour("quiet")
        edges = [edge.animate.set_color(quiet) for edge in (*self.replies, *self.effects)]
        return [*edges, *[move for meter in self.meters for move in meter.step_forward()]]


class Pulses:
    """K dots that start at the score together; `effects` has shape (K,)."""

    def __init__(self, net: PathNetwork, effects: Array) -> None:
        self._net = net
        sizes = np.abs(effects) / max(float(np.abs(effects).max()), 1e-12)
        self._radii = SMALLEST + (LARGEST - SMALLEST) * np.sqrt(sizes)

    def to_meters(self) -> Animation:
        """Equal dots move along the first halves of the paths."""
        middle = (LARGEST + SMALLEST) / 2
        return self._run(self._net.replies, [middle] * len(self._radii), "a")

    def to_loss(self) -> Animation:
        """Dots sized by their effects move along the second halves."""
        return self._run(self._net.effects, self._radii, "C")

    @staticmethod
    def _run(ways: VGroup, radii: Iterable[float], role: str) -> Animation:
        dots = [Dot(radius=radius, color=style().colour(role)) for radius in radii]
        moves = zip(dots, ways, strict=True)
        return AnimationGroup(*[MoveAlongPath(dot, way, introducer=True, remover=True) for dot, way in moves])
