"""Chapter: a short road to the result, and a safe way to compute softmax; then what to remember."""

from __future__ import annotations

from manim import FadeIn
from sympy import evaluate, log

from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.symbols import S, a, j, sum_over, y, z
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.practice.score_gap import ScoreGap
from softmax_explained.stage import AlgebraSheet, Chapter, Region, beat

with evaluate(False):
    TOGETHER, TARGETED, LOG_S, LOG_A = sum_over(y[j], j), sum_over(y[j] * z[j], j), log(S), log(a[j])


class Practice(Chapter, film=FILM):
    """The logarithm first, the largest score first, and the pictures to keep."""

    @beat(hold="key_hold")
    def second_proof(self) -> None:
        """Taking the logarithm first makes the loss a gap, whose two ends move by a_i and y_i."""
        upper, lower = self._rows()
        gap = ScoreGap(self, upper)
        lines = [
            DERIVATIONS["log_share"].equations[-1],
            *DERIVATIONS["log_sum_exp"].equations[2:],
            DERIVATIONS["lse_slope"].equations[1],
            DERIVATIONS["second_proof"].equations[-1],
        ]
        sheet = AlgebraSheet(lines, lower)
        self.on("short", *self.leaving(), FadeIn(gap), run_time=1.2)
        self.on("log", *sheet.begin(), run_time=0.6)
        self.on("one", *sheet.next(travel=[(LOG_S, LOG_S)]))
        self.play(*sheet.light(TOGETHER), run_time=0.5)
        self.on("whole", *sheet.next(travel=[(LOG_S, LOG_S), (TARGETED, TARGETED)]))
        self.on("gap", *gap.grow(), run_time=0.9)
        self.on("rise", *gap.rise(self), *sheet.next(), run_time=1.6)
        self.on("change", *sheet.next(), run_time=1.0)

    def _rows(self) -> tuple[Region, Region]:
        """The region of the number line, and of the lines of algebra below it."""
        upper, lower = self.stage.rows(0.42, 0.58, gap=0.15)
        return upper, lower
