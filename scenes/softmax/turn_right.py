"""A standing bar turns into a lying one of the same length without a spin."""

from __future__ import annotations

from manim import Animation, VGroup, VMobject, interpolate

from softmax_explained.stage import Box, point, style


class TurnRight(Animation):
    """A copy of a standing bar bends to the right at its head until all of it lies, at constant length.

    The corner moves from the head of the standing bar to the left end of the lying one meanwhile. The copy is
    removed at the end.
    """

    def __init__(self, standing: Box, lying: VMobject, *, run_time: float = 1.0) -> None:
        self._standing, self._lying = standing.copy(), lying
        self._upright, self._level = standing.copy(), standing.copy()
        super().__init__(VGroup(self._upright, self._level), run_time=run_time, introducer=True, remover=True)

    def interpolate_mobject(self, alpha: float) -> None:
        """Draw both legs at a time of the animation."""
        part = self.rate_func(alpha)
        length = interpolate(self._standing.height, self._lying.width, part)
        half = interpolate(self._standing.width, self._lying.height, part) / 2
        head = point(float(self._standing.get_x()), float(self._standing.get_top()[1]))
        end = point(float(self._lying.get_left()[0]), float(self._lying.get_y()))
        x, y, _ = interpolate(head, end, part)
        down, on = length * (1 - part), length * part
        thin = self._standing.width / 2
        self._upright.reshape(x - thin, y - down, x + thin, y)
        self._level.reshape(x, y - half, x + on, y + half)
        opacity = min(1.0, style().dim() + 2 * part)
        for leg, extent in ((self._upright, down), (self._level, on)):
            leg.set_fill(self._lying.get_fill_color(), opacity if extent > 0.005 else 0.0)
