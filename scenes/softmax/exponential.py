"""The curve e^z over some scores, and its heights, which tip over to become lengths."""

from collections.abc import Sequence

import numpy as np
from manim import DOWN, PI, Animation, AnimationGroup, TransformFromCopy, VGroup, VMobject, interpolate
from numpy.typing import NDArray
from sympy import Symbol, evaluate, exp

from softmax_explained.stage import Box, Formula, Plot, Readout, Region, style
from softmax_explained.stage.animations.grow_bar import GrowBar

STEM = 0.07  # half the width of a stem in Manim units
CLEAR = 0.25  # Manim units between the vertical axis and the formula


class Exponential(VGroup):
    """The curve, a dot on the axis for each score with its number, and a stem up to the curve.

    The heights are e^(z − shift), so that none overflows, with `unit` Manim units per height of 1. The
    `readouts` are half a Manim unit below the region; those that would overlap another are left out.
    """

    def __init__(
        self,
        z: NDArray[np.float64],
        region: Region,
        *,
        unit: float,
        shift: float,
        readouts: Sequence[Readout],
    ) -> None:
        low, high = float(z.min()), float(z.max())
        across = max(high - low, 1.0)
        x = low - 0.45 * across, high + 0.12 * across
        origin = 0.0 if x[0] < 0 < x[1] else x[0]
        heights = np.exp(z - shift)
        self.plot = Plot(x=x, y=(0.0, region.height / unit), region=region, origin=(origin, 0.0))
        self.curve = self.plot.curve(lambda u: float(np.exp(u - shift)), *x, colour="ink", steps=1200)
        with evaluate(False):
            self.formula = Formula(exp(Symbol("z")), size="result")
        self.formula.move_to(self.plot.at(x[0] + 0.45 * (x[1] - x[0]), self.plot.y_range[1] * 0.62))
        self._clear_of_axis(origin)
        pairs = list(zip(z.tolist(), heights.tolist(), strict=True))
        self.feet = VGroup(*[self.plot.dot(score, 0, colour="z") for score, _ in pairs])
        self.heads = VGroup(*[self.plot.dot(*pair, colour="z") for pair in pairs])
        self._rods = [self._stem(*pair) for pair in pairs]
        self.stems = VGroup(*self._rods)
        for readout, foot in zip(readouts, self.feet, strict=True):
            readout.next_to(foot, DOWN, buff=0.22)
        self.scores = VGroup(*_apart(readouts))
        super().__init__(self.plot, self.curve, self.formula, self.stems, self.feet, self.heads, self.scores)

    def _clear_of_axis(self, origin: float) -> None:
        """Move the formula to the left of the vertical axis if they would cross; the curve is low there."""
        axis, reach = float(self.plot.at(origin, 0)[0]), self.formula.width / 2 + CLEAR
        if abs(self.formula.get_x() - axis) < reach:
            self.formula.set_x(axis - reach)

    def climb(self, k: int) -> Animation:
        """Move a dot from the axis up to the curve, with its stem."""
        rise = TransformFromCopy(self.feet[k], self.heads[k])
        return AnimationGroup(GrowBar(self.stems[k], DOWN), rise)

    def tip(self, k: int, bar: Box) -> Animation:
        """Tip a copy of a stem over until it is the given horizontal bar."""
        return TipOver(self._rods[k], bar)

    def _stem(self, score: float, height: float) -> Box:
        x, bottom, _ = self.plot.at(score, 0.0)
        top = float(self.plot.at(score, height)[1])
        return Box(x - STEM, bottom, x + STEM, top, colour="ink", opacity=style().dim())


def _apart(labels: Sequence[VMobject]) -> list[VMobject]:
    """The labels that do not overlap a previous one."""
    kept = list[VMobject]()
    for label in labels:
        if all(abs(label.get_x() - other.get_x()) > (label.width + other.width) / 2 + 0.15 for other in kept):
            kept.append(label)
    return kept


class TipOver(Animation):
    """Rotate a copy of a vertical bar by 90° while it moves to the place of a horizontal bar of its length.

    It stays a rigid rod: only its thickness and opacity change. The copy is removed at the end.
    """

    def __init__(self, standing: Box, lying: Box, *, run_time: float = 1.0) -> None:
        self._standing, self._lying, self._rod = standing.copy(), lying, standing.copy()
        super().__init__(self._rod, run_time=run_time, introducer=True, remover=True)

    def interpolate_mobject(self, alpha: float) -> None:
        """Draw the rod at a time of the animation."""
        part = self.rate_func(alpha)
        length = interpolate(self._standing.height, self._lying.width, part)
        thickness = interpolate(self._standing.width, self._lying.height, part)
        opacity = min(1.0, 4 * part) * self._lying.get_fill_opacity()
        self._rod.reshape(-thickness / 2, -length / 2, thickness / 2, length / 2)
        self._rod.set_fill(self._lying.get_fill_color(), opacity)
        self._rod.rotate(-part * PI / 2, about_point=np.zeros(3))
        self._rod.shift(interpolate(self._standing.get_center(), self._lying.get_center(), part))
