"""A nudge of one score and its effects: the score changes, then every share, then the loss."""

from typing import Any

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, FadeIn, Transform, ValueTracker, VMobject, there_and_back

from softmax_explained.core import Solution
from softmax_explained.core.numerics.softmax import cross_entropy, softmax
from softmax_explained.scenes.paths.meters import arrow_head
from softmax_explained.scenes.paths.network import BESIDE, PathNetwork
from softmax_explained.stage import component

SWOLLEN = 1.2  # scale of a node while it is nudged


class PathNudge:
    """Numbers and levels of a network while its score is nudged by `size` and released again."""

    def __init__(self, solution: Solution, net: PathNetwork, size: float) -> None:
        self._solution, self._net, self._size = solution, net, size
        self._pushed, self._felt, self._arrived = (ValueTracker(0.0) for _ in range(3))

    def follow(self) -> None:
        """Let numbers and levels follow the nudge until `settle`."""
        net, z, y = self._net, self._solution.z, self._solution.lesson.targets
        one = np.eye(self._solution.K)[self._solution.i]
        net.score_number.follow(lambda: float(one @ z) + self._pushed.get_value(), edge=net.inner)
        net.loss_number.follow(lambda: cross_entropy(z + self._arrived.get_value() * one, y), edge=LEFT)
        for k, meter in enumerate(net.meters):
            meter.follow(component(lambda: softmax(z + self._felt.get_value() * one), k))

    def push(self) -> list[Any]:
        score = self._net.score
        swell = Transform(score, score.copy().scale(SWOLLEN), rate_func=there_and_back)
        return [self._pushed.animate.set_value(self._size), swell]

    def reply(self) -> list[Any]:
        heads = [meter.show_trend(k == self._solution.i) for k, meter in enumerate(self._net.meters)]
        return [self._felt.animate.set_value(self._size), *heads]

    def arrive(self) -> list[Any]:
        return [self._arrived.animate.set_value(self._size), *self._loss_trend()]

    def release(self) -> list[Any]:
        return [tracker.animate.set_value(0.0) for tracker in (self._pushed, self._felt, self._arrived)]

    def settle(self) -> None:
        self._net.score_number.settle(edge=self._net.inner)
        self._net.loss_number.settle(edge=LEFT)
        for meter in self._net.meters:
            meter.settle()

    def _loss_trend(self) -> list[Animation]:
        """An arrow head in the direction in which the loss changes, if it does."""
        slope, number = float(self._solution.gradient[self._solution.i]), self._net.loss_number
        if not slope:
            return []
        head: VMobject = arrow_head(slope > 0, colour="C").next_to(number, RIGHT, buff=BESIDE / 2)
        if head.get_right()[0] > self._net.beside_loss.right:
            head.next_to(number, LEFT, buff=BESIDE / 2)
        return [FadeIn(head, shift=0.15 * (UP if slope > 0 else DOWN))]
