"""Chapter: scores become lengths, lengths become shares of one strip, and the shares compete."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import (
    Create,
    FadeIn,
    FadeOut,
    GrowFromCenter,
    Indicate,
    LaggedStart,
    ReplacementTransform,
    Transform,
    VGroup,
    there_and_back,
)
from sympy import Eq, evaluate, exp

from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.symbols import DEFINITIONS, S, a, c, exp_sum, i, z
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.neuron.last_picture import LastPicture as NeuronPicture
from softmax_explained.scenes.pictures.share_strip import LengthStrip, ShareStrip, light
from softmax_explained.scenes.softmax.compared_strips import LIFT, ComparedStrips
from softmax_explained.scenes.softmax.exponential import FEET, Exponential
from softmax_explained.scenes.softmax.last_picture import THICKNESS, LastPicture
from softmax_explained.scenes.softmax.layout import curve_and_lengths, strip_over_sum, strip_sum_formula
from softmax_explained.scenes.softmax.lengths import Lengths
from softmax_explained.scenes.softmax.share_out import ScaleOfSum, lay_end_to_end
from softmax_explained.scenes.softmax.sum_line import CopyInto, SumLine, term
from softmax_explained.stage import (
    Chapter,
    Formula,
    Readout,
    TransformFormula,
    Words,
    appear,
    beat,
    glow,
    strike,
    style,
)
from softmax_explained.stage.design.rate_functions import early, late

ROOM = 1.2  # height of the curve relative to the longest length, for the arrow over it
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
        self._plot, self._lengths = plot, lengths = self._curve_and_lengths()
        self.remove(scores.line, scores.bars, scores.dots).add(*scores.line, scores.bars, scores.dots)
        away = self.leaving(scores.line.axis, scores.dots)
        axis = ReplacementTransform(scores.line.axis, plot.axis)
        dots = [ReplacementTransform(*pair) for pair in zip(scores.dots, plot.feet, strict=True)]
        self.play(*away, axis, *dots, FadeIn(plot.scores, rate_func=late), run_time=0.9)
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
        self._shares = shares = ShareStrip(sol, self._names(), strip, height=THICKNESS)
        rest = shares.strip
        self._white = white = LengthStrip(
            sol, left=rest.left, y=rest.y, unit=rest.unit / sol.S, height=rest.thickness
        )
        away = self.leaving(lengths.bars, lengths)
        laid = lay_end_to_end(lengths, white.strip)
        self.on(
            "lay", *away, FadeOut(lengths.names, lengths.readouts, lengths.start), *laid.slide, run_time=1.2
        )
        self.play(*laid.widen, run_time=0.8)
        self.remove(*laid.pieces, lengths).add(white.strip)
        terms = self._sum.piece_terms(white.strip)
        self.on("sum", LaggedStart(*appear(*terms), lag_ratio=0.2), run_time=0.7)
        self.play(*self._sum.gather(terms), run_time=0.9)
        self.remove(terms).add(self._sum)
        scale = ScaleOfSum(shares.ruler, Readout(self.quantity("S"), size="body"))
        self.on("total", GrowFromCenter(white.bracket), FadeIn(white.letter), run_time=0.6)
        self.play(*scale.count(sol.S if sol.shift == 0 else None), run_time=0.9)
        scale.settle()
        self.on("divide", *scale.divide(white.letter), run_time=0.9)
        self.on("ruler", *scale.turn_to_one(), run_time=0.6)
        self.remove(*scale.parts).add(shares.ruler)
        yellow = white.strip.copy().set_fill(style().colour("a"))
        gone = [FadeOut(white.bracket, white.letter)] if shares.tags.outside else []
        self.play(Transform(white.strip, yellow), *gone, run_time=0.5)
        self.remove(white.strip).add(shares.strip)
        self.on("share", FadeIn(shares.tags), run_time=0.7)

    @beat(hold="key_hold")
    def formula(self) -> None:
        """The numerator is a piece of the white strip, the denominator the whole strip; z_i is in both."""
        sol, shares, total = self.solution, self._shares, self._sum
        line = SumLine(sol.K, sol.i, self.stage)
        place, below, region = strip_sum_formula(self.stage, line.height)
        below.place(line)
        unit = place.width / sol.S
        high = LengthStrip(sol, left=place.left, y=place.y, unit=unit, height=place.height)
        with evaluate(False):
            short = region.place(Formula(Eq(a[i], exp(z[i]) / S), size="result"))
        whole = region.place(Formula(DEFINITIONS["a"], size="result"))
        short.align_at(whole)
        inside = {id(glyph) for part in (exp(z[i]), S) for glyph in short.find(part)}
        bar = VGroup(*[glyph for glyph in short.find(short.expr.rhs) if id(glyph) not in inside])
        self.add(short.hidden())
        shown = [each for each in (self._white.bracket, self._white.letter) if each in self.mobjects]
        self.on(
            "symbols",
            *[
                ReplacementTransform(shares.strip, high.strip),
                FadeOut(shares.ruler, shares.tags, rate_func=early),
            ],
            *[FadeOut(each, rate_func=early) for each in shown],
            FadeIn(high.bracket, high.letter, rate_func=late),
            ReplacementTransform(total, line),
            *short.reveal(a[i], "="),
            bar.animate.set_fill(opacity=1),
            run_time=1.0,
        )
        self._white, self._sum = high, line
        falls = CopyInto(line.find(term(sol.i)), short.find(exp(z[i])))
        self.on("top", *light(high.strip, sol.i), falls, run_time=0.9)
        falls = CopyInto(line.find(S), short.find(S))
        self.on(
            "bottom",
            *light(high.strip),
            Indicate(high.letter, color=high.letter.get_fill_color()),
            falls,
            run_time=0.9,
        )
        short.set_fill(opacity=1)
        self.add(short)
        self.play(TransformFormula(short, whole, becomes=[(S, exp_sum)]), run_time=0.7)
        self._formula, pace = whole, min(0.6, 1.8 / sol.K)
        lit = VGroup()
        for k in range(sol.K):
            now = line.light(k)
            moves = [*light(high.strip, k), FadeOut(lit), FadeIn(now)]
            self.on("inside", *moves, run_time=pace) if k == 0 else self.play(*moves, run_time=pace)
            lit = now
        own = VGroup(*line.light(sol.i), glow(whole.find(exp(z[i])), margin=0.1))
        self.on("one", *light(high.strip, sol.i), FadeOut(lit), FadeIn(own), run_time=0.6)
        others = [k for k in range(sol.K) if k != sol.i]
        rest = line.light(*others)
        self.on("every", *light(high.strip, *others), FadeOut(own), FadeIn(rest), run_time=0.6)
        self.play(*light(high.strip), FadeOut(rest), run_time=0.5)

    @beat
    def competition(self) -> None:
        """One score is raised: its piece and the strip grow, so that every other share is a smaller part."""
        sol = self.solution
        self._both = both = ComparedStrips(self)
        small = both.places.formula.place(Formula(DEFINITIONS["a"]))
        shares = both.shares
        to_corner: Any = ReplacementTransform(self._formula, small)
        if not self.stage.is_landscape:  # its place is where the strip is still: it appears there afterwards
            to_corner = FadeOut(self._formula, rate_func=early)
        self.on("compete", FadeOut(self._sum, rate_func=early), to_corner, run_time=0.6)
        self._formula = small
        aligned = [piece.copy() for piece in self._white.strip]
        pairs = zip(aligned, shares.strip.boxes, strict=True)
        self.play(
            *self._white.turn_into(both.lengths),
            *[Transform(piece, box.copy()) for piece, box in pairs],
            FadeIn(shares.ruler, rate_func=late),
            run_time=0.9,
        )
        self.remove(*aligned).add(shares.strip)
        coming = [each for each in (both.track, small) if each not in self.mobjects]
        self.play(*appear(shares.tags, *coming), run_time=0.4)
        both.follow(both.rise * (np.arange(sol.K) == sol.i))
        if self._starts_elsewhere:
            self.play(both.away.animate.set_value(1), run_time=0.8)
        ghost, aim, asked = shares.ghost(), both.aim(), both.questions()
        self.on("raise", Create(aim), FadeIn(ghost), run_time=0.8)
        self.on("ask", both.show_numbers(False), FadeIn(asked, rate_func=late), run_time=0.5)
        for _ in range(2):
            breath = [each.animate(rate_func=there_and_back).scale(BREATH) for each in asked]
            self.play(*breath, run_time=0.7)
        self.on("stays", both.pieces.animate.set_value(1), FadeOut(aim, rate_func=early), run_time=1.2)
        self.add(both.total)
        both.total.update()
        self.on("longer", both.bracket.animate.set_value(1), run_time=0.8)
        self.on(
            "shrink",
            both.shared.animate.set_value(1),
            both.show_numbers(True),
            FadeOut(asked, rate_func=early),
            run_time=1.4,
        )
        same = VGroup(both.shrink_marks())
        self.on("same", FadeIn(same), run_time=0.6)
        self.play(*both.to(0), FadeOut(same, rate_func=early), run_time=1.4)
        if self._starts_elsewhere:
            self.play(both.away.animate.set_value(0), run_time=0.6)
        both.settle()
        self.play(FadeOut(ghost), run_time=0.4)

    @beat(hold="key_hold")
    def only_differences(self) -> None:
        """All scores are raised by c: the white strip grows by e^c, the unit strip does not move."""
        both, formula = self._both, self._formula
        arrows, borders = both.track.lifts(LIFT), both.borders()
        self.on("lift", LaggedStart(*[Create(each) for each in arrows], lag_ratio=0.2), run_time=1.0)
        both.follow(np.full(self.solution.K, LIFT))
        both.total.update()
        self.on("factor", *both.to(1), FadeOut(arrows, rate_func=late), FadeIn(borders), run_time=1.4)
        factors = both.factors()
        lifted = both.places.formula.place(Formula(DERIVATIONS["shift_invariance"].chain(4, 2)))
        self.play(FadeIn(factors), TransformFormula(formula, lifted), run_time=1.0)
        strokes = [strike(lifted.find(exp(c), n)) for n in range(2)]
        self.on("same", *[Create(stroke) for stroke in strokes], run_time=0.8)
        measures = both.track.differences()
        self.on("differences", FadeIn(measures), run_time=0.7)
        last = LastPicture(self)
        going = [FadeOut(each, rate_func=early) for each in (*strokes, borders, factors, measures)]
        self.play(*both.to(0), *going, run_time=1.0)
        both.settle()
        gone = [both.track, both.lengths, both.total, lifted]
        self.play(
            *[FadeOut(each, rate_func=early) for each in gone],
            *both.shares.turn_into(last.shares),
            run_time=1.0,
        )
        self.remove(*both.shares).add(*last)

    @property
    def _starts_elsewhere(self) -> bool:
        """Whether the focus class is raised from another score than the solution's."""
        return not np.array_equal(self._both.start, self.solution.z)

    def _names(self) -> list[Words]:
        return [self.class_name(k) for k in range(self.solution.K)]

    def _values(self, family: str, *, size: str, colour: str = "ink") -> list[Readout]:
        keys = [f"{family}[{k}]" for k in range(self.solution.K)]
        return [Readout(self.quantity(key), size=size, colour=colour) for key in keys]

    def _curve_and_lengths(self) -> tuple[Exponential, Lengths]:
        sol = self.solution
        left, right = curve_and_lengths(self.stage, names := self._names())
        spoken, numbers = {sol.i, sol.t}, self._values("e", size="number")
        longest = min((left.height - FEET) / ROOM, self.stage.width * float(sol.e.max()) / sol.S)
        lengths = Lengths(sol.e, right, names=names, readouts=numbers, longest=longest, priority=spoken)
        readouts = self._values("z", size="body", colour="z")
        plot = Exponential(
            sol.z, left, unit=lengths.unit, shift=sol.shift, readouts=readouts, priority=spoken
        )
        return plot, lengths
