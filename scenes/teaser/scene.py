"""The teaser: one minute, with sentences of its own over pictures of the film."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import DOWN, UP, FadeIn, FadeOut, ValueTracker, linear

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.symbols import a, j
from softmax_explained.core.numerics.softmax import softmax
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.collapse.error_row import ErrorRow
from softmax_explained.scenes.collapse.filled_map import filled_map
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.pictures.racing_strips import RacingStrips
from softmax_explained.scenes.pictures.share_bars import ShareBars
from softmax_explained.scenes.pictures.share_strip import ShareStrip
from softmax_explained.scenes.pictures.slope_column import SlopeColumn
from softmax_explained.stage import AlgebraSheet, Formula, Words, beat
from softmax_explained.stage.design.rate_functions import instead

TWO_LINES = 3.7  # Manim units: height of the two lines of a path in the larger size
RAISE = 1.2  # by how much the score of i is raised
COLLAPSE, OTHER = DERIVATIONS["collapse"].equations, DERIVATIONS["other_path"].equations
FACTORED, RESULT = COLLAPSE[9], COLLAPSE[-1]
TARGETS_ARE_ONE = IDENTITIES["targets_sum_to_one"].relation


class Teaser(Chapter, film=FILM):
    """A question, and its answer, in a minute."""

    def first_picture(self) -> None:
        """The two strips are running when the teaser begins."""
        self._race = self._strips().draw(0.0)
        self.add(self._race)

    @beat
    def two_losses(self) -> None:
        """Two losses repair the same mistake at very different speed."""
        race = self._race
        step: Any = ValueTracker(0.0)
        race.follow(step.get_value)
        self.play(step.animate(rate_func=linear).set_value(0.5 * race.first_stop), run_time=1.0)
        fast = step.animate(rate_func=linear).set_value(race.first_stop)
        self.on("fast", fast, run_time=0.8, sound="count", times=race.first_stop)
        slow, more = (
            step.animate(rate_func=linear).set_value(race.last_stop),
            race.last_stop - race.first_stop,
        )
        self.on("slow", slow, run_time=1.6, sound="count", times=more)
        race.settle(race.last_stop)
        self.on("why", *race.pulse(), run_time=0.8)

    @beat
    def strip(self) -> None:
        """Raise one score: its piece grows, and the whole strip is squeezed back to one."""
        sol = self.solution
        nudged = np.eye(sol.K)[sol.i] * RAISE
        narrowest = np.minimum(sol.a, softmax(sol.z + nudged))  # each share only grows, or only shrinks
        region = self.stage.inset(x=0.15)
        shares = ShareStrip(sol, self._names(), region, height=2.4, narrowest=narrowest)
        lift = ValueTracker(0.0)
        self.on("strip", *self.leaving(), FadeIn(shares), run_time=0.8)
        ghost = shares.ghost()
        shares.follow_scores(lambda: sol.z + lift.get_value() * nudged)
        self.on("raise", FadeIn(ghost), lift.animate.set_value(1.0), run_time=1.6)
        self.on("squeeze", lift.animate.set_value(0.0), FadeOut(ghost), run_time=1.2)
        shares.settle()
        self._strip = shares

    @beat
    def slices(self) -> None:
        """Per unit of the nudge: a_i (1 − a_i) for the own share, −a_i a_j for every other one."""
        sol = self.solution
        column = SlopeColumn(sol, self.stage, names=self._names())
        self.on("own", *self.leaving(), FadeIn(column.put(sol.i)), run_time=0.8)
        others = [move for k in range(sol.K) if k != sol.i for move in column.fill(k)]
        self.on("others", *others, run_time=0.8)

    @beat
    def paths(self) -> None:
        """Along each path the links are multiplied; the steep one cancels the flat one."""
        above, below = self.stage.rows(0.38, 0.62, gap=0.15)
        path_map = filled_map(self, above)
        size = "formula" if below.height > TWO_LINES else "least_formula"
        sheet = AlgebraSheet([OTHER[0], OTHER[-1]], below, hanging=True, size=size)
        self.on("answers", *self.leaving(), FadeIn(path_map), *sheet.begin(), run_time=0.8)
        self.on("multiply", *path_map.pulses("left"), run_time=0.7)
        self.play(*path_map.pulses("right"), run_time=0.7)
        last = len(sheet.line.matches(a[j])) - 1
        self.on("steep", *sheet.strike((a[j], last - 1), (a[j], last)), run_time=0.6, sound="cancel")
        self.on("flat", *sheet.next(), run_time=0.8)

    @beat(hold="key_hold")
    def complete(self) -> None:
        """What is left is a_i times all the targets, minus y_i; and all the targets are one."""
        top, middle, below = self.stage.rows(2.0, 1.6, 1.6, gap=0.4)
        line = top.place(Formula(FACTORED))
        row = ErrorRow.of(self.solution, self._names("quiet"), middle)
        total = below.place(Formula(TARGETS_ARE_ONE, size="result"))
        self.on("left", *self.leaving(), FadeIn(line), run_time=0.8)
        row.missing.shift(0.6 * DOWN)
        self.on("targets", FadeIn(row), run_time=0.6)
        self.play(FadeIn(row.missing), row.missing.animate.shift(0.6 * UP), run_time=0.6)
        self.tick("land")
        self.on("one", FadeIn(total, scale=1.3), run_time=0.6, sound="land")
        self._line = line

    @beat(hold="result_hold")
    def result(self) -> None:
        """Prediction minus target, over the bars with their pushes."""
        top, bottom = self.stage.rows(2.2, 4.1, gap=0.1)
        result = top.place(Formula(RESULT, size="result"))
        bars = ShareBars(self.solution, self._names(), bottom, legend=self.label("push", colour="quiet"))
        turn = instead(self._line, result)
        self.on("result", *self.leaving(self._line), *turn, bars.grow(), run_time=1.0)
        shown = FadeIn(bars.targets), FadeIn(bars.values, bars.legend), *bars.push()
        self.on("why_fast", *shown, run_time=0.8)

    def _names(self, colour: str = "ink") -> list[Words]:
        return [self.class_name(k, colour=colour) for k in range(self.solution.K)]

    def _strips(self) -> RacingStrips:
        """Both strips, named by letters as in the first minute of the film."""
        names = tuple([self.class_name(k, size="body") for k in range(self.solution.K)] for _ in range(2))
        label = self.script.label
        heads, steps, halves = (
            tuple(self.words(label("teaser.two_losses", key), **look) for key in keys)
            for keys, look in (
                (("first", "second"), {"size": "body", "weight": 600}),
                (("step", "step"), {"size": "body", "colour": "quiet"}),
                (("half", "half"), {"colour": "quiet"}),
            )
        )
        return RacingStrips(self.solution, names, heads, steps, halves, self.stage)
