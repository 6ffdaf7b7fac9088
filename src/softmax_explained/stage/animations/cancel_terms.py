"""Factors that cancel: they leave the line, meet beside it, and vanish."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from manim import DOWN, Animation, Scene, VGroup, smooth
from sympy import Expr, exp, log

from softmax_explained.stage.design.layout import point
from softmax_explained.stage.text.formula import Formula

MARGIN = 0.15  # Manim units between the line and the meeting point
OUT, ACROSS = 0.4, 0.8  # fractions of the run time after which the factors have left the line, and have met


def log_and_base(formula: Formula, power: Expr) -> list[VGroup]:
    """The letters ln and the base e of ln e^power in a formula, which cancel."""
    parts = [formula.find(log(exp(power))), formula.find(exp(power)), formula.find(power, 0)]
    return [VGroup(*[glyph for glyph in whole if glyph not in rest]) for whole, rest in pairwise(parts)]


class CancelTerms(Animation):
    """Parts of a formula move straight out of it, meet beside the line and vanish together.

    Their glyphs stay in the formula, invisible, so that it can still be transformed into the next line.

    Args:
        formula: the line on screen.
        parts: ``(expression or operator, occurrence)`` pairs, occurrences counted from 0.
        side: ``UP`` or ``DOWN``, the side of the line on which they meet.
        run_time: seconds.
    """

    def __init__(
        self,
        formula: Formula,
        parts: Sequence[tuple[Any, int]],
        *,
        side: np.ndarray = DOWN,
        run_time: float = 1.2,
    ) -> None:
        self._leaving = [formula.find(part, nth) for part, nth in parts]
        starts = [VGroup(*[glyph.copy() for glyph in glyphs]) for glyphs in self._leaving]
        self._starts = [start.copy() for start in starts]
        depth = MARGIN + max(start.height for start in starts) / 2
        edge = formula.get_edge_center(side) + depth * side
        self._meeting = point(float(np.mean([start.get_x() for start in starts])), edge[1])
        self._moving = starts
        super().__init__(VGroup(*starts), run_time=run_time, remover=True)

    def _setup_scene(self, scene: Scene) -> None:
        for glyphs in self._leaving:
            glyphs.set_opacity(0)
        super()._setup_scene(scene)

    def interpolate_mobject(self, alpha: float) -> None:
        """Draw the factors at a time of the animation."""
        out = smooth(min(1.0, alpha / OUT))
        across = smooth(min(1.0, max(0.0, (alpha - OUT) / (ACROSS - OUT))))
        gone = smooth(max(0.0, (alpha - ACROSS) / (1 - ACROSS)))
        for group, start in zip(self._moving, self._starts, strict=True):
            to_meeting = self._meeting - start.get_center()
            group.become(start)
            group.shift(point(across * to_meeting[0], out * to_meeting[1]))
            group.scale(1 - 0.7 * gone).set_fill(opacity=1 - gone)
