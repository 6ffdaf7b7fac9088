"""Chapter: the loss. Only the targets' classes pay, small shares cost a lot, and why a logarithm."""

from __future__ import annotations

from typing import Any

from manim import RIGHT, Create, FadeIn, FadeOut, ReplacementTransform

from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.loss.bars import StandingBars
from softmax_explained.scenes.loss.last_picture import LastPicture
from softmax_explained.scenes.loss.price import PaidPrices
from softmax_explained.scenes.loss.price_point import LossLevel
from softmax_explained.scenes.loss.slope import SwingingTangent
from softmax_explained.scenes.loss.terms import LossRows
from softmax_explained.scenes.softmax.last_picture import LastPicture as SoftmaxPicture
from softmax_explained.stage import Region, appear, beat
from softmax_explained.stage.design.rate_functions import early, late
from softmax_explained.stage.scene.waivers import allow

GAP = 0.3  # Manim units from the number of the slope to the card


class Loss(Chapter, film=FILM):
    """Cross-entropy term by term, as a curve, and why it is a logarithm."""

    def first_picture(self) -> None:
        """The strip of shares on its ruler."""
        self._strip = SoftmaxPicture(self).shares
        self.add(*self._strip)

    @beat(hold="key_hold")
    def who_pays(self) -> None:
        """The strip stands up into bars; one unit of targets goes to them; each class pays for its part."""
        left, right = self._halves()
        wide, self._bars = (StandingBars(self, region) for region in (self.stage, left))
        names = [self.class_name(k, colour="quiet", quoted=True) for k in range(self.solution.K)]
        rows, strip = LossRows(self.solution, names, right), self._strip
        self.remove(strip.strip).add(*strip.strip.boxes)
        self.add(strip.tags)
        self.on("target", FadeOut(strip.tags, rate_func=early), run_time=0.4)
        self.play(*wide.stand_up(strip), run_time=1.2)
        self.remove(*strip.strip.boxes).add(*wide.chart.bars)
        self.play(*wide.label(), run_time=0.5)
        self.remove(*wide.chart.bars, wide.chart.names).add(wide.chart)
        self.on("one", *wide.give(), FadeIn(wide.sum, rate_func=late), run_time=1.2)
        self.on("terms", *wide.turn_into(self._bars), run_time=1.1)
        self.play(rows.weigh(), run_time=1.2)
        self.on("adds", *rows.add_up(), run_time=0.8)
        self.on("pays", *rows.pay(), *rows.work_out(), run_time=1.2)
        self.remove(*[row for row, _ in rows.paying]).add(*[worked for _, worked in rows.paying])

    @beat
    def price(self) -> None:
        """The bar of the true class lies down under the curve −ln a: its price is read on the axis."""
        sol = self.solution
        self._paid = paid = PaidPrices(self, self.stage, self.label("mean", colour="quiet"))
        bar = self._bars.chart.bars[sol.t].copy()
        self.add(bar)
        lines, figures = paid.curve.lines_and_figures()
        lying = ReplacementTransform(bar, paid.point.bar)
        self.play(*self.leaving(bar), FadeIn(lines, rate_func=late), lying, run_time=0.8)
        figured = FadeIn(figures), FadeIn(paid.point.number)  # the bar has passed their places
        self.on("share", *figured, Create(paid.curve.curve), FadeIn(paid.curve.label), run_time=0.8)
        self.on("cost", *paid.read_off(), run_time=1.0)
        self.add(paid)
        paid.follow()
        self.on("full", *paid.to_least(), run_time=1.6)
        self.on("zero", *paid.to_nothing(), run_time=1.5)
        self.play(*paid.back(), run_time=1.0)
        paid.settle()

    @beat
    def why_log(self) -> None:
        """Shares multiply, prices add; the slope of the price is −1/a, which goes to the dock as a token."""
        paid = self._paid
        last = LastPicture(self)
        curve, point = last.curve, last.point
        self.on("why", *paid.turn_into(last), run_time=1.0)
        self.remove(paid).add(curve, point, allow(last.level, "CROWDED", reason="the line of the price"))
        self.play(*last.card.open(), run_time=0.6)
        self.on("multiply", *last.card.multiply(), run_time=1.0)
        self.on("add", *last.card.add_prices(), run_time=0.9)
        self.on("log", *last.card.write(), run_time=0.7)
        self.add(last.card)
        slope = self._slope(last)
        label: Any = curve.label
        place = label.get_center()
        is_seen = slope.aside is not None
        aside = FadeOut(label) if slope.aside is None else label.animate.shift(slope.aside * RIGHT)
        self.on("slope", Create(slope.tangent), aside, run_time=0.6)
        self.add(slope).play(*appear(*slope[1:]), run_time=0.4)
        slope.follow()
        point.follow(slope.price.get_value)
        if isinstance(last.level, LossLevel):
            last.level.follow(slope.price.get_value)
        steep, flat, back = slope.swing()
        self.on("steep", slope.price.animate.set_value(steep), run_time=0.9)
        self.play(slope.price.animate.set_value(flat), run_time=0.9)
        self.play(slope.price.animate.set_value(back), run_time=0.6)
        for part in (slope, point):
            part.settle()
        if isinstance(last.level, LossLevel):
            last.level.settle()
        whole = self.production.cut.whole
        token = [FadeIn(self.dock.parts["token"])] if whole else []
        home = label.animate(rate_func=late).move_to(place) if is_seen else FadeIn(label, rate_func=late)
        self.on("keep", *token, FadeOut(slope, rate_func=early), home, run_time=1.2)

    def _slope(self, last: LastPicture) -> SwingingTangent:
        """The tangent at the share of the true class; its number ends before a card that is beside it."""
        price = -float(self.solution.log_a[self.solution.t])
        panel, size = last.card.panel, "number" if self.stage.is_landscape else "body"
        beside = float(panel.get_left()[0]) - GAP
        right = beside if beside > self.stage.left + GAP else self.stage.right
        return SwingingTangent(
            last.curve,
            self.quantity("slope[t]"),
            price,
            right=right,
            word=self.label("slope", colour="C"),
            size=size,
        )

    def _halves(self) -> tuple[Region, Region]:
        """The regions of the bars and of the rows beside or below them."""
        stage = self.stage
        if stage.is_landscape:
            left, right = stage.columns(48, 52, gap=0.5)
            return left, right
        upper, lower = stage.rows(43, 57, gap=0.2)
        return upper, lower
