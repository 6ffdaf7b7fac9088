"""Move the edges of dashed rectangles, so that they are rectangles at every moment.

A transform of Manim's would move dash by dash: where their number changes, it would bend the rectangles.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Animation, ReplacementTransform, VGroup

from softmax_explained.stage.shapes.box import Edges, Outline


class ReshapeOutline(Animation):
    """Give a dashed rectangle other edges.

    Args:
        outline: the rectangle.
        edges: those it gets.
    """

    def __init__(self, outline: Outline, edges: Edges, **how: Any) -> None:
        self._outline, self._start, self._end = outline, outline.edges, edges
        super().__init__(outline, **how)

    def begin(self) -> None:
        """Begin from where the rectangle is then."""
        self._start = self._outline.edges
        super().begin()

    def interpolate_mobject(self, alpha: float) -> None:
        """Draw it at a time of the move."""
        _reshape(self._outline, self._start, self._end, self.rate_func(alpha))


class ReshapeOutlines(ReplacementTransform):
    """Turn a group of dashed rectangles into another one, which replaces it in the end.

    Args:
        outlines: on the screen.
        others: as many, in the same order.

    >>> small, large = (VGroup(Outline(0, 0, 1, height)) for height in (1, 3))
    >>> move = ReshapeOutlines(small, large, rate_func=lambda time: time)
    >>> move.begin()
    >>> move.interpolate(0.5)
    >>> float(small.height)
    2.0
    """

    def __init__(self, outlines: VGroup, others: VGroup, **how: Any) -> None:
        pairs: Any = zip(outlines, others, strict=True)
        self._moves = [(each, each.edges, other.edges) for each, other in pairs]
        super().__init__(outlines, others, **how)

    def begin(self) -> None:
        """Begin without giving both groups as many dashes."""
        self.target_copy = self.target_mobject.copy()
        Animation.begin(self)

    def interpolate_mobject(self, alpha: float) -> None:
        """Draw the rectangles at a time of the move."""
        for move in self._moves:
            _reshape(*move, self.rate_func(alpha))


def _reshape(outline: Outline, start: Edges, end: Edges, part: float) -> None:
    """Put the edges of a rectangle between two places."""
    outline.reshape(*((1 - part) * np.array(start) + part * np.array(end)).tolist())
