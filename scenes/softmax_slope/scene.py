"""Chapter: the derivative of softmax line by line, by the quotient rule, and the whole Jacobian."""

from dataclasses import replace
from itertools import pairwise
from typing import Any, cast

from manim import (
    DOWN,
    LEFT,
    UP,
    Animation,
    AnimationGroup,
    Create,
    FadeIn,
    FadeOut,
    Indicate,
    LaggedStart,
    Mobject,
    ReplacementTransform,
    Transform,
    UpdateFromAlphaFunc,
    ValueTracker,
    VGroup,
    VMobject,
    linear,
    smooth,
    squish_rate_func,
)
from sympy import Eq, Expr, evaluate, exp

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.nodes import Diag, Literal, Transposed, Word
from softmax_explained.core.formulas.symbols import J, S, a, g, i, j, vector_a, z
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.nudge.case_tag import CaseTag
from softmax_explained.scenes.nudge.last_picture import LastPicture as Before
from softmax_explained.scenes.nudge.small_map import answered
from softmax_explained.scenes.pictures.slope_column import SlopeColumn
from softmax_explained.scenes.softmax_slope.exponential_card import exponential_rule_card
from softmax_explained.scenes.softmax_slope.last_picture import LastPicture
from softmax_explained.scenes.softmax_slope.layout import SlopeLayout
from softmax_explained.scenes.softmax_slope.nudged_shares import nudged_shares
from softmax_explained.scenes.softmax_slope.quotient_card import GAIN, TAKEN, quotient_rule_card, shrink
from softmax_explained.scenes.softmax_slope.sum_terms import SumTerms
from softmax_explained.stage import AlgebraSheet, CameraMove, Formula, Region, Words, beat, line, point, style
from softmax_explained.stage.charts.segment_labels import SegmentLabels
from softmax_explained.stage.design.rate_functions import early, instead, late
from softmax_explained.stage.scene.waivers import allow
from softmax_explained.stage.shapes.annotations import glow
from softmax_explained.stage.shapes.members import members

POINTS = "points at what stands there"
BELOW_MAP = 0.3  # Manim units from the map down to what stands below it
SIGN_GAP = 0.2  # Manim units before the sign of a line
LEADER_GAP = 0.08  # Manim units between a line to a part and what it joins

with evaluate(False):
    OWN, OTHER = exp(z[i]), exp(z[j])
    OWN_SHARE, OTHER_SHARE = OWN / S, OTHER / S
    GROWN, TAXED = OWN * S, OWN * OWN
    REST, LEFT_OVER = (S - OWN) / S, 1 - OWN_SHARE
    NONE, OTHER_TAXED = Literal(0) * S, OTHER * OWN


class SoftmaxSlope(Chapter, film=FILM, docked=("token", "letters", "pins")):
    """The quotient rule gives growth minus tax again, in both cases; all columns make the Jacobian."""

    def first_picture(self) -> None:
        """Column i, full, and the map in its corner."""
        self._before, self._ticks = Before(self), list[VMobject]()
        self.add(*self._before)

    @beat
    def quotient_rule(self) -> None:
        """The quotient rule on a strip: growth minus tax. Its bottom is S, with z_i in one term."""
        layout = self._layout = SlopeLayout.of(self.stage, self.solution.K)
        before, self._map = self._before, self._before.map
        column = self._column = SlopeColumn(self.solution, layout.column, brief=True)
        allow(VGroup(column.slots, *column.contents), "CROWDED", reason="the column of the chapter before")
        question = Formula(Word("?"))
        column.head(allow(question, "CROWDED", reason="asks whether the column, which stands, is right"))
        leaving = self.leaving(before.map, before.column)
        self.on(
            "agree",
            *leaving,
            *before.column.turn_into(column),
            FadeIn(question, rate_func=late),
            run_time=1.2,
        )
        self.remove(*before.column.parts, *column.parts)
        self.add(column.put())
        self._question = question
        total, row, slope = layout.facts
        with evaluate(False):
            share, alone = (Formula(Eq(a[j], OTHER_SHARE), size=size) for size in ("result", "formula"))
        layout.cards.place(share)
        layout.alone.place(alone)
        self.on("fraction", FadeIn(share, shift=0.2 * UP), run_time=0.7)
        card = quotient_rule_card(self, layout.cards)
        opening = FadeIn(card, rate_func=late)
        self.on("rule", ReplacementTransform(share, alone), opening, run_time=1.0)
        lights = [glow(card.formula.find(part)) for part in (GAIN, TAKEN, g**2)]
        for light in lights:
            allow(light, "CROWDED", reason=POINTS)
        allow(VGroup(card.picture.gain, card.picture.tax), "CROWDED", reason="the strip of the card at work")
        self.on("top", FadeIn(lights[0]), *card.picture.grow_part(), run_time=0.9)
        self.on("bottom", *instead(*lights[:2]), *card.picture.grow_whole(), run_time=0.9)
        self.play(*instead(*lights[1:]), run_time=0.9)
        slices = (card.picture.gain, "growth"), (card.picture.tax, "minus")
        lit = [Indicate(each, scale_factor=1.15, color=style().colour(role)) for each, role in slices]
        self.on("strip", *lit, run_time=0.8)
        sums = Formula(IDENTITIES["total"].relation)
        total.place(sums)
        result = slope.place(Formula(DERIVATIONS["total_slope"].equations[-1]))
        terms = SumTerms(self.solution, row)
        is_below = slope != row  # else the result comes instead of the terms
        is_beside = total.right < row.left
        terms.align(sums, x=not is_beside, y=is_beside)
        terms.align(result, y=not is_below)
        allow(VGroup(sums, terms), "CROWDED", reason="the chapter on softmax has defined S")
        small = quotient_rule_card(self, layout.quotient, brief=True)
        allow(small, "CROWDED", reason="the card, which makes room")
        smaller = [*shrink(card, small), FadeOut(alone, rate_func=early)]
        standing = [FadeIn(each, rate_func=late) for each in (sums, terms)]
        self.on("sum", FadeOut(lights[2]), *smaller, *standing, run_time=0.6)
        power = exponential_rule_card(self, layout.exponential)
        self.on("term", FadeIn(power), run_time=0.6)
        self.play(*terms.differentiate(), run_time=0.9)
        terms.settle()
        own = [FadeIn(result, shift=0.2 * UP)] if is_below else terms.conclude(result)
        self.on("own", *own, run_time=0.7)
        if not is_below:
            self.remove(terms)
            self.add(result)

    @beat
    def case_i_equals_j(self) -> None:
        """The first case, line by line, each with its reason."""
        lines = [Formula(each) for each in DERIVATIONS["case_i_equals_j"].equations[1:]]
        _, quotient, factored, split, _ = lines
        quotient.paint({GROWN: "growth", TAXED: "minus"})
        for each in (factored, split):
            each.find(OWN_SHARE, 0).set_fill(style().colour("a"))
        factored.find(OWN, 1).set_fill(style().colour("minus"))
        split.find(OWN_SHARE, 1).set_fill(style().colour("minus"))
        sheet = self._sheet = self._sheet_of(lines)
        tag = self._tag = CaseTag(self.label("case", size="body"), "=")
        self._layout.tag.place(tag, LEFT)
        frame = self._frame = allow(self._column.frame(self.solution.i), "CROWDED", reason=POINTS)
        standing = [FadeIn(each, rate_func=late) for each in (tag, frame)]
        away = self.leaving(self._map, self._column)
        self.on("case", *away, *standing, *_late(sheet.begin()), run_time=0.7)
        self.on("first", *sheet.next(rule=self._reason("quotient-rule")), run_time=1.0)
        self.play(*_pointing(sheet.light(GROWN)), run_time=0.3)
        self.on("minus", *_pointing(sheet.light(TAXED)), run_time=0.4)
        self.on("square", *_pointing(sheet.light(S**2)), run_time=0.4)
        pairs = [((OWN, 0), (OWN, 0)), ((S, 0), (S, 1)), ((OWN, 2), (OWN, 1))]
        self.on("factor", *sheet.next(travel=pairs, rule=self._reason("factor")), run_time=1.0)
        brace = _under(factored, (OWN_SHARE, 0), a[i])
        self.play(*sheet.note(brace), run_time=0.4)
        self.on("left", *_pointing(sheet.light(REST)), run_time=0.4)
        pairs = [((OWN_SHARE, 0), (OWN_SHARE, 0))]
        self.on("one", *sheet.next(travel=pairs, rule=self._reason("split-fraction")), run_time=0.7)
        pairs = [((OWN_SHARE, 0), (a[i], 1)), ((OWN_SHARE, 1), (a[i], 2))]
        self.on("result", *sheet.next(travel=pairs, rule=self._reason("name-the-share")), run_time=0.9)
        self._confirm(self.solution.i)

    @beat
    def case_i_not_j(self) -> None:
        """The second case, line by line: the zero is the growth that is missing."""
        lines = [Formula(each) for each in DERIVATIONS["case_i_not_j"].equations[1:]]
        header, quotient, dropped, split, _, result = lines
        quotient.paint({NONE: "growth", OTHER_TAXED: "minus"})
        dropped.paint({OTHER_TAXED: "minus"})
        for line_, taxed in ((split, OTHER_SHARE), (split, OWN_SHARE), (result, result.expr.rhs)):
            line_.find(taxed).set_fill(style().colour("minus"))
        before, column, t = self._sheet, self._column, self.solution.t
        sheet = self._sheet = self._sheet_of([header, quotient, dropped, split, result])
        tag = self._layout.tag.place(CaseTag(self.label("case", size="body"), "≠"), LEFT)
        frame = allow(column.frame(t), "CROWDED", reason=POINTS)
        turned = [*instead(self._tag, tag), *instead(self._frame, frame)]
        self.on("case", *before.clear(), *turned, *_late(sheet.begin()), run_time=0.9)
        self.on("contain", *_pointing(sheet.light(OTHER)), run_time=0.7)
        rule = self._reason("quotient-rule")
        self.on("zero", *sheet.next(rule=rule), run_time=0.7)
        self.play(*_pointing(sheet.light(NONE)), run_time=0.3)
        word = pointing_at(quotient.find(NONE), self.label("growth", colour="growth"), quotient.find("="))
        self.on("gone", *_pointing(sheet.strike(NONE)), *sheet.note(word), run_time=0.5, sound="cancel")
        pairs = [((OTHER_TAXED, 0), (OTHER_TAXED, 0)), ((S**2, 0), (S**2, 0))]
        self.on("minus", *sheet.next(travel=pairs, rule=self._reason("drop-zero")), run_time=0.9)
        pairs = [((OTHER, 0), (OTHER, 0)), ((OWN, 0), (OWN, 0))]
        self.on("split", *sheet.next(travel=pairs, rule=self._reason("split-fraction")), run_time=0.7)
        braces = [_under(split, (OTHER_SHARE, 0), a[j]), _under(split, (OWN_SHARE, 0), a[i])]
        self.play(*sheet.note(*braces), run_time=0.3)
        pairs = [((OTHER_SHARE, 0), (a[j], 1)), ((OWN_SHARE, 0), (a[i], 0))]
        self.on("result", *sheet.next(travel=pairs, rule=self._reason("name-the-share")), run_time=0.8)
        self._tag, self._frame = tag, frame
        self._confirm(*[k for k in range(self.solution.K) if k != self.solution.i])

    def _reason(self, rule: str) -> Words:
        """The name of a rule beside the line that it gives."""
        return allow(self.rule_name(rule), "CROWDED", reason="why the line follows, said by the line")

    def _sheet_of(self, lines: list[Formula]) -> AlgebraSheet:
        """A sheet, with room for the names of rules where that is wide enough; the result stands whole."""
        region = self._layout.sheet
        names = max(0.0, min(2.7, region.width - 5.6))
        return AlgebraSheet(lines, region, hanging=True, closed=True, names=names)

    def _confirm(self, *classes: int) -> None:
        """Tick the slots of the column that the last line agrees with, and fill those of the map."""
        column, slots = self._column, self._map.slots["left"]
        one = [self.solution.t if self.solution.t in classes else classes[0]]
        ticks = [
            allow(column.tick(k), "CROWDED", reason=POINTS) for k in (classes if column.is_readable else one)
        ]
        fills = [Transform(slots[k].frame, answered(slots[k], column.role(k))) for k in classes]
        self.play(*[Create(tick) for tick in ticks], *fills, run_time=0.6)
        colours = {k: style().colour(column.role(k)) for k in classes}
        flashes = [Indicate(slots[k].frame, scale_factor=1.3, color=each) for k, each in colours.items()]
        self.play(*flashes, run_time=0.6)
        self._ticks.extend(ticks)

    @beat(hold="key_hold")
    def jacobian(self) -> None:
        """A nudge of every score fills one column each: growth on the diagonal, tax everywhere."""
        last, column, i_, K = LastPicture(self), self._column, self.solution.i, self.solution.K
        allow(last.map, "CROWDED", reason="the map, which stands all the while")
        for part in (last.table.numbers, *last.table.sums):
            allow(part, "CROWDED", reason="they have stood before the terms are shown")
        table, strip = last.table.blank(), last.shares_over(self.solution.a, self._layout.strip)
        written = [self.class_name(k, size="least", colour="ground") for k in range(K)]
        # its segments are not over the columns of their classes
        segments = SegmentLabels(written, strip, y=strip.y - 0.3 * style().size("least"))
        allow(segments, "CROWDED", reason="the names of the classes, which head the columns")
        own = VGroup(*[row[i_] for row in members(table.cells, VGroup)])
        for cell, filled in zip(own, table.filled(i_), strict=True):
            cell.become(filled)
        numbers = [row[i_] for row in table.numbers]
        rest = VGroup(*[cell for row in table.cells for cell in row if cell not in [*own]], *table.names)
        picture = [table.cells, table.names, table.corner, *numbers]
        for each in picture:
            allow(each, "OUTSIDE", reason="the camera goes back from one column to the whole table")
        focus, free = own.get_center(), self._beside_map(2 * own.width)
        target = free.centre
        factor = max(1.0, min(2.0, 0.86 * free.height / table.cells.height))
        CameraMove(picture, focus=focus, target=target, factor=factor).interpolate(1.0)
        docked = [part for k in range(K) for part in column.contents[k]]
        arriving = own.copy()
        self.on(
            "nudge",
            *self.leaving(self._map, column),
            *[FadeOut(part, rate_func=early) for part in docked],
            Transform(column.slots, arriving, rate_func=squish_rate_func(smooth, 0.0, 0.6)),
            *[FadeIn(each, rate_func=late) for each in numbers],  # in their cells, once these have arrived
            run_time=0.9,
        )
        self.remove(column.slots, column, *docked)
        rest.set_fill(opacity=0)
        table.corner.set_opacity(0)
        self.add(table.cells, table.names, table.corner, *numbers)
        back = CameraMove(picture, focus=target, target=focus, factor=1 / factor)
        fade = UpdateFromAlphaFunc(rest, lambda parts, alpha: parts.set_fill(opacity=_last(alpha)))
        mark = UpdateFromAlphaFunc(table.corner, lambda parts, alpha: parts.set_opacity(_last(alpha)))
        self.play(back, fade, mark, FadeIn(strip, segments, rate_func=_last), run_time=1.1)
        nudged: Any = ValueTracker(0.0)
        segments.follow()
        strip.add_updater(lambda live: live.draw(nudged_shares(self.solution.a, nudged.get_value())))
        columns = [AnimationGroup(*table.fill(k)) for k in range(K) if k != i_]
        sums = [FadeIn(each) for each in table.sums_of_column(i_)]
        through = nudged.animate(rate_func=linear).set_value(float(K))
        self.on("column", through, *sums, LaggedStart(*columns, lag_ratio=0.7), run_time=2.2)
        strip.clear_updaters()
        strip.draw(self.solution.a)
        segments.settle()
        self.remove(*table.parts)
        self.add(table.whole())
        formula = last.formula.hidden()
        self.add(formula)
        with evaluate(False):
            outer = vector_a * Transposed(vector_a)
        gone = FadeOut(VGroup(strip, segments), rate_func=early)
        self.on("form", gone, Create(last.bracket), *formula.reveal(J), run_time=0.6)
        # the table is not J while it shows one of both terms
        letter: Any = formula.find(J)
        unnamed = letter.animate(rate_func=early).set_fill(opacity=0)
        self.on("growth", unnamed, *formula.reveal(Diag(vector_a)), *table.show_growth(), run_time=0.6)
        diagonal = formula.find(Diag(vector_a))
        dimmed = diagonal.animate.set_fill(opacity=style().dim("text"))  # it is not in the table now
        self.on("tax", dimmed, *formula.reveal("−", outer), *table.show_taxes(), run_time=0.6)
        self.on("sum", *formula.reveal(J, "=", Diag(vector_a)), *table.show_sum(), run_time=0.9)
        self.remove(*self.picture_of_beats())
        self.add(*last)

    def _beside_map(self, width: float) -> Region:
        """The stage for something of a width in its middle: below the map if it would reach into that."""
        stage, edge = self.stage, float(self._map.get_left()[0])
        if stage.x + width / 2 < edge:
            return stage
        return replace(stage, top=float(self._map.get_bottom()[1]) - BELOW_MAP)


def _pointing(animations: list[Animation]) -> list[Animation]:
    """The animations, whose mobjects show nothing new."""
    for animation in animations:
        allow(cast(Mobject, animation.mobject), "CROWDED", reason=POINTS)
    return animations


def _last(alpha: float) -> float:
    """Start when a camera move is nearly over, so that nothing that is still too large is seen."""
    return late(max(0.0, 2 * alpha - 1))


def _late(animations: list[Animation]) -> list[Animation]:
    """The animations, delayed to the end of the move."""
    for animation in animations:
        animation.rate_func = late
    return animations


def pointing_at(part: VMobject, word: Words, sign: VMobject) -> VGroup:
    """A word left of a sign, as high as a part right of it, and a line from the word to that part.

    At the height of the sign it would read as the left side of an equation.
    """
    y = float(part.get_y())
    word.next_to(sign, LEFT, buff=SIGN_GAP).set_y(y)
    ends = float(word.get_right()[0]) + LEADER_GAP, float(part.get_left()[0]) - LEADER_GAP
    return VGroup(word, line(*[point(x, y) for x in ends], colour="growth"))


def _under(formula: Formula, part: tuple[Expr, int], share: Expr) -> VGroup:
    """A bracket under a fraction of a line, and below it the share that it is."""
    fraction = formula.find(*part)
    left, right = float(fraction.get_left()[0]), float(fraction.get_right()[0])
    y = float(fraction.get_bottom()[1]) - 0.1
    corners = point(left, y + 0.07), point(left, y), point(right, y), point(right, y + 0.07)
    bracket = VGroup(*[line(*pair) for pair in pairwise(corners)])
    name = Formula(share, size="least_formula").next_to(bracket, DOWN, buff=0.06)
    return allow(VGroup(bracket, name), "CROWDED", reason="the share that the fraction is")
