"""Nodes and edges of networks."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import LEFT, Arrow, Circle, Line, VGroup, VMobject
from numpy.typing import NDArray

from softmax_explained.stage.design.layout import Region
from softmax_explained.stage.design.style import style
from softmax_explained.stage.shapes.annotations import line, tipped
from softmax_explained.stage.text.text import Readout

CLOSEST = 0.8  # maximum height of a number beside a node, as a fraction of its row


class Node(VGroup):
    """A circle in the colour of a role, with its content inside or beside it.

    Args:
        content: typeset text; inside the circle it is shrunk to fit.
        radius: in Manim units.
        role: the colour of the ring.
        beside: put the content to the left of the circle.
    """

    def __init__(self, content: VMobject, *, radius: float, role: str, beside: bool = False) -> None:
        self.radius, self.beside = radius, beside
        self.ring = Circle(radius).set_stroke(style().colour(role), style().stroke("line"))
        self.ring.set_fill(style().colour("panel"), 1)
        self.content = content
        if beside:
            content.next_to(self.ring, LEFT, buff=0.18)
        else:
            if len(content):
                content.scale(1 / overflow(content, radius))
            content.move_to(self.ring)
        super().__init__(self.ring, content)

    def toward(self, point: NDArray[np.float64]) -> NDArray[np.float64]:
        """The point of the ring in the direction of another point."""
        centre = self.ring.get_center()
        away = point - centre
        return np.array(centre + away / np.linalg.norm(away) * self.ring.width / 2)


def overflow(content: VMobject, radius: float) -> float:
    """The factor by which content is too large for a circle; 1 if it fits."""
    return max(1.0, content.width / (1.62 * radius), content.height / (1.2 * radius))


def too_small_inside(number: Readout, radius: float) -> bool:
    """Whether a number would be unreadably small inside a circle."""
    return number.em / overflow(number, radius) < 0.999 * style().size("least")


def layer(contents: Sequence[VMobject], region: Region, *, largest: float, role: str) -> VGroup:
    """Nodes below each other in the middle of a region, as large as possible up to the radius `largest`.

    Numbers that would be unreadably small inside the nodes are to their left, or left out if they do not fit
    into the rows.
    """
    rows = region.rows(*[1] * len(contents))
    radius = min(largest, 0.44 * rows[0].height)
    numbers = [content for content in contents if isinstance(content, Readout)]
    beside = any(too_small_inside(number, radius) for number in numbers)
    for number in numbers if beside else ():
        number.scale(style().size("label") / number.em)
    if beside and max(number.height for number in numbers) > CLOSEST * rows[0].height:
        contents = [VGroup() for _ in contents]
    nodes = [Node(content, radius=radius, role=role, beside=beside) for content in contents]
    for node, row in zip(nodes, rows, strict=True):
        node.shift(row.centre - node.ring.get_center())
    return VGroup(*nodes)


def edge(start: Node, end: Node, *, role: str = "x", width: str = "line") -> Line:
    """A line from ring to ring."""
    ends = start.toward(end.ring.get_center()), end.toward(start.ring.get_center())
    return line(*ends, colour=role, width=width)


def arrow(start: Any, end: Any, *, role: str, width: str = "line") -> Arrow:
    """An arrow between two nodes or points, with a tip of constant size."""
    tail = start.toward(_point(end)) if isinstance(start, Node) else np.asarray(start, dtype=float)
    head = end.toward(_point(start)) if isinstance(end, Node) else np.asarray(end, dtype=float)
    return tipped(tail, head, colour=role, width=width, tip=0.24, buff=0.04, tip_ratio=0.6)


def _point(place: Any) -> NDArray[np.float64]:
    return np.array(place.ring.get_center()) if isinstance(place, Node) else np.asarray(place, dtype=float)
