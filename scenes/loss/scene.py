"""Chapter: the loss. Only the targets' classes pay, small shares cost a lot, and why a logarithm."""

from __future__ import annotations

from manim import LEFT, RIGHT, Create, FadeIn, FadeOut, ReplacementTransform, ValueTracker

from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.loss.bars import StandingBars
from softmax_explained.scenes.loss.last_picture import LastPicture
from softmax_explained.scenes.loss.price import PaidPrices
from softmax_explained.scenes.loss.terms import LossRows
from softmax_explained.scenes.softmax.last_picture import LastPicture as SoftmaxPicture
from softmax_explained.stage import Chapter, Readout, Region, TransformFormula, beat
from softmax_explained.stage.design.rate_functions import early, late

FLATTER, STEEPER = 0.9, 0.9  # by how much the price changes while the tangent swings
LEAST = 0.35  # least price while it does
OVER_RULER = 0.75  # least distance in Manim units of the slope's number from the ruler
GAP = 0.3  # from it to the card


class Loss(Chapter, film=FILM):
    """Cross-entropy term by term, as a curve, and why it is a logarithm."""

    def first_picture(self) -> None:
        """The strip of shares on its ruler."""
        self._strip = SoftmaxPicture(self).shares
        self.add(*self._strip)

    @beat
    def who_pays(self) -> None:
        """The strip stands up into bars; one unit of targets goes to them; each class pays for its part."""
        left, right = self._halves()
        wide, self._bars = (StandingBars(self, region) for region in (self.stage, left))
        names = [self.class_name(k, colour="quiet") for k in range(self.solution.K)]
        rows, strip = LossRows(self.solution, names, right), self._strip
        self.remove(strip.strip).add(*strip.strip.boxes)
        self.add(strip.tags)
        self.on("target", FadeOut(strip.tags), run_time=0.3)
        self.play(*wide.stand_up(strip), run_time=1.0)
        self.remove(*wide.chart.bars, *wide.chart.names).add(wide.chart)
        self.play(FadeIn(wide.unit), run_time=0.5)
        self.on("one", *wide.give(), FadeIn(wide.sum, rate_func=late), run_time=1.2)
        self.on("terms", *wide.turn_into(self._bars), run_time=0.8)
        self.play(rows.weigh(), run_time=1.2)
        self.on("adds", *rows.add_up(), run_time=0.8)
        worked = [TransformFormula(row, there, becomes=pairs) for row, there, pairs in rows.paying()]
        self.on("pays", *rows.pay(), *worked, run_time=1.2)

    @beat
    def price(self) -> None:
        """The bar of the true class lies down under the curve −ln a: its price is read on the axis."""
        sol = self.solution
        self._paid = paid = PaidPrices(sol, self.stage)
        bar = self._bars.chart.bars[sol.t].copy()
        self.add(bar)
        self.play(*self.leaving(bar), FadeIn(paid.curve.ruler, paid.curve.axis, rate_func=late), run_time=0.7)
        self.on(
            "share",
            ReplacementTransform(bar, paid.point.bar),
            FadeIn(paid.point.number, rate_func=late),
            run_time=0.9,
        )
        self.play(Create(paid.curve.curve), FadeIn(paid.curve.label), run_time=0.7)
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
        paid, sol = self._paid, self.solution
        last = LastPicture(self, self.label("likelihood"))
        curve, point = last.curve, last.point
        self.on("why", *paid.turn_into(last), *last.card.open(), run_time=1.1)
        self.remove(paid).add(curve, point, last.level)
        self.on("multiply", *last.card.multiply(), run_time=1.0)
        self.on("add", *last.card.add_prices(), run_time=0.9)
        self.on("log", *last.card.write(), run_time=0.7)
        self.add(last.card)
        price = -float(sol.log_a[sol.t])
        moved = ValueTracker(price)
        size = "number" if self.stage.is_landscape else "body"
        tangent, slope = curve.tangent(price), Readout(self.quantity("slope[t]"), size=size, colour="C")

        def beside(number: Readout) -> None:
            number.next_to(curve.at(moved.get_value()), RIGHT, buff=0.35)
            number.set_y(max(float(number.get_y()), float(curve.foot[1]) + OVER_RULER))

        beside(slope)
        room = self.stage.width - last.card.width - GAP - float(slope.get_left()[0] - self.stage.left)
        if self.stage.height < self.stage.width:
            slope.fit_width(max(room, 1.0))
            beside(slope)
        self.on("slope", Create(tangent), FadeOut(curve.label, rate_func=early), FadeIn(slope), run_time=0.8)
        tangent.add_updater(lambda line: line.become(curve.tangent(moved.get_value())))
        slope.follow(lambda: curve.slope(moved.get_value()), edge=LEFT).add_updater(beside)
        point.follow(moved.get_value)
        if not sol.is_soft:
            last.level.follow(moved.get_value)
        steep, flat = self._swing(price, curve.top)
        self.on("steep", moved.animate.set_value(steep), run_time=1.0)
        self.play(moved.animate.set_value(flat), run_time=1.0)
        self.play(moved.animate.set_value(price), run_time=0.8)
        tangent.clear_updaters()
        slope.settle(edge=LEFT)
        point.settle()
        last.level.settle()
        token = (
            [FadeIn(self.dock.parts["token"], target_position=tangent, scale=0.7)]
            if self.production.cut.whole
            else []
        )
        self.on(
            "keep",
            *token,
            FadeOut(tangent, slope, rate_func=early),
            FadeIn(curve.label, rate_func=late),
            run_time=1.2,
        )

    def _halves(self) -> tuple[Region, Region]:
        """The regions of the bars and of the rows beside or below them."""
        stage = self.stage
        if stage.is_landscape:
            left, right = stage.columns(48, 52, gap=0.5)
            return left, right
        upper, lower = stage.rows(43, 57, gap=0.2)
        return upper, lower

    @staticmethod
    def _swing(price: float, top: float) -> tuple[float, float]:
        """The highest and the lowest price while the tangent swings."""
        seen = min(price, top - 0.3)
        return max(price, min(seen + STEEPER, top - 0.1)), max(min(LEAST, price), seen - FLATTER)
