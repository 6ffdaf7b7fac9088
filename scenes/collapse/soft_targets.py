"""Smoothed targets: the outlines, the arrows, the numbers and the green unit follow ε."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

import numpy as np
from manim import LEFT, UP, Animation, FadeIn, FadeOut, ReplacementTransform, ValueTracker, VGroup, smooth
from numpy.typing import NDArray
from sympy import Expr

from softmax_explained.core import Quantity
from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.formulas.nodes import Word
from softmax_explained.core.formulas.symbols import C, C_smooth, epsilon, i, y, y_smooth
from softmax_explained.scenes.collapse.last_picture import told
from softmax_explained.scenes.pictures.share_bars import ShareBars
from softmax_explained.stage import Chapter, Formula, Outline, Readout, Region, point
from softmax_explained.stage.design.rate_functions import early, late

SOFTEST = 0.6  # the largest ε shown before it returns, so that the outlines visibly move
UNIT, HEAD = 0.3, 0.75  # Manim units: thickness of the green unit, and its space with the setting
MOVED = 0.6  # the part of the first move in which the bars move
THINNEST = 0.02  # Manim units: pieces of the unit that are shorter are not seen
SOFTENED = [(y[i], y_smooth[i]), (C, C_smooth)]


class SoftTargets:
    """Bars with targets y′ = (1 − ε) y + ε/K under the green unit that these targets divide.

    Args:
        chapter: gives numbers and names.
        region: of the unit, the setting of ε and the bars.

    Attributes:
        bars: with their outlines, arrows and numbers.
        unit: the green unit, as long as the bars are wide.
        setting: ε and its value.
        softness: the tracker of ε.
    """

    def __init__(self, chapter: Chapter, region: Region) -> None:
        self._solution = sol = chapter.solution
        names = [chapter.class_name(k) for k in range(sol.K)]
        below = Region(region.left, region.bottom, region.right - 0.1, region.top - HEAD)
        self.bars = ShareBars(sol, names, below, legend_row=False, priority=told(sol))
        self.setting = VariableReadout(epsilon, sol["eps"])
        corner = point(region.left, region.top)
        self.setting.align_to(corner, LEFT).align_to(corner, UP)
        left = float(self.setting.get_right()[0]) + 0.3
        y = float(self.setting.get_y())
        self._strip = Region(left, y - UNIT / 2, region.right, y + UNIT / 2)
        self.unit = VGroup(*[Outline(0, 0, 1, 1) for _ in range(sol.K)])
        self.softness = ValueTracker(0.0)
        self._softest = SOFTEST if sol.lesson.smoothing else 0.0
        self.setting.follow(self.softness.get_value)
        self._draw_unit()

    @property
    def parts(self) -> list[VGroup]:
        """All that is on the stage."""
        return [self.bars, self.unit, self.setting]

    def enter(self, old: ShareBars) -> list[Animation]:
        """The animations that turn other bars into these and show the unit and ε."""
        bars = self.bars
        pairs = (old.chart, bars.chart), (old.targets, bars.targets), (old.arrows, bars.arrows)
        moves: list[Animation] = [ReplacementTransform(*pair, rate_func=_first) for pair in pairs]
        return [*moves, FadeIn(bars.values, rate_func=late), FadeIn(self.unit), FadeIn(self.setting)]

    def soften(self) -> list[Animation]:
        """The animations that raise ε."""
        self._follow()
        return [self.softness.animate.set_value(self._softest)]

    def harden(self) -> list[Animation]:
        """The animations that bring ε back to 0."""
        return [self.softness.animate.set_value(0.0)]

    def leave(self, bars: ShareBars) -> list[Animation]:
        """The animations that turn these bars, at rest again, into others."""
        self._settle()
        pairs = zip(self.bars.submobjects[:4], bars.submobjects[:4], strict=True)
        moves: list[Animation] = [ReplacementTransform(*pair) for pair in pairs]
        return [*moves, FadeOut(self.unit, rate_func=early), FadeOut(self.setting, rate_func=early)]

    def _follow(self) -> None:
        targets, gradient = self._solution.lesson.targets, self._solution.gradient
        self.bars.follow(targets=lambda: targets + self._change(), slopes=lambda: gradient - self._change())
        self.unit.add_updater(lambda _: self._draw_unit())

    def _settle(self) -> None:
        self.unit.clear_updaters(recursive=False)
        self.setting.number.clear_updaters()
        self.bars.settle()

    def _draw_unit(self) -> None:
        """Divide the unit among the classes by the targets as they are now."""
        strip, start = self._strip, 0.0
        for piece, target in zip(self.unit, self._solution.lesson.targets + self._change(), strict=True):
            left, right = (strip.left + part * strip.width for part in (start, start + float(target)))
            start += float(target)
            piece.reshape(left, strip.bottom, max(right, left + 1e-3), strip.top)
            piece.set_stroke(opacity=float(right - left > THINNEST))

    def _change(self) -> NDArray[np.float64]:
        """(K,) y′ − y, proportional to ε."""
        lesson, part = self._solution.lesson, self.softness.get_value()
        whole: NDArray[np.float64] = self._solution.smoothed - lesson.targets
        return whole * (part / (lesson.smoothing or 1.0))


def _first(alpha: float) -> float:
    """The bars move in the first part of the move, so that lines can come where they were."""
    return float(smooth(min(1.0, alpha / MOVED)))


class VariableReadout(VGroup):
    """A symbol, an equals sign and a live number on one baseline."""

    def __init__(self, letter: Expr, quantity: Quantity) -> None:
        self.number = Readout(quantity, size="number")
        super().__init__(Formula(letter), Formula(Word("=")), self.number)
        self.arrange(buff=0.2)
        for part in self:
            part.stand_on(0.0)

    def follow(self, value: Callable[[], float]) -> Self:
        """Show `value()` in every frame until the updaters are cleared."""
        self.number.follow(value, edge=LEFT).update()
        return self


def soft_result() -> Formula:
    """∂C′/∂z_i = a_i − y′_i."""
    return Formula(IDENTITIES["smooth_result"].relation, size="result")
