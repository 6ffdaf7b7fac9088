"""A dial for one score, a meter for the loss, and the chain between them: turn the one, the other answers."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import DOWN, PI, UP, Arc, Dot, Line, ValueTracker, VGroup
from sympy import Symbol, evaluate

from softmax_explained.core import Solution
from softmax_explained.core.formulas.nodes import Change
from softmax_explained.core.formulas.symbols import C, i, z
from softmax_explained.core.numerics.softmax import cross_entropy
from softmax_explained.stage.design.layout import Point, Region, point
from softmax_explained.stage.design.style import style
from softmax_explained.stage.shapes.chain import Chain
from softmax_explained.stage.shapes.network import Node
from softmax_explained.stage.text.formula import Formula

NUDGE, CHANGE = Symbol("h"), Change(C)  # what the dial is turned by, and by how much the meter answers
SHARES = Symbol("a")  # all of them: the loss answers through every share, not through a_i alone

with evaluate(False):
    RATIO = CHANGE / NUDGE

# Radians the dial turns by for the largest nudge; the meter has the same scale, so one sees the ratio
TURN = 0.9
OVER = 0.7  # Manim units over the nodes for what they are turned by


class Sensitivity(VGroup):
    """z_i as a dial, the shares, C as a meter.

    Args:
        solution: whose focus class is nudged.
        region: where it stands.

    Attributes:
        chain: the three nodes.
        dial: the hand on the first.
        meter: the hand on the last.
        nudge: the nudge h; animate its value between `follow` and `settle`.
        h: its letter over the dial.
        change: ΔC over the meter.
    """

    def __init__(self, solution: Solution, region: Region) -> None:
        self._z, self._targets = np.array(solution.z), solution.lesson.targets
        self._one, self._most = np.eye(solution.K)[solution.i], float(solution.steps[0])
        room = Region(region.left, region.bottom, region.right, region.top - OVER)
        self.chain = Chain((z[i], SHARES, C), room)
        first, _, last = self.chain.nodes
        self.dial, self.meter = Gauge(first, role="z"), Gauge(last, role="C")
        self.nudge = ValueTracker(0.0)
        self.h = Formula(NUDGE, role="z").next_to(first, UP, buff=0.2)
        self.change = Formula(CHANGE, role="C").next_to(last, UP, buff=0.2)
        super().__init__(self.chain, self.dial, self.meter)

    def draw(self) -> Self:
        """Let both hands show what the nudge is and what it does to the loss."""
        h = self.nudge.get_value()
        change = cross_entropy(self._z + h * self._one, self._targets) - cross_entropy(self._z, self._targets)
        self.dial.turn(TURN * h / self._most)
        self.meter.turn(TURN * float(change) / self._most)
        return self

    def follow(self) -> Self:
        """Draw in every frame until updaters are cleared."""
        return self.add_updater(lambda _: self.draw())


MARKS = np.linspace(-PI / 3, PI / 3, 7)  # angles of the marks of the scale, from straight up
ARC = 0.8  # radius of the way the hand has gone, as a part of the node's


class Gauge(VGroup):
    """A scale and a hand on a node; its letter moves down to make room.

    Args:
        node: the node.
        role: the colour of the way the hand has gone.

    Attributes:
        hand: the hand.
        way: the arc from where it stood to where it stands.
    """

    def __init__(self, node: Node, *, role: str) -> None:
        self._node, self._colour = node, style().colour(role)
        node.content.move_to(node.ring.get_center() + 0.5 * node.radius * DOWN)
        marks = [
            Line(self._at(angle, 0.9), self._at(angle, 0.97), stroke_width=style().stroke("thin"))
            for angle in MARKS
        ]
        hub = Dot(node.ring.get_center(), radius=0.08, color=style().colour("ink"))
        self.hand = Line(hub.get_center(), hub.get_center() + UP, stroke_width=style().stroke("line"))
        self.hand.set_color(style().colour("ink"))
        self.way = VGroup()
        super().__init__(VGroup(*marks).set_color(style().colour("quiet")), self.way, self.hand, hub)
        self.turn(0.0)

    def turn(self, angle: float) -> Self:
        """Point the hand to an angle in radians, clockwise from straight up."""
        centre = self._node.ring.get_center()
        self.hand.put_start_and_end_on(centre, self._at(angle, 0.72))
        arc = Arc(ARC * self._node.radius, PI / 2, -angle, arc_center=centre)
        arc.set_stroke(self._colour, style().stroke("thick"))
        self.way.submobjects = [arc] if abs(angle) > 1e-3 else []
        return self

    def _at(self, angle: float, part: float) -> Point:
        """The point in the direction of an angle, at a part of the radius."""
        radius = part * self._node.radius
        return np.array(self._node.ring.get_center()) + point(radius * np.sin(angle), radius * np.cos(angle))
