"""Chapter: scores become lengths, lengths become shares of one strip, and the shares compete."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    GrowFromCenter,
    LaggedStart,
    Transform,
    ValueTracker,
    VGroup,
    there_and_back,
)
from numpy.typing import NDArray

from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.symbols import DEFINITIONS, c, exp_sum, k
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.softmax.exponential import Exponential
from softmax_explained.scenes.softmax.layout import (
    above_strip,
    curve_and_lengths,
    lines_over_strip,
    sliders_and_formula,
)
from softmax_explained.scenes.softmax.lengths import ARRIVING, Lengths, UnnormalisedStrip
from softmax_explained.stage import Chapter, Formula, Readout, Strip, Words, appear, beat, frame_around, style
from softmax_explained.stage.animations.transform_formula import TransformFormula
from softmax_explained.stage.charts.sliders import SliderHandle, Sliders
from softmax_explained.stage.charts.unit_strip import UnitStrip, project_strip
from softmax_explained.stage.shapes.counter import Counter
from softmax_explained.stage.text.label_layout import under_columns

RISE = 1.5  # how far one score is raised in the competition
LIFT = 1.0  # how far all scores are raised together: every e^z grows by the factor e
WIDER = 1.2  # maximum relative width of the total when its digits change
HEADROOM = 1.06  # height of the curve relative to the longest length


class Softmax(Chapter, film=FILM):
    """Exponentiate, lay end to end, divide by the total; then change one score, and then all of them."""

    @beat
    def exponentiate(self) -> None:
        """Every score moves up to the curve e^z; its height there tips over and becomes a length."""
        sol = self.solution
        left, right = curve_and_lengths(self.stage, names := self._names())
        numbers, spoken = self._values("e", size="number"), {sol.i, sol.t}
        longest = left.height / HEADROOM
        lengths = Lengths(sol.e, right, names=names, readouts=numbers, longest=longest, priority=spoken)
        region = left.inset(0.1, (left.height - HEADROOM * lengths.longest) / 2)
        curve = Exponential(
            sol.z, region, unit=lengths.unit, shift=sol.shift, readouts=self._values("z", colour="z")
        )
        self._curve, self._lengths = curve, lengths
        self.play(*appear(curve.plot, curve.feet, curve.scores), run_time=0.7)
        self.on("raise", Create(curve.curve), FadeIn(curve.formula), run_time=1.1)
        self.play(LaggedStart(*[curve.climb(n) for n in range(sol.K)], lag_ratio=0.3), run_time=1.7)
        tips = LaggedStart(*[curve.tip(n, bar) for n, bar in enumerate(lengths.bars)], lag_ratio=0.15)
        self.on("positive", FadeIn(lengths.start), tips, run_time=1.3)
        self.add(lengths.bars).play(FadeIn(lengths.names), run_time=0.4)
        self.on("ahead", FadeIn(lengths.readouts), run_time=0.6)

    @beat
    def share_out(self) -> None:
        """The lengths are laid end to end while the total counts up; then all is scaled to length 1."""
        raw, lengths = self._raw_strip(), self._lengths
        self.on("lay", FadeOut(self._curve, lengths.start), run_time=0.35)
        self.add(raw.total).play(*raw.lay(lengths, counting=self._countable), run_time=1.9)
        self.remove(lengths).add(raw, raw.names, raw.values)
        raw.total.settle()
        self.on("total", GrowFromCenter(raw.measure), run_time=0.8)

        strip = self._strip = self._unit_strip()
        self._above, self._upper, self._lowest = above_strip(self.stage, strip.rise)
        rays, copies = project_strip(raw, strip)
        self.on("divide", *rays, *copies, FadeIn(strip.ruler, rate_func=ARRIVING), run_time=1.9)
        self.remove(*[move.mobject for move in copies]).add(strip)
        self.on("one", *strip.ruler.point_out(), run_time=0.8)
        self.on("share", *appear(strip.letters, strip.values), run_time=0.8)
        self._raw = VGroup(raw, raw.values, raw.total, raw.measure, *[move.mobject for move in rays])
        self._raw_names = raw.names

    @beat(hold="key_hold")
    def formula(self) -> None:
        """The numerator is highlighted with its piece, the denominator with the strip; k counts pieces."""
        K, strip = self.solution.K, self._strip
        moved = [strip.names.move_in(n, label) for n, label in enumerate(self._raw_names.labels)]
        self.play(FadeOut(self._raw), run_time=0.35)
        self.play(*moved, run_time=0.6)
        self.remove(*self._raw_names.labels).add(strip.names)

        formula = self._formula = Formula(DEFINITIONS["a"], size="result")
        self._above.place(formula, UP).shift(0.1 * DOWN)
        bottom = formula.find(exp_sum)
        top = VGroup(*[glyph for glyph in formula if glyph not in bottom])
        self.add(formula.hidden())
        self.on("top", top.animate.set_fill(opacity=1), *strip.light(self.solution.i), run_time=0.9)
        frame = frame_around(strip, margin=0.08)
        self.on("bottom", bottom.animate.set_fill(opacity=1), *strip.light(), Create(frame), run_time=1.0)
        counter = Counter(k, K, under=bottom)
        pace = max(2.4 / K, 0.3)
        self.on("count", *counter.to(1), *strip.light(0), run_time=pace)
        for n in range(1, K):
            self.play(*counter.to(n + 1), *strip.light(n), run_time=pace)
        self.play(*counter.leave(), FadeOut(frame), *strip.light(), run_time=0.5)

    @beat
    def competition(self) -> None:
        """One score is raised and lowered: its share grows, the others shrink at fixed scores."""
        sol, strip = self.solution, self._strip
        sliders = self._sliders = self._score_sliders()
        small = Formula(DEFINITIONS["a"]).deemphasise()
        self._formula_region.place(small, LEFT)
        before, here = strip.brackets(), sliders.ring(sol.i)
        aside = Transform(self._formula, small), FadeIn(sliders, rate_func=ARRIVING)
        self.play(*aside, *strip.light(sol.i), run_time=1.0)
        self.play(*appear(before, here), run_time=0.4)

        push = ValueTracker(0)
        self._live(lambda: sol.z + push.get_value() * np.eye(sol.K)[sol.i])
        self.on("raise", push.animate.set_value(RISE), run_time=2.4)
        others = [n for n in range(sol.K) if n != sol.i]
        pulses = [strip[n].animate(rate_func=there_and_back).set_fill(opacity=1) for n in others]
        self.on("shrink", *pulses, run_time=0.9)
        rings = [sliders.ring(n, colour="ink", radius=0.25) for n in others]
        glances = [FadeIn(ring, scale=0.5, rate_func=there_and_back, remover=True) for ring in rings]
        self.on("nobody", *glances, run_time=1.0)
        self.play(push.animate.set_value(0), run_time=1.6)
        self._settle()
        self.play(FadeOut(before, here), *strip.light(), run_time=0.4)

    @beat
    def only_differences(self) -> None:
        """A handle raises all scores: the sum of exponentials grows, the shares do not change."""
        sol, sliders = self.solution, self._sliders
        handle = SliderHandle(sliders, Formula(c))
        total = Readout(self.quantity("S"))
        raw = self._short_raw_strip(total)
        total.next_to(raw, RIGHT, buff=0.25)
        self.on("handle", *appear(handle, raw, total), run_time=0.8)

        lift = ValueTracker(0)
        self._live(lambda: sol.z + lift.get_value())
        handle.follow()
        raw.follow(lambda: sol.e * np.exp(lift.get_value()))
        if self._countable:
            total.follow(lambda: sol.S * float(np.exp(lift.get_value())), edge=LEFT)
        total.add_updater(lambda number: number.set_x(raw.right + 0.25, LEFT))
        self.on("lift", lift.animate.set_value(LIFT), run_time=2.2)
        both = Formula(DERIVATIONS["shift_invariance"].chain(4, 3, 0))
        self._formula_region.place(both, LEFT)
        self.on("differences", TransformFormula(self._formula, both), run_time=1.5)
        self.play(handle.stems.animate.set_stroke(style().colour("z"), style().stroke("thick")), run_time=0.4)
        self.play(lift.animate.set_value(0), run_time=1.6)
        self._settle()
        for mobject in (handle, raw):
            mobject.clear_updaters()
        total.settle(edge=LEFT)

    @property
    def _countable(self) -> bool:
        """Whether lengths are drawn unshifted, so that their total can count along."""
        return self.solution.shift == 0

    def _names(self) -> list[Words]:
        return [self.class_name(n) for n in range(self.solution.K)]

    def _values(self, family: str, *, size: str = "label", colour: str = "ink") -> list[Readout]:
        keys = [f"{family}[{n}]" for n in range(self.solution.K)]
        return [Readout(self.quantity(key), size=size, colour=colour) for key in keys]

    def _raw_strip(self) -> UnnormalisedStrip:
        values, total = self._values("e", size="body", colour="ground"), Readout(self.quantity("S"))
        labels: dict[str, Any] = {"names": self._names(), "values": values, "total": total}
        lines = lines_over_strip(self.stage)
        return UnnormalisedStrip(self.solution.e, self.stage.inset(0.1), **labels, lines=lines)

    def _short_raw_strip(self, total: Readout) -> Strip:
        """All e^z end to end, so short that it can still grow, with its total after it."""
        sol, strip, area = self.solution, self._strip, self._lowest
        lifted = Readout(replace(total.quantity, value=total.quantity.value * float(np.exp(LIFT))))
        widest = max(WIDER * total.width, lifted.width)
        longest = min(strip.unit, self.stage.right - strip.left - widest - 0.25)
        unit = longest / (sol.S * float(np.exp(LIFT)))
        return Strip(sol.e, left=strip.left, y=area.y, unit=unit, height=0.53 * area.height, colour="ink")

    def _unit_strip(self) -> UnitStrip:
        length = (0.75 if self.stage.is_landscape else 0.92) * self.stage.width
        left, y, lines = self.stage.x - length / 2, self.stage.bottom + 0.55, lines_over_strip(self.stage)
        values = self._values("a")
        return UnitStrip(values, self._names(), left=left, ruler_y=y, unit=length, lines=lines)

    def _score_sliders(self) -> Sliders:
        z = self.solution.z
        area, self._formula_region = sliders_and_formula(self._upper, len(z))
        tracks = area.columns(*[1] * len(z))
        names = under_columns(self._names(), tracks, priority={self.solution.i}, lines=2)
        rise = max(RISE, float(np.ptp(z)) / 4)
        return Sliders(z, area, rise=rise, names=names, readouts=self._values("z", colour="z"))

    def _live(self, scores: Callable[[], NDArray[np.float64]]) -> None:
        """Let sliders and unit strip follow some scores."""
        self._sliders.follow(scores)
        self._strip.follow_scores(scores)

    def _settle(self) -> None:
        self._sliders.settle()
        self._strip.settle()
