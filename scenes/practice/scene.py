"""Chapter: in practice. Subtract the largest score first, a second proof in one line, and a summary."""

import numpy as np
from manim import Animation, Create, FadeIn, FadeOut, Transform
from sympy import Expr, evaluate, exp, log

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.symbols import C, a, exp_sum, i, j, sum_over, y, z
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.practice.shifted_scores import ShiftedScores
from softmax_explained.scenes.practice.thumbnails import (
    BarsAndPushes,
    EveryPath,
    GrowAndSqueeze,
    SteepTimesFlat,
)
from softmax_explained.stage import Chapter, Formula, Readout, Region, appear, beat, strike, style
from softmax_explained.stage.animations.assemble import Assemble
from softmax_explained.stage.animations.cancel_terms import log_and_base
from softmax_explained.stage.animations.transform_formula import TransformFormula
from softmax_explained.stage.charts.unit_strip import UnitStrip
from softmax_explained.stage.design.rate_functions import afterwards, early
from softmax_explained.stage.scene.waivers import allow
from softmax_explained.stage.text.rule_labels import over

LIFTED = DERIVATIONS["shift_invariance"].chain(4, 0)
NONE_ABOVE_ZERO = IDENTITIES["none_above_zero"]
LARGEST_FIRST = NONE_ABOVE_ZERO.chosen[0]
LOSS = IDENTITIES["loss"].relation
with evaluate(False):
    PRICE, LOG_SUM_EXP, TARGETED = log(a[j]), log(exp_sum), sum_over(y[j] * z[j], j)
    SHARE, RESULT = exp(z[i]) / exp_sum, a[i] - y[i]


class Practice(Chapter, film=FILM):
    """How it is computed, a second proof, and what to remember."""

    @beat
    def subtract_largest(self) -> None:
        """A handle moves the scores down from where e^z overflows; the strip does not change."""
        sol = self.solution
        upper, below = self.stage.rows(self.stage.height - 1.9, 1.9)
        left, right = upper.flow(1, 1, rows=(2.8, 1.7), gap=0.3)
        first, lines = right.rows(1.7, 1.8) if upper.is_landscape else right.columns(3.4, 2.5, gap=0.4)
        lifted, strip = ShiftedScores(sol, left), self._unit_strip(below)
        formula = first.place(Formula(LIFTED))
        upper_line, lower_line = lines.rows(1, 1)
        largest = upper_line.place(Formula(LARGEST_FIRST))
        none = lower_line.place(Formula(NONE_ABOVE_ZERO.relation))
        self.play(*appear(lifted, strip, strip.ruler, strip.letters, strip.values), run_time=0.5)
        self.on("code", *appear(lifted.limit), run_time=0.6)
        self.on("overflow", *appear(lifted.marks), run_time=0.8)
        self.on("handle", *appear(lifted.handle, formula), run_time=0.8)
        lifted.follow()
        leaving = [FadeOut(part, rate_func=early) for part in (lifted.limit, lifted.marks)]
        slide = lifted.lift.animate(run_time=2.0).set_value(0.0)
        self.on("subtract", slide, *leaving, afterwards(largest), run_time=2.0)
        lifted.settle()
        self.on("same", *strip.light(int(np.argmax(sol.z))), run_time=0.5)
        self.play(*strip.light(), run_time=0.5)
        self.on("no", *appear(lifted.values, none), run_time=0.8)

    @beat
    def second_proof(self) -> None:
        """The logarithm cancels the exponential; what is left of the loss has a one-line derivative."""
        top, middle, bottom = self.stage.inset(0.0, 0.1).rows(1.3, 1.8, 1.6, gap=0.3)
        loss = top.place(Formula(LOSS))
        put_in, split, undone = (middle.place(Formula(line)) for line in DERIVATIONS["log_share"].equations)
        rule = self.rule_name("log-undoes-exp")
        whole = top.place(Formula(DERIVATIONS["log_sum_exp"].equations[-1]))
        slope = middle.place(Formula(DERIVATIONS["second_proof"].equations[-2]))
        result = bottom.place(Formula(DERIVATIONS["second_proof"].equations[-1], size="result"))
        if self.stage.is_landscape:
            for line in (loss, put_in, split, undone, slope, result):
                line.align_at(whole)
        over(rule, undone)
        self.clear_stage(also=appear(loss))
        price = Formula(PRICE).move_to(loss.find(PRICE))
        self.on("put", Assemble(put_in, price), run_time=1.2)
        self.on("loss", TransformFormula(put_in, split), run_time=1.0)
        strikes = [strike(part, reach=0.0) for part in log_and_base(split, z[j])]
        self.on("cancel", *[Create(line) for line in strikes], run_time=0.7)
        self.play(FadeOut(*strikes), TransformFormula(split, undone), afterwards(rule), run_time=1.0)
        # The sign stays behind and comes with the rest: without that, these two are not equal.
        places = (C, loss), (LOG_SUM_EXP, undone)
        staying = [Formula(part).move_to(line.find(part, 0)) for part, line in places]
        gone = [FadeOut(line, rate_func=early) for line in (rule, undone, loss)]
        self.on("lse", *gone, Assemble(whole, *staying), run_time=1.3)
        self.play(*self._step_back(whole, TARGETED), run_time=0.3)
        self.on("minus", *whole.reveal(TARGETED), run_time=0.6)
        self.on("line", TransformFormula(whole, slope, keep=True), run_time=1.5)
        quiet = [line.animate.deemphasise() for line in (whole, slope)]
        self.on(
            "again", *quiet, TransformFormula(slope, result, keep=True, becomes=[(SHARE, a[i])]), run_time=1.4
        )

    @beat(hold="result_hold")
    def remember_the_picture(self) -> None:
        """The four main pictures come back one by one and shrink into the result."""
        _, middle, _ = self.stage.rows(1, 3.2, 1)
        wide = middle.columns(1, 1, 1, 1, gap=0.3)
        cells = wide if self.stage.is_landscape else self._two_by_two(self.stage.inset(0.0, 0.2))
        kinds = GrowAndSqueeze, EveryPath, SteepTimesFlat, BarsAndPushes
        strip, paths, slopes, bars = (
            kind(self.solution, cell) for kind, cell in zip(kinds, cells, strict=True)
        )
        for picture in (strip, paths, slopes, bars):
            allow(picture, "CROWDED", reason="a picture the film has shown before, at the size of a stamp")
        result = Formula(RESULT, size="result")
        result.scale(1.3).move_to(self.stage.centre)
        self.clear_stage()
        self.on("grow", FadeIn(strip), run_time=0.5)
        self.play(strip.move(), run_time=1.4)
        self.on("paths", FadeIn(paths), run_time=0.5)
        self.play(paths.move(), run_time=1.0)
        self.on("steep", FadeIn(slopes), run_time=0.6)
        self.on("flat", slopes.move(), run_time=1.0)
        self.on("bars", FadeIn(bars), run_time=0.6)
        pictures = strip, paths, slopes, bars
        shrink = [each.animate.scale(0.05).move_to(result).set_opacity(0) for each in pictures]
        self.on("result", *shrink, afterwards(result), run_time=1.8)
        self.remove(*pictures)

    def _unit_strip(self, area: Region) -> UnitStrip:
        K, length = self.solution.K, min(0.75 * self.frame.width, area.width - 0.3)
        values = [Readout(self.quantity(f"a[{n}]"), size="label") for n in range(K)]
        names = [self.class_name(n) for n in range(K)]
        left = area.x - length / 2
        return UnitStrip(values, names, left=left, ruler_y=area.bottom + 0.55, unit=length)

    @staticmethod
    def _step_back(line: Formula, part: Expr) -> list[Animation]:
        """Dim a part of a line, as `Formula.deemphasise` does for all of it."""
        glyphs = [(glyph, style().dim(line.role_of_glyph(glyph))) for glyph in line.find(part)]
        return [Transform(glyph, glyph.copy().set_fill(opacity=dim)) for glyph, dim in glyphs]

    @staticmethod
    def _two_by_two(region: Region) -> list[Region]:
        return [cell for row in region.rows(1, 1, gap=0.3) for cell in row.columns(1, 1, gap=0.3)]
