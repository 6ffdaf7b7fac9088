"""A gauge for one score and a gauge for the loss; a table of nudges of the first and their ratios ΔC/h."""

from dataclasses import replace
from itertools import takewhile
from typing import Self

import numpy as np
from manim import DOWN, PI, UP, Arc, Dot, ValueTracker, VGroup
from sympy import Symbol, evaluate

from softmax_explained.core import Solution
from softmax_explained.core.formulas.nodes import Change
from softmax_explained.core.formulas.symbols import C, i, z
from softmax_explained.core.numerics.softmax import cross_entropy
from softmax_explained.stage import Formula, Node, Point, Readout, Region, line, point, style
from softmax_explained.stage.scene.overlays import Pin
from softmax_explained.stage.shapes.chain import Chain
from softmax_explained.stage.shapes.table import Grid

NUDGE, CHANGE = Symbol("h"), Change(C)  # the nudge, and the change of the loss
SHARES = Symbol("a")  # all shares: the loss depends on every one of them, not on a_i alone

with evaluate(False):
    RATIO = CHANGE / NUDGE

TURN = 0.9  # radians of the largest nudge; both gauges have the same scale, so the ratio is visible
OVER = 0.7  # Manim units above the nodes for the labels of the changes
HEAD = 1.35  # height in Manim units of the headings, one of which is a fraction


class Sensitivity(VGroup):
    """z_i with a gauge, the shares, and C with a gauge; labels of the nudge h and of the change ΔC.

    The tracker `nudge` of h is to be animated after `follow`.
    """

    def __init__(self, solution: Solution, region: Region) -> None:
        self._z, self._targets = np.array(solution.z), solution.lesson.targets
        self._one, self._most = np.eye(solution.K)[solution.i], float(solution.steps[0])
        self.chain = Chain((z[i], SHARES, C), replace(region, top=region.top - OVER))
        first, _, last = self.chain.nodes
        self.dial, self.meter = Gauge(first, role="z"), Gauge(last, role="C")
        self.nudge = ValueTracker(0.0)
        self.h = Formula(NUDGE, role="z").next_to(first, UP, buff=0.2)
        self.change = Formula(CHANGE, role="C").next_to(last, UP, buff=0.2)
        super().__init__(self.chain, self.dial, self.meter)

    def draw(self) -> Self:
        h = self.nudge.get_value()
        change = cross_entropy(self._z + h * self._one, self._targets) - cross_entropy(self._z, self._targets)
        self.dial.turn(TURN * h / self._most)
        self.meter.turn(TURN * float(change) / self._most)
        return self

    def follow(self) -> Self:
        """Draw in every frame until the updaters are cleared."""
        return self.add_updater(lambda _: self.draw())


MARKS = np.linspace(-PI / 3, PI / 3, 7)  # angles of the marks of the scale, from straight up
ARC = 0.8  # radius of the arc the hand has passed, as a fraction of the node's


class Gauge(VGroup):
    """A scale and a hand on a node, whose letter moves down, and the arc that the hand has passed."""

    def __init__(self, node: Node, *, role: str) -> None:
        self._node, self._colour = node, style().colour(role)
        node.content.move_to(node.ring.get_center() + 0.5 * node.radius * DOWN)
        marks = [line(self._at(angle, 0.9), self._at(angle, 0.97)) for angle in MARKS]
        hub = Dot(node.ring.get_center(), radius=0.08, color=style().colour("ink"))
        self.hand = line(hub.get_center(), hub.get_center() + UP, colour="ink", width="line")
        self.way = VGroup()
        super().__init__(VGroup(*marks), self.way, self.hand, hub)
        self.turn(0.0)

    def turn(self, angle: float) -> Self:
        """Set the hand to an angle in radians, clockwise from straight up."""
        centre = self._node.ring.get_center()
        self.hand.put_start_and_end_on(centre, self._at(angle, 0.72))
        arc = Arc(ARC * self._node.radius, PI / 2, -angle, arc_center=centre)
        arc.set_stroke(self._colour, style().stroke("thick"))
        self.way.submobjects = [arc] if abs(angle) > 1e-3 else []
        return self

    def _at(self, angle: float, part: float) -> Point:
        """The point in the direction of an angle, at a fraction of the radius."""
        radius = part * self._node.radius
        return np.array(self._node.ring.get_center()) + point(radius * np.sin(angle), radius * np.cos(angle))


class Measurements(VGroup):
    """The headings h and ΔC/h, and a row for each nudge; the third of the width at the right is free."""

    def __init__(self, solution: Solution, region: Region) -> None:
        top, body = region.rows(HEAD, max(region.height - HEAD, HEAD))
        count = range(len(solution.steps))
        self.steps = [Readout(solution[f"h[{n}]"], colour="z") for n in count]
        self.ratios = [Readout(solution[f"ratio[{n}]"], colour="quiet", signed=True) for n in count]
        self._settled_on = solution["fd[i]"].signed
        self._table = Grid(list(zip(self.steps, self.ratios, strict=True)), body, parts=(1, 1.3, 1.6))
        self.heads = VGroup(Formula(NUDGE, role="z"), Formula(RATIO, role="C"))
        for head, column in zip(self.heads, (self.steps, self.ratios), strict=True):
            head.move_to(column[0]).set_y(top.y)
        super().__init__(self.heads, self._table)

    def stick(self, pin: Pin) -> Pin:
        """Put a pin into the free column beside the last ratio."""
        column = self._table.columns[-1]
        pin.scale(min(1.0, column.width / pin.width)).move_to(point(column.x))
        return pin.shift((self.ratios[-1].baseline - pin.value.baseline) * UP)

    def settled(self, n: int) -> VGroup:
        """The leading digits of a ratio that do not change any more."""
        ratio = self.ratios[n]
        pairs = zip(ratio.submobjects, ratio.text, self._settled_on, strict=False)
        return VGroup(*[glyph for glyph, *_ in takewhile(lambda each: each[1] == each[2], pairs)])
