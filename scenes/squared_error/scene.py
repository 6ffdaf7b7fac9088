"""Chapter: why not squared error. Its derivative is not steep, so nothing cancels the flatness of softmax."""

from manim import LEFT, FadeIn, FadeOut, ValueTracker, linear, smooth
from sympy import evaluate

from softmax_explained.core import Solution
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.nodes import Paren
from softmax_explained.core.formulas.symbols import a, j
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.squared_error.gradient_curves import GradientCurves
from softmax_explained.scenes.squared_error.race import LossRace
from softmax_explained.stage import Chapter, Formula, Region, TransformFormula, Words, beat, glow
from softmax_explained.stage.animations.cancel_terms import CancelTerms
from softmax_explained.stage.charts.tangent_plots import (
    BOUNDED,
    FLAT,
    STEEP,
    Factor,
    TangentPlot,
    cross_entropy_factor,
    softmax_factor,
    squared_error_factor,
)

SHARES, SCORES = 1.2, 1.8  # lengths of the axes of shares and scores, in shares, scores and Manim units
FLAT_HEIGHT = 1.0  # height of the softmax plot: shares from 0 to 1
BEFORE, BETWEEN = 0.8, 1.35  # Manim units for letters before the first axes, and between the plots
TANGENT = 1.1  # length of a tangent in Manim units
PATH_LEFT_OVER = DERIVATIONS["other_path"].equations[-1].rhs
PUSH = DERIVATIONS["squared_error"].equations[2]  # its a_i factored out of both terms


class FirstLinks:
    """The name of a loss, the plots of its derivative and of that of softmax, and the product of both."""

    def __init__(
        self, solution: Solution, first: Factor, name: Words, regions: tuple[Region, Region, Region]
    ) -> None:
        head, plots, line = regions
        self.name = head.place(name.fit_width(head.width), LEFT)
        with evaluate(False):
            slope = Paren(STEEP) if first.formula == STEEP else first.formula
            self.product = line.place(Formula(slope * FLAT), LEFT)
        left = plots.x - min(BEFORE + SHARES + BETWEEN + SCORES + 0.6, plots.width) / 2 + BEFORE
        low, height = plots.bottom + 0.15, plots.height - 0.3
        region = Region(left, low, left + SHARES, low + height)
        self.first = _plot(first, 0.0, SHARES, max(height, 1.6 * first.f(first.at)), region)
        second, left, low = softmax_factor(solution), left + SHARES + BETWEEN, plots.y - FLAT_HEIGHT / 2
        region = Region(left, low, left + SCORES, low + FLAT_HEIGHT)
        self.flat = _plot(second, second.at - SCORES / 2, second.at + SCORES / 2, 1.0, region)


def _plot(factor: Factor, start: float, end: float, top: float, region: Region) -> TangentPlot:
    plot = TangentPlot(
        factor, x=(start, end), y=(0.0, top), region=region, length=TANGENT, gaps=(0.12, 0.2), clip=True
    )
    plot.remove(plot.formula)
    return plot


class SquaredError(Chapter, film=FILM):
    """The same softmax with another loss: flat where the gradient should be large."""

    @beat
    def nothing_to_cancel(self) -> None:
        """Above, the steep factor cancels the flat one; below, the bounded factor leaves it flat."""
        sol = self.solution
        above, below = (self._row(row) for row in self.stage.rows(1, 1, gap=0.3))
        upper = FirstLinks(sol, cross_entropy_factor(sol), self.label("ce"), above)
        lower = FirstLinks(sol, squared_error_factor(sol), self.label("q"), below)
        rest = Formula(PATH_LEFT_OVER).move_to(upper.product, aligned_edge=LEFT)
        lower.product.hidden()
        self.play(FadeIn(upper.name, upper.first, upper.flat, upper.product), run_time=0.5)
        self.add(lower.product)
        self.on("first", FadeIn(lower.name, lower.first), *lower.product.reveal(BOUNDED), run_time=0.9)
        signs, shares = [("−", n) for n in range(2)], [(a[j], n) for n in range(2)]
        self.on("bare", CancelTerms(upper.product, signs), run_time=0.6)
        self.play(CancelTerms(upper.product, shares), run_time=0.7)
        self.play(TransformFormula(upper.product, rest), run_time=0.8)
        self.on("nothing", FadeIn(lower.flat), *lower.product.reveal(), run_time=0.9)
        self.play(FadeIn(glow(lower.product.find(FLAT))), run_time=0.6)

    @beat(hold="key_hold")
    def two_curves(self) -> None:
        """A marker sweeps over the true score; behind it both gradients are drawn."""
        picture, side = self.stage.flow(7.3, 5.1, rows=(3.1, 2.5), gap=0.4, row_gap=0.1)
        names = self.label("ce"), self.label("q"), self.label("push", colour="quiet")
        curves = GradientCurves(self.solution, (*names, self.label("wrong", colour="quiet")), picture)
        formula = side.place(Formula(PUSH).fit_width(side.width))
        start, end = curves.ends
        score = ValueTracker(start)
        self.clear_stage(also=[FadeIn(curves.plot)])
        self.add(curves.solid, curves.dashed, curves.marker)
        curves.follow(score.get_value)
        self.on("sweep", score.animate(rate_func=smooth).set_value(end), run_time=3.4)
        curves.settle()
        self.play(FadeOut(curves.marker), FadeIn(curves.present), run_time=0.4)
        self.on("wrong", FadeIn(curves.shade, curves.wrong), run_time=0.6)
        self.on("ce", FadeIn(curves.solid_name), run_time=0.6)
        self.on("q", FadeIn(curves.dashed_name), run_time=0.6)
        self.play(FadeIn(formula), run_time=0.8)

    @beat
    def race(self) -> None:
        """Two dots start at one bad prediction: one reaches the finish, the other stays on its plateau."""
        names = self.label("ce"), self.label("q"), self.label("steps", colour="quiet")
        track = LossRace(self.solution, names, self.stage)
        step = ValueTracker(0.0)
        self.clear_stage(also=[FadeIn(track.ground)])
        self.on("start", FadeIn(track.dots), run_time=0.6)
        self.add(track.solid, track.dashed, track.dots)
        track.follow(step.get_value)
        self.on("ce", step.animate(rate_func=linear).set_value(track.first_stop), run_time=1.2)
        self.play(FadeIn(track.solid_name, track.counts[0]), run_time=0.6)
        self.on("q", step.animate(rate_func=linear).set_value(track.last_stop), run_time=3.0)
        track.settle(track.last_stop)
        self.play(FadeIn(track.dashed_name, track.counts[1]), run_time=0.6)

    def _row(self, row: Region) -> tuple[Region, Region, Region]:
        """The regions of the name of a loss, its plots and its product."""
        if self.stage.is_landscape:
            name, pictures, line = row.columns(2.25, 5.75, 4.25, gap=0.27)
            return name, pictures, line
        pictures, head = row.rows(1.5, 1.3)
        name, line = head.columns(2.0, 4.2, gap=0.25)
        return name, pictures, line
