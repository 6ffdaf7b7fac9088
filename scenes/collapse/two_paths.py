"""The paths from a score to the loss: through its own share, or through any other one."""

from dataclasses import replace

from manim import DOWN, RIGHT, UP, Animation, Arrow, Circle, Transform, VGroup

from softmax_explained.core.formulas.symbols import C, a, i, j, z
from softmax_explained.stage import Formula, Node, Region, arrow, point, style

RADIUS = 0.55

DEPTH = 0.11  # Manim units between the nodes of the pile
ABOVE, BETWEEN = 0.2, 0.16  # Manim units above the upper share and between the shares, in a landscape region
OFF_MIDDLE = 0.08  # distance of the shares from the centre of a landscape region, as a fraction of its width


class TwoPaths(VGroup):
    """z_i at the left, C at the right; above, the path through a_i, below, a pile of paths through a_j.

    What a path carries is above or below it or, in a landscape region, beside the share.
    """

    def __init__(self, region: Region) -> None:
        self._landscape = region.is_landscape
        radius, up, middle = RADIUS, region.height / 2 - 1.4, 0.0
        if self._landscape:
            space = region.height - ABOVE - 2 * DEPTH
            radius = min(RADIUS, (space - BETWEEN) / 4)
            up, middle = space / 2 - radius, -OFF_MIDDLE * region.width
            region = replace(region, bottom=region.bottom + 2 * DEPTH, top=region.top - ABOVE)
        across = region.width / 2 - radius
        letters = (z[i], "z"), (a[i], "a"), (a[j], "a"), (C, "C")
        nodes = [Node(Formula(letter), radius=radius, role=role) for letter, role in letters]
        for node, place in zip(nodes, ((-across, 0), (middle, up), (middle, -up), (across, 0)), strict=True):
            node.move_to(region.centre + point(*place))
        self.score, self.own, self.rival, self.loss = nodes
        self.direct = VGroup(*self._edges(self.own))
        self.other = VGroup(*self._edges(self.rival))
        ring = Circle(radius).set_stroke(style().colour("a"), style().stroke("thin"), style().dim("a"))
        ring.move_to(self.rival)
        self._pile = VGroup(*[ring.copy().shift(DEPTH * depth * DOWN) for depth in (2, 1)])
        super().__init__(self._pile, self.direct, self.other, self.score, self.own, self.rival, self.loss)

    def _edges(self, through: Node) -> tuple[Arrow, Arrow]:
        return arrow(self.score, through, role="quiet"), arrow(through, self.loss, role="quiet")

    def light(self, path: VGroup) -> list[Animation]:
        """Highlight one path and dim the other."""
        return [
            Transform(edges, edges.copy().set_color(style().colour("C" if edges is path else "quiet")))
            for edges in (self.direct, self.other)
        ]

    def carry(self, load: Formula, path: VGroup) -> Formula:
        """Put what a path carries beside the share on it."""
        if self._landscape:
            share, side = (self.own, UP) if path is self.direct else (self.rival, DOWN)
            load.next_to(share, RIGHT, buff=0.2)
            return load.align_to(share.get_center() + 0.1 * side, -side)
        if path is self.direct:
            return load.next_to(self.own, UP, buff=0.2)
        return load.next_to(self._pile, DOWN, buff=0.15)
