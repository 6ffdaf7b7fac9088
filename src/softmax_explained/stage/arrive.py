"""Parts of one formula travel into the gap another one keeps for them."""

from __future__ import annotations

from manim import Animation, VGroup


class Arrive(Animation):
    """Veiled glyphs come in from where equal glyphs stand, which stay there.

    Args:
        source: glyphs on the screen, such as ``formula.find(y[1])``.
        gap: the same glyphs of a veiled formula, in the same order.
        run_time: seconds.
    """

    def __init__(self, source: VGroup, gap: VGroup, *, run_time: float = 1.0) -> None:
        self._source = source
        super().__init__(gap, run_time=run_time)

    def begin(self) -> None:
        """Take the two ends of the way as they are when the move starts."""
        self._starts = [glyph.copy() for glyph in self._source]
        self._ends = [glyph.copy().set_fill(opacity=1) for glyph in self.mobject]
        for start, end in zip(self._starts, self._ends, strict=True):
            start.align_points(end)
        super().begin()

    def interpolate_mobject(self, alpha: float) -> None:
        """Stand on the way."""
        part = self.rate_func(alpha)
        for glyph, start, end in zip(self.mobject, self._starts, self._ends, strict=True):
            glyph.interpolate(start, end, part)
