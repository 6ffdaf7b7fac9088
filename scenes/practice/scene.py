"""Chapter: a short road to the result, and a safe way to compute softmax; then what to remember."""

from __future__ import annotations

from manim import FadeIn
from sympy import evaluate, log

from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.symbols import S, j, sum_over, y, z
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.practice.score_gap import ScoreGap
from softmax_explained.stage import AlgebraSheet, Chapter, Region, beat

with evaluate(False):
    TOGETHER, TARGETED, LOG_S = sum_over(y[j], j), sum_over(y[j] * z[j], j), log(S)


class Practice(Chapter, film=FILM):
    """The logarithm first, the largest score first, and the pictures to keep."""

    @beat(hold="key_hold")
    def second_proof(self) -> None:
        """Taking the logarithm first makes the loss a gap, whose two ends move by a_i and y_i."""
        upper, left, right = self._regions()
        gap = ScoreGap(self, upper)
        loss = [DERIVATIONS["log_share"].equations[-1], *DERIVATIONS["log_sum_exp"].equations[2:]]
        slopes = [DERIVATIONS["lse_slope"].equations[1], DERIVATIONS["second_proof"].equations[-1]]
        first, second = AlgebraSheet(loss, left), AlgebraSheet(slopes, right)
        self.on("short", *self.leaving(), FadeIn(gap), run_time=1.2)
        self.on("log", *first.begin(), run_time=0.6)
        self.on("one", *first.next(travel=[(LOG_S, LOG_S)]))
        self.play(*first.light(TOGETHER), run_time=0.5)
        self.on("whole", *first.next(travel=[(LOG_S, LOG_S), (TARGETED, TARGETED)]))
        self.on("gap", *gap.grow(), run_time=0.9)
        self.on("rise", *gap.rise(), *second.begin(), run_time=1.6)
        self.on("change", *second.next(), run_time=1.0)

    def _regions(self) -> tuple[Region, Region, Region]:
        """The region of the number line, of the loss in three lines, and of its slope in two."""
        upper, lower = self.stage.rows(3.0, 3.2, gap=0.1)
        if lower.is_landscape:
            return (upper, *lower.columns(0.56, 0.44, gap=0.3))
        upper, middle, last = self.stage.rows(3.2, 3.3, 2.2, gap=0.1)
        return upper, middle, last
