"""Nodes and edges: a neuron, a layer of them, and the paths of a derivative."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Arrow, Circle, Line, VGroup, VMobject
from numpy.typing import NDArray

from softmax_explained.stage.frame import Region
from softmax_explained.stage.style import style


class Node(VGroup):
    """A circle in the colour of a role around what it holds.

    Args:
        content: formulas or readouts, already set; shrunk to fit.
        radius: in Manim's units.
        role: the colour of the ring.

    Attributes:
        ring: the circle.
        content: what it holds.
    """

    def __init__(self, content: VMobject, *, radius: float, role: str) -> None:
        self.radius = radius
        self.ring = Circle(
            radius=radius,
            color=style().colour(role),
            stroke_width=style().stroke("line"),
            fill_color=style().colour("panel"),
            fill_opacity=1,
        )
        self.content = content
        if len(content):
            over = max(content.width / (1.62 * radius), content.height / (1.2 * radius))
            content.scale(1 / max(over, 1.0))
        content.move_to(self.ring)
        super().__init__(self.ring, content)

    def toward(self, point: NDArray[np.float64]) -> NDArray[np.float64]:
        """The point of the ring in the direction of another point."""
        centre = self.ring.get_center()
        away = point - centre
        return np.array(centre + away / np.linalg.norm(away) * self.ring.width / 2)


def layer(contents: Sequence[VMobject], region: Region, *, largest: float, role: str) -> VGroup:
    """Nodes under each other in the middle of a region, as large as there is room for, `largest` at most."""
    rows = region.rows(*[1] * len(contents))
    radius = min(largest, 0.44 * rows[0].height)
    nodes = [Node(content, radius=radius, role=role) for content in contents]
    return VGroup(*[node.move_to(row.centre) for node, row in zip(nodes, rows, strict=True)])


def edge(start: Node, end: Node, *, role: str = "x", width: str = "line") -> Line:
    """A line from ring to ring."""
    return Line(
        start.toward(end.ring.get_center()),
        end.toward(start.ring.get_center()),
        color=style().colour(role),
        stroke_width=style().stroke(width),
    )


def arrow(start: Any, end: Any, *, role: str, width: str = "line") -> Arrow:
    """An arrow between two nodes or points, with a head that does not depend on its length."""
    tail = start.toward(_point(end)) if isinstance(start, Node) else np.asarray(start, dtype=float)
    head = end.toward(_point(start)) if isinstance(end, Node) else np.asarray(end, dtype=float)
    return Arrow(
        tail,
        head,
        buff=0.04,
        color=style().colour(role),
        stroke_width=style().stroke(width),
        tip_length=0.24,
        max_stroke_width_to_length_ratio=40,
        max_tip_length_to_length_ratio=0.6,
    )


def _point(place: Any) -> NDArray[np.float64]:
    return np.array(place.ring.get_center()) if isinstance(place, Node) else np.asarray(place, dtype=float)
