"""Chapter: why not squared error. It starts with the same subtraction, which must still pass softmax."""

from __future__ import annotations

from typing import Any

from manim import (
    RIGHT,
    Create,
    FadeIn,
    FadeOut,
    Indicate,
    ReplacementTransform,
    ValueTracker,
    VGroup,
    VMobject,
    linear,
    smooth,
    squish_rate_func,
)
from sympy import Eq, Rational, evaluate

from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.symbols import Q, a, j, k, sum_over, y
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.collapse.last_picture import LastPicture as FromCollapse
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.squared_error.last_picture import LastPicture
from softmax_explained.scenes.squared_error.length_bars import LengthBars
from softmax_explained.scenes.squared_error.two_rows import LINK, Row, SurerNetwork, longest_slopes
from softmax_explained.stage import Formula, Region, Words, beat, strike, style
from softmax_explained.stage.design.rate_functions import early, late
from softmax_explained.stage.scene.waivers import allow
from softmax_explained.stage.text.label_layout import spread

PRODUCTS = {  # of the two links of a path, under each loss
    "ce": DERIVATIONS["other_path"].equations[0].rhs,
    "q": DERIVATIONS["squared_error_path"].equations[0].rhs,
}
GAP = 0.15  # Manim units between the rows
BESIDE = 0.3  # between two heads
APART, MOST_APART = 0.9, 1.6  # Manim units between a loss and its slope


class SquaredError(Chapter, film=FILM):
    """Both losses own a − y; only cross-entropy brings it to the scores undamped."""

    def first_picture(self) -> None:
        self._before = FromCollapse(self)
        self.add(*self._before)

    @beat
    def nothing_to_cancel(self) -> None:
        """The steep slope comes out of softmax as a − y; a − y itself comes out as half at most."""
        heads, upper, lower, foot = self._rows()
        before = self._before
        link, softmax, whole = self._heads(heads, upper)
        left, right = foot.columns(0.42, 0.58, gap=0.4)
        loss, link_line = self._first_link(foot)
        columns = lower.before, upper.after
        parts = [
            part
            for column in columns
            for part in (column.zero, column.bars, column.breaks, column.leaders, column.names)
        ]
        titles = [part for row in (upper, lower) for part in (row.title, row.subtraction)]
        names = [FadeIn(each, rate_func=late) for each in (*titles, link, whole)]
        digits = [FadeIn(column.numbers, rate_func=late) for column in columns if len(column.numbers)]
        coming = *[FadeIn(part) for part in parts], *digits, *names, FadeIn(loss, link_line, rate_func=late)
        self.on("same", *self.leaving(), *coming, run_time=1.2)
        self._tidy(before, *columns, *titles, link, whole, loss, link_line)
        lit = Indicate(link, scale_factor=1.15, color=style().colour("ink"))
        self.on("first", lit, FadeIn(upper.before), run_time=0.7)
        tables = [FadeIn(part) for row in (upper, lower) for part in (row.table, row.arrows)]
        products = self._products(foot)
        moves = FadeOut(loss, link_line, rate_func=early), FadeIn(*products.values(), rate_func=late)
        self.on("table", *tables, FadeIn(softmax), *moves, run_time=0.6)
        product = products["ce"][0]
        strokes = VGroup(*[strike(product.find(a[j], nth)) for nth in (0, 1)])
        self.on("cancel", *[Create(stroke) for stroke in strokes], run_time=0.6, sound="cancel")
        self.play(*lower.through(), run_time=0.9)
        lengths = self._lengths(right)
        surer = SurerNetwork(self, upper, lower, lengths, left)
        formulas = FadeOut(VGroup(*products.values(), strokes), rate_func=early)
        self.on("half", formulas, FadeIn(VGroup(surer.strip, surer.names), rate_func=late), run_time=0.6)
        self.play(*lengths.grow_first(), run_time=0.5)
        self.play(*lengths.grow_second(), run_time=0.7)
        self.add(lengths)
        numbers = [column.numbers for column in (upper.before, *columns, lower.after)]
        self.add(surer.follower)
        lengths.follow()
        ended, broken = surer.change_of_breaks()
        gone = [FadeOut(each, rate_func=early) for each in (*numbers, ended)]
        come = FadeIn(broken, rate_func=late)
        self.on("sure", surer.sureness.animate.set_value(1.0), *gone, come, run_time=1.8)
        self.remove(surer.follower)
        surer.draw()
        lengths.settle((self.quantity("glen_sure"), self.quantity("gqlen_sure")))
        self._upper, self._lower = upper, lower

    @beat
    def race(self) -> None:
        """The strips of the first minute again, with the push on the true score at their start."""
        last, first = LastPicture(self), LastPicture(self)
        race = first.race.draw(0)
        t = self.solution.t
        gauges = [strip.gauge for strip in (race.upper, race.lower) if strip.gauge is not None]
        kept = [row.after.bars[t] for row in (self._upper, self._lower)]
        for bar in kept:
            bar.set_z_index(1)  # in front of the gauges, which come after them
        soon = squish_rate_func(smooth, 0.0, 0.7)  # before what they would pass
        moved = [
            ReplacementTransform(bar, gauge.bar, rate_func=soon)
            for bar, gauge in zip(kept, gauges, strict=True)
        ]
        rest = [part for strip in (race.upper, race.lower) for part in strip if part is not strip.gauge]
        rest += [part for gauge in gauges for part in (gauge.track, gauge.number, gauge.caption)]
        self._release(*kept)
        coming = [FadeIn(part, rate_func=late) for part in (*rest, first.rate)]
        self.on("start", *self.leaving(*kept), *moved, *coming, run_time=1.2)
        self.remove(*self.picture_of_beats())
        self.add(race, first.rate)
        step: Any = ValueTracker(0.0)
        race.follow(step.get_value)
        ce = step.animate(rate_func=linear).set_value(race.first_stop)
        self.on("ce", ce, run_time=1.4, sound="count", times=race.first_stop)
        weak = VGroup(gauges[1].number, gauges[1].caption)
        self.on("push", Indicate(weak, scale_factor=1.08, color=style().colour("C")), run_time=0.6)
        q, more = step.animate(rate_func=linear).set_value(race.last_stop), race.last_stop - race.first_stop
        self.on("q", q, run_time=2.6, sound="count", times=more)
        race.settle(race.last_stop)
        self.remove(race, first.rate)
        self.add(*last)

    def _rows(self) -> tuple[Region, Row, Row, Region]:
        """The region of the heads of the columns, both rows, and the region below them."""
        heads, above, below, foot = self.stage.rows(0.45, 2.0, 2.0, 2.0, gap=GAP)
        names = [self.label(name, size="body", weight=600) for name in ("ce", "q")]
        for name in names:
            allow(name, "ADRIFT", reason="the head of a row")
        keys = ("dCda", "g"), ("g", "gq")
        upper, lower = (
            Row(self, region, name, key)
            for region, name, key in zip((above, below), names, keys, strict=True)
        )
        return heads, upper, lower, foot

    def _heads(self, region: Region, row: Row) -> list[Words]:
        """The heads of both rows: of the columns that go in, of the tables, and of those that come out."""
        heads = {n: self.label(name, colour="quiet") for n, name in enumerate(("first", "table", "whole"))}
        places = {
            n: float(part.get_x()) for n, part in enumerate((row.before.zero, row.table, row.after.zero))
        }
        spread(heads, places, region.left, region.right, gap=BESIDE)
        return [
            allow(each.centre_on(region.y), "ADRIFT", reason="the head of a column")
            for each in heads.values()
        ]

    def _products(self, region: Region) -> dict[str, VGroup]:
        """What both links of a path are under each loss, with the name of the loss below."""
        products = {key: Formula(each) for key, each in PRODUCTS.items()}
        places = region.columns(*[1] * len(products), gap=2 * BESIDE)
        least = min(place.width / products[key].width for key, place in zip(products, places, strict=True))
        found = dict[str, VGroup]()
        for (key, product), place in zip(products.items(), places, strict=True):
            name = self.label(key, colour="quiet")
            name.move_to(place.centre).stand_on(region.bottom + 0.3 * name.em)
            above = Region(place.left, float(name.get_top()[1]) + 0.1, place.right, region.top)
            product.scale(min(1.0, least, above.height / product.height)).move_to(above.centre)
            found[key] = VGroup(product, name)
        return found

    def _lengths(self, region: Region) -> LengthBars:
        """How long a − y is, how much of it comes out of the lower row, and where its half is."""
        quantities = self.quantity("glen"), self.quantity("gqlen")
        names = self.label("in", colour="quiet"), self.label("out", colour="quiet")
        head, half = self.label("length", colour="quiet"), self.label("half", colour="quiet")
        allow(head, "ADRIFT", reason="the head of both bars")
        return LengthBars(quantities, names, head, half, region, longest=longest_slopes(self.solution))

    def _first_link(self, foot: Region) -> tuple[Formula, Formula]:
        """What Q is, and beside it its slope for one share."""
        with evaluate(False):
            loss = Formula(Eq(Q, Rational(1, 2) * sum_over((a[k] - y[k]) ** 2, k)))
        link = Formula(LINK)
        row = VGroup(loss, link)
        row.scale(min(1.0, foot.width / (loss.width + APART + link.width)))
        apart = min(MOST_APART, foot.width - loss.width - link.width)
        link.next_to(loss, RIGHT, buff=apart).level_with(loss)
        row.move_to(foot.centre)
        return loss, link

    def _tidy(self, *kept: VGroup) -> None:
        """Leave the groups on the stage in place of copies that have moved into them."""
        self.remove(*self.picture_of_beats())
        self.add(*[each for each in kept if each is not self._before])

    def _release(self, *parts: VMobject) -> None:
        """Put parts of groups on the stage on their own, so that they can stay when the groups leave."""
        stage = self.picture_of_beats()
        pieces = [
            piece
            for each in stage
            for piece in each.family_members_with_points()
            if isinstance(piece, VMobject)
        ]
        self.remove(*stage)
        self.add(VGroup(*[piece for piece in pieces if piece not in parts]), *parts)
