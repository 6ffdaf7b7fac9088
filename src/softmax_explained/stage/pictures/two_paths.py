"""The ways from a score to the loss: straight through its own share, or through any other one."""

from __future__ import annotations

from manim import DOWN, UP, Animation, Arrow, Circle, Transform, VGroup

from softmax_explained.core.symbols import C, a, i, j, z
from softmax_explained.stage.formula import Formula
from softmax_explained.stage.frame import Region, point
from softmax_explained.stage.pictures.network import Node, arrow
from softmax_explained.stage.style import style

RADIUS = 0.55


class TwoPaths(VGroup):
    """z_i at the left, C at the right; the path through a_i above, a pile of paths through a_j below.

    Args:
        region: where it stands; above and below it keeps room for what a path carries.

    Attributes:
        direct: the two edges of the path through a_i.
        other: the two edges of the path through a_j.
    """

    def __init__(self, region: Region) -> None:
        across, up = region.width / 2 - RADIUS, region.height / 2 - 1.4
        self.score, self.own, self.rival, self.loss = (
            Node(Formula(content), radius=RADIUS, role=role).move_to(region.centre + point(x, y))
            for content, role, x, y in (
                (z[i], "z", -across, 0.0),
                (a[i], "a", 0.0, up),
                (a[j], "a", 0.0, -up),
                (C, "C", across, 0.0),
            )
        )
        self.direct = VGroup(*self._edges(self.own))
        self.other = VGroup(*self._edges(self.rival))
        self._pile = VGroup(
            *[
                Circle(RADIUS, color=style().colour("a"), stroke_width=style().stroke("thin"))
                .set_stroke(opacity=style().dim("a"))
                .move_to(self.rival)
                .shift(0.11 * depth * DOWN)
                for depth in (2, 1)
            ]
        )
        super().__init__(self._pile, self.direct, self.other, self.score, self.own, self.rival, self.loss)

    def _edges(self, through: Node) -> tuple[Arrow, Arrow]:
        return arrow(self.score, through, role="quiet"), arrow(through, self.loss, role="quiet")

    def light(self, path: VGroup) -> list[Animation]:
        """The animations that make one path bright, in the colour of what travels it, and the other quiet."""
        return [
            Transform(edges, edges.copy().set_color(style().colour("C" if edges is path else "quiet")))
            for edges in (self.direct, self.other)
        ]

    def carry(self, load: Formula, path: VGroup) -> Formula:
        """Put what a path carries beside the share it leads through."""
        if path is self.direct:
            return load.next_to(self.own, UP, buff=0.2)
        return load.next_to(self._pile, DOWN, buff=0.15)
