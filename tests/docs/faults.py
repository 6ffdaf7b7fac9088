"""Each fault of the check as two tiny chapters: one that has it, and one in which it is mended.

The pictures of docs/checks.md are drawn from them, see draw_check_pictures.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from manim import DOWN, LEFT, RIGHT, UP, Dot, FadeIn, FadeOut, VGroup, linear
from sympy import Eq, Rational, evaluate

from films import production_of
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.nodes import Approx
from softmax_explained.core.formulas.symbols import C, Q, a, derivative, i, k, sum_over, y, z
from softmax_explained.stage import (
    Box,
    Chapter,
    Formula,
    Outline,
    Production,
    Readout,
    Region,
    Strip,
    Words,
    beat,
    line,
    point,
    style,
)
from softmax_explained.stage.design.style import Style
from softmax_explained.stage.narration.timing import BeatTiming, WordTime
from softmax_explained.stage.shapes.annotations import tipped
from softmax_explained.studio.check.check_chapter import check_chapter
from softmax_explained.studio.check.check_film import joined
from softmax_explained.studio.check.finding import Finding
from softmax_explained.studio.check.rules.role_colours import similar_colours

SAY = "Here one {first|thing} comes to stand, and then it {second|moves} a little to the side."
LABELS = {name: name for name in ("cat", "dog", "fox", "hedgehog", "porcupine")}

NEAR = Region(-4.0, -2.25, 4.0, 2.25)
NEARER = Region(-2.9, -1.63, 2.9, 1.63)
WHOLE = Region(-64 / 9, -4.0, 64 / 9, 4.0)

RESULT_LINES = DERIVATIONS["collapse"].equations
BEFORE, RESULT = RESULT_LINES[-2], RESULT_LINES[-1]  # ∂C/∂z_i = −y_i + a_i · 1, and without the factor 1
Q_LINK = DERIVATIONS["squared_error_link"].equations[1]
with evaluate(False):
    WRONG_SIGN = Eq(derivative(C, z[i]), a[i] + y[i])
    Q_MEANS = Eq(Q, Rational(1, 2) * sum_over((a[k] - y[k]) ** 2, k))


@dataclass(frozen=True, eq=False)
class Side:
    """A tiny chapter, and how it is told.

    Attributes:
        chapter: of one beat called one.
        say: its sentence.
        labels: further words in its picture.
        tempo: words per minute of its voice; None for the reading speed.
        silence: seconds without a voice in the middle of the sentence.
        introduced: the letters that its beat introduces, and the rest of the film none; None for no table.
        colours: of roles, instead of those of the film.
    """

    chapter: type[Chapter]
    say: str = SAY
    tempo: float | None = None
    silence: float = 0.0
    introduced: tuple[str, ...] | None = None
    colours: Mapping[str, str] = field(default_factory=dict)

    @property
    def beat(self) -> str:
        """The id of its beat."""
        return f"{self.chapter.name}.one"

    @property
    def production(self) -> Production:
        """A draft of it."""
        made = production_of(self.chapter, {"one": {"title": "One", "say": self.say, "labels": LABELS}})
        here = dict.fromkeys(self.introduced or (), self.beat)
        made = replace(made, film=replace(made.film, introduced=here))
        if self.tempo is None and not self.silence:
            return made
        tokens, step = made.script.sentence(self.beat).tokens, 60 / (self.tempo or 150)
        starts = [step * n + (self.silence if n >= len(tokens) // 2 else 0.0) for n in range(len(tokens))]
        words = tuple(WordTime(token.text, s, s + step) for token, s in zip(tokens, starts, strict=True))
        marks = {token.mark: s for token, s in zip(tokens, starts, strict=True) if token.mark}
        timing = BeatTiming(starts[-1] + step, words, MappingProxyType(marks))
        return replace(made, timings={self.beat: timing})

    @property
    def look(self) -> Style:
        """Its colours."""
        return Style({**style().tables, "colour": {**style().tables["colour"], **self.colours}})

    def findings(self) -> dict[str, Finding]:
        """What the check finds, one finding of each code."""
        found = joined([check_chapter(self.chapter, self.production)]).findings
        found += tuple(each.finding({"": 0.0}) for each in similar_colours(self.look))
        return {each.code: each for each in found}


@dataclass(frozen=True, eq=False)
class Fault:
    """What a code finds, and the same mended.

    Attributes:
        wrong, right: two chapters.
        view: the part of the frame that is drawn.
        after: seconds from the mark second to the picture that is drawn; None for the last picture.
        drawn: the stage, or over time the voice and the picture, a formula, captions, or light; or colours.
        measured: the span of time that is marked, see draw_check_pictures.py.
    """

    wrong: Side
    right: Side
    view: Region = NEAR
    after: float | None = None
    drawn: str = "stage"
    measured: str = ""


Things = Callable[[Any], list[Any]]


def stands(things: Things) -> type[Chapter]:
    """A chapter in which these things stand."""

    class Stands(Chapter):
        @beat
        def one(self) -> None:
            self.add(*things(self))
            self.on("first")
            self.on("second")

    return Stands


def both(wrong: Things, right: Things, view: Region = NEAR) -> Fault:
    """A fault that the last picture shows."""
    return Fault(Side(stands(wrong)), Side(stands(right)), view)


def large(expr: Any) -> Formula:
    """A formula as large as the result of the film."""
    return Formula(expr, size="result")


# Pictures ----------------------------------------------------------------------------------------------


def names_of_bars(apart: float) -> Things:
    """Two bars with their names."""

    def things(scene: Any) -> list[Any]:
        bars = [Box(x - 0.7, -1.0, x + 0.7, top, colour="a") for x, top in ((-apart, 1.5), (apart, 0.3))]
        names = [scene.label(name, size="title") for name in ("hedgehog", "porcupine")]
        for name, bar in zip(names, bars, strict=True):
            name.scale(1.25).next_to(bar, DOWN, buff=0.25)
        return [*bars, *names]

    return things


def at_the_edge(x: float) -> Things:
    """The result of the film, its right end at x."""
    return lambda scene: [large(RESULT).shift(x * RIGHT)]


def on_yellow(colour: str) -> Things:
    """A name on a segment."""

    def things(scene: Any) -> list[Any]:
        name = Words("cat", size="title", colour=colour, weight=600).scale(1.9)
        return [Box(-3.2, -0.9, 3.2, 0.9, colour="a"), name]

    return things


def crowd(scene: Chapter) -> list[Any]:
    """A strip, bars and four formulas, all over the stage."""
    share = DERIVATIONS["log_share"].equations[0]
    claims = (RESULT, Q_LINK, Eq(sum_over(a[k], k), 1, evaluate=False), share)
    columns = enumerate((1.5, 0.7, 0.3))
    bars = VGroup(*[Box(n, 0, n + 0.7, high, colour="a") for n, high in columns])
    things = [Strip(scene.solution.a, left=0, y=0, unit=4.6), bars, *map(Formula, claims)]
    places = ((-3.2, 2.4), (4.2, 2.2), (-3.2, 0.4), (3.2, 0.1), (-3.2, -1.8), (3.2, -2.0))
    for thing, (right, up) in zip(things, places, strict=True):
        thing.move_to(right * RIGHT + up * UP)
    return things


class Six(Chapter):
    """Six things come in six seconds."""

    @beat
    def one(self) -> None:
        things = crowd(self)
        self.on("m0", FadeIn(things[0]), run_time=0.3)
        self.on("m1", FadeIn(things[1]), run_time=0.3)
        self.on("m2", FadeIn(things[2]), run_time=0.3)
        self.on("m3", FadeIn(things[3]), run_time=0.3)
        self.on("m4", FadeIn(things[4]), run_time=0.3)
        self.on("m5", FadeIn(things[5]), run_time=0.3)


class Two(Chapter):
    """Two of these things come, and are larger."""

    @beat
    def one(self) -> None:
        strip, _, formula, *_ = crowd(self)
        strip.scale(2.2).move_to(1.3 * UP)
        formula.scale(1.4).move_to(1.4 * DOWN)
        self.on("m0", FadeIn(strip), run_time=0.3)
        self.on("m1", FadeIn(formula), run_time=0.3)


def strip_with(last: Callable[[Any], Any]) -> Things:
    """A strip with three shares; the last number is given."""

    def things(scene: Any) -> list[Any]:
        shares = scene.solution.a
        strip = Strip(shares, left=-3.6, y=-0.3, unit=7.2, height=1.3)
        numbers = [Readout(scene.quantity(f"a[{n}]"), colour="ground") for n in range(2)]
        for number, box in zip(numbers, strip.boxes, strict=False):
            number.move_to(box)
        return [strip, *numbers, last(scene).next_to(strip.boxes[2], UP, buff=0.15).shift(0.1 * LEFT)]

    return things


def stray(is_left: bool) -> Things:
    """A formula, and glyphs that a move has left behind."""

    def things(scene: Any) -> list[Any]:
        formula = large(RESULT).shift(0.6 * UP)
        if not is_left:
            return [formula]
        glyphs = VGroup(*[glyph.copy() for part in (a[i], "−") for glyph in formula.find(part)])
        return [formula, glyphs.shift(1.9 * DOWN + 0.7 * LEFT)]

    return things


def painted(swapped: bool) -> Things:
    """Prediction and target, over a bar and an outline in the colours of their roles."""

    def things(scene: Any) -> list[Any]:
        with evaluate(False):
            formula = large(a[i] - y[i]).shift(1.2 * UP)
        if swapped:
            formula.find(a[i]).set_fill(style().colour("y"))
            formula.find(y[i]).set_fill(style().colour("a"))
        bar = Box(-1.75, -1.8, -0.45, -0.2, colour="a")
        outline = Outline(0.45, -1.8, 1.75, 0.3)
        return [formula, bar, outline]

    return things


def undefined(names: bool) -> Things:
    """The slope of Q, with or without Q."""

    def things(scene: Any) -> list[Any]:
        link = Formula(Q_LINK)
        if not names:
            return [link.scale(1.3)]
        return [Formula(Q_MEANS).shift(1.0 * UP), link.shift(1.1 * DOWN)]

    return things


def nudged(together: bool) -> type[Chapter]:
    """A score that has risen to 3, over shares that have followed or not."""

    class Nudged(Chapter):
        @beat
        def one(self) -> None:
            x, y = 3.0, 1.1  # of the score on its line, on which a unit is a unit
            axis = line(point(-3.6, y), point(3.6, y), colour="track", width="thick")
            old, new = Dot(point(x - 1, y), 0.14), Dot(point(x, y), 0.2)
            old.set_fill(style().colour("track"))
            new.set_fill(style().colour("z"))
            score = Readout(self.quantity("z[0]"), colour="z").next_to(new, UP, buff=0.15)
            shares = [0.8404, 0.1137, 0.0462] if together else self.solution.a
            strip = Strip(shares, left=-3.6, y=-0.9, unit=7.2, height=1.2)
            number = Readout(self.quantity("a[0]"), colour="ground").scale(1.2).move_to(strip.boxes[0])
            step = tipped(old.get_center(), new.get_center(), colour="z", width="thick", tip=0.25)
            self.add(axis, old, step, new, score, strip, number)
            self.on("first")
            score.follow(lambda: 3.0)
            if together:
                number.follow(lambda: shares[0])
            self.on("second", step.animate.shift(0.01 * UP), run_time=0.3)

    return Nudged


def product(about: bool) -> Things:
    """A product of digits and its result."""

    def things(scene: Any) -> list[Any]:
        with evaluate(False):
            left = scene.quantity("dCda[t]").shown * scene.quantity("J[0,1]").shown
            result = scene.quantity("g[0]").shown
            return [Formula(Approx(left, result) if about else Eq(left, result)).scale(0.95)]

    return things


def named_bar(apart: float) -> Things:
    """A bar and its name."""

    def things(scene: Any) -> list[Any]:
        left = -2.8 if apart else -0.8
        bar = Box(left, -1.2, left + 1.6, 1.5, colour="a")
        name = scene.label("cat", size="title").scale(1.6)
        return [bar, name.next_to(bar, RIGHT, buff=apart) if apart else name.next_to(bar, DOWN, buff=0.1)]

    return things


def bars(scale: float, right: float) -> Things:
    """Three bars and their baseline."""

    def things(scene: Any) -> list[Any]:
        shapes = VGroup(
            *[Box(3.0 * n, 0, 3.0 * n + 2.2, 4.6 * h, colour="a") for n, h in enumerate((1, 0.5, 0.25))]
        )
        return [shapes.scale(scale).move_to(scene.stage.centre).shift(right * RIGHT)]

    return things


class Gap(Chapter):
    """One strip leaves, and the next comes a second later."""

    @beat
    def one(self) -> None:
        first, then = two_strips()
        self.add(first)
        self.on("first")
        self.on("second", FadeOut(first), run_time=0.3)
        self.wait(1.0)
        self.play(FadeIn(then), run_time=0.3)


class Carried(Chapter):
    """One strip turns yellow."""

    @beat
    def one(self) -> None:
        first, then = two_strips()
        self.add(first)
        self.on("first")
        self.on("second", first.animate.become(then), run_time=1.0)


def two_strips() -> tuple[Strip, Strip]:
    """A white strip, and the yellow one that takes its place."""
    shares = (0.659, 0.242, 0.099)
    white, yellow = (Strip(shares, left=-5.6, y=0.0, unit=11.2, height=2.4, colour=c) for c in ("ink", "a"))
    return white, yellow


class Fades(Chapter):
    """Two lines fade into each other in one place."""

    @beat
    def one(self) -> None:
        before, after = large(BEFORE).scale(0.8), large(RESULT).scale(0.8)
        self.add(before)
        self.on("first")
        self.on("second", FadeOut(before, rate_func=linear), FadeIn(after, rate_func=linear), run_time=1.0)


class Below(Chapter):
    """The new line appears in its own row."""

    @beat
    def one(self) -> None:
        before, after = large(BEFORE).scale(0.8).shift(1.1 * UP), large(RESULT).scale(0.8).shift(1.1 * DOWN)
        after.align_at(before)
        self.add(before)
        self.on("first")
        self.on("second", before.animate.deemphasise(), FadeIn(after), run_time=0.4)


# Times -------------------------------------------------------------------------------------------------


def algebra(*, stays: float | None = None, late: float = 0.0, dims: bool = False) -> type[Chapter]:
    """A line of algebra that comes at its word or later, and leaves, is dimmed, or stays."""

    class Line(Chapter):
        is_dimmed = dims

        @beat
        def one(self) -> None:
            shown, other = Formula(RESULT), Box(-1, -3, 1, -2, colour="a")
            self.add(other)
            if late:
                self.on("first", other.animate.shift(LEFT), run_time=0.2)
                self.wait(late)
                self.play(FadeIn(shown), run_time=0.2)
            else:
                self.on("first", FadeIn(shown), run_time=0.3)
            if stays is not None:
                self.wait(stays)
                self.play(shown.animate.deemphasise() if dims else FadeOut(shown), run_time=0.2)
            self.on("second", other.animate.shift(RIGHT), run_time=0.3)

    return Line


class Moves(Chapter):
    """A box that moves at two words."""

    @beat
    def one(self) -> None:
        box = Box(-1, -1, 1, 1, colour="a")
        self.add(box)
        self.on("first", box.animate.shift(0.3 * UP), run_time=0.8)
        self.on("second", box.animate.shift(0.3 * UP), run_time=0.8)


class MovesOften(Chapter):
    """A box that moves in every sentence."""

    @beat
    def one(self) -> None:
        box = Box(-1, -1, 1, 1, colour="a")
        self.add(box)
        self.on("first", box.animate.shift(0.2 * UP), run_time=0.8)
        self.on("m0", box.animate.shift(0.2 * DOWN), run_time=0.8)
        self.on("m1", box.animate.shift(0.2 * UP), run_time=0.8)
        self.on("m2", box.animate.shift(0.2 * DOWN), run_time=0.8)
        self.on("second", box.animate.shift(0.2 * UP), run_time=0.8)


def blinks(times: int) -> type[Chapter]:
    """A large white square that goes on and off."""

    class Blinks(Chapter):
        @beat
        def one(self) -> None:
            box = Box(-3, -3, 3, 3, colour="ink")
            self.add(box)
            self.on("first")
            self.on("second")
            for _ in range(times):
                self.play(FadeOut(box, rate_func=linear), run_time=0.1)
                self.play(FadeIn(box, rate_func=linear), run_time=0.1)

    return Blinks


LONG = f"One {{first|thing}} comes. {'And nobody moves at all. ' * 5}Then it {{second|moves}}."
SOME = " ".join(f"And {{m{n}|something}} moves a little, all the time." for n in range(3))
EVENLY = f"One {{first|thing}} comes. {SOME} Then it {{second|moves}}."
CROWD = "A {m0|thing}, {m1|a} thing, {m2|a} thing, {m3|a} thing, {m4|a} thing, and {m5|one} more of them."
PAIR = "Here is {m0|one} thing for you to see, and when you have, {m1|another} one comes to stand below it."

FAULTS: Mapping[str, Fault] = {
    "OVERLAP": both(names_of_bars(0.8), names_of_bars(1.9)),
    "OUTSIDE": both(at_the_edge(4.9), at_the_edge(3.3), Region(-0.9, -2.25, 64 / 9, 2.25)),
    "SMALL": both(lambda _: [Formula(RESULT).scale(0.45)], lambda _: [large(RESULT)]),
    "CONTRAST": both(on_yellow("ink"), on_yellow("ground")),
    "CROWDED": Fault(Side(Six, CROWD), Side(Two, PAIR), WHOLE),
    "HOLD": Fault(Side(algebra(stays=0.3)), Side(algebra()), drawn="formula", measured="stands"),
    "FROZEN": Fault(
        Side(Moves, LONG),
        Side(MovesOften, EVENLY),
        drawn="time",
        measured="still",
    ),
    "PACE": Fault(
        Side(Moves, tempo=400),
        Side(Moves, tempo=150),
        drawn="time",
        measured="pace",
    ),
    "CAPTIONS": Fault(
        Side(Moves, tempo=600),
        Side(Moves, tempo=150),
        drawn="captions",
    ),
    "NUMBER": both(
        strip_with(lambda _: Words("0.5", size="body", colour="a").scale(1.2)),
        strip_with(lambda scene: Readout(scene.quantity("a[2]"), colour="a")),
    ),
    "STRAY": both(stray(True), stray(False)),
    "UNPROVED": both(lambda _: [large(WRONG_SIGN)], lambda _: [large(RESULT)]),
    "SYMBOL": both(painted(True), painted(False)),
    "EMPTY": Fault(Side(Gap), Side(Carried), WHOLE, after=0.6),
    "DOUBLED": Fault(Side(Fades), Side(Below), NEAR, after=0.5),
    "RUSHED": Fault(Side(algebra(stays=0.6, dims=True)), Side(algebra()), drawn="formula", measured="stands"),
    "UNSPOKEN": Fault(Side(algebra(late=0.8)), Side(algebra()), drawn="formula", measured="late"),
    "IDLE": Fault(
        Side(Moves, silence=4.0),
        Side(Moves, silence=1.0),
        drawn="time",
        measured="neither",
    ),
    "LOPSIDED": both(bars(0.9, -2.6), bars(0.95, 0.0), WHOLE),
    "THIN": both(bars(0.35, 0.0), bars(0.95, 0.0), WHOLE),
    "UNDEFINED": Fault(
        Side(stands(undefined(False)), introduced=("a", "y")),
        Side(stands(undefined(True)), introduced=("Q", "a", "y")),
    ),
    "MIXED": Fault(Side(nudged(False)), Side(nudged(True))),
    "ARITHMETIC": both(product(False), product(True)),
    "ADRIFT": both(named_bar(2.6), named_bar(0.0)),
    "ROLES": Fault(
        Side(stands(bars(0.95, 0.0)), colours={"y": "#83C167", "C": "#FC6255"}),
        Side(stands(bars(0.95, 0.0))),
        drawn="colours",
    ),
    "FLASH": Fault(Side(blinks(6)), Side(blinks(1)), drawn="light"),
}
"""By code, in the order of docs/checks.md."""
