"""Chapter: how the shares answer a nudge of one score. Grow, squeeze back, two cases, the whole table."""

from __future__ import annotations

from collections.abc import Mapping

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    Create,
    FadeIn,
    FadeOut,
    GrowFromEdge,
    Indicate,
    Mobject,
    Transform,
    TransformFromCopy,
    ValueTracker,
    VGroup,
    VMobject,
)
from sympy import Eq, Expr, evaluate, exp

from softmax_explained.core import Quantity
from softmax_explained.core.derivations import DERIVATIONS
from softmax_explained.core.nodes import Diag, Literal, Transposed
from softmax_explained.core.numeric import with_numbers
from softmax_explained.core.symbols import VECTOR_FORMS, S, a, dz, i, j, jacobian, vector_a, z
from softmax_explained.scenes import RUNNING_ORDER
from softmax_explained.stage import (
    Change,
    Chapter,
    Formula,
    JacobianTable,
    Morph,
    NudgedStrip,
    Readout,
    Region,
    Ruler,
    Waterfall,
    Words,
    arrow,
    beat,
    dashed,
    frame_around,
    point,
    strike,
    style,
)

NUDGE = 0.16
"""The dz of the pictures: large enough to see."""

WIDE_ENOUGH = 0.9
"""A segment narrower than this, in Manim's units, carries no number."""


class SoftmaxSlope(Chapter, running_order=RUNNING_ORDER):
    """The strip grows by a_i dz and is squeezed back: growth minus tax is the derivative."""

    @beat
    def grow(self) -> None:
        """Segment i gains the sliver a_i dz; everything behind it is pushed out past 1."""
        upper, _ = self._strip_rows()
        strip = self._strip = self._nudged_strip(upper.y, 0.0)
        self._values = self._shares_on(strip)
        self._ruler = Ruler(left=strip.left, right=strip.one, y=strip.bottom - 0.25)
        with evaluate(False):
            score, nudged = Formula(z[i]), Formula(z[i] + dz)
            power, grown = Formula(exp(z[i])), Formula(exp(z[i]) * (1 + dz))
        answer = strip.left + nudged.width + 1.9
        for formula, x in ((score, strip.left), (nudged, strip.left), (power, answer), (grown, answer)):
            formula.align_to(point(x), LEFT).stand_on(self.stage.bottom + 1.3)
        leads = arrow(nudged.get_right() + 0.35 * RIGHT, point(answer - 0.35, nudged.get_y()), role="quiet")
        self.play(FadeIn(strip, self._values, self._ruler, score), run_time=0.35)
        self.on("nudge", Morph(score, nudged), run_time=1.0)
        self.play(FadeIn(leads, power, shift=0.3 * RIGHT), run_time=0.5)
        self.on("grow", Morph(power, grown), run_time=1.2)
        tracker = ValueTracker(0.0)
        strip.add_updater(lambda growing: growing.nudge(tracker.get_value()))
        self.on("gain", tracker.animate.set_value(NUDGE), run_time=1.4)
        strip.clear_updaters()
        with evaluate(False):
            gain = painted(a[i] * dz, "z").next_to(strip.sliver, UP, buff=0.2)
        self.play(FadeIn(gain, shift=0.2 * UP), run_time=0.5)
        self._end = dashed(
            point(strip.one, strip.top + 0.4), point(strip.one, strip.bottom - 0.2), colour="ink"
        )
        self.on("long", Create(self._end), run_time=0.6)
        self._formulas = VGroup(nudged, leads, grown)

    @beat
    def squeeze(self) -> None:
        """A copy is pressed back to length 1; on the long strip the tax of every segment is marked."""
        strip = self._strip
        _, lower = self._strip_rows()
        pressed = self._nudged_strip(lower.y, NUDGE)
        end = dashed(point(strip.one, strip.top + 0.4), point(strip.one, pressed.bottom - 0.2), colour="ink")
        self.play(FadeOut(self._formulas), run_time=0.3)
        self.on(
            "squeeze",
            TransformFromCopy(VGroup(*strip), VGroup(*pressed)),
            self._ruler.animate.shift((pressed.y - strip.y) * UP),
            FadeOut(self._end),
            FadeIn(end),
            run_time=0.7,
        )
        self.add(pressed)
        paid = ValueTracker(0.0)
        pressed.add_updater(lambda shrinking: shrinking.draw(pressed.taxed(paid.get_value())))
        self.play(paid.animate.set_value(1.0), run_time=1.0)
        pressed.clear_updaters()
        taxes = strip.tax_slivers()
        self.on(
            "tax",
            *[GrowFromEdge(tax, RIGHT) for tax in taxes],
            *[value.animate.shift(taxes[k].width / 2 * LEFT) for k, value in self._values_by_class()],
            run_time=0.8,
        )
        with evaluate(False):
            owed = painted(-a[j] * a[i] * dz, "minus")
        owed.next_to(taxes[self.solution.i], DOWN, buff=0.2)
        self.on("same", FadeIn(owed, shift=0.2 * DOWN), run_time=0.8)
        self.on("included", Indicate(taxes[self.solution.i], scale_factor=1.3, color=style().colour("minus")))

    @beat(hold="key_hold")
    def case_i_equals_j(self) -> None:
        """Growth a_i minus tax a_i² leaves a_i (1 − a_i); the quotient rule has the same two terms."""
        k = self.solution.i
        growth, tax, net = (self.quantity(key) for key in (f"a[{k}]", f"tax[{k}]", f"J[{k},{k}]"))
        with evaluate(False):
            names = painted(a[i], "z"), painted(-(a[i] ** 2), "minus"), Formula(a[i] * (1 - a[i]))
            grown, taxed = exp(z[i]) * S, exp(z[i]) * exp(z[i])
            share, rest = exp(z[i]) / S, (S - exp(z[i])) / S
            left_over = 1 - a[i]
        bars = self._balance(
            Change(0.0, growth.value, names[0], signed(growth, "z"), "z"),
            Change(growth.value, tax.value, names[1], signed(tax, "minus"), "minus"),
            Change(0.0, net.value, names[2], signed(net, "a"), "a"),
        )
        definition, quotient, factored, result = self._lines("case_i_equals_j", 1, 2, 3, 4)
        quotient.paint({grown: "z", taxed: "minus"})
        self.clear_stage(also=[FadeIn(bars.zero, self._class_over(bars, k), definition)])
        self.on("growth", FadeIn(bars.labels(0)), bars.grow(0), run_time=1.0)
        self.on("tax", FadeIn(bars.labels(1)), bars.grow(1), run_time=1.0)
        self.on("net", FadeIn(bars.labels(2)), bars.grow(2), run_time=1.0)
        flight = self._fly({grown: bars.bars[0], taxed: bars.bars[1]}, quotient)
        self.on("quotient", FadeIn(self._rule_over("quotient-rule", quotient)), *flight, run_time=1.6)
        self.add(quotient)
        self.play(Morph(quotient, factored, keep=True), *quieten(definition), run_time=1.3)
        becoming = [(share, (a[i], 1)), (rest, left_over)]
        self.play(Morph(factored, result, becomes=becoming), *quieten(quotient), run_time=1.3)

    @beat(hold="key_hold")
    def case_i_not_j(self) -> None:
        """No growth, because e^{z_j} has no z_i in it; only the tax is left."""
        solution, k = self.solution, self.solution.o
        tax = self.quantity(f"tax[{k}]")
        with evaluate(False):
            none, names = Literal(0) * S, (painted(a[j], "z"), painted(-a[i] * a[j], "minus"))
            taxed = exp(z[j]) * exp(z[i])
            shares = (exp(z[j]) / S, a[j]), (exp(z[i]) / S, a[i])
        bars = self._balance(
            Change(0.0, solution.a[k], names[0], None, "z", ghost=True),
            Change(0.0, tax.value, names[1], signed(tax, "minus"), "minus"),
        )
        definition, quotient, factored, result = self._lines("case_i_not_j", 1, 2, 3, 5)
        quotient.paint({none: "z", taxed: "minus"})
        self.clear_stage(also=[FadeIn(bars.zero, self._class_over(bars, k), definition)])
        self.on("growth", FadeIn(bars.bars[0], bars.labels(0)), run_time=0.8)
        struck = [strike(part) for part in (bars.bars[0], bars.labels(0), quotient.find(none))]
        flight, around = self._fly({taxed: bars.bars[1]}, quotient)
        self.on("contain", FadeIn(self._rule_over("quotient-rule", quotient)), around, run_time=0.8)
        self.play(*[Create(line) for line in struck], run_time=0.7)
        self.on("tax", FadeIn(bars.labels(1)), bars.grow(1), run_time=0.9)
        self.play(flight, run_time=0.9)
        self.add(quotient)
        self.play(Morph(quotient, factored, keep=True), *quieten(definition), run_time=1.3)
        becoming = [(left, (right, 1)) for left, right in shares]
        self.play(Morph(factored, result, becomes=becoming), *quieten(quotient), run_time=1.3)

    @beat(hold="key_hold")
    def jacobian(self) -> None:
        """All pairs at once: a bright diagonal, less a wash of products; every column adds to zero."""
        solution, left_right = self.solution, self.stage.columns(6.2, 6.2, gap=0.4)
        names = tuple([self.class_name(k) for k in range(solution.K)] for _ in ("columns", "rows"))
        table = JacobianTable(solution, left_right[0], names)
        cases = Formula(DERIVATIONS["jacobian"].equations[0])
        matrix = Formula(VECTOR_FORMS["jacobian"])
        upper, lower = left_right[1].rows(1, 1)
        upper.place(cases)
        lower.place(matrix, UP).align_to(cases, LEFT)
        with evaluate(False):
            outer = vector_a * Transposed(vector_a)
        matrix.veiled()
        self.clear_stage(also=[FadeIn(table.names, table.cells)])
        self.add(matrix)
        self.on("form", FadeIn(cases), run_time=1.0)
        self.on(
            "diagonal",
            *table.to_diagonal(),
            *matrix.unveil(jacobian, "=", Diag(vector_a)),
            run_time=1.2,
        )
        self.on("wash", *table.to_jacobian(), *matrix.unveil("−", outer), run_time=1.4)
        column = frame_around(table.column(solution.i), margin=0.05)
        self.on("column", Create(column), run_time=0.8)
        self.on("zero", FadeIn(table.sums, shift=0.2 * DOWN), run_time=0.8)

    def _nudged_strip(self, y: float, dz: float) -> NudgedStrip:
        left, unit = self.stage.left + 0.25, self.stage.width * 0.84
        return NudgedStrip(self.solution.a, self.solution.i, dz, left=left, y=y, unit=unit)

    def _strip_rows(self) -> tuple[Region, Region]:
        """The places of the long strip and, below it, of the squeezed one."""
        _, upper, _, lower, _ = self.stage.rows(1.0, 0.95, 1.2, 0.95, 1.45)
        return upper, lower

    def _shares_on(self, strip: NudgedStrip) -> VGroup:
        """The share of each segment that is wide enough, moving along with it; a_i is named."""
        self._labelled = list[int]()
        values = VGroup()
        for k in range(self.solution.K):
            start, end = strip.spans[strip.segment(k)]
            if end - start < WIDE_ENOUGH:
                continue
            share = self.quantity(f"a[{k}]")
            if k == self.solution.i:
                with evaluate(False):
                    value = Formula(
                        Eq(a[i], with_numbers(a[i], self.solution, {i: k})), plain_ink=True
                    ).set_fill(style().colour("ground"))
            else:
                value = Readout(share, size="body", colour="ground")
            value.fit_width(0.8 * (end - start)).move_to(point(0, strip.y))
            values.add(strip.carry(strip.segment(k), value))
            self._labelled.append(k)
        return values

    def _values_by_class(self) -> zip[tuple[int, Mobject]]:
        return zip(self._labelled, self._values, strict=True)

    def _halves(self) -> tuple[Region, Region]:
        """The bars of a case to the left, its derivation to the right."""
        left, right = self.stage.columns(5.6, 5.6, gap=1.0)
        return left, right

    def _balance(self, *changes: Change) -> Waterfall:
        """Growth, tax and what is left, as bars."""
        return Waterfall(changes, self._halves()[0].rows(0.8, 4.75)[1])

    def _class_over(self, bars: Waterfall, k: int) -> Words:
        """Whose share the bars are about."""
        name = self._halves()[0].rows(0.8, 4.75)[0].place(self.class_name(k, size="body"), DOWN)
        return name.set_x(bars.bars.get_x())

    def _lines(self, derivation: str, *steps: int) -> list[Formula]:
        """Lines of a derivation under each other in the right part; the last two share one place."""
        _, right = self._halves()
        lines = [Formula(DERIVATIONS[derivation].equations[step]) for step in steps]
        rows = right.rows(*[1] * (len(lines) - 1))
        for line, row in zip(lines, [*rows, rows[-1]], strict=True):
            row.place(line, LEFT)
        lines[0].align_to(point(0, right.top), UP)
        for line in lines[-2:]:
            line.level_with(lines[-1].align_to(point(0, right.bottom), DOWN))
        for line in lines[1:]:
            line.align_at(lines[0])
        return lines

    def _rule_over(self, rule: str, line: Formula) -> Words:
        """The name of the rule that gives a line, over its right-hand side."""
        name = self.rule_name(rule)
        return name.next_to(line, UP, buff=0.1).align_to(line.find("=", 0), LEFT)

    def _fly(self, bars: Mapping[Expr, VMobject], line: Formula) -> list[Animation]:
        """Bars fly into the terms of the line that say the same; the last animation shows the rest of it."""
        parts = {term: line.find(term) for term in bars}
        flying = {id(glyph) for part in parts.values() for glyph in part}
        around = VGroup(*[glyph for glyph in line if id(glyph) not in flying])
        return [*[TransformFromCopy(bars[term], part) for term, part in parts.items()], FadeIn(around)]


def signed(quantity: Quantity, role: str) -> Readout:
    """A number with its sign, in the colour of its role."""
    return Readout(quantity, size="body", colour=role, signed=True)


def quieten(formula: Formula) -> list[Animation]:
    """Take a line back to quiet but readable."""
    return [Transform(formula, formula.copy().quieten())]


def painted(expr: Expr, role: str) -> Formula:
    """A formula in one colour."""
    return Formula(expr, plain_ink=True).set_fill(style().colour(role))
