"""Chapter: gradient descent, why the arrows balance, and backpropagation to weights and earlier layers."""

from manim import LEFT, UP, Create, FadeIn, FadeOut, ValueTracker, linear

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.scenes.descent.backward_neuron import BackwardNeuron
from softmax_explained.scenes.descent.balance import BELOW, Balance
from softmax_explained.scenes.descent.error_signal import ErrorSignal
from softmax_explained.scenes.descent.loss_meter import LossMeter
from softmax_explained.scenes.descent.outer_product import OuterProduct
from softmax_explained.scenes.descent.training_step import ARROW_SPACE, STEPS, BarLabels, TrainingStep
from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Chapter, Formula, Region, Words, beat, glow
from softmax_explained.stage.charts.bar_chart import BarChart, TargetArrows, Targets

WEIGHTS, BIASES = (DERIVATIONS[name] for name in ("weights", "biases"))
NAME_OVERHANG = ARROW_SPACE / 2  # Manim units by which the name of the first bar may exceed the bars' region


class Descent(Chapter, film=FILM):
    """What a − y is good for: it moves the scores, it sums to zero, and it is propagated back."""

    @beat
    def one_step(self) -> None:
        """Arrows move the scores, bars and loss follow; then some more steps, while the loss still falls."""
        line, measure, picture = self._step_regions()
        formula = line.place(Formula(IDENTITIES["step"].relation).fit_width(line.width), LEFT)
        meter = LossMeter(self.quantity("C"), self.quantity("C1"), measure)
        board = TrainingStep(self.solution, self._names(), picture.inset(x=NAME_OVERHANG))
        step = ValueTracker(0.0)
        self.play(FadeIn(board), run_time=0.5)
        self.on("step", FadeIn(formula), run_time=0.6)
        meter.follow(lambda: board.loss(step.get_value()))
        self.play(FadeIn(meter.ground, meter.bar), *board.show_numbers(step.get_value), run_time=0.6)
        self.on("times", *board.aim(), run_time=1.2)
        board.follow(step.get_value)
        self.on("share", FadeIn(meter.number), step.animate.set_value(1.0), run_time=2.2)
        board.settle_numbers()
        meter.settle_number()
        light = glow(meter.number)
        self.on("loss", FadeIn(meter.tick, light), run_time=0.6)
        self.play(FadeOut(board.scores, board.shares, board.steps, light), run_time=0.6)
        self.play(step.animate(rate_func=linear).set_value(STEPS), run_time=3.0)
        meter.bar.clear_updaters()
        board.settle()

    @beat
    def balanced_push(self) -> None:
        """The arrows of the bars move into two rows, head to tail: down on one side, up on the other."""
        sol = self.solution
        left, right = self.stage.inset(x=NAME_OVERHANG).flow(1.2, 1, rows=(1, 1), gap=0.3)
        sides = self.label("down", colour="quiet"), self.label("up", colour="quiet")
        bars = BarChart(
            sol.a, Region(left.left, left.bottom + BELOW, left.right, left.top), arrow_space=ARROW_SPACE
        )
        targets = Targets(sol.lesson.targets, bars)
        arrows = TargetArrows(bars, targets)
        names = BarLabels(self._names(), left, priority={sol.t}).hang(bars.base)
        balance = Balance(sol, self._names(), sides, right, bars.unit)
        self.clear_stage(also=[FadeIn(bars, targets, arrows, names)])
        self.on("down", *balance.bring(arrows, down=True), run_time=1.6)
        self.on("up", *balance.bring(arrows, down=False), run_time=1.6)
        self.on("balance", Create(balance.lines), run_time=0.6)
        self.play(FadeIn(balance.totals, shift=0.2 * UP), run_time=0.8)

    @beat
    def back_to_weights(self) -> None:
        """The error enters the neuron and goes back along its edges; then the gradient of all weights."""
        picture, side = self.stage.flow(7.3, 5.1, rows=(1, 1.15), gap=0.4, row_gap=0.2)
        neuron = BackwardNeuron(self.solution, self.solution.i, picture)
        above, below = side.rows(1, 1, gap=0.15)
        weights, biases = Formula(WEIGHTS.equations[-1]), Formula(BIASES.equations[-1])
        above.place(weights.fit_width(above.width))
        below.place(biases.fit_width(below.width)).align_at(weights)
        self.clear_stage(also=neuron.appear())
        self.on("back", *neuron.come(), run_time=0.8)
        self.on("error", *neuron.enter(), run_time=0.8)
        self.play(*neuron.split(), run_time=0.9)
        self.on("input", *neuron.weigh(), run_time=1.0)
        self.on("formula", FadeIn(weights), run_time=0.8)
        self.on("bias", *neuron.reach_bias(), run_time=0.8)
        self.play(*neuron.name_bias(), run_time=0.4)
        self.play(FadeIn(biases), run_time=0.8)
        product = OuterProduct(self.solution, picture)
        self.clear_stage(weights, biases)
        self.play(product.appear(), run_time=0.9)
        self.play(product.fill(), run_time=1.2)

    @beat
    def what_flows_on(self) -> None:
        """A wave runs back through the layers; its amplitude follows a − y while a_t changes."""
        picture = ErrorSignal(self.solution, self.stage)
        share, phase = ValueTracker(picture.start), ValueTracker(0.0)
        self.clear_stage(also=[FadeIn(picture.layers, picture.ground, picture.slider, picture.knob)])
        self.on("signal", Create(picture.wave), FadeIn(picture.vector), run_time=1.0)
        self.add(picture)
        picture.follow(share.get_value, phase.get_value)
        run = phase.animate(rate_func=linear).increment_value
        self.on("bound", FadeIn(picture.bounds), run(1.0), run_time=1.0)
        silent = share.animate.set_value(float(self.solution.lesson.targets[self.solution.t]))
        self.on("silent", silent, run(2.0), run_time=1.6)
        self.on("loud", share.animate.set_value(0.0), run(2.0), run_time=1.6)
        self.play(run(3.0), run_time=2.4)
        picture.settle()

    def _step_regions(self) -> tuple[Region, Region, Region]:
        """The regions of the formula, the loss, and the scores above their bars."""
        if self.stage.is_landscape:
            head, picture = self.stage.rows(1.5, 4.05, gap=0.1)
            line, measure = head.columns(1, 1, gap=0.3)
        else:
            line, measure, picture = self.stage.rows(0.7, 1.4, 3.6, gap=0.1)
        return line, measure, picture

    def _names(self) -> list[Words]:
        return [self.class_name(k) for k in range(self.solution.K)]
