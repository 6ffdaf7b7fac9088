"""Chapter: the answer first. Prediction and truth, a race of two losses, one subtraction, and the road."""

from typing import Any

from manim import (
    DOWN,
    Animation,
    Create,
    FadeIn,
    FadeOut,
    Indicate,
    LaggedStart,
    ValueTracker,
    VGroup,
    linear,
)

from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.scenes.chapter import Chapter
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.opening.example_card import example_card
from softmax_explained.scenes.opening.last_picture import LastPicture
from softmax_explained.scenes.opening.prediction import Prediction
from softmax_explained.scenes.opening.slopes import SLOPE, Slopes
from softmax_explained.scenes.opening.strip_moves import close_up, doubled, one_strip
from softmax_explained.scenes.pictures.racing_strips import RacingStrip, RacingStrips
from softmax_explained.stage import Words, beat, style
from softmax_explained.stage.design.rate_functions import early, late
from softmax_explained.stage.scene.waivers import allow

RESULT = DERIVATIONS["collapse"].equations[-1]
NAMES = "AB"  # of the strips, before their losses are named
COLUMN = 0.45  # seconds in which a pulse runs from one column to the next


class Opening(Chapter, film=FILM):
    """What a network predicts, what is true, what a loss tells the scores, and the road to that answer."""

    def first_picture(self) -> None:
        """The example, and the network in outline."""
        self._prediction = Prediction(self.solution, self._names(), self.stage)
        self._card = example_card(self.solution, self._prediction.card)
        self._card.set_z_index(1)  # in front of a pulse on the wires
        self.add(self._prediction.network, self._card)

    @beat
    def guess_and_truth(self) -> None:
        """The example goes in, the output nodes stretch into bars, an outline shows the truth."""
        seen = self._prediction
        self.on("network", seen.network.pulse("x"), run_time=1.2)
        self.on("example", *seen.feed(self._card), run_time=0.9)
        self.remove(*[each for each in self.picture_of_beats() if each is not seen.network])
        seen.inputs.set_opacity(1)
        self.on("guess", *seen.grow(), run_time=1.4)
        self.add(*seen.parts)
        told = seen.number_of(self.solution.t)
        self.on("other", Indicate(told, scale_factor=1.15, color=style().colour("a")), run_time=0.7)
        self.on("truth", LaggedStart(*map(Create, seen.targets), lag_ratio=0.4), run_time=1.0)
        self.add(*seen.parts[1:])

    @beat
    def two_losses(self) -> None:
        """The bars close up into one strip, which is trained under two losses: one is fast, one is slow."""
        seen = self._prediction
        step, half = self.label("step", colour="quiet"), self.label("half", colour="quiet")
        one = one_strip(self, step.copy(), half.copy())
        race = self._strips((step, step.copy()), (half, half.copy()))
        for names in (one.names, race.upper.names, race.lower.names):
            allow(names, "CROWDED", reason="the names of the classes, which have stood under their bars")
        self.play(*close_up(seen, one), run_time=0.8)
        self._keep(one.strip, one.names)
        worse = ValueTracker(0.0)
        one.strip.add_updater(lambda _: one.draw(worse.get_value()))
        self.on("wrong", worse.animate.set_value(1.0), run_time=1.4)
        one.strip.clear_updaters()
        one.draw(1.0)
        around = [VGroup(each.head, each.counter, each.hairline) for each in (race.upper, race.lower)]
        self.on(
            "train", *doubled(one, race), *[FadeIn(each, rate_func=late) for each in around], run_time=1.3
        )
        self._keep(race)
        steps: Any = ValueTracker(0.0)
        race.follow(steps.get_value)
        first, more = race.first_stop, race.last_stop - race.first_stop
        fast = steps.animate(rate_func=linear).set_value(first)
        self.on("fast", fast, run_time=1.2, sound="count", times=first)
        slow = steps.animate(rate_func=linear).set_value(race.last_stop)
        self.on("slow", slow, run_time=2.5, sound="count", times=more)
        race.settle(race.last_stop)
        self.on("why", *race.pulse(), run_time=0.4)
        self._race, self._seen = race, seen

    @beat(hold="key_hold")
    def one_subtraction(self) -> None:
        """The strip goes back to the example and stands up: a signed number for each score, and its push."""
        names = (
            self.label("loss", colour="C"),
            self.label("score", colour="z"),
            self.label("prediction", colour="a"),
            self.label("target", colour="y"),
        )
        slopes = Slopes(
            self, RESULT, self.label("slope", colour="C"), self.label("legend", colour="quiet"), names
        )
        strip = self._race.upper
        self._rewind(strip)
        self.on("fast", *slopes.stand_up(strip), run_time=1.0)
        self._keep(*slopes.standing)
        self.on("tells", FadeIn(slopes.chart.values, shift=0.15 * DOWN), run_time=0.8)
        formula = slopes.formula.hidden()
        self.add(formula)
        named = slopes.named
        self.on(
            "formula", *formula.reveal(SLOPE, "="), FadeIn(slopes.question), FadeIn(named[:2]), run_time=0.5
        )
        self.play(*formula.reveal(), FadeIn(named[2:]), *slopes.light("bar"), run_time=0.6)
        self.play(*slopes.light("outline"), run_time=0.6)
        self.on("slope", *slopes.name_slopes(), run_time=0.8)
        self.on("push", *slopes.push(), run_time=1.3)
        self._slopes = slopes

    @beat
    def road(self) -> None:
        """A pulse walks from the inputs to the loss, and another one comes back and stops at the scores."""
        columns = self.label("inputs"), self.label("scores"), self.label("shares"), self.label("loss")
        last, before = LastPicture(self, columns), self._slopes
        network = last.network
        headings = [network.headings[letter] for letter in network.columns]
        for word, letter in headings:
            word.set_opacity(style().dim())
            letter.deemphasise()
        shares = network.columns["a"]
        shrink = [
            FadeOut(bar, target_position=node, scale=0.15)
            for bar, node in zip(before.chart.bars, shares, strict=True)
        ]
        kept = before.chart.bars
        leaving = [FadeOut(each, rate_func=early) for each in before.standing if each is not kept]
        self.on("see", *leaving, *self._fade(before), *shrink, *_come([*network]), run_time=1.4)
        self._keep(network)
        self.on("forward", _lit(headings[0]), run_time=0.3)
        for place, column in enumerate(("x", "z", "a")):
            self.play(network.pulse(column), run_time=COLUMN)
            self.play(_lit(headings[place + 1]), run_time=0.25)
        for heading in headings:
            heading.set_opacity(1)
        self.on("back", network.pulse("a", back=True, colour="C"), run_time=0.8)
        self.play(network.pulse("z", back=True, colour="C"), run_time=0.8)
        self.play(FadeIn(last.question, scale=0.6), run_time=0.4)
        self._keep(last)

    def _keep(self, *mobjects: Any) -> None:
        """Leave these on the stage in place of all that has moved into them."""
        self.remove(*self.picture_of_beats())
        self.add(*mobjects)

    def _fade(self, before: Slopes) -> list[Animation]:
        known = {id(part) for each in before.standing for part in each.get_family()}
        loose = [each for each in self.picture_of_beats() if id(each) not in known]
        return [FadeOut(each, rate_func=early) for each in loose]

    def _strips(self, steps: tuple[Words, Words], halves: tuple[Words, Words]) -> RacingStrips:
        names = self._names("body"), self._names("body")
        heads = tuple(self.words(letter, size="body", weight=600) for letter in NAMES)
        return RacingStrips(self.solution, names, heads, steps, halves, self.stage)

    def _rewind(self, strip: RacingStrip) -> None:
        """The upper strip goes back to the shares of the example, while all the rest leaves."""
        race, back = self._race, ValueTracker(0.0)
        end, start = strip.shares[-1], self.solution.a
        leaving = [race.lower, strip.head, strip.counter, strip.hairline]
        self._keep(strip.strip, strip.names, *leaving)
        strip.strip.add_updater(lambda _: strip.draw_shares(end + back.get_value() * (start - end)))
        self.play(
            back.animate.set_value(1.0), *[FadeOut(each, rate_func=early) for each in leaving], run_time=0.8
        )
        strip.strip.clear_updaters()
        strip.draw_shares(start)

    def _names(self, size: str = "label") -> list[Words]:
        return [self.class_name(k, size=size) for k in range(self.solution.K)]


def _lit(heading: VGroup) -> Any:
    return heading.animate.set_opacity(1)


def _come(parts: list[Any]) -> list[Animation]:
    return [FadeIn(part, scale=0.9) for part in parts]
