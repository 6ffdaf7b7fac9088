"""How the next line of a derivation comes: changed terms travel to it, then it appears whole."""

from __future__ import annotations

from typing import Any

from manim import UP, Animation, Transform, VGroup, smooth, squish_rate_func

from softmax_explained.stage.text.formula import Formula

TRAVEL = 0.7  # the fraction of a step in which changed terms travel; the new line fades in at its end
APPEARING = 0.25  # the fraction of a step in which travelling terms appear


class Appear(Animation):
    """A line appears at the end of a step, when what travels to it has arrived; then it is whole.

    Args:
        line: the line.
        run_time: seconds.
    """

    def __init__(self, line: Formula, *, run_time: float) -> None:
        self._line = line
        self._opacities = [glyph.get_fill_opacity() for glyph in line.submobjects]
        super().__init__(line, run_time=run_time)

    def begin(self) -> None:
        """Hide the line until it appears."""
        super().begin()
        self.interpolate(0.0)

    def interpolate_mobject(self, alpha: float) -> None:
        """Draw the line at a time of the step."""
        seen = smooth(max(0.0, (alpha - TRAVEL) / (1 - TRAVEL)))
        for glyph, opacity in zip(self._line.submobjects, self._opacities, strict=True):
            glyph.set_fill(opacity=opacity * seen)


class Travel(Transform):
    """Glyphs of the parent go to a part of the new line; if they are others, they fade into them.

    They appear in the row of the new line, below their parent, so that they cross nothing on their way; when
    they have arrived, the line appears and they fade out. Before the fraction `after` of the step, while the
    sheet scrolls, they cannot be seen.
    """

    def __init__(self, old: VGroup, new: VGroup, *, after: float, run_time: float) -> None:
        self._same, self._after = len(old) == len(new), after
        there = new.copy() if self._same else old.copy().move_to(new).set_opacity(0)
        if not self._same and there.width > new.width > 0:
            there.scale(new.width / there.width)
        here = old.copy().shift(float(new.get_y() - old.get_y()) * UP)
        rate = squish_rate_func(smooth, after, TRAVEL)
        super().__init__(here, there, run_time=run_time, rate_func=rate, remover=True)

    def interpolate(self, alpha: float) -> None:
        """Draw the glyphs at a time of the step."""
        super().interpolate(alpha)
        coming = smooth(min(1.0, max(0.0, (alpha - self._after) / APPEARING)))
        going = smooth(max(0.0, (alpha - TRAVEL) / (1 - TRAVEL)))
        moving: Any = self.mobject
        for glyph in moving.family_members_with_points():
            glyph.set_fill(opacity=glyph.get_fill_opacity() * coming * (1 - going))
