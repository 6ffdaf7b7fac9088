"""Chapter: the goal. A sensitivity, its measurement, four rules of differentiation, and three indices."""

from manim import DOWN, RIGHT, UP, FadeIn, FadeOut, Indicate, TransformFromCopy

from softmax_explained.core.formulas.symbols import C, derivative, i, k, z
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.goal.index_legend import IndexDiagram, Legend
from softmax_explained.scenes.goal.rule_cards import rule_cards
from softmax_explained.scenes.goal.sensitivity import CHANGE, NUDGE, RATIO, Measurements, Sensitivity
from softmax_explained.stage import Chapter, Fly, Formula, Region, TransformFormula, beat, style
from softmax_explained.stage.animations.flip import Flip
from softmax_explained.stage.design.rate_functions import early, late
from softmax_explained.stage.scene.overlays import Pin
from softmax_explained.stage.shapes.counter import Counter

SLOPE = derivative(C, z[i])

OVER_THE_DIALS = 1.2  # arc in radians from the gauges to the ratio: h passes above the loss
COUNTED = 4  # the index of the sum counts up to this at most


class Goal(Chapter, film=FILM, keeps_dock=True):
    """The slope of the loss in one score: what it means, its measurement, and the tools to derive it."""

    @beat
    def sensitivity(self) -> None:
        """The gauge of the score is turned a little, that of the loss follows; the ratio is the slope."""
        chain, formula = self._halves()
        self._picture = picture = Sensitivity(self.solution, chain)
        ratio = formula.place(Formula(RATIO, size="result", role="C"))
        self._slope = formula.place(Formula(SLOPE, size="result"))
        self.on("score", FadeIn(picture), run_time=0.8)
        picture.follow()
        turn = picture.nudge.animate.set_value(self.solution.steps[0])
        self.on("turn", turn, FadeIn(picture.h), run_time=1.6)
        picture.clear_updaters()
        self.on("loss", FadeIn(picture.change), run_time=0.6)
        terms = {CHANGE: picture.change, NUDGE: picture.h}
        over = OVER_THE_DIALS if self.stage.is_landscape else 0.0
        self.on("ratio", Fly(ratio, terms, arc=over), run_time=1.4)
        self.on("symbol", TransformFormula(ratio, self._slope, becomes=[(NUDGE, z[i])]), run_time=1.2)

    @beat
    def measure(self) -> None:
        """Three nudges, each smaller; the stable digits of the ratio are highlighted and pinned."""
        sol, picture = self.solution, self._picture
        _, right = self._halves()
        table = Measurements(sol, right)
        pin = Pin(self.quantity("fd[i]"), size="number")
        table.stick(pin)
        self.clear_stage(picture, picture.h, picture.change)
        self.on("before", FadeIn(table.heads), run_time=0.7)
        picture.follow()
        rows = list(zip(table.steps, table.ratios, strict=True))
        self.on("nudge", FadeIn(*rows[0]), run_time=0.6)
        for h, row in zip(sol.steps[1:], rows[1:], strict=True):
            self.play(picture.nudge.animate.set_value(h), FadeIn(*row), run_time=0.8)
        picture.clear_updaters()
        bright = [table.settled(n).animate.set_fill(style().colour("C")) for n in range(len(rows))]
        self.on("settle", *bright, run_time=0.7)
        self.on("pin", FadeIn(pin, shift=0.5 * DOWN), run_time=0.6)
        across = TransformFromCopy(pin, self.dock.pin)  # fades in where the gauge would be crossed
        come = across if self.stage.is_landscape else FadeIn(self.dock.pin, shift=0.6 * UP)
        self.on("land", come, run_time=1.2)

    @beat
    def toolbox(self) -> None:
        """Four cards; each turns over while its rule is named."""
        cards = rule_cards(self._quarters())
        exponential, logarithm, quotient, chain = (Flip(card.back, card.face) for card in cards)
        self.clear_stage(also=[FadeIn(card.back) for card in cards], run_time=0.8)
        self.on("exp", exponential, run_time=0.9)
        self.on("log", logarithm, run_time=0.9)
        self.on("quotient", quotient, run_time=0.9)
        self.on("chain", chain, run_time=0.9)

    @beat
    def letters(self) -> None:
        """Each index is highlighted and explained; k counts through a sum; the legend moves to the dock."""
        left, right = self.stage.flow(7, 5.2, rows=(3.65, 2.35), gap=0.5)
        diagram = IndexDiagram(left)
        meanings = self.label("nudged"), self.label("answers"), self.label("counts")
        legend = Legend(meanings, right)
        counter = Counter(k, min(self.solution.K, COUNTED), diagram.sum)
        self.clear_stage()
        self.on("letters", FadeIn(diagram), run_time=0.8)
        ink, point_out = style().colour("ink"), []
        for place, row in zip(diagram.places, legend.rows, strict=True):
            glyphs = [Indicate(glyph, scale_factor=1.25, color=ink) for glyph in place]
            point_out.append([*glyphs, FadeIn(row, shift=0.3 * RIGHT)])
        score, output, counting = point_out
        self.on("i", FadeIn(legend.card), *score, run_time=1.2)
        self.on("j", *output, run_time=1.2)
        self.on("k", *counting, run_time=1.2)
        for n in range(1, min(self.solution.K, COUNTED) + 1):
            self.play(*counter.to(n), run_time=0.45)
        docked = FadeIn(self.dock.letters, shift=0.3 * UP, rate_func=late)
        centred = diagram.animate.move_to(self.stage.centre)
        self.play(*counter.leave(), run_time=0.4)
        self.play(FadeOut(legend, rate_func=early), docked, centred, run_time=1.4)

    def _halves(self) -> tuple[Region, ...]:
        return self.stage.flow(6.2, 5.7, rows=(2.4, 3.7), gap=0.9, row_gap=0.4)

    def _quarters(self) -> list[Region]:
        if self.stage.is_landscape:
            return [card for row in self.stage.rows(1, 1, gap=0.3) for card in row.columns(1, 1, gap=0.3)]
        return list(self.stage.rows(1, 1, 1, 1, gap=0.2))
