"""Chapter: the loss. Only the true class contributes, small shares cost a lot, and why a logarithm."""

from manim import LEFT, RIGHT, UP, Create, FadeIn, ValueTracker, VGroup, there_and_back

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.symbols import DEFINITIONS, i, k, z
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.loss.loss_on_curve import OneHotLoss, SoftTargetLoss
from softmax_explained.scenes.loss.terms import LossTerms
from softmax_explained.stage import Box, FillGap, Formula, Readout, Region, beat, equals, point, strike, style
from softmax_explained.stage.animations.cancel_terms import log_and_base
from softmax_explained.stage.scene.chapter import Chapter, appear

WHOLE = 1.45  # height in Manim units of the loss above its terms
KIND = 0.65  # height in Manim units of the kind of the targets where it is below the loss


class Loss(Chapter, film=FILM):
    """Cross-entropy term by term, as a curve, and two reasons for the logarithm."""

    @beat
    def who_pays(self) -> None:
        """Each target moves into its term; terms with target 0 are dimmed, the others are the loss."""
        sol = self.solution
        whole = Formula(equals(DEFINITIONS["C"], self.quantity("C"))).fit_width(self.stage.width).hidden()
        high = WHOLE if self.stage.is_landscape else whole.height + KIND
        head, below = self.stage.rows(high, self.stage.height - high)
        terms = LossTerms(sol, [self.class_name(n) for n in range(sol.K)], below)
        if self.stage.is_landscape:
            head.place(whole, LEFT).align_to(terms.terms[0], LEFT)
            whole.shift(min(0.0, head.right - whole.get_right()[0]) * RIGHT)
        else:
            head.place(whole, LEFT + UP)
        kind = self.label("soft", colour="y") if sol.is_soft else self.label("one_hot", colour="y")
        column, over = terms.targets_column, 0.5 if self.stage.is_landscape else 0.3
        kind.move_to(point(max(column.x, column.left + kind.width / 2), below.top + over))

        self.add(whole, *terms.terms)
        self.play(*terms.name_classes(), run_time=0.5)
        self.on("kind", FadeIn(kind), *appear(*terms.outlines), run_time=0.8)
        self.on("one", terms.set_targets(), run_time=1.4)
        self.on("terms", *whole.reveal(DEFINITIONS["C"]), run_time=0.7)
        self.play(*terms.ask_price(), run_time=0.8)
        self.on("weighs", *terms.weigh(), run_time=1.2)
        self.on("pays", *terms.pay(), run_time=1.0)
        self.play(*whole.reveal(), run_time=0.8)

    @beat
    def price(self) -> None:
        """A dot moves along the curve from share 1 to that of the true class, then out of the plot."""
        left, self._right = self.stage.flow(7.3, 5.1, rows=(7, 3), gap=0.4, row_gap=0.2)
        kind = SoftTargetLoss if self.solution.is_soft else OneHotLoss
        picture = kind(self.solution, left, self._right)
        self._curve = picture.curve
        self.clear_stage()
        self.play(*appear(picture.curve.axes), Create(picture.curve.curve), run_time=0.9)
        self.on("share", *picture.run(), run_time=1.8)
        self.on("cost", *picture.cost(), run_time=0.8)
        self.on("full", *picture.best(), run_time=1.2)
        self.on("zero", *picture.limit(), run_time=2.2)

    @beat
    def why_log(self) -> None:
        """The logarithm cancels the exponential; the tangent gets steeper as the share gets smaller."""
        sol, curve = self.solution, self._curve
        upper, lower, reason, beside = self._reasons()
        cards = [Box(*card.edges, colour="panel") for card in (upper, lower)]
        undo, size = DERIVATIONS["log_undoes_exp"], "formula" if self._right.is_landscape else "result"
        undone = upper.inset(0.3, 0.2).place(Formula(undo.equations[0], size=size)).hidden()
        slope = Readout(self.quantity("slope[t]"), colour="C")
        steeper = IDENTITIES["steeper"].at({k: curve.share.indices[0]})
        steepness = VGroup(self.label("slope", colour="quiet"), slope).arrange(RIGHT, buff=0.35)
        beside.place(steepness)
        price = ValueTracker(-float(sol.log_a[sol.t]))
        dot = curve.dot(price.get_value())
        tangent = curve.tangent(price.get_value())

        self.clear_stage(curve.axes, curve.curve, also=appear(dot, cards[0]))
        self.add(undone)
        self.play(*undone.reveal(undo[0]), run_time=0.6)
        gone = log_and_base(undone, z[i])
        self.on("undo", *[Create(strike(part, reach=0.0)) for part in gone], run_time=0.8)
        fade = [part.animate.set_opacity(style().dim()) for part in gone]
        out = FillGap(undone.find(z[i], 0), undone.find(z[i], 1), lift=0.35)
        self.play(*fade, *undone.reveal("="), out, run_time=1.0)
        rule = reason.place(Formula(steeper))
        self.on("slope", Create(tangent), *appear(cards[1], rule, *steepness), run_time=1.0)
        steep = min(price.get_value() + 1.0, curve.highest)
        slope.follow(lambda: curve.slope(price.get_value()), edge=LEFT)
        dot.add_updater(lambda dot: dot.move_to(curve.at(price.get_value())))
        tangent.add_updater(lambda line: line.become(curve.tangent(price.get_value())))
        self.on("cancel", price.animate(rate_func=there_and_back).set_value(steep), run_time=3.2)
        for moved in (dot, tangent):
            moved.clear_updaters()
        slope.settle(edge=LEFT)

    def _reasons(self) -> tuple[Region, Region, Region, Region]:
        """The regions of the two cards, and of the formula and the number of the second reason."""
        if self._right.is_landscape:
            undo, number = self._curve.corner.rows(1.1, 0.6, gap=0.15)
            return undo, self._right, self._right.inset(0.3, 0.1), number
        undo, slope = self._right.rows(1.9, 3.25, gap=0.4)
        rule, number = slope.inset(0.3, 0.3).rows(1.7, 0.9)
        return undo, slope, rule, number
