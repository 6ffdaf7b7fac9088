"""Chapter: the first factor. A share occurs in one term of the loss, and its derivative is −y_j/a_j."""

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    ReplacementTransform,
    Transform,
    ValueTracker,
    VGroup,
    there_and_back,
)
from sympy import evaluate, log

from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.symbols import DEFINITIONS, C, a, k, y
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.loss_slope.expanded_sum import ExpandedSum, Operator, fence_of
from softmax_explained.scenes.loss_slope.gradient_column import GradientColumn
from softmax_explained.stage import Formula, LossCurve, Readout, Region, beat, glow, point, style
from softmax_explained.stage.animations.transform_formula import TransformFormula
from softmax_explained.stage.design.rate_functions import early, late
from softmax_explained.stage.scene.chapter import Chapter, appear

HOVER, ABOVE, GAP = 1.9, 0.3, 0.12  # Manim units for the operator, and from the terms to it before and after
FALL = 0.3  # Manim units by which constant terms fall while they fade
MARGIN, AIR = 0.35, 0.3  # Manim units to the left of the curve, and at both sides of the column
BESIDE = 0.25  # Manim units by which the curve's label moves aside, if it can, for the dot on the curve
COLUMN = 0.4  # fraction of the stage's width for the column, if its numbers fit
ONE_LINE = 0.999  # fraction of the stage's width for the whole chain, which stays on one line
STEEPER = 1.0  # increase of −ln a while the tangent gets steeper

with evaluate(False):
    SUMMAND = y[k] * log(a[k])
    ONE_TERM = DERIVATIONS["loss_slope"].equations[1]
    CHAIN = DERIVATIONS["loss_slope"].chain(0, 2, 3)


class LossSlope(Chapter, film=FILM, docked=True):
    """All other terms are constant, so the sum disappears; what is left is steep where the share is small."""

    @beat
    def the_sum_dies(self) -> None:
        """The loss is expanded; ∂/∂a_j lands on one term, and all others disappear."""
        t = self.solution.t
        top, below = self.stage.rows(1.2, self.stage.height - 1.3, gap=0.1)
        whole = top.place(Formula(DEFINITIONS["C"]))
        written = ExpandedSum(self.solution.K, below.inset(y=HOVER / 2))
        written.shift((below.y - (HOVER + written.height) / 2 - written.get_bottom()[1]) * UP)
        term, rest = written.term(t), written.rest(t)
        self._line = below.place(Formula(ONE_TERM))
        operator = Operator(ONE_TERM.rhs)
        operator.stand(point(written.get_x(), written.get_top()[1] + ABOVE))
        self.play(FadeIn(whole), run_time=0.5)
        self.on("write", *written.come_out_of(whole.find(SUMMAND)), run_time=1.8)
        self.add(written)
        self.on("operator", FadeIn(operator, shift=0.15 * DOWN), whole.animate.deemphasise(), run_time=0.7)
        landed = operator.copy().stand(point(term.get_x(), written.get_top()[1] + GAP))
        # The operator moves sideways at its height or above it, so that it does not cross the term below.
        self._line.shift(max(0.0, landed.sign.get_y() - self._line.get_y()) * UP)
        rule = self.rule_name("constants-drop").next_to(self._line, DOWN, buff=0.4)
        light = glow(term)
        self.on("one", Transform(operator, landed), FadeIn(light), run_time=0.9)
        grey = style().colour("quiet")
        self.on("constant", rest.animate.set_fill(grey), run_time=0.6)
        # One term alone is not the loss, so the sign goes with the others.
        sign = written.lines[0].find("=").animate(rate_func=early).set_opacity(0)
        self.play(sign, rest.animate(rate_func=early).shift(FALL * DOWN).set_opacity(0), run_time=0.9)
        body = self._line.find(ONE_TERM.rhs.f)
        taken = body.copy()
        fence = fence_of(self._line).set_opacity(0)
        head = self._line.find(C)
        there = head.copy()
        head.set_opacity(0)
        land = TransformFormula(operator, self._line, run_time=1.0)
        move = Transform(written.lines[0].find(C), there), Transform(term, taken, rate_func=late)
        self.on("gone", land, *move, FadeOut(light), run_time=1.4)
        self.remove(written, written.head, term)
        VGroup(body, head).set_opacity(1)
        self.play(fence.animate.set_opacity(1), FadeIn(rule), run_time=0.4)

    @beat(hold="key_hold")
    def minus_y_over_a(self) -> None:
        """The slope of the logarithm at a_t moves into the column of slopes; the rest of it is zero."""
        sol = self.solution
        head, below = self.stage.rows(1.5, self.stage.height - 1.7, gap=0.2)
        chain = Formula(CHAIN)
        head.place(chain.scale(min(1.0, ONE_LINE * head.width / chain.width)))
        names = [self.class_name(n) for n in range(sol.K)]
        table = GradientColumn(sol, names, below.inset(x=AIR), part=COLUMN)
        curve = self._paid(Region(below.left, below.bottom, table.get_left()[0] - AIR, below.top))
        price = ValueTracker(-float(sol.log_a[sol.t]))
        dot, tangent = curve.dot(price.get_value()), curve.tangent(price.get_value())
        slope = Readout(self.quantity("dCda[t]"), colour="C").next_to(dot, UP, buff=0.0)
        over = slope.get_top()[1] - curve.letter.get_bottom()[1] + AIR / 2
        curve.clear(slope.shift(max(0.0, over) * DOWN), gap=AIR)
        others = [entry for n, entry in enumerate(table.slopes) if n != sol.t]
        foot = slope.get_corner(LEFT + DOWN)
        slope.fit_width(table.get_left()[0] - AIR / 2 - foot[0]).move_to(foot, LEFT + DOWN)
        self.clear_stage(self._line)
        self.on("remains", TransformFormula(self._line, chain), run_time=1.4)
        self.play(*appear(curve, *table.names.values(), table.brackets), run_time=0.7)
        self.on("zero", LaggedStart(*appear(*others), lag_ratio=0.2), run_time=0.9)
        self.on("slope", FadeIn(dot), Create(tangent), FadeIn(slope), run_time=0.8)
        self.play(ReplacementTransform(slope, table.slopes[sol.t]), run_time=0.9)
        dot.add_updater(lambda dot: dot.move_to(curve.at(price.get_value())))
        tangent.add_updater(lambda line: line.become(curve.tangent(price.get_value())))
        steep = min(price.get_value() + STEEPER, curve.highest)
        self.on("smaller", price.animate(rate_func=there_and_back).set_value(steep), run_time=2.4)
        for moved in (dot, tangent):
            moved.clear_updaters()

    def _paid(self, region: Region) -> LossCurve:
        """The loss of the true class over its share: −ln a, weighted by its target for soft targets."""
        sol, t = self.solution, self.solution.t
        weight = {"target": y[t + 1], "weight": float(sol.lesson.targets[t])} if sol.is_soft else {}
        curve = LossCurve(a[t + 1], -float(sol.log_a[t]), region, margin=MARGIN, **weight)
        space = region.right - float(curve.letter.get_right()[0])
        curve.letter.shift(min(BESIDE, max(0.0, space)) * RIGHT)
        return curve
