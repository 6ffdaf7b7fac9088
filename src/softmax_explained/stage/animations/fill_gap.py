"""Parts of one formula move into the gap another one keeps for them."""

from manim import UP, Animation, VGroup
from manim.utils.rate_functions import smooth, squish_rate_func

UP_FIRST = squish_rate_func(smooth, 0.0, 0.4)
ACROSS = squish_rate_func(smooth, 0.15, 0.8)
DOWN_LAST = squish_rate_func(smooth, 0.6, 1.0)


class FillGap(Animation):
    """Hidden glyphs arrive from equal glyphs elsewhere, which stay there.

    Args:
        source: glyphs on screen, such as ``formula.find(y[1])``.
        gap: the same glyphs of a hidden formula, in the same order.
        lift: height of the path in Manim units, enough to cross no text on their line.
        run_time: seconds.
    """

    def __init__(self, source: VGroup, gap: VGroup, *, lift: float = 0.65, run_time: float = 1.0) -> None:
        self._source, self._gap, self._lift = source, gap, lift
        super().__init__(gap, run_time=run_time)

    def begin(self) -> None:
        """Take both ends of the path as they are when the animation starts."""
        self._starts = [glyph.copy() for glyph in self._source]
        self._ends = [glyph.copy().set_fill(opacity=1) for glyph in self._gap]
        for start, end in zip(self._starts, self._ends, strict=True):
            start.align_points(end)
        super().begin()

    def interpolate_mobject(self, alpha: float) -> None:
        """Move up, across, and down into the gap."""
        lift = self._lift * (UP_FIRST(alpha) - DOWN_LAST(alpha))
        for glyph, start, end in zip(self._gap, self._starts, self._ends, strict=True):
            glyph.interpolate(start, end, ACROSS(alpha))
            glyph.shift(lift * UP)
