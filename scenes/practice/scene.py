"""Chapter: a short road to the result, and a safe way to compute softmax; then what to remember."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import FadeIn, FadeOut, ReplacementTransform, VGroup, smooth, squish_rate_func
from sympy import evaluate, log

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.symbols import S, k, sum_over, y, z
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.descent.last_picture import LastPicture as FromDescent
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.pictures.share_strip import ShareStrip
from softmax_explained.scenes.practice.last_picture import LastPicture
from softmax_explained.scenes.practice.overflow import LiftedScores, OverflowPanel, SafeForm
from softmax_explained.scenes.practice.recap import Recalled, recalled, rule_panels
from softmax_explained.scenes.practice.score_gap import ScoreGap
from softmax_explained.stage import AlgebraSheet, Formula, Region, appear, beat, style
from softmax_explained.stage.design.rate_functions import OVER, early, late

NONE_ABOVE_ZERO = IDENTITIES["none_above_zero"]
LARGEST_FIRST = NONE_ABOVE_ZERO.chosen[0]
with evaluate(False):
    TOGETHER, TARGETED, LOG_S = sum_over(y[k], k), sum_over(y[k] * z[k], k), log(S)


class Practice(Chapter, film=FILM):
    """The logarithm first, the largest score first, and the pictures to keep."""

    def first_picture(self) -> None:
        """The network of the chapter before: its scores come out of it."""
        self._handed_on = FromDescent(self)
        self.add(*self._handed_on)

    @beat(hold="key_hold")
    def second_proof(self) -> None:
        """Taking the logarithm first makes the loss a gap, whose two ends move by a_i and y_i."""
        upper, left, right = self._regions()
        self.gap = gap = ScoreGap(self, upper)
        whole = DERIVATIONS["log_sum_exp"].equations
        loss = [whole[0], DERIVATIONS["log_share"].equations[-1], *whole[2:]]
        slopes = [DERIVATIONS["lse_slope"].chain(0, 2, 3), DERIVATIONS["second_proof"].equations[-1]]
        first, second = AlgebraSheet(loss, left), AlgebraSheet(slopes, right)
        scores = self._handed_on.network.columns["z"]
        settled = [ReplacementTransform(node.copy(), dot) for node, dot in zip(scores, gap.dots, strict=True)]
        rest = [part for part in gap if part is not gap.dots]
        begin = first.begin()
        begin[0].rate_func = late  # once the network has left its place
        self.on("short", *self.leaving(), *settled, *appear(*rest), *begin, run_time=1.2)
        self.remove(*gap.dots)
        self.add(gap.dots)
        self.on("log", *first.next())
        self.on("one", *first.next())
        self.play(*first.light(TOGETHER), run_time=0.5)
        self.on("whole", *first.next(travel=[(LOG_S, LOG_S), (TARGETED, TARGETED)]))
        self.on("gap", *gap.grow(), run_time=0.9)
        # beside one another in a narrow frame, both lines would be read as one
        aside = [] if self.stage.is_landscape else [first.line.animate.deemphasise()]
        self.on("rise", *gap.rise(), *second.begin(), *aside, run_time=1.6)
        self.on("change", *second.next(), *gap.change(), run_time=1.0)

    @beat
    def subtract_largest(self) -> None:
        """At a score of a thousand e^z overflows; with the largest score taken off nothing does."""
        sol, (scores, unit, panel) = self.solution, self._strip_regions()
        lifted = LiftedScores(self, scores)
        names = [self.class_name(k, quoted=True) for k in range(sol.K)]  # they stand under the scores
        shares = ShareStrip(sol, names, unit)
        overflow = OverflowPanel(self, panel, self.label("limit", colour="quiet"))
        parts = [shares.strip, shares.tags]
        formulas = Formula(LARGEST_FIRST), Formula(NONE_ABOVE_ZERO.relation)
        safe = SafeForm(panel, formulas)
        kept = self.gap.axis, self.gap.dots
        moved = [
            ReplacementTransform(old, new) for old, new in zip(kept, (lifted.axis, lifted.dots), strict=True)
        ]
        rest = [part for part in lifted if part not in (lifted.axis, lifted.dots)]
        self.on("code", *self.leaving(*kept), *moved, *appear(*rest), run_time=0.7)
        self.play(*appear(shares), run_time=0.5)
        lifted.follow()
        top = float(sol["lifted[0]"].value) - float(sol.z[0])
        self.on("thousand", lifted.lift.animate.set_value(top), run_time=1.2)
        lifted.settle("lifted")
        self.on("overflow", FadeIn(overflow.power), run_time=0.5)
        self.play(FadeIn(overflow.limit), run_time=0.5)
        self.play(FadeIn(overflow.undefined), FadeOut(shares.tags), run_time=0.4)
        self.on("gone", FadeOut(shares.strip), run_time=0.4)  # gone when the word is said
        lifted.follow()
        lift: Any = lifted.lift
        down = lift.animate(run_time=1.4).set_value(-float(np.max(sol.z)))
        self.on(
            "subtract",
            down,
            FadeOut(overflow, rate_func=early),
            FadeIn(safe, rate_func=late),
            run_time=1.4,
        )
        lifted.settle("shifted")
        self.on("same", *appear(*parts), run_time=0.8)

    @beat(hold="last_hold")
    def remember_the_picture(self) -> None:
        """Three pictures play once, the rules of the way light up, and the result stands over its bars."""
        cells, cards = self._cells(), self._rule_cards()
        names, captions = (
            [self.label(name, colour="quiet") for name in ("grow", "paths", "steep")] for _ in range(2)
        )
        pictures = recalled(self, cells, names)
        last = LastPicture(self)
        pictures[0].uncovered()  # its sentence begins at once
        then = squish_rate_func(smooth, OVER, 2 * OVER)  # right after the old picture, not through it
        coming = [FadeIn(each, rate_func=then) for each in (*pictures, *cards)]
        self.on("grow", *self.leaving(), *coming, run_time=0.6)
        self._run_through(pictures[0])
        self.on("paths", pictures[1].light(), run_time=0.4)
        self._run_through(pictures[1].uncovered())
        self.on("steep", pictures[2].light(), run_time=0.4)
        self.tick("cancel")
        self._run_through(pictures[2].uncovered())
        lit = [card[0].animate.set_fill(style().colour("track")) for card in cards]
        self.on("left", *lit, run_time=0.5)
        places = zip(pictures, last.foot, captions, strict=True)
        small = [move for each, place, caption in places for move in each.shrink(place, caption)]
        gone = [FadeOut(card, rate_func=early) for card in cards]
        self.on("result", *small, *gone, FadeIn(last.result, rate_func=late), run_time=1.2)
        self.on("bars", last.bars.grow(), run_time=0.8)
        self.play(FadeIn(last.bars.targets), FadeIn(last.bars.values), *last.bars.push(), run_time=0.6)

    def _run_through(self, picture: Recalled) -> None:
        """Play the moves of a picture."""
        for moves in picture.picture.play():
            self.play(*moves, run_time=0.7)

    def _cells(self) -> list[Region]:
        """The regions of the three pictures: side by side, or stacked."""
        pictures = self._recap_rows()[0]
        if self.stage.width > self.stage.height:
            return list(pictures.columns(1, 1, 1, gap=0.3))
        return list(pictures.rows(1, 1, 1, gap=0.12))

    def _rule_cards(self) -> list[VGroup]:
        """The four rules of the way, in a row along the foot; in a narrow frame two by two."""
        region = self._recap_rows()[1]
        rows = [region] if region.is_landscape and region.width > 9 else region.rows(1, 1, gap=0.12)
        places = [place for row in rows for place in row.columns(*[1] * (4 // len(rows)), gap=0.15)]
        return rule_panels(self, places)

    def _recap_rows(self) -> tuple[Region, Region]:
        """The regions of the pictures and of the rules."""
        pictures, rules = self.stage.rows(*((4.3, 1.9) if self.stage.is_landscape else (4.9, 3.2)), gap=0.15)
        return pictures, rules

    def _strip_regions(self) -> tuple[Region, Region, Region]:
        """The regions of the scores, of the strip below them, and of the panel beside or below both."""
        if self.stage.is_landscape:
            left, panel = self.stage.columns(0.56, 0.44, gap=0.5)
            scores, unit = left.rows(1.5, 2.4, gap=0.3)
        else:
            left, panel = self.stage.rows(0.72, 0.28, gap=0.2)
            scores, unit = left.rows(1.3, 2.7, gap=0.25)
        return scores, unit.inset(x=0.15), panel

    def _regions(self) -> tuple[Region, Region, Region]:
        """The region of the number line, of the loss in three lines, and of its slope in two."""
        if self.stage.height > self.stage.width:
            upper, middle, last = self.stage.rows(3.4, 3.1, 2.2, gap=0.1)
            return upper, middle, last
        upper, lower = self.stage.rows(3.5, 2.8, gap=0.1)
        # in the square frame C = … and the result need these widths to stand in one line each
        *parts, gap = (0.56, 0.44, 0.3) if self.stage.is_landscape else (0.575, 0.425, 0.25)
        left, right = lower.columns(*parts, gap=gap)
        return upper, left, right
