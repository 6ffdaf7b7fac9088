"""A chain of nodes, each computed from the one before, and a path back from the last one."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from manim import (
    DOWN,
    RIGHT,
    Animation,
    AnimationGroup,
    Create,
    LaggedStart,
    MoveAlongPath,
    Triangle,
    VGroup,
    VMobject,
    there_and_back,
)
from numpy.typing import NDArray
from sympy import Expr

from softmax_explained.core.formulas.nodes import Word
from softmax_explained.stage.design.layout import Region
from softmax_explained.stage.design.style import style
from softmax_explained.stage.shapes.network import Node, arrow
from softmax_explained.stage.text.colour_roles import film_roles
from softmax_explained.stage.text.formula import Formula

LARGEST = 0.85  # maximum radius of a node in Manim units
SHORTEST_EDGE = 0.62  # minimum length of an edge in Manim units
LONGEST_EDGE = 1.8  # maximum length of an edge in Manim units

QUESTION = Word("?")  # the sign for what is not known yet
DETOUR = 0.55  # Manim units between the nodes and the path back
STEPS = 240  # number of segments of a path, all of one length, so that it grows evenly


class Chain(VGroup):
    """A node for each letter, in the colour of its role, joined by arrows; horizontal or vertical.

    Args:
        letters: contents of the nodes, in order.
        region: of the chain.
        aside: Manim units kept free beside the chain, for the path back.
    """

    def __init__(self, letters: Sequence[Expr], region: Region, *, aside: float = 0.0) -> None:
        lying = region.width >= 1.1 * region.height
        self.along, self.aside = (RIGHT, DOWN) if lying else (DOWN, RIGHT)
        length, across = (region.width, region.height) if lying else (region.height, region.width)
        count = len(letters)
        radius = min(LARGEST, across / 2, (length - (count - 1) * SHORTEST_EDGE) / (2 * count))
        gap = min(LONGEST_EDGE, (length - 2 * radius * count) / (count - 1))
        self.nodes = [
            Node(Formula(letter), radius=radius, role=film_roles().of(letter) or "ink") for letter in letters
        ]
        nodes = VGroup(*self.nodes).arrange(self.along, buff=gap)
        nodes.move_to(region.centre - self.aside * aside / 2)
        self.arrows = VGroup(*[arrow(*pair, role="quiet") for pair in pairwise(self.nodes)])
        super().__init__(self.arrows, nodes)

    def pulse(self) -> Animation:
        """A light runs from the first node to the last: rings swell as it passes, arrows stay lit."""
        ink, swollen = style().colour("ink"), 2 * style().stroke("thick")
        rings: list[Any] = [node.ring for node in self.nodes]
        moves = [ring.animate(rate_func=there_and_back).set_stroke(width=swollen) for ring in rings]
        for n, link in reversed(list(enumerate(self.arrows, start=1))):
            moves.insert(n, link.animate.set_color(ink))
        return LaggedStart(*moves, lag_ratio=0.45)

    def way_back(self, to: int) -> tuple[Animation, VMobject]:
        """A path from the last node back to node `to`, beside the chain, with a question mark moving along.

        Returns:
            The animation of path and question mark, and the arrow head at the end of the path.
        """
        first, last = self.nodes[-1], self.nodes[to]
        out = self.aside * (first.radius + DETOUR)
        start, end = first.get_center(), last.get_center()
        edge, tip = self.aside * (first.radius + 0.04), _tip(-self.aside)
        tip.move_to(end + edge + self.aside * tip.width / 2)
        way = _way([start + edge, start + out, end + out, end + edge + self.aside * 0.15])
        way.set_stroke(style().colour("C"), style().stroke("line"))
        question = Formula(QUESTION, size="result")
        ride = _way([start + out + 0.5 * self.aside, end + out + 0.5 * self.aside])
        question.move_to(ride.get_start())
        return AnimationGroup(Create(way), MoveAlongPath(question, ride)), tip


def _way(corners: Sequence[NDArray[np.float64]]) -> VMobject:
    """A polyline through some points, resampled to segments of one length."""
    lengths = [0.0, *np.cumsum([np.linalg.norm(b - a) for a, b in pairwise(corners)])]
    at = np.linspace(0, lengths[-1], STEPS)
    points = np.array([np.interp(at, lengths, [corner[axis] for corner in corners]) for axis in range(3)])
    return VMobject().set_points_as_corners(points.T)


def _tip(direction: NDArray[np.float64]) -> Triangle:
    """An arrow head."""
    tip = Triangle(color=style().colour("C"), fill_opacity=1, stroke_width=0).scale_to_fit_height(0.24)
    return tip.rotate(np.arctan2(direction[1], direction[0]) - np.pi / 2)
