"""Chapter: scores become lengths, lengths become shares of one strip, and the shares compete."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import (
    DOWN,
    UP,
    Create,
    FadeIn,
    FadeOut,
    GrowFromCenter,
    LaggedStart,
    ReplacementTransform,
    Transform,
    VGroup,
    there_and_back,
)
from sympy import exp

from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.symbols import DEFINITIONS, c
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.neuron.last_picture import LastPicture as NeuronPicture
from softmax_explained.scenes.pictures.share_strip import LengthStrip, ShareStrip
from softmax_explained.scenes.softmax.compared_strips import ComparedStrips
from softmax_explained.scenes.softmax.exponential import exponential_of
from softmax_explained.scenes.softmax.formula_from_strip import FormulaFromStrip
from softmax_explained.scenes.softmax.last_picture import THICKNESS, LastPicture
from softmax_explained.scenes.softmax.layout import LIFT, strip_over_sum
from softmax_explained.scenes.softmax.share_out import Division, ShareLetters, lay_end_to_end
from softmax_explained.scenes.softmax.sum_line import SumLine
from softmax_explained.stage import Formula, Readout, TypesetText, appear, beat, strike, style
from softmax_explained.stage.animations.show_numbers import ShowNumbers
from softmax_explained.stage.charts.segment_labels import SegmentLabels
from softmax_explained.stage.design.rate_functions import at_once, early, instead, late
from softmax_explained.stage.scene.waivers import allow
from softmax_explained.stage.shapes.members import members

BREATH = 1.03  # by which a question mark grows and shrinks


class Softmax(Chapter, film=FILM):
    """Exponentiate, lay end to end, divide by the total; then change one score, and then all of them."""

    def first_picture(self) -> None:
        """The scores on their number line, and the layer that has made them."""
        self._neuron = NeuronPicture(self)
        self.add(*self._neuron)

    @beat
    def exponentiate(self) -> None:
        """A thread rises from every score to the curve e^u and turns right: its height becomes a length."""
        sol, scores = self.solution, self._neuron.scores
        self._plot, self._lengths = plot, lengths = exponential_of(self)
        self.remove(scores.line, scores.bars, scores.dots).add(*scores.line, scores.bars, scores.dots)
        away = self.leaving(scores.line.axis, scores.dots)
        axis = ReplacementTransform(scores.line.axis, plot.axis)
        dots = [ReplacementTransform(*pair) for pair in zip(scores.dots, plot.feet, strict=True)]
        self.play(*away, axis, *dots, FadeIn(plot.scores, plot.breaks, rate_func=late), run_time=0.9)
        self.on("raise", Create(plot.curve), FadeIn(plot.label), run_time=0.8)
        self.play(LaggedStart(*[plot.climb(k) for k in range(sol.K)], lag_ratio=0.2), run_time=1.2)
        turns = LaggedStart(*[plot.turn(k, bar) for k, bar in enumerate(lengths.bars)], lag_ratio=0.12)
        self.on("positive", FadeIn(lengths.start), turns, run_time=1.6)
        self.add(lengths.bars).play(FadeIn(lengths.names, lengths.readouts), run_time=0.4)
        self._step = plot.step()
        self.on("point", Create(self._step[0]), FadeIn(self._step[1]), run_time=0.6)
        self._factor = plot.factor()
        self.on(
            "long", Create(self._factor[0]), Create(self._factor[1]), FadeIn(self._factor[2]), run_time=0.9
        )

    @beat(hold="key_hold")
    def share_out(self) -> None:
        """The lengths are laid end to end; the strip stays while its ruler is divided by S."""
        sol, lengths = self.solution, self._lengths
        self._sum = SumLine(sol.K, sol.i, self.stage)
        strip, below = strip_over_sum(self.stage, self._sum.height)
        below.place(self._sum)
        names = [self.class_name(k) for k in range(sol.K)]
        self._shares = shares = ShareStrip(sol, names, strip, height=THICKNESS)
        rest = shares.strip
        self._white = white = LengthStrip(
            sol, left=rest.left, y=rest.y, unit=rest.unit / sol.S, height=rest.thickness
        )
        laid = lay_end_to_end(lengths, white.strip)
        away = [*self.leaving(lengths.bars, lengths), FadeOut(lengths.names, lengths.readouts, lengths.start)]
        self.on("lay", *away, *laid.slide, run_time=0.8)
        inside = [shares.tags.tag(k)[0] for k in shares.tags.inside]  # those with room in a piece
        alone = self._names_alone(shares)  # those with room in a piece until its number comes
        named = VGroup(*inside, *alone)
        rise = float(named.get_y()) - shares.strip.y if named else 0.0
        named.shift(rise * DOWN)  # to the middle of the segments, until there is a number under them
        self.play(*laid.widen, run_time=0.4)
        self.remove(*laid.pieces, lengths).add(white.strip)
        terms = self._sum.piece_terms(white.strip)
        self.on("sum", FadeIn(named), *appear(*terms), run_time=0.3)
        self.play(*self._sum.gather(terms), run_time=0.9)
        self.remove(terms).add(self._sum)
        white.write_total(total := Readout(self.quantity("S")), within=self.stage)
        coming = GrowFromCenter(white.bracket), FadeIn(white.letter, white.equals, total)
        self.on("total", *coming, run_time=0.6)
        division = Division(shares.ruler, total)
        sign = FadeOut(white.equals, rate_func=early)
        self.on("divide", *division.moves(), sign, run_time=0.9)
        self.remove(*division.parts).add(shares.ruler)
        yellow = white.strip.copy().set_fill(style().colour("a"))
        up = [named.animate.shift(rise * UP)] if named else []
        gone = [FadeOut(white.bracket, white.letter)] if shares.tags.outside else []
        self.on("ruler", Transform(white.strip, yellow), *up, *gone, run_time=0.6)
        self.remove(white.strip, named).add(shares.strip, named)
        written = ShareLetters(shares.tags)
        self.on("share", FadeOut(alone, rate_func=early), *written.come(), run_time=0.7)
        self.play(*written.turn_into_numbers(), run_time=2.2)
        self.remove(*written.parts).add(shares.tags)

    def _names_alone(self, shares: ShareStrip) -> VGroup:
        """The class names that fit into segments whose names and numbers do not fit together."""
        tags, words = shares.tags, [self.class_name(k, colour="ground") for k in range(self.solution.K)]
        levels = [members(tags.tag(k), TypesetText)[0].baseline for k in tags.inside]
        middle = shares.strip.y - 0.3 * words[0].em
        labels = SegmentLabels(words, shares.strip, y=levels[0] if levels else middle)
        return VGroup(*[labels.shown[k] for k in tags.outside if k in labels.shown])

    @beat(hold="key_hold")
    def formula(self) -> None:
        """The numerator is a piece of the white strip, the denominator the whole strip; z_i is in both."""
        self._derived = parts = FormulaFromStrip(self)
        before = [each for each in (self._white.bracket, self._white.letter) if each in self.mobjects]
        self.add(parts.short)
        leaving = [FadeOut(each, rate_func=early) for each in before]
        self.on("symbols", *leaving, *parts.symbols(self._shares, self._sum), run_time=1.0)
        self.on("top", *parts.top(), run_time=0.9)
        self.on("bottom", *parts.bottom(), run_time=0.9)
        terms = parts.line.light(*parts.line.classes)
        self.on("inside", FadeIn(terms), run_time=0.6)
        own, others = parts.glow_at_own(), parts.glow_at_others()
        narrowed = [*parts.light(self.solution.i), FadeOut(terms), FadeIn(own)]
        self.on("own", *parts.unfold(), *narrowed, run_time=0.6)
        self.on("every", parts.sweep(others), run_time=0.8)
        self.play(FadeOut(own, others), run_time=0.3)

    @beat
    def competition(self) -> None:
        """One score is raised: its piece and the strip grow, so that every other share is a smaller part."""
        sol, derived = self.solution, self._derived
        self._both = both = ComparedStrips(self)
        shares, formula = both.shares, both.places.formula.place(Formula(DEFINITIONS["a"]))
        if self.stage.is_landscape:
            to_corner: Any = ReplacementTransform(derived.formula, formula)
        else:  # its place is where the strip is still: it appears there afterwards
            to_corner = FadeOut(derived.formula, rate_func=early)
        self.on("compete", FadeOut(derived.line, derived.names, rate_func=early), to_corner, run_time=0.5)
        pieces = [piece.copy() for piece in derived.white.strip]
        self.play(*both.align(derived.white, pieces), FadeIn(shares.ruler, rate_func=late), run_time=1.0)
        self.remove(*pieces).add(shares.strip)
        coming = [each for each in (both.track, formula) if each not in self.mobjects]
        names = allow(both.names, "CROWDED", reason="of the classes, which are known")
        self.play(*appear(shares.tags, *coming), FadeIn(names), run_time=0.3)
        names.follow()
        self._formula = formula
        both.follow(both.rise * (np.arange(sol.K) == sol.i))
        if self._starts_elsewhere:
            self.play(both.away.animate.set_value(1), run_time=0.8)
        ghost, aim, questions = shares.ghost(), both.aim(), both.questions()
        asked = VGroup(*questions.values())
        untouched: list[Any] = [questions[k] for k in questions if k != sol.i]
        self.on("raise", Create(aim), FadeIn(ghost), run_time=0.8)
        self.on("ask", both.show_numbers(False), FadeIn(asked, rate_func=late), run_time=0.5)
        for _ in range(2):
            breath = [each.animate(rate_func=there_and_back).scale(BREATH) for each in untouched]
            self.play(*breath, run_time=0.7)
        longer = [each.animate.set_value(1) for each in (both.pieces, both.bracket)]
        self.on("stays", *longer, FadeOut(aim, rate_func=early), run_time=1.2)
        both.total.update()  # its digits must not change while it comes
        self.on("longer", FadeIn(both.total, both.lengths.equals), run_time=0.5)
        shrink = both.shared.animate.set_value(1)
        self.on("shrink", shrink, both.show_numbers(True), FadeOut(asked, rate_func=early), run_time=1.4)
        brackets, percentages = both.percentages(lambda: self.label("each"))
        self.on("same", *appear(brackets, *percentages), run_time=0.6)
        numbers = [number for each in percentages for number in members(each, Readout)]
        signs = [each for _, *beside in percentages for each in beside]
        going = [FadeOut(each, rate_func=at_once) for each in (brackets, *signs)]
        hide = ShowNumbers(numbers, shown=False, rate_func=at_once)
        self.on("back", *both.to(0), *going, hide, run_time=1.4)
        self.remove(*numbers)
        if self._starts_elsewhere:
            self.play(both.away.animate.set_value(0), run_time=0.6)
        both.settle()
        names.settle()
        self.play(FadeOut(ghost), run_time=0.4)

    @beat(hold="key_hold")
    def only_differences(self) -> None:
        """All scores are raised by c: the white strip grows by e^c, the unit strip does not move."""
        both, formula = self._both, self._formula
        arrows, borders = both.lifts(), both.borders()
        names = FadeOut(both.names, rate_func=early)  # their places are for the factors
        self.on("lift", names, LaggedStart(*map(FadeIn, arrows), lag_ratio=0.2), run_time=0.8)
        both.follow(np.full(self.solution.K, LIFT))
        both.total.update()
        self.on(
            "factor",
            *both.to(1),
            *both.track.show_labels(False),
            FadeOut(arrows, rate_func=late),
            FadeIn(borders),
            run_time=1.4,
        )
        factors = both.factors()
        lifted = both.places.formula.place(Formula(DERIVATIONS["shift_invariance"].chain(4, 2)))
        self.play(FadeIn(factors), run_time=0.4)
        strokes = [strike(lifted.find(exp(c), n)) for n in range(2)]
        self.on("same", *instead(formula, lifted), run_time=0.5)
        self.play(*[Create(stroke) for stroke in strokes], run_time=0.6)
        self.tick("cancel")
        measures = both.track.differences()
        self.on("differences", FadeIn(measures), run_time=0.7)
        last = LastPicture(self)
        going = [FadeOut(each, rate_func=early) for each in (borders, factors, measures)]
        self.play(*both.to(0), *going, *both.track.show_labels(True), run_time=1.0)
        both.settle()
        gone = [
            FadeOut(each, rate_func=early)
            for each in (both.track, both.lengths, both.total, both.lengths.equals, lifted, *strokes)
        ]
        self.play(*gone, *both.shares.turn_into(last.shares), run_time=1.0)
        self.remove(*both.shares).add(*last)

    @property
    def _starts_elsewhere(self) -> bool:
        """Whether the focus class is raised from another score than the solution's."""
        return not np.array_equal(self._both.start, self.solution.z)
