"""The graph of the paths while its score is nudged: every bar, every number and the loss show one state."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import DOWN, RIGHT, UP, FadeIn, FadeOut, Triangle, ValueTracker, VGroup, VMobject

from softmax_explained.core.numerics.softmax import cross_entropy, softmax
from softmax_explained.scenes.pictures.path_map import PathMap
from softmax_explained.stage import component, style

HEAD = 0.2, 0.17  # width and height of an arrow head in Manim units
BESIDE = 0.06  # Manim units between an arrow head and what it belongs to


class NudgedGraph:
    """Numbers, bars and arrow heads of a graph whose score is nudged by `size` and comes back.

    An arrow head says in which direction a share or the loss goes; what does not change has none.
    """

    def __init__(self, graph: PathMap, size: float) -> None:
        self._graph, self._solution, self._size = graph, graph.solution, size
        self._one = np.eye(self._solution.K)[self._solution.i]
        self._nudge = ValueTracker(0.0)
        self.trends = VGroup(*[self._trend(k) for k in range(self._solution.K)])
        self.loss_trend = self._loss_trend()

    def follow(self) -> None:
        """Let everything follow the nudge until `settle`."""
        graph, y = self._graph, self._solution.lesson.targets
        graph.score_number.follow(lambda: float(self._one @ self._scores()))
        graph.loss_number.follow(lambda: cross_entropy(self._scores(), y))
        for k, row in enumerate(graph.rows):
            share = component(lambda: softmax(self._scores()), k)
            row.bar.add_updater(lambda _, row=row, share=share: row.draw(share()))
            row.number.follow(share, edge=RIGHT)

    def push(self) -> list[Any]:
        """The animations of the nudge and of all that answers, with the arrow heads of the shares."""
        return [
            self._nudge.animate.set_value(self._size),
            *[_come(head) for head in self.trends if head.has_points()],
        ]

    def reach(self) -> list[Any]:
        """The animation of the arrow head of the loss; none if the loss does not change."""
        return [_come(head) for head in self.loss_trend]

    def release(self) -> list[Any]:
        """The animations of the way back."""
        gone = [*self.trends, *self.loss_trend]
        return [self._nudge.animate.set_value(0.0), *[FadeOut(head) for head in gone]]

    def settle(self) -> None:
        """Stop following, with the numbers of the solution."""
        graph = self._graph
        graph.score_number.settle()
        graph.loss_number.settle()
        for row in graph.rows:
            row.bar.clear_updaters()
            row.draw(row.value)
            row.number.settle(edge=RIGHT)

    def _scores(self) -> np.ndarray:
        return np.asarray(self._solution.z + self._nudge.get_value() * self._one)

    def _trend(self, k: int) -> VMobject:
        """The arrow head beside the number of a share."""
        row = self._graph.rows[k]
        head = arrow_head(k == self._solution.i, "a")
        return head.move_to(row.number.get_left() - (BESIDE + head.width / 2) * RIGHT)

    def _loss_trend(self) -> list[VMobject]:
        slope, node = float(self._solution.gradient[self._solution.i]), self._graph.loss
        if not slope:
            return []
        head = arrow_head(slope > 0, "C").next_to(node, UP if slope > 0 else DOWN, buff=BESIDE)
        return [head]


def arrow_head(up: bool, role: str) -> Triangle:
    """A small filled arrow head that points up or down."""
    head = Triangle(stroke_width=0, fill_color=style().colour(role), fill_opacity=1)
    head.stretch_to_fit_width(HEAD[0]).stretch_to_fit_height(HEAD[1])
    return head if up else head.flip(RIGHT)


def _come(head: VMobject) -> FadeIn:
    pointing_up = head.get_vertices()[:, 1].mean() < head.get_center()[1]
    return FadeIn(head, shift=0.15 * (UP if pointing_up else DOWN))
