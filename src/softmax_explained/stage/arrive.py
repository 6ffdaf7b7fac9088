"""Parts of one formula travel into the gap another one keeps for them."""

from __future__ import annotations

import numpy as np
from manim import UP, Animation, VGroup

LIFT = 0.6
"""How high a travelling part rises, in Manim's units: enough to cross no text on its line."""


class Arrive(Animation):
    """Veiled glyphs come in from where equal glyphs stand, which stay there.

    Args:
        source: glyphs on the screen, such as ``formula.find(y[1])``.
        gap: the same glyphs of a veiled formula, in the same order.
        run_time: seconds.
    """

    def __init__(self, source: VGroup, gap: VGroup, *, run_time: float = 1.0) -> None:
        self._source, self._gap = source, gap
        super().__init__(gap, run_time=run_time)

    def begin(self) -> None:
        """Take the two ends of the way as they are when the move starts."""
        self._starts = [glyph.copy() for glyph in self._source]
        self._ends = [glyph.copy().set_fill(opacity=1) for glyph in self._gap]
        for start, end in zip(self._starts, self._ends, strict=True):
            start.align_points(end)
        super().begin()

    def interpolate_mobject(self, alpha: float) -> None:
        """Stand on the way: over what lies between, and down into the gap."""
        part, lift = self.rate_func(min(1.0, alpha / 0.75)), LIFT * np.sin(np.pi * self.rate_func(alpha))
        for glyph, start, end in zip(self._gap, self._starts, self._ends, strict=True):
            glyph.interpolate(start, end, part)
            glyph.shift(lift * UP)
