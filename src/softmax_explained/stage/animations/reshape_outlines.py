"""Turn dashed rectangles into others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Animation, ReplacementTransform, VGroup


class ReshapeOutlines(ReplacementTransform):
    """Turn a group of dashed rectangles into another one by moving their edges.

    A transform of Manim's would move dash by dash: where their number changes, it would bend the rectangles.

    Args:
        outlines: on the screen; replaced by the others in the end.
        others: as many, in the same order.

    >>> from softmax_explained.stage.shapes.box import Outline
    >>> small, large = (VGroup(Outline(0, 0, 1, height)) for height in (1, 3))
    >>> move = ReshapeOutlines(small, large, rate_func=lambda time: time)
    >>> move.begin()
    >>> move.interpolate(0.5)
    >>> float(small.height)
    2.0
    """

    def __init__(self, outlines: VGroup, others: VGroup, **how: Any) -> None:
        pairs: Sequence[tuple[Any, Any]] = tuple(zip(outlines, others, strict=True))
        self._edges = [(each, np.array(each.edges), np.array(other.edges)) for each, other in pairs]
        super().__init__(outlines, others, **how)

    def begin(self) -> None:
        """Begin without giving both groups as many dashes."""
        self.target_copy = self.target_mobject.copy()
        Animation.begin(self)

    def interpolate_mobject(self, alpha: float) -> None:
        """Draw the rectangles at a time of the move."""
        part = self.rate_func(alpha)
        for outline, here, there in self._edges:
            outline.reshape(*(here + part * (there - here)).tolist())
