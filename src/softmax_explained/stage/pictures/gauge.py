"""A node with a scale and a hand: a dial that is turned, or a meter that answers."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import DOWN, PI, UP, Arc, Dot, Line, VGroup

from softmax_explained.stage.design.layout import Point, point
from softmax_explained.stage.design.style import style
from softmax_explained.stage.shapes.network import Node

MARKS = np.linspace(-PI / 3, PI / 3, 7)
"""Angles of the marks of the scale, from straight up."""

ARC = 0.8
"""Radius of the way the hand has gone, as a part of the node's."""


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
