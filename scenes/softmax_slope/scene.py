"""Chapter: the derivative of softmax. Grow, squeeze back, two cases, and the whole Jacobian."""

from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, Indicate, ValueTracker, VGroup
from sympy import evaluate, exp

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.nodes import Diag, Literal, Transposed
from softmax_explained.core.formulas.symbols import J, S, a, dz, i, j, vector_a, z
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.softmax_slope.jacobian_table import JacobianTable
from softmax_explained.scenes.softmax_slope.strip_labels import shares_on, taxes_under
from softmax_explained.scenes.softmax_slope.waterfall import Waterfall, WaterfallBar
from softmax_explained.stage import Chapter, Formula, NudgedStrip, Ruler, Words, arrow, beat, dashed, style
from softmax_explained.stage.animations.fly import Fly, across_then_down, down_then_across, rest_of
from softmax_explained.stage.animations.grow_bar import GrowBar
from softmax_explained.stage.animations.transform_formula import TransformFormula
from softmax_explained.stage.charts.heatmap import NUMBERS_UP_TO
from softmax_explained.stage.design.layout import Region, point
from softmax_explained.stage.design.rate_functions import afterwards, early, late
from softmax_explained.stage.scene.waivers import allow
from softmax_explained.stage.shapes.annotations import frame_around, strike
from softmax_explained.stage.text.derivation_sheet import Sheet
from softmax_explained.stage.text.rule_labels import near, over

NUDGE = 0.16  # the dz of the pictures: large enough to see


class SoftmaxSlope(Chapter, film=FILM, docked=True):
    """The strip grows by a_i dz and is scaled back to 1: growth minus tax is the derivative."""

    @beat
    def grow(self) -> None:
        """Segment i gains the sliver a_i dz; everything after it is moved beyond 1."""
        upper, _ = self._strip_rows()
        strip = self._strip = self._nudged_strip(upper.y, 0.0)
        self._values = shares_on(strip, self.solution)
        self._ruler = Ruler(left=strip.left, right=strip.one, y=strip.bottom - 0.25)
        with evaluate(False):
            score, nudged = Formula(z[i]), Formula(z[i] + dz)
            power, grown = Formula(exp(z[i] + dz)), Formula(exp(z[i]) * (1 + dz))
        space = self.stage.right - strip.left - nudged.width - grown.width
        answer = strip.left + nudged.width + min(1.9, space)
        for formula, x in ((score, strip.left), (nudged, strip.left), (power, answer), (grown, answer)):
            formula.align_to(point(x), LEFT).stand_on(self.stage.bottom + 1.3)
        leads = arrow(nudged.get_right() + 0.35 * RIGHT, point(answer - 0.35, nudged.get_y()), role="quiet")
        allow(leads, "CROWDED", reason="it leads to what comes with it")
        self.play(FadeIn(strip, *self._values.values(), self._ruler, score), run_time=0.35)
        self.on("nudge", TransformFormula(score, nudged), run_time=1.0)
        self.on("power", FadeIn(leads, power, shift=0.3 * RIGHT), run_time=0.6)
        self.on("grow", TransformFormula(power, grown), run_time=1.2)
        tracker = ValueTracker(0.0)
        strip.add_updater(lambda growing: growing.nudge(tracker.get_value()))
        self.on("gain", tracker.animate.set_value(NUDGE), run_time=1.4)
        strip.clear_updaters()
        with evaluate(False):
            gain = Formula(a[i] * dz, role="z").next_to(strip.sliver, UP, buff=0.2)
        gain.shift(min(0.0, self.stage.right - gain.get_right()[0]) * RIGHT)
        self.play(FadeIn(gain, shift=0.2 * UP), run_time=0.5)
        ends = point(strip.one, strip.top + 0.4), point(strip.one, strip.bottom - 0.2)
        self._end = dashed(*ends, colour="ink")
        self.on("long", Create(self._end), run_time=0.6)
        self._formulas = VGroup(nudged, leads, grown)

    @beat
    def squeeze(self) -> None:
        """A copy is compressed to length 1; on the long strip the tax of every segment is marked."""
        strip = self._strip
        _, lower = self._strip_rows()
        pressed = self._nudged_strip(lower.y, NUDGE)
        end = dashed(point(strip.one, strip.top + 0.4), point(strip.one, pressed.bottom - 0.2), colour="ink")
        self.play(FadeOut(self._formulas), run_time=0.3)
        down = self._ruler.animate.shift((pressed.y - strip.y) * UP)
        self.on("squeeze", down, FadeOut(self._end), FadeIn(end), run_time=0.5)
        self.play(FadeIn(pressed, shift=(strip.bottom - pressed.top) * DOWN), run_time=0.5)
        paid = ValueTracker(0.0)
        pressed.add_updater(lambda shrinking: shrinking.draw(pressed.taxed(paid.get_value())))
        self.play(paid.animate.set_value(1.0), run_time=1.0)
        pressed.clear_updaters()
        taxes = strip.tax_slivers()
        aside = [value.animate.shift(taxes[k].width / 2 * LEFT) for k, value in self._values.items()]
        self.on("tax", *[GrowBar(tax, RIGHT) for tax in taxes], *aside, run_time=0.8)
        other, own = taxes_under(strip, taxes[self.solution.t], taxes[self.solution.i])
        self.on("same", FadeIn(other, shift=0.2 * DOWN), run_time=0.8)
        flash = Indicate(taxes[self.solution.i], scale_factor=1.2, color=style().colour("minus"))
        self.on("included", FadeIn(own, shift=0.2 * DOWN), flash, run_time=0.8)

    @beat
    def case_i_equals_j(self) -> None:
        """Growth a_i minus tax a_i² leaves a_i (1 − a_i); the quotient rule has the same two terms."""
        k = self.solution.i
        growth, tax, net = (self.quantity(key) for key in (f"a[{k}]", f"tax[{k}]", f"J[{k},{k}]"))
        with evaluate(False):
            names = Formula(a[i]), Formula(-(a[i] ** 2), role="minus"), Formula(a[i] * (1 - a[i]))
            grown, taxed = exp(z[i]) * S, exp(z[i]) * exp(z[i])
            share, rest = exp(z[i]) / S, (S - exp(z[i])) / S
            left_over = 1 - a[i]
        down = WaterfallBar(names[1], tax, "minus", start=growth.value)
        bars = self._balance(k, WaterfallBar(names[0], growth, "z"), down, WaterfallBar(names[2], net, "a"))
        sheet = self._sheet("case_i_equals_j", 1, 2, 3, 4)
        definition, quotient, factored, result = sheet.lines
        quotient.paint({grown: "z", taxed: "minus"})
        rule = self._rule("quotient-rule", quotient)
        self.clear_stage(also=[FadeIn(bars.base, definition)])
        self.on("growth", bars.grow(0), run_time=1.0)
        self.on("tax", bars.grow(1), run_time=1.0)
        self.on("net", bars.grow(2), *sheet.clear_first(), run_time=1.0)
        nearest_first = {taxed: bars.bars[1], grown: bars.bars[0]}
        way = down_then_across if bars.horizontal else None  # clear of the names before the bars
        flight = Fly(quotient, nearest_first, arc=0.42, way=way)
        self.on("quotient", flight, run_time=1.4)
        grow = TransformFormula(quotient, factored, keep=True)
        self.play(FadeIn(rule), grow, *sheet.dim_first(), run_time=1.2)
        last = TransformFormula(factored, result, becomes=[(share, (a[i], 1)), (rest, left_over)])
        self.play(last, quotient.animate.deemphasise(), run_time=1.2)

    @beat
    def case_i_not_j(self) -> None:
        """No growth, because e^{z_j} does not contain z_i; only the tax is left."""
        k = self.solution.t
        with evaluate(False):
            none, names = Literal(0) * S, (Formula(a[j]), Formula(-a[i] * a[j], role="minus"))
            taxed = exp(z[j]) * exp(z[i])
            share = exp(z[j]) / S
        growth = WaterfallBar(names[0], self.quantity(f"a[{k}]"), "z", ghost=True)
        bars = self._balance(k, growth, WaterfallBar(names[1], self.quantity(f"tax[{k}]"), "minus"))
        sheet = self._sheet("case_i_not_j", 1, 2, 3, 5)
        definition, quotient, factored, result = sheet.lines
        quotient.paint({none: "z", taxed: "minus"})
        self.clear_stage(also=[FadeIn(bars.base, definition)])
        self.on("growth", bars.ghost(0), run_time=0.8)
        struck = [strike(part) for part in (bars.bars[0], bars.labels(0), quotient.find(none))]
        rule = self._rule("quotient-rule", quotient)
        waiting = quotient.find(taxed).copy().set_fill(opacity=style().dim("minus"))
        allow(waiting, "OVERLAP", reason="the tax flies onto its own term")
        arriving = FadeIn(VGroup(rest_of(quotient, taxed), waiting), rate_func=late)
        self.on("contain", *sheet.clear_first(), afterwards(rule), arriving, run_time=0.8)
        self.play(*[Create(line) for line in struck], run_time=0.7)
        self.on("tax", bars.grow(1), run_time=0.7)
        way = across_then_down if bars.horizontal else None  # clear of the name of the rule
        self.play(Fly(quotient, {taxed: bars.bars[1]}, arc=-0.5, way=way, around=False), run_time=0.9)
        self.remove(waiting)
        self.play(TransformFormula(quotient, factored, keep=True), *sheet.dim_first(), run_time=1.2)
        last = TransformFormula(factored, result, becomes=[(share, (a[j], 1))])
        dimmed = quotient.animate.deemphasise(), struck[-1].animate.set_stroke(opacity=style().dim())
        self.play(last, *dimmed, run_time=1.2)

    @beat(hold="key_hold")
    def jacobian(self) -> None:
        """All pairs at once: diag(a) minus the outer product; every column adds up to zero."""
        solution, (left, right) = self.solution, self._table_and_lines()
        scores, shares = ([self.class_name(k, colour=role) for k in range(solution.K)] for role in ("z", "a"))
        table = JacobianTable(solution, left, columns=scores, rows=shares)
        cases = Formula(DERIVATIONS["jacobian"].equations[0])
        matrix = Formula(IDENTITIES["jacobian_matrix"].relation)
        upper, lower = (right, right) if right.is_landscape else right.rows(1, 1)
        upper.place(cases)
        is_single = upper is lower  # there is space for one of the two lines only
        lower.place(matrix) if is_single else lower.place(matrix, UP).align_to(cases, LEFT)
        with evaluate(False):
            outer = vector_a * Transposed(vector_a)
        self.clear_stage(also=[FadeIn(table.names, table.cells)])
        self.add(matrix.hidden())
        self.on("form", FadeIn(cases), run_time=1.0)
        # The diagonal alone is not J: letter and sign come with the rest.
        diagonal, wash = matrix.reveal(Diag(vector_a)), matrix.reveal(J, "=", "−", outer)
        if is_single:
            diagonal, wash = [], [FadeOut(cases, rate_func=early), *matrix.reveal()]
            wash[-1].rate_func = late
        self.on("diagonal", *table.to_diagonal(), *diagonal, run_time=1.2)
        self.on("wash", *table.to_jacobian(), *wash, run_time=1.4)
        column = frame_around(table.column(solution.i), margin=0.05)
        allow(column, "CROWDED", reason="it only points out cells that stand there already")
        self.on("column", Create(column), run_time=0.8)
        self.on("zero", FadeIn(table.sums, shift=0.2 * DOWN), run_time=0.8)

    def _table_and_lines(self) -> tuple[Region, Region]:
        """The regions of the Jacobian and of its formulas."""
        if self.stage.is_landscape:
            of_table = 0.28 * self.solution.K if self.solution.K <= NUMBERS_UP_TO else 1.0
            table, lines = self.stage.columns(max(1.0, of_table), 1.0, gap=0.4)
        else:
            lines, table = self.stage.rows(1.75, 4.5, gap=0.2)
        return table, lines

    def _nudged_strip(self, y: float, dz: float) -> NudgedStrip:
        margin = 0.25
        left, space = self.stage.left + margin, (self.stage.width - margin) / (1 + NUDGE)
        unit = min(0.84 * self.stage.width, space)
        return NudgedStrip(self.solution.a, self.solution.i, dz, left=left, y=y, unit=unit)

    def _strip_rows(self) -> tuple[Region, Region]:
        """The regions of the long strip and, below it, of the compressed one."""
        _, upper, _, lower, _ = self.stage.rows(1.0, 0.95, 1.2, 0.95, 1.45)
        return upper, lower

    def _halves(self) -> tuple[Region, ...]:
        """The regions of a case's bars and of its derivation."""
        return self.stage.flow(5.6, 5.6, rows=(3.13, 3.15), gap=1.0, row_gap=0.15)

    def _balance(self, k: int, *changes: WaterfallBar) -> Waterfall:
        """Growth, tax and remainder of the share of class `k` as bars."""
        return Waterfall(changes, self._halves()[0], heading=self.class_name(k, size="body"))

    def _sheet(self, derivation: str, *steps: int) -> Sheet:
        """Lines of a derivation, the last two in one place."""
        return Sheet(DERIVATIONS[derivation], steps, self._halves()[1], sharing=2)

    def _rule(self, rule: str, line: Formula) -> Words:
        """The name of the rule that produces a line, above it or, in a landscape region, beside it."""
        name, place = self.rule_name(rule), self._halves()[1]
        return over(name, line) if not place.is_landscape else near(name, line, within=place)
