"""What a viewer sees over time: each rule is broken on purpose by a tiny chapter and found by its code."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from manim import (
    DL,
    DOWN,
    DR,
    LEFT,
    RIGHT,
    UP,
    Arrow,
    Circle,
    CurvedArrow,
    DashedVMobject,
    FadeIn,
    FadeOut,
    FunctionGraph,
    Line,
    Rectangle,
    Square,
    Transform,
    ValueTracker,
    VGroup,
    VMobject,
    linear,
)
from manim.typing import Vector3D
from sympy import Eq, Expr, Symbol, evaluate
from test_check_rules import Tiny, every_finding, with_words

from films import production_of
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.nodes import Approx, Becomes, Word
from softmax_explained.core.formulas.symbols import a, i, y, y_smooth
from softmax_explained.stage import Chapter, Formula, Readout, Words, beat, style
from softmax_explained.stage.narration.timing import BeatTiming, WordTime
from softmax_explained.stage.scene.waivers import allow
from softmax_explained.stage.shapes.annotations import strike
from softmax_explained.studio.check.check_chapter import check_chapter
from softmax_explained.studio.check.check_film import joined
from softmax_explained.studio.check.finding import Finding, Report
from softmax_explained.studio.check.labels.loose_labels import LOOSE
from softmax_explained.studio.check.symbols.curves import CURVES
from softmax_explained.studio.check.thresholds import PIXEL

LINES = DERIVATIONS["collapse"].equations
BEFORE, AFTER = LINES[-2], LINES[-1]  # ∂C/∂z_i = −y_i + a_i · 1, and without the factor 1


def found(code: str, chapter: type[Chapter] | Report) -> list[Finding]:
    """The findings of one rule."""
    report = chapter if isinstance(chapter, Report) else every_finding(chapter)
    return [finding for finding in report.findings if finding.code == code]


# EMPTY -------------------------------------------------------------------------------------------------


class Gap(Tiny):
    """A shape leaves, and the next comes a second later."""

    between = 1.0

    @beat
    def one(self) -> None:
        first, second = self.card().shift(LEFT), self.card().shift(RIGHT)
        self.add(first)
        self.on("first", FadeOut(first), run_time=0.3)
        self.wait(self.between)
        self.play(FadeIn(second), run_time=0.3)
        self.on("second", second.animate.shift(DOWN), run_time=0.5)

    def card(self) -> Square:
        """A shape with a fill that can be seen."""
        return Square(2).set_fill("#FFFFFF", 1)


def test_a_body_in_which_nothing_stands_for_a_second_is_empty() -> None:
    (finding,) = found("EMPTY", Gap)
    assert (finding.severity, finding.norm) == ("error", "at most 0.3 s")
    assert 1.0 <= float(finding.measured.split()[0]) <= 1.5


def test_a_card_without_content_counts_as_empty_and_one_with_content_does_not() -> None:
    class Card(Tiny):
        @beat
        def one(self) -> None:
            card, word = Rectangle(width=4, height=2), self.label("cat")
            self.add(card)
            self.on("first", FadeIn(word), run_time=0.5)
            self.on("second")

    class Filled(Tiny):
        @beat
        def one(self) -> None:
            self.add(Rectangle(width=4, height=2), self.label("cat"))
            self.on("first")
            self.on("second")

    assert len(found("EMPTY", Card)) == 1
    assert found("EMPTY", Filled) == []


@pytest.mark.parametrize(
    ("content", "count"),
    [("nothing", 1), ("a word on one card", 0), ("one card in colour", 0), ("at once", 0)],
)
def test_cards_that_wait_empty_beside_a_picture_are_found(content: str, count: int) -> None:
    class Cards(Tiny):
        @beat
        def one(self) -> None:
            cards = VGroup(*[Rectangle(width=2, height=1) for _ in range(3)]).arrange(DOWN)
            cards.set_fill(style().colour("panel"), 1).set_stroke(width=0).shift(3 * RIGHT)
            word = self.label("cat").move_to(cards[1])
            self.add(Square(2).set_fill("#FFFFFF", 1).shift(3 * LEFT))
            if content == "one card in colour":
                cards[0].set_fill("#FFFFFF", 1)
            if content == "a word on one card":
                self.add(word)
            if content == "at once":
                self.on("first", FadeIn(cards), FadeIn(word), run_time=0.3)
            else:
                self.add(cards)
                self.on("first")
            self.on("second")

    empty = found("EMPTY", Cards)
    assert len(empty) == count
    assert all(each.objects == ("every card",) and each.severity == "error" for each in empty)


def test_two_chapters_that_are_empty_for_a_moment_each_leave_the_body_empty_between_them() -> None:
    quiet = Report((), (), 1, 5.0, starts={"a.one": 0.0}, empty_edges=(0.0, 0.2))
    follows = Report((), (), 1, 5.0, starts={"b.one": 0.0}, empty_edges=(0.2, 0.0))
    (finding,) = found("EMPTY", joined([quiet, follows]))
    assert (finding.chapter, finding.film_time, finding.measured) == ("b", 5.0, "0.4 s")
    assert found("EMPTY", joined([quiet, replace(follows, empty_edges=(0.05, 0.0))])) == []


# DOUBLED -----------------------------------------------------------------------------------------------


def test_two_lines_that_fade_into_each_other_in_one_place_are_doubled() -> None:
    class Fades(Tiny):
        @beat
        def one(self) -> None:
            before, after = Formula(BEFORE), Formula(AFTER)
            self.add(before)
            self.on("first")
            self.on(
                "second", FadeOut(before, rate_func=linear), FadeIn(after, rate_func=linear), run_time=1.0
            )

    class Apart(Tiny):
        @beat
        def one(self) -> None:
            before, after = Formula(BEFORE).shift(UP), Formula(AFTER).shift(DOWN)
            self.add(before)
            self.on("first")
            self.on(
                "second", FadeOut(before, rate_func=linear), FadeIn(after, rate_func=linear), run_time=1.0
            )

    doubled = found("DOUBLED", Fades)
    assert doubled and all(each.severity == "error" for each in doubled)
    assert max(float(each.measured.split()[0]) for each in doubled) == pytest.approx(0.6, abs=0.15)
    assert found("DOUBLED", Apart) == []


def test_a_letter_that_is_bent_into_another_is_half_made_and_one_that_flies_is_not() -> None:
    class Bends(Tiny):
        @beat
        def one(self) -> None:
            before, after = Formula(BEFORE), Formula(AFTER).shift(DOWN)
            self.add(before)
            self.on("first")
            self.on("second", Transform(before[-1], after[0]), run_time=1.0)

    class Flies(Tiny):
        @beat
        def one(self) -> None:
            before = Formula(BEFORE)
            self.add(before)
            self.on("first")
            self.on("second", before[-1].animate.shift(2 * DOWN).scale(1.5), run_time=1.0)

    (finding,) = found("DOUBLED", Bends)
    assert "between two letters" in finding.measured
    assert found("DOUBLED", Flies) == []


@pytest.mark.parametrize(("pixels", "count"), [(12.0, 1), (600.0, 0)])
def test_a_copy_that_lingers_over_its_original_is_worth_a_warning(pixels: float, count: int) -> None:
    class Leaves(Tiny):
        @beat
        def one(self) -> None:
            line = Formula(BEFORE)
            letter = line.find(a[i])[0].copy()
            self.add(line)
            self.on("first")
            self.on("second", letter.animate(rate_func=linear).shift(pixels * PIXEL * UP), run_time=1.0)

    doubled = found("DOUBLED", Leaves)
    assert len(doubled) == count
    assert all(each.severity == "warning" and each.measured.startswith("a copy 0.") for each in doubled)


@pytest.mark.parametrize(
    ("seconds", "shape", "severities"),
    [
        (2.0, "a line", ["error"]),
        (0.8, "a line", ["warning"]),
        (2.0, "a square", ["error"]),
        (2.0, "a line beside it", []),
    ],
)
def test_a_shape_that_passes_over_a_formula_is_an_error_if_it_stays(
    seconds: float, shape: str, severities: list[str]
) -> None:
    class Passes(Tiny):
        @beat
        def one(self) -> None:
            formula = Formula(AFTER)
            over: VMobject = Line(2.5 * LEFT, 2.5 * RIGHT)
            if shape == "a square":
                over = Square(0.8).set_fill("#FFFFFF", 1).set_stroke(width=0)
            elif shape == "a line beside it":
                over.shift(6 * RIGHT)
            over.shift(2 * UP)
            self.add(formula, over)
            self.on("first")
            self.on("second", over.animate(rate_func=linear).shift(4 * DOWN), run_time=seconds)

    doubled = found("DOUBLED", Passes)
    assert [each.severity for each in doubled] == severities
    assert all(each.measured.startswith("a shape ") for each in doubled)


def test_a_letter_that_comes_out_of_a_circle_may_cross_it() -> None:
    class Comes(Tiny):
        @beat
        def one(self) -> None:
            letter = Formula(a[i])
            self.add(Circle(0.5), letter)
            self.on("first")
            self.on("second", letter.animate(rate_func=linear).shift(RIGHT), run_time=2.0)

    assert found("DOUBLED", Comes) == []


@pytest.mark.parametrize(("apart", "count"), [(0.0, 1), (1.0, 0)])
def test_numbers_that_fade_into_each_other_are_worth_a_warning(apart: float, count: int) -> None:
    class Fades(Tiny):
        @beat
        def one(self) -> None:
            before, after = Readout(self.quantity("a[0]")), Readout(self.quantity("a[1]")).shift(apart * UP)
            self.add(before)
            self.on("first")
            self.on(
                "second", FadeOut(before, rate_func=linear), FadeIn(after, rate_func=linear), run_time=1.0
            )

    assert [each.severity for each in found("DOUBLED", Fades)] == count * ["warning"]


# OVERLAP of mathematics --------------------------------------------------------------------------------


def test_a_line_of_mathematics_that_is_crossed_is_an_error_though_it_passes() -> None:
    class Crossed(Tiny):
        @beat
        def one(self) -> None:
            line, word = Formula(AFTER), self.label("dog").shift(2 * UP)
            self.add(line, word)
            self.on("first")
            self.on("second", word.animate.shift(4 * DOWN), run_time=0.8)

    (finding,) = found("OVERLAP", Crossed)
    assert finding.severity == "error"


class Struck(Tiny):
    """A line through a word; what is between them is said by a subclass."""

    is_over = False

    def between(self, word: Words) -> list[VMobject]:
        return []

    def stroke(self, word: Words) -> Line:
        return Line(word.get_left() + 0.3 * LEFT, word.get_right() + 0.3 * RIGHT)

    @beat
    def one(self) -> None:
        word = self.label("dog")
        texts = [*self.between(word), word]
        self.add(*(texts if self.is_over else []), self.stroke(word), *([] if self.is_over else texts))
        self.on("first")
        self.on("second")


def test_a_line_through_a_word_is_found_in_front_of_it_and_behind_it() -> None:
    class Over(Struck):
        is_over = True
        one = Struck.one

    for chapter in (Struck, Over):
        (finding,) = found("OVERLAP", chapter)
        assert "a line goes" in finding.measured and "Line" in finding.objects


def test_a_line_over_the_whole_frame_is_followed_from_letter_to_letter() -> None:
    class Long(Tiny):
        @beat
        def one(self) -> None:
            letters = Formula(a[i])
            middle = letters[0].get_center()
            # The letter is between two of the 33 points at which a shorter line is taken.
            self.add(letters, Line(6 * LEFT, 6 * RIGHT).shift(middle + 6 / 32 * RIGHT))
            self.on("first")
            self.on("second")

    (finding,) = found("OVERLAP", Long)
    assert "a line goes" in finding.measured


def test_a_ground_between_a_line_and_a_word_hides_the_line() -> None:
    class Grounded(Struck):
        one = Struck.one

        def between(self, word: Words) -> list[VMobject]:
            ground = Rectangle(width=word.width + 0.1, height=word.height + 0.1, stroke_width=0)
            return [ground.set_fill(style().colour("ground"), 1).move_to(word)]

    class Behind(Grounded):  # which hides nothing in front of it
        is_over = True
        one = Struck.one

    assert found("OVERLAP", Grounded) == [] and len(found("OVERLAP", Behind)) == 1


def test_a_line_under_a_word_is_no_fault_and_a_strike_is_meant() -> None:
    class Underlined(Struck):
        one = Struck.one

        def stroke(self, word: Words) -> Line:
            return Line(word.get_corner(DL), word.get_corner(DR)).shift(0.02 * DOWN)

    class Cancelled(Struck):
        one = Struck.one

        def stroke(self, word: Words) -> Line:
            return strike(word)

    assert found("OVERLAP", Underlined) == found("OVERLAP", Cancelled) == []


# RUSHED and UNSPOKEN -----------------------------------------------------------------------------------


class Derived(Tiny):
    """A line appears at its word, stands for some seconds, and leaves."""

    stands, late, dims = 0.6, 0.0, False

    @beat
    def one(self) -> None:
        line, other = Formula(AFTER), Square(1).shift(2.5 * DOWN)
        self.add(other)
        if self.late:
            self.on("first", other.animate.shift(LEFT), run_time=0.2)
            self.wait(self.late)
            self.play(FadeIn(line), run_time=0.2)
        else:
            self.on("first", FadeIn(line), run_time=0.2)
        if self.dims:
            self.wait(self.stands)
            self.play(line.animate.deemphasise(), run_time=0.2)
        elif self.stands:
            self.wait(self.stands)
            self.play(FadeOut(line), run_time=0.2)
        self.on("second", other.animate.shift(RIGHT), run_time=0.3)


@pytest.mark.parametrize("dims", [False, True])
def test_a_line_that_leaves_or_dims_after_half_a_second_is_rushed(dims: bool) -> None:
    class Rushed(Derived):
        one = Derived.one

    Rushed.dims = dims
    report = every_finding(Rushed)
    (finding,) = found("RUSHED", report)
    assert finding.norm == "at least 2.25 s"  # five symbols: ∂C/∂z_i, =, a_i, −, y_i
    (line,) = report.lines
    assert (line.beat, line.line, line.needed) == ("rushed.one", "∂C/∂z_i = a_i − y_i", 2.25)
    assert line.until - line.complete_from == pytest.approx(0.6, abs=0.15)
    assert line.appears < line.complete_from <= line.appears + 0.3


def test_a_line_that_stands_is_not_rushed() -> None:
    class Stands(Derived):
        stands = 0.0
        one = Derived.one

    report = every_finding(Stands)
    assert found("RUSHED", report) == found("UNSPOKEN", report) == []
    (line,) = report.lines
    assert line.until - line.complete_from > line.needed


def test_only_what_the_parent_does_not_have_is_new() -> None:
    class Next(Tiny):
        @beat
        def one(self) -> None:
            above, below = Formula(BEFORE).shift(UP), Formula(AFTER).shift(DOWN)
            self.on("first", FadeIn(above), run_time=0.3)
            self.on("second", FadeIn(below), run_time=0.3)

    first, second = every_finding(Next).lines
    assert first.new_symbols > 5 and first.needed == 1 + 0.25 * first.new_symbols
    assert (second.new_symbols, second.needed) == (0, 1.5)


def test_a_line_that_comes_a_second_after_its_word_is_unspoken() -> None:
    class Late(Derived):
        stands, late = 0.0, 0.8
        one = Derived.one

    (finding,) = found("UNSPOKEN", Late)
    assert float(finding.measured.split()[0]) == pytest.approx(1.0, abs=0.15)


@pytest.mark.parametrize(("both", "count"), [(False, 1), (True, 0)])
def test_a_step_that_uses_a_fact_of_the_theory_is_not_skipped(both: bool, count: int) -> None:
    before, after = DERIVATIONS["log_sum_exp"].equations[-2:]  # ln S · Σ y_j − …, and without Σ y_j

    class Steps(Tiny):
        @beat
        def one(self) -> None:
            above, below = Formula(before).shift(UP), Formula(after).shift(DOWN)
            self.add(Square(1))
            self.on("first", *([FadeIn(above)] if both else []), run_time=0.3)
            self.on("second", FadeIn(below), run_time=0.3)

    skipped = found("UNSPOKEN", Steps)
    assert len(skipped) == count
    assert all("targets-sum-to-one is applied is not shown" in each.measured for each in skipped)


def test_a_short_line_of_a_derivation_is_a_line_and_a_short_side_of_one_is_not() -> None:
    slope = DERIVATIONS["total_slope"].equations[-1]  # ∂S/∂z_i = e^{z_i}

    def shows(expr: Expr) -> type[Tiny]:
        class Short(Tiny):
            @beat
            def one(self) -> None:
                self.on("first", FadeIn(Formula(expr)), run_time=0.3)
                self.on("second")

        return Short

    (line,) = every_finding(shows(slope)).lines
    assert line.line == "∂S/∂z_i = e^(z_i)"
    assert every_finding(shows(slope.rhs)).lines == ()


def test_the_value_of_a_letter_is_no_line_of_algebra() -> None:
    class Value(Tiny):
        @beat
        def one(self) -> None:
            share = self.quantity("a[t]")
            self.on("first", FadeIn(Formula(Eq(share.symbol, share.shown, evaluate=False))), run_time=0.3)
            self.on("second")

    assert every_finding(Value).lines == ()


# IDLE --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("silence", "count"), [(4.0, 1), (1.5, 0)])
def test_a_silence_in_which_nothing_moves_is_idle(silence: float, count: int) -> None:
    class Silent(Tiny):
        @beat
        def one(self) -> None:
            shape = Square(1)
            self.add(shape)
            self.on("first", shape.animate.shift(RIGHT), run_time=0.4)
            self.on("second", shape.animate.shift(LEFT), run_time=0.4)

    tokens = Silent(with_words(Silent)).script.sentence("silent.one").tokens
    half = len(tokens) // 2
    starts = [0.35 * k + (silence if k >= half else 0.0) for k in range(len(tokens))]
    words = tuple(WordTime(t.text, s, s + 0.35) for t, s in zip(tokens, starts, strict=True))
    marks = {t.mark: s for t, s in zip(tokens, starts, strict=True) if t.mark}
    timing = BeatTiming(starts[-1] + 0.35, words, marks)
    idle = found("IDLE", check_chapter(Silent, with_words(Silent, timings={"silent.one": timing})))
    assert len(idle) == count
    assert all(float(each.measured.split()[0]) == pytest.approx(silence, abs=0.2) for each in idle)


# LOPSIDED and THIN -------------------------------------------------------------------------------------


def shape(width: float, height: float, *, right: float = 0.0) -> type[Tiny]:
    class Shape(Tiny):
        @beat
        def one(self) -> None:
            box = Rectangle(width=width, height=height).set_fill("#FFFFFF", 1)
            self.add(box.move_to(self.stage.centre).shift(right * RIGHT))
            self.on("first")
            self.on("second")

    return Shape


@pytest.mark.parametrize(
    ("chapter", "codes"),
    [
        (shape(9, 3), set()),
        (shape(2, 4.5), set()),  # enough of the height
        (shape(3, 2), {"THIN"}),
        (shape(2, 4.5, right=3), {"LOPSIDED"}),
    ],
)
def test_a_picture_is_large_and_in_the_middle(chapter: type[Tiny], codes: set[str]) -> None:
    report = every_finding(chapter)
    assert {each.code for each in report.findings} & {"THIN", "LOPSIDED"} == codes


@pytest.mark.parametrize(
    ("aside", "stands", "codes"),
    [
        ({"right": 3.0}, 4.0, {"LOPSIDED"}),
        ({"size": 0.4}, 4.0, {"THIN"}),
        ({"right": 3.0}, 1.0, set()),
        ({}, 4.0, set()),
    ],
)
def test_a_picture_that_stands_badly_within_a_beat_is_found_though_its_end_is_good(
    aside: dict[str, float], stands: float, codes: set[str]
) -> None:
    class Within(Tiny):
        say = f"Here one {{first|thing}} comes to stand{20 * ' and stays'}, and then it {{second|moves}}."

        @beat
        def one(self) -> None:
            box = Rectangle(width=2, height=4.5).set_fill("#FFFFFF", 1).move_to(self.stage.centre)
            first = box.copy().scale(aside.get("size", 1.0)).shift(aside.get("right", 0.0) * RIGHT)
            self.on("first", FadeIn(first), run_time=0.2)
            self.wait(stands)
            self.play(Transform(first, box), run_time=0.2)
            self.on("second")

    findings = [each for each in every_finding(Within).findings if each.code in {"THIN", "LOPSIDED"}]
    assert {each.code for each in findings} == codes
    assert all(each.severity == "warning" and " for 4." in each.measured for each in findings)


# UNDEFINED ---------------------------------------------------------------------------------------------


def test_a_letter_before_the_beat_that_introduces_it_is_undefined() -> None:
    class Two(Tiny):
        @beat
        def one(self) -> None:
            self.on("first", FadeIn(Formula(AFTER)), run_time=0.3)
            self.on("second")

        @beat
        def two(self) -> None:
            self.on("first")
            self.on("second")

    beats = {name: {"title": name, "say": Two.say} for name in ("one", "two")}
    production = production_of(Two, beats)
    here = dict.fromkeys(("C", "z", "a", "y", "i"), "two.one")

    def undefined(**changed: str) -> list[str]:
        film = replace(production.film, introduced={**here, **changed})
        report = check_chapter(Two, replace(production, film=film))
        return [finding.objects[0].partition(" ")[0] for finding in found("UNDEFINED", report)]

    assert undefined() == []
    assert undefined(a="two.two") == ["a"]
    film = replace(production.film, introduced={key: beat for key, beat in here.items() if key != "y"})
    (finding,) = found("UNDEFINED", check_chapter(Two, replace(production, film=film)))
    assert finding.measured == "no beat introduces it"


# MIXED and ARITHMETIC ----------------------------------------------------------------------------------


@pytest.mark.parametrize("moves", ["one", "both"])
def test_a_score_that_moves_beside_a_share_that_does_not_is_mixed(moves: str) -> None:
    class Moves(Tiny):
        @beat
        def one(self) -> None:
            score = Readout(self.quantity("z[0]")).shift(UP)
            share = Readout(self.quantity("a[0]")).shift(DOWN)
            self.add(score, share)
            self.on("first")
            score.follow(lambda: 3.0)
            if moves == "both":
                share.follow(lambda: 0.8404)  # softmax of 3.0, 1.0 and 0.1
            self.on("second", Line(LEFT, RIGHT).animate.shift(DOWN), run_time=0.3)

    assert bool(found("MIXED", Moves)) is (moves == "one")


@pytest.mark.parametrize("fades", [True, False])
def test_a_number_that_counts_under_its_old_digits_is_mixed(fades: bool) -> None:
    class Counts(Tiny):
        @beat
        def one(self) -> None:
            share, now = Readout(self.quantity("a[0]")), ValueTracker(0.0)
            self.add(share)
            self.on("first")
            share.follow(lambda: 0.659 + now.get_value())
            moves = [now.animate.set_value(0.3)]
            # A fade draws the outlines with which it started over those of the new digits.
            still = [share.animate(suspend_mobject_updating=False).set_opacity(0.9)] if fades else []
            self.on("second", *moves, *still, run_time=1.5)

    stale = [each for each in found("MIXED", Counts) if "is drawn for" in each.measured]
    assert bool(stale) is fades
    assert all(each.severity == "error" and each.objects == ("Readout a[0]",) for each in stale)


@pytest.mark.parametrize(
    ("sign", "finite", "count"), [("endless", True, 1), ("endless", False, 0), ("limit", True, 0)]
)
def test_infinity_beside_finite_shares_is_mixed_and_a_limit_is_not(
    sign: str, finite: bool, count: int
) -> None:
    class Overflows(Tiny):
        @beat
        def one(self) -> None:
            with evaluate(False):
                signs = {"endless": Word("∞"), "limit": Becomes(Symbol("x"), Word("∞"))}
            self.add(Formula(signs[sign]).shift(UP))
            if finite:
                self.add(Readout(self.quantity("a[0]")).shift(DOWN))
            self.on("first")
            self.on("second")

    assert len([each for each in found("MIXED", Overflows) if "infinity" in each.measured]) == count


@pytest.mark.parametrize("letters", ["y", "y′", "both"])
def test_a_definition_of_smoothed_targets_does_not_excuse_a_formula_with_the_others(letters: str) -> None:
    with evaluate(False):
        formulas = {"y": [a[i] - y[i]], "y′": [a[i] - y_smooth[i]], "both": [Eq(y_smooth[i], 1 - y[i])]}
        formulas["both"] += formulas["y"]

    class Softens(Tiny):
        @beat
        def one(self) -> None:
            lines = VGroup(*[Formula(each) for each in formulas[letters]], Readout(self.quantity("gs[0]")))
            self.add(lines.arrange(DOWN, buff=0.5))
            self.on("first")
            self.on("second")

    smoothed = [each for each in found("MIXED", Softens) if "targets y" in each.measured]
    assert bool(smoothed) is (letters != "y′")
    assert all(each.objects[1:] == ("Formula a_i − y_i",) for each in smoothed)


@pytest.mark.parametrize("softness", [0.0, 0.4])
def test_a_live_slope_counts_as_smoothed_while_the_smoothing_shown_is_not_zero(softness: float) -> None:
    class Lives(Tiny):
        @beat
        def one(self) -> None:
            part, slope = (
                Readout(self.quantity("eps")),
                Readout(self.quantity("g[0]"), colour="C", signed=True),
            )
            with evaluate(False):
                lines = VGroup(Formula(a[i] - y[i]), part, slope).arrange(DOWN, buff=0.5)
            self.add(lines)
            part.follow(lambda: softness)
            slope.follow(lambda: 0.659 - softness / 3)
            self.on("first", Line(LEFT, RIGHT).animate.shift(2 * DOWN), run_time=0.3)
            self.on("second")

    assert bool([each for each in found("MIXED", Lives) if "targets y" in each.measured]) is (softness > 0)


@pytest.mark.parametrize(("about", "count"), [(False, 1), (True, 0)])
def test_a_total_that_is_not_the_sum_of_the_digits_shown_is_found(about: bool, count: int) -> None:
    class Total(Tiny):
        @beat
        def one(self) -> None:
            parts = [Readout(self.quantity(f"e[{k}]")).shift((2 * k - 2) * RIGHT) for k in range(3)]
            self.add(*parts, Readout(self.quantity("S")).shift(1.5 * DOWN))
            if about:
                self.add(self.label("digits").shift(2 * UP))
            self.on("first")
            self.on("second")

    sums = found("ARITHMETIC", Total)  # 7.389 + 2.718 + 1.105 = 11.212, and S is 11.213
    assert len(sums) == count
    assert all("11.212" in each.measured and "11.213" in each.measured for each in sums)


def test_a_product_whose_digits_give_another_result_needs_an_approximate_sign() -> None:
    def shows(result: str, sign: type[Eq | Approx] = Eq) -> type[Tiny]:
        class Product(Tiny):
            @beat
            def one(self) -> None:
                with evaluate(False):
                    product = self.quantity("dCda[t]").shown * self.quantity("J[0,1]").shown
                    line = sign(product, self.quantity(result).shown)  # 4.125 · 0.160 = 0.660
                self.on("first", FadeIn(Formula(line)), run_time=0.3)
                self.on("second")

        return Product

    (finding,) = found("ARITHMETIC", shows("g[0]"))
    assert finding.measured == "the digits give 0.660, 0.659 is shown"
    assert found("ARITHMETIC", shows("g[0]", Approx)) == []


# ADRIFT ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("apart", "leader", "count"), [(36, False, 0), (44, False, 1), (44, True, 0)])
def test_a_label_far_from_its_object_is_adrift_unless_a_line_leads_to_it(
    apart: float, leader: bool, count: int
) -> None:
    class Label(Tiny):
        @beat
        def one(self) -> None:
            box, word = Square(2).set_fill("#FFFFFF", 1), self.label("cat")
            word.next_to(box, RIGHT, buff=apart * PIXEL)
            self.add(box, word)
            if leader:
                self.add(Line(box.get_right(), word.get_left()))
            self.on("first")
            self.on("second")

    assert len(found("ADRIFT", Label)) == count


@pytest.mark.parametrize("stands", [0.0, 0.6])
def test_a_label_that_is_adrift_in_the_middle_of_a_beat_is_found_if_it_stays_so(stands: float) -> None:
    class Left(Tiny):
        @beat
        def one(self) -> None:
            box, word = Square(2).set_fill("#FFFFFF", 1), self.label("cat").shift(3 * RIGHT)
            self.add(box)
            self.on("first", FadeIn(word), run_time=0.2)
            if stands:
                self.wait(stands)
            self.play(word.animate.next_to(box, DOWN, buff=0.2), run_time=0.2)
            self.on("second")

    assert len(found(LOOSE.code, Left)) == (stands > 0.3)


@pytest.mark.parametrize(("seconds", "severity"), [(1.8, "error"), (0.5, "warning")])
def test_labels_that_fly_without_an_object_are_an_error_if_they_fly_long(
    seconds: float, severity: str
) -> None:
    class Fly(Tiny):
        @beat
        def one(self) -> None:
            box = Square(0.6).set_fill("#FFFFFF", 1)
            above = self.label("cat").next_to(box, UP, buff=0.2)
            below = self.label("dog").next_to(box, DOWN, buff=0.2)
            names = VGroup(above, below)
            self.add(box, names)
            self.on("first", box.animate.shift(5 * LEFT), run_time=0.1)
            self.play(names.animate(rate_func=linear).shift(5 * LEFT), run_time=seconds)
            self.on("second")

    adrift = found("ADRIFT", Fly)
    assert {each.severity for each in adrift} == {severity}
    assert {name for each in adrift for name in each.objects} == {"Words 'whisker'", "Words 'kennel'"}
    assert len(adrift) == (2 if severity == "error" else 1)


@pytest.mark.parametrize("together", [True, False])
def test_a_label_that_stays_when_its_object_has_left_is_adrift_though_something_moves(
    together: bool,
) -> None:
    class Leaves(Tiny):
        @beat
        def one(self) -> None:
            box, word = Square(2).set_fill("#FFFFFF", 1), self.label("cat")
            word.next_to(box, DOWN, buff=0.2)
            other = Square(1).set_fill("#FFFFFF", 1).shift(5 * LEFT)
            self.add(box, word, other)
            self.on("first", FadeOut(box, *([word] if together else [])), run_time=0.3)
            self.play(other.animate.shift(2 * UP), run_time=1.5)
            self.remove(word)
            self.on("second")

    adrift = found("ADRIFT", Leaves)
    assert len(adrift) == (not together)
    assert all("from the nearest thing for 1." in each.measured for each in adrift)


@pytest.mark.parametrize(("rides", "colour"), [(False, "C"), (True, "C"), (False, "a")])
def test_a_number_that_counts_where_its_bar_has_ended_is_adrift(rides: bool, colour: str) -> None:
    class Shrinks(Tiny):
        @beat
        def one(self) -> None:
            number, share = Readout(self.quantity("C"), colour="C"), ValueTracker(1.0)
            bar = Rectangle(width=6, height=0.5).set_fill(style().colour(colour), 1).set_stroke(width=0)
            end = Line(DOWN, UP).scale(0.5).move_to(bar.get_right())  # of the track, which stays
            number.next_to(bar.get_corner(DR), DOWN, buff=0.1)
            number.follow(lambda: 1.417 * share.get_value())
            self.add(bar, end, number)
            self.on("first")
            moves = [bar.animate.stretch(0.4, 0, about_edge=LEFT), share.animate.set_value(0.4)]
            if rides:
                number.add_updater(lambda each: each.next_to(bar.get_corner(DR), DOWN, buff=0.1))
            self.on("second", *moves, run_time=1.5)

    adrift = [each for each in found("ADRIFT", Shrinks) if "the shape that moves with it" in each.measured]
    assert len(adrift) == (not rides and colour == "C")


@pytest.mark.parametrize("inside", [True, False])
def test_a_number_on_a_bar_does_not_make_a_table_of_the_names_above(inside: bool) -> None:
    class Names(Tiny):
        @beat
        def one(self) -> None:
            for x, name in zip((-3, 3), ("cat", "dog"), strict=True):
                bar, number = Rectangle(width=2, height=1).set_stroke(width=0), Readout(self.quantity("a[0]"))
                bar.set_fill("#FFFFFF", float(inside)).shift(x * RIGHT + DOWN)
                self.add(bar, number.set_color("#000000" if inside else "#FFFFFF").move_to(bar))
                self.add(self.label(name).shift(x * RIGHT + UP))
            self.on("first")
            self.on("second")

    assert len(found("ADRIFT", Names)) == 2 * inside


# SYMBOL ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "colour", "signed", "direction", "norm"),
    [
        ("g[0]", "C", True, DOWN, ""),
        ("tax[0]", "minus", True, DOWN, ""),
        ("g[0]", "a", True, DOWN, "vermilion"),
        ("a[0]", "minus", True, DOWN, "purple"),
        ("g[0]", "C", False, DOWN, "sign"),
        ("g[0]", "C", True, UP, "push"),
    ],
)
def test_a_gradient_is_vermilion_with_a_sign_and_an_arrow_points_against_it(
    key: str, colour: str, signed: bool, direction: Vector3D, norm: str
) -> None:
    class Slope(Tiny):
        @beat
        def one(self) -> None:
            slope = Readout(self.quantity(key), colour=colour, signed=signed)
            arrow = Arrow(-1 * direction, direction, buff=0).next_to(slope, RIGHT, buff=0.2)
            self.add(slope, arrow)
            self.on("first")
            self.on("second")

    norms = [finding.norm for finding in found("SYMBOL", Slope)]
    assert bool(norms) is bool(norm) and (not norm or any(norm in each for each in norms))


@pytest.mark.parametrize(
    ("dashed", "colour", "count"), [(False, "C", 1), (True, "C", 1), (False, "z", 0), (True, "z", 0)]
)
def test_two_curves_of_one_plot_differ_in_colour(dashed: bool, colour: str, count: int) -> None:
    class Curves(Tiny):
        @beat
        def one(self) -> None:
            one, other = (
                FunctionGraph(height, x_range=(-3, 3, 0.1), color=style().colour(role))
                for height, role in ((lambda x: np.exp(-x * x), "C"), (lambda x: np.tanh(x), colour))
            )
            self.add(one, DashedVMobject(other, num_dashes=20) if dashed else other)
            self.on("first")
            self.on("second")

    symbols = found("SYMBOL", Curves)
    assert len(symbols) == count
    assert all(each.norm == CURVES.norm and each.severity == "error" for each in symbols)


def test_arrows_and_lines_with_corners_of_one_colour_are_no_curves() -> None:
    class Lines(Tiny):
        @beat
        def one(self) -> None:
            bent = VMobject().set_points_as_corners([3 * LEFT, LEFT + UP, RIGHT + UP, 3 * RIGHT])
            self.add(bent, bent.copy().shift(0.2 * UP), CurvedArrow(2 * LEFT, 2 * RIGHT, color="#FFFFFF"))
            self.on("first")
            self.on("second")

    assert found("SYMBOL", Lines) == []


@pytest.mark.parametrize(("colour", "count"), [("quiet", 0), ("ink", 1)])
def test_wires_in_the_colour_without_a_meaning_are_no_curves(colour: str, count: int) -> None:
    class Wires(Tiny):
        @beat
        def one(self) -> None:
            wires = [
                FunctionGraph(lambda x, bend=bend: bend * np.tanh(x), x_range=(-3, 3, 0.1)) for bend in (1, 2)
            ]
            self.add(*[wire.set_stroke(style().colour(colour)) for wire in wires])
            self.on("first")
            self.on("second")

    assert len(found("SYMBOL", Wires)) == count


@pytest.mark.parametrize(("legend", "count"), [("", 1), ("arrow = push = −slope", 0)])
def test_the_first_arrow_against_a_gradient_is_named(legend: str, count: int) -> None:
    class Pushes(Tiny):
        @beat
        def one(self) -> None:
            slope = Readout(self.quantity("g[0]"), colour="C", signed=True)  # +0.659
            arrow = Arrow(UP, DOWN, buff=0).next_to(slope, RIGHT, buff=0.2)
            self.add(slope, arrow, *([Words(legend).shift(2 * DOWN)] if legend else []))
            self.on("first")
            self.on("second")

    assert len(found("SYMBOL", joined([every_finding(Pushes)]))) == count
    assert found("SYMBOL", joined([every_finding(Pushes)], is_whole=False)) == []


def test_what_is_allowed_is_not_found() -> None:
    class Ghost(Tiny):
        @beat
        def one(self) -> None:
            word = allow(self.label("cat"), "ADRIFT", reason="it names the whole picture")
            self.add(Square(1).shift(3 * LEFT), word)
            self.on("first")
            self.on("second")

    report = every_finding(Ghost)
    assert found("ADRIFT", report) == []
    assert [each.code for each in report.allowed] == ["ADRIFT"]
