"""Chapter: what the result is for. A step downhill, the slopes of the weights, and what flows on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from manim import (
    LEFT,
    RIGHT,
    Animation,
    Create,
    FadeIn,
    FadeOut,
    Indicate,
    LaggedStart,
    ValueTracker,
    VGroup,
    smooth,
    squish_rate_func,
)

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.symbols import eta
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.descent.backward_pass import BackwardPass
from softmax_explained.scenes.descent.last_picture import LastPicture
from softmax_explained.scenes.descent.loss_bar import LETTER, LossBar
from softmax_explained.scenes.descent.step_picture import StepPicture
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.neuron.camera import pull_back
from softmax_explained.scenes.pictures.neuron_diagram import NeuronDiagram
from softmax_explained.scenes.pictures.racing_strips import RacingStrip
from softmax_explained.scenes.pictures.share_bars import once_standing, stand_up
from softmax_explained.scenes.squared_error.last_picture import LastPicture as Before
from softmax_explained.stage import Formula, Readout, Region, beat, equals, style
from softmax_explained.stage.animations.show_numbers import ShowNumbers
from softmax_explained.stage.design.rate_functions import early, late
from softmax_explained.stage.shapes.members import members

WEIGHTS, BIASES = (DERIVATIONS[name].equations[-1] for name in ("weights", "biases"))
HEAD = 1.05  # Manim units above the bars for the step
LOSS = 1.9  # width in Manim units of the loss at the side
APART = 0.9  # Manim units between two formulas in one row
FORMULA = 1.6  # Manim units below the neuron for a row of formulas, as in the chapter on the neuron
LOW, LOWEST = 1.47, 1.4  # the same for each of two rows, and in a frame that is not high
SMALLER, CLOSE = 0.9, 0.4  # formulas in one row may be shrunk to this part, with this gap in Manim units
EDGE = 0.05  # Manim units by which the outline of a target may reach beyond its column
TAKEN_BACK = 0.9  # seconds in which the step is taken back
IN_PLACE = 0.85  # the part of the move to the layer after which letters fit into its nodes
ZERO = 1.0  # seconds for which all numbers are zero, before they leave


class Descent(Chapter, film=FILM):
    """What a − y is good for: it moves the scores, the weights behind them, and all that lies before."""

    def first_picture(self) -> None:
        """Both strips of the race at its end."""
        self._before = Before(self)
        self.add(*self._before)

    @beat
    def one_step(self) -> None:
        """The strip goes back to the example and stands up; arrows point where the scores go.

        Then scores, bars, share and loss move together, so that all numbers belong to one state at any time.
        """
        head, picture, side = self._regions()
        board = StepPicture(self.solution, [self.class_name(k) for k in range(self.solution.K)], picture)
        level = replace(side, bottom=board.chart.base - LETTER)  # the bars have one baseline
        loss = LossBar(self.quantity("C"), self.quantity("C1"), level)
        line, rate = self._step_line(head)
        strip = self._before.race.upper
        self._rewind(strip)
        around = FadeIn(VGroup(*board.around, loss), rate_func=once_standing)
        self.on("back", *self._stand_up(strip, board), around, run_time=1.4)
        self._keep(board, loss)
        self.on("step", FadeIn(line), FadeIn(rate, rate_func=late), run_time=0.7)
        named = Indicate(line, scale_factor=1.1, color=style().colour("ink"))  # where no arrow can be drawn
        self.on("times", *(board.aim() or [named]), run_time=1.2)
        name = board.chart.names_of[self.solution.t]
        self.on("whose", Indicate(name, scale_factor=1.15, color=style().colour("a")), run_time=0.6)
        step = ValueTracker(0.0)
        board.follow(step.get_value)
        loss.follow(lambda: board.loss(step.get_value()))
        self.on("share", step.animate.set_value(1.0), *board.arrive(), run_time=1.2)
        board.settle()
        loss.settle()
        lit = Indicate(loss.number, scale_factor=1.15, color=style().colour("C"))
        self.on("loss", lit, run_time=0.7)
        self._stepped = board, loss

    @beat
    def back_to_weights(self) -> None:
        """The step is taken back. The slope of a score goes through its neuron back to each weight."""
        self._take_back()
        formulas = self._formulas = [Formula(each) for each in (WEIGHTS, BIASES)]
        drawing, rows = self._neuron_regions(formulas)
        diagram = self._diagram = NeuronDiagram(self.solution, self.solution.i, drawing.inset(y=0.1))
        back = BackwardPass(self.solution, self.solution.i, diagram)
        weights, biases = (row.place(each) for row, each in zip(rows, formulas, strict=True))
        name = diagram.place_name(
            self.class_name(self.solution.i, colour="quiet", quoted=True),
            lettered=True,
            right=float(back.slope.get_left()[0]) - CLOSE,
        )
        standing = [
            diagram.ground,
            back.weights,
            diagram.onward,
            diagram.out,
            diagram.letter,
            name,
            back.score,
        ]
        self.on("weights", *self._into_neuron(back, standing), run_time=1.2)
        self._keep(*standing, back.slope)
        self.on("slope", *back.enter(), run_time=0.9)
        self.play(*back.split(), run_time=0.9)
        self.on("input", *back.meet(), run_time=1.2)
        self.on("formula", FadeIn(weights), run_time=0.8)
        bias = FadeIn(VGroup(diagram.bias, diagram.bias_wire), rate_func=early)
        self.on("bias", bias, *back.reach_bias(), FadeIn(biases, rate_func=late), run_time=0.9)
        self.play(*back.name_bias(), run_time=0.5)

    @beat
    def what_flows_on(self) -> None:
        """The camera pulls back: all slopes flow back through the layer, and add up at every input."""
        last = LastPicture(self)
        signal = last.signal
        standing = self.picture_of_beats()
        move = pull_back(self._diagram, last.network, self.solution.i, standing, self._formulas)
        _, letters, *rest = signal
        self.on(
            "layers",
            *move,
            FadeIn(letters, rate_func=squish_rate_func(smooth, IN_PLACE, 1.0)),
            FadeIn(VGroup(*rest), rate_func=late),
            run_time=1.4,
        )
        self._keep(signal)
        signal.draw(1.0, weighted=False)
        self.on("travels", LaggedStart(*map(Create, signal.signals), lag_ratio=0.03), run_time=1.0)
        weights = [FadeIn(signal.weights)] if len(signal.weights) else []
        self.on("weight", *weights, *signal.meet_weights(), run_time=1.2)
        added = FadeIn(last.sum, last.product, rate_func=late)
        self.on("add", FadeIn(signal.sums, shift=0.2 * LEFT), added, run_time=1.0)
        self._keep(signal, signal.signals, signal.weights, signal.sums, last.sum, last.product)
        self.on(
            "bound", Indicate(signal.bounds, scale_factor=1.04, color=style().colour("ink")), run_time=0.8
        )
        part = ValueTracker(1.0)
        signal.follow(part.get_value)
        self.on("silent", part.animate.set_value(0.0), run_time=0.9)
        self.play(part.animate.set_value(0.0), run_time=ZERO)
        numbers = members([*signal.slopes, *signal.sums], Readout)
        self.play(ShowNumbers(numbers, shown=False), run_time=0.5)
        signal.stop()
        self._keep(*last)

    def _regions(self) -> tuple[Region, Region, Region]:
        """The regions of the step, of the bars, and of the loss."""
        head, rest = self.stage.rows(HEAD, self.stage.height - HEAD, gap=0.1)
        side = LOSS if self.stage.is_landscape else 0.75 * LOSS
        picture, loss = rest.columns(rest.width - side - 0.4, side, gap=0.4)
        return head, picture.inset(x=EDGE), loss

    def _step_line(self, region: Region) -> tuple[Formula, Formula]:
        """The step, and the learning rate in digits, side by side."""
        line, rate = Formula(IDENTITIES["step"].relation), Formula(equals(eta, self.quantity("eta")))
        both = VGroup(line, rate.next_to(line, RIGHT, buff=APART))
        region.place(both)
        return line, rate

    def _neuron_regions(self, formulas: list[Formula]) -> tuple[Region, tuple[Region, ...]]:
        """The region of the neuron, and two for the formulas below it: in one row if they fit."""
        widths = [float(each.width) for each in formulas]
        rows = 1 if SMALLER * sum(widths) + CLOSE <= self.stage.width else 2
        low = LOW if self.stage.height > self.stage.width else LOWEST
        high = FORMULA if rows == 1 else 2 * low
        drawing, foot = self.stage.rows(self.stage.height - high, high)
        return drawing, foot.columns(*widths, gap=CLOSE) if rows == 1 else foot.rows(1, 1, gap=0.15)

    def _rewind(self, strip: RacingStrip) -> None:
        """The strip of cross-entropy goes back to the shares of the example, while all the rest leaves."""
        race, back = self._before.race, ValueTracker(0.0)
        leaving: list[VGroup] = [race.lower, strip.head, strip.counter, strip.hairline, self._before.rate]
        if strip.gauge is not None and strip.aside is not None:
            leaving += [strip.gauge, strip.aside.copy()]  # its own opacity follows the shares
        self._keep(strip.strip, strip.names, *leaving)
        end, start = strip.shares[-1], np.asarray(self.solution.a)
        strip.strip.add_updater(lambda _: strip.draw_shares(end + back.get_value() * (start - end)))
        gone = [FadeOut(each, rate_func=early) for each in leaving]
        self.play(back.animate.set_value(1.0), *gone, run_time=0.8)
        strip.strip.clear_updaters()
        strip.draw_shares(start)

    def _stand_up(self, strip: RacingStrip, board: StepPicture) -> list[Animation]:
        moves: list[Any] = [stand_up(strip.segment(k), bar) for k, bar in enumerate(board.chart.bars)]
        moves += [FadeOut(strip.names, rate_func=early), FadeIn(board.chart.names, rate_func=late)]
        return [*moves, FadeIn(board.arrows, rate_func=once_standing)]

    def _take_back(self) -> None:
        """Scores, bars, share and loss go back to where they were before the step."""
        board, loss = self._stepped
        step = ValueTracker(1.0)
        board.follow(step.get_value)
        loss.follow(lambda: board.loss(step.get_value()))
        self.play(step.animate.set_value(0.0), run_time=TAKEN_BACK)
        board.settle(after=False)
        loss.settle(after=False)

    def _into_neuron(self, back: BackwardPass, standing: list[Any]) -> list[Animation]:
        """The picture of the step makes room for the neuron."""
        leaving = [FadeOut(each, rate_func=early) for each in self.picture_of_beats()]
        return [*leaving, *[FadeIn(each, rate_func=_following) for each in (*standing, back.slope)]]

    def _keep(self, *mobjects: Any) -> None:
        """Leave these on the stage in place of all that has moved into them."""
        self.remove(*self.picture_of_beats())
        self.add(*mobjects)


def _following(alpha: float) -> float:
    """From 0 to 1 in the middle of an animation, right after `early`."""
    return float(smooth(min(1.0, max(0.0, (alpha - 0.2) / 0.4))))
