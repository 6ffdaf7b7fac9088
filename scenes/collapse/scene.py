"""Chapter: both factors are multiplied on every path, almost everything cancels, and a_i − y_i is left."""

from manim import DOWN, LEFT, PI, RIGHT, UP, Create, FadeIn, FadeOut, ReplacementTransform, Transform, VGroup
from sympy import evaluate

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.nodes import Literal, Transposed
from softmax_explained.core.formulas.symbols import J, a, i, j, sum_over, y
from softmax_explained.scenes.collapse.comparison import Comparison
from softmax_explained.scenes.collapse.error_row import ErrorRow
from softmax_explained.scenes.collapse.label_smoothing import LabelSmoothing
from softmax_explained.scenes.collapse.matrix_product import MatrixProduct
from softmax_explained.scenes.collapse.two_paths import TwoPaths
from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Chapter, Formula, Region, TransformFormula, Words, beat
from softmax_explained.stage.animations.assemble import Assemble
from softmax_explained.stage.animations.cancel_terms import CancelTerms
from softmax_explained.stage.animations.fly import down_then_across, rest_of
from softmax_explained.stage.animations.relabel import relabel
from softmax_explained.stage.charts.bar_chart_with_arrows import BarChartWithArrows
from softmax_explained.stage.charts.tangent_plots import flat_plot, steep_plot
from softmax_explained.stage.design.rate_functions import afterwards, instead, late
from softmax_explained.stage.scene.waivers import allow
from softmax_explained.stage.shapes.annotations import frame_around, glow
from softmax_explained.stage.text.derivation_sheet import Sheet, derivation_lines, fitted
from softmax_explained.stage.text.rule_labels import BESIDE, near

with evaluate(False):
    DIRECT, OTHER = -y[i] + y[i] * a[i], y[j] * a[i]
    PIECE, RESULT, TOGETHER = y[i] * a[i], a[i] - y[i], sum_over(y[j], j)
TARGETS_ARE_ONE = IDENTITIES["targets_sum_to_one"].relation
PRODUCT = IDENTITIES["matrix_product"].relation

TRANSFORM_TIME = 1.5  # seconds of what accompanies the transformation of a formula
SWEEP = 2.0  # seconds in which the turned column passes over all rows of the Jacobian


class Collapse(Chapter, film=FILM, docked=True, keeps_dock=False):
    """Steep meets flat and they cancel; the rest completes a sum that is one."""

    @beat
    def other_paths(self) -> None:
        """A path through another share: the product of its steep and its flat factor leaves y_j a_i."""
        left, right = self._halves()
        pictures, line, _ = right.rows(2.8, 2.15, 0.6)
        self._paths = TwoPaths(left)
        steep, flat = steep_plot(self.solution, pictures), flat_plot(self.solution, pictures)
        both, signs, rest = derivation_lines(DERIVATIONS["other_path"], [line] * 3)
        flat.formula.set_y(max(flat.formula.get_y(), steep.formula.get_y()))
        minus = self.rule_name("signs-cancel").next_to(both, DOWN, buff=0.15).align_to(both, RIGHT)
        cancel = self._rule_near("cancel", signs)
        self.on("multiply", FadeIn(self._paths), run_time=0.5)
        self.play(*self._paths.light(self._paths.other), FadeIn(steep.formula, flat.formula), run_time=0.7)
        self.play(Assemble(both, steep.formula, flat.formula))
        self.on("steep", FadeIn(steep.ground, flat.ground), Create(steep.tangent), run_time=0.6)
        self.play(Create(flat.tangent), run_time=0.6)
        self.on("meets", CancelTerms(both, [("−", 0), ("−", 1)], side=UP), FadeIn(minus), run_time=0.9)
        self.play(TransformFormula(both, signs), FadeOut(minus), run_time=1.0)
        a_j = [(a[j], 2), (a[j], 3)]  # the first two are left of the equals sign
        self.on("cancel", CancelTerms(signs, a_j), FadeIn(cancel), run_time=1.2)
        closer = cancel.animate.next_to(rest, RIGHT, buff=BESIDE, coor_mask=RIGHT)
        self.on("remains", TransformFormula(signs, rest), closer, run_time=1.0)
        self._others = self._paths.carry(Formula(OTHER), self._paths.other)
        self.play(FadeIn(self._others, shift=0.3 * LEFT), run_time=0.6)

    @beat
    def direct_path(self) -> None:
        """The path through a_i itself: a_i cancels, the bracket is expanded, and one term is highlighted."""
        _, right = self._halves()
        sheet = Sheet(DERIVATIONS["direct_path"], range(3), right)
        both, rest, opened = sheet.lines
        clear_of = [] if sheet.is_short else [rest, opened]
        cancel, expand = (
            self._rule_near(rule, line, *clear_of) for rule, line in (("cancel", rest), ("expand", opened))
        )
        turn = self._paths.light(self._paths.direct)
        self.on("path", *self.leaving(self._paths, self._others), *turn, run_time=0.6)
        self.play(FadeIn(both, shift=0.2 * UP), run_time=0.8)
        a_i = [(a[i], 2), (a[i], 3)]  # the first two are left of the equals sign
        self.on("cancel", CancelTerms(both, a_i), run_time=0.9)
        grow = TransformFormula(both, rest, keep=not sheet.is_short)
        self.play(afterwards(cancel), grow, *sheet.dim_first(), run_time=1.15)
        quieter = rest.animate(run_time=TRANSFORM_TIME).deemphasise()
        self.on(
            "remains", afterwards(expand), quieter, TransformFormula(rest, opened, keep=True), run_time=1.4
        )
        self._direct = self._paths.carry(Formula(DIRECT), self._paths.direct)
        self.on("piece", FadeIn(glow(opened.find(PIECE))), run_time=0.6)
        self._light = glow(self._direct.find(PIECE))
        self.play(FadeIn(self._direct, self._light, shift=0.3 * LEFT), run_time=0.6)

    @beat
    def complete_sum(self) -> None:
        """The highlighted term fills the gap of the sum, and a_i is factored out."""
        top, middle, bottom = self.stage.rows(1.7, 1.7, 1.55, gap=0.28)
        whole, joined, self._line = fitted(DERIVATIONS["collapse"].equations[4:7], top.inset(x=0.1))
        for line, place in zip((whole, joined, self._line), (top, middle, middle), strict=True):
            place.place(line, UP)
        row = ErrorRow.of(self.solution, self._names("quiet"), bottom)
        joined.align_at(whole)
        self._line.align_at(whole)
        names = self.rule_name("join-sum"), self.rule_name("factor")
        join, factor = (near(name, joined, self._line, within=self.stage, side=DOWN) for name in names)
        gather = Assemble(whole, self._direct, self._others, keep=False)
        follow = self._light.animate(run_time=TRANSFORM_TIME).move_to(whole.find(PIECE))
        leaving = self.leaving(self._direct, self._others, self._light)
        self.on("gather", *leaving, gather, follow, run_time=1.5)
        self.play(FadeIn(row), run_time=0.6)
        piece, focus = Formula(PIECE).move_to(whole.find(PIECE)), self.solution.i + 1
        fill = TransformFormula(piece, row.missing, becomes=[(y[i], y[focus]), (a[i], a[focus])])
        follow = self._light.animate(run_time=TRANSFORM_TIME).move_to(row.missing)
        self.on("missing", fill, follow, run_time=1.6)
        quieter = whole.animate(run_time=TRANSFORM_TIME).deemphasise()
        grow = TransformFormula(whole, joined, keep=True, arc=PI / 3)
        completed = FadeOut(self._light), row.close(), afterwards(join)
        self.on("complete", *completed, quieter, grow, run_time=1.5)
        self.on("factor", *instead(join, factor), TransformFormula(joined, self._line, arc=PI), run_time=1.4)

    @beat(hold="result_hold")
    def prediction_minus_target(self) -> None:
        """The sum of the targets becomes 1 and disappears; the result is left above its bar chart."""
        top, bottom = self.stage.rows(2.3, 3.0, gap=0.25)
        times_one, result = DERIVATIONS["collapse"].equations[7:]
        ones = Formula(times_one)
        ones.scale(self._line.em / ones.em).align_at(self._line).level_with(self._line)
        self._result = top.place(Formula(result, size="result"))
        stamp = Formula(TARGETS_ARE_ONE)
        self._picture = BarChartWithArrows.of(self.solution, self._names(), bottom)
        self.play(*self.leaving(self._line), run_time=0.4)
        stamp.next_to(self._line, UP, buff=0.55).align_to(self._line.find(TOGETHER), LEFT)
        rule = near(self.rule_name("targets-sum-to-one"), stamp, within=self.stage)
        self.on("one", FadeIn(stamp, scale=1.6), afterwards(rule), run_time=0.7)
        put_in = FadeOut(stamp, target_position=self._line.find(TOGETHER)), FadeOut(rule)
        self.play(*put_in, TransformFormula(self._line, ones, becomes=[(TOGETHER, Literal(1))]))
        self.on("collapse", TransformFormula(ones, self._result), run_time=1.5)
        self.on("bars", self._picture.grow(), run_time=0.8)
        self.play(FadeIn(self._picture.targets, shift=0.3 * DOWN), run_time=0.5)
        self.play(FadeIn(self._picture.arrows), FadeIn(self._picture.values), run_time=0.6)

    @beat
    def check(self) -> None:
        """A table of the formula's values, the measured ones, their differences, and the sum."""
        sol = self.solution
        head, measured = Formula(RESULT), self.label("measured", colour="quiet")
        difference = self.label("difference", colour="quiet")
        names = [*self._names(), self.label("sum")]
        table = Comparison(sol, names, (head, measured, difference), self.stage)
        old, known, pin = self._picture.bars.names_of, self._picture.value_of, table.pin(sol.i)
        self.clear_stage(self._result, self._picture.bars.names, self._picture.values)
        labels = [*relabel(old, table.names_of), *relabel(known, dict(enumerate(table.values)))]
        result = TransformFormula(self._result, head)
        self.on("measured", result, *labels, FadeIn(measured, rate_func=late), run_time=1.2)
        light, way = frame_around(table.values[sol.i]), down_then_across(self.dock.pin, pin)
        self.on("formula", Create(light), run_time=0.5)
        self.on("nudge", ReplacementTransform(self.dock.pin, pin, path_func=way), run_time=1.0)
        others = VGroup(*[other for other in table.pins if other is not table.pins[sol.i]])
        self.play(FadeOut(light), FadeIn(others, difference, table.gaps), run_time=0.8)
        self.on("sum", FadeIn(table.last), Create(table.line), run_time=0.5)
        self.add(table.total)
        self.play(table.tally.animate.set_value(sol.K), run_time=1.5)
        table.total.settle()

    @beat
    def matrix_product(self) -> None:
        """The column −y/a turns on its side above Jᵀ, and the product a − y fills row by row."""
        sol = self.solution
        top, bottom = self.stage.rows(1.1, 4.3, gap=0.15)
        line, whole = (Formula(expr) for expr in (PRODUCT.lhs, PRODUCT))
        for formula in (line, whole):
            top.place(formula).align_at(whole)
        picture = MatrixProduct(sol, bottom)
        known = line.expr.lhs, Transposed(J)  # without the sign: the product is not complete yet
        allow(picture, "CROWDED", reason="a matrix and a column that the chapters before have filled")
        self.clear_stage()
        self.add(line.hidden())
        self.on("form", *line.reveal(known[0]), run_time=0.8)
        self.on("product", picture.shape(), run_time=0.8)
        self.on("jacobian", *line.reveal(known[1]), *picture.fill(), run_time=1.0)
        link = rest_of(line, *known).animate.set_fill(opacity=1)
        self.on("turn", link, FadeIn(picture.links.entries), run_time=0.5)
        self.play(picture.turn(), run_time=1.25)
        sweep = picture.sweep(0)
        frames = FadeIn(picture.equals, picture.slopes.brackets, sweep)
        self.on("gives", frames, TransformFormula(line, whole), run_time=0.6)
        for k, slope in enumerate(picture.slopes.entries):
            moved = Transform(sweep, picture.sweep(k))
            self.play(moved, FadeIn(slope), run_time=SWEEP / sol.K)
        self.play(FadeOut(sweep), run_time=0.3)

    @beat
    def soft_labels(self) -> None:
        """The targets soften but still add up to one; the arrows follow."""
        softened = LabelSmoothing(self.solution, self._names(), self.stage)
        picture, epsilon = softened.bars, softened.softness
        self.clear_stage()
        self.play(picture.grow(), FadeIn(softened.slope), run_time=0.8)
        self.on("hard", FadeIn(picture.targets, shift=0.3 * DOWN), run_time=0.7)
        self.play(FadeIn(picture.arrows, picture.values), run_time=0.6)
        self.on("one", FadeIn(softened.total), run_time=0.8)
        self.play(FadeIn(softened.setting), run_time=0.5)
        softened.follow()
        up = epsilon.animate(run_time=1.8).set_value(softened.softest)
        self.on("soften", up, softened.soften_total(), run_time=1.8)
        self.on("holds", softened.soften_slope(), run_time=1.0)
        self.play(epsilon.animate.set_value(self.solution.lesson.smoothing), run_time=1.4)
        softened.settle()

    def _halves(self) -> tuple[Region, ...]:
        """The regions of the paths and of their products."""
        return self.stage.flow(4.6, 7.6, rows=(2.5, 3.7), gap=0.6, row_gap=0.2)

    def _rule_near(self, rule: str, line: Formula, *others: Formula) -> Words:
        """The name of the rule that produces a line, clear of it and of other lines in its place."""
        return near(self.rule_name(rule), line, *others, within=self.stage)

    def _names(self, colour: str = "ink") -> list[Words]:
        return [self.class_name(k, colour=colour) for k in range(self.solution.K)]
