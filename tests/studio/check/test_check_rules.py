"""Each rule of the check is broken on purpose by a tiny chapter, and found; a clean one gives no finding."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from types import MappingProxyType

import pytest
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    FadeIn,
    FadeOut,
    Square,
    Transform,
    VGroup,
    linear,
    smooth,
    squish_rate_func,
)
from sympy import Indexed, Integer, evaluate

from films import production_of
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.symbols import a, i, y, z
from softmax_explained.errors import UsageError
from softmax_explained.stage import Chapter, Formula, Production, Readout, TransformFormula, beat, style
from softmax_explained.stage.design.style import Style
from softmax_explained.stage.narration.timing import BeatTiming, WordTime
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.waivers import allow
from softmax_explained.stage.text.text import Words
from softmax_explained.studio.check.check_chapter import check_chapter
from softmax_explained.studio.check.check_film import joined
from softmax_explained.studio.check.finding import Report
from softmax_explained.studio.check.observer import Observer
from softmax_explained.studio.check.rules.role_colours import similar_colours
from softmax_explained.studio.check.thresholds import PIXEL

SAY = "Here one {first|thing} comes to stand, and then it {second|moves} a little to the side."
LABELS = {"cat": "whisker", "dog": "kennel", "digits": "about 37"}

with evaluate(False):
    DIFFERENCE = a[i] - y[i]
RESULT = DERIVATIONS["collapse"].equations[-1]


WHOLE_PICTURE = {"EMPTY", "DOUBLED", "RUSHED", "UNSPOKEN", "IDLE", "LOPSIDED", "THIN", "ADRIFT", "UNDEFINED"}
"""Codes that are tested in test_screen_rules.py."""


class Tiny(Chapter):
    """A chapter of one beat called one, with words of its own."""

    say = SAY


def with_words(chapter: type[Tiny], **settings: object) -> Production:
    return production_of(chapter, {"one": {"title": "One", "say": chapter.say, "labels": LABELS}}, **settings)


def every_finding(chapter: type[Chapter], **settings: object) -> Report:
    return check_chapter(chapter, with_words(chapter, **settings))


def checked(chapter: type[Chapter], **settings: object) -> Report:
    """The report without the rules of a whole picture, which so small a chapter cannot keep."""
    report = every_finding(chapter, **settings)
    findings = tuple(finding for finding in report.findings if finding.code not in WHOLE_PICTURE)
    return replace(report, findings=findings)


def codes(report: Report, severity: str = "error") -> list[str]:
    return [finding.code for finding in report.findings if finding.severity == severity]


class Clean(Tiny):
    @beat
    def one(self) -> None:
        word = self.label("cat", size="body").shift(UP)
        self.on("first", FadeIn(word), run_time=0.5)
        self.on("second", word.animate.shift(RIGHT), run_time=0.5)


def test_a_clean_chapter_gives_no_finding() -> None:
    report = joined([checked(Clean)])
    assert report.findings == () and report.allowed == ()
    assert report.beats == 1 and report.seconds > 5


def test_a_chapter_that_is_watched_leaves_the_same_ledger_as_one_that_is_not() -> None:
    class Follows(Tiny):
        @beat
        def one(self) -> None:
            share = Readout(self.quantity("a[t]"))
            before, after = Formula(DIFFERENCE).shift(2 * UP), Formula(RESULT).shift(DOWN)
            self.on("first", FadeIn(share, before), run_time=0.5)
            share.follow(lambda: float(before.get_x()) / 10)
            self.play(before.animate.shift(RIGHT), run_time=0.6)
            share.settle()
            self.on("second", TransformFormula(before, after), run_time=1.0)

    plain = dry_run(Follows, with_words(Follows))
    watch = Observer()
    watched = dry_run(Follows, with_words(Follows), after_beat=watch.ended, observer=watch)
    assert watch.history.moves
    assert watched.records == plain.records and plain.records[0].formulas


class Overlapping(Tiny):
    @beat
    def one(self) -> None:
        self.on("first", FadeIn(self.label("cat")), run_time=0.5)
        self.on("second", FadeIn(self.label("dog").shift(0.2 * RIGHT)), run_time=0.5)


def test_text_that_stays_on_text_is_an_error_that_names_both() -> None:
    (finding,) = checked(Overlapping).findings
    assert finding.code == "OVERLAP" and finding.severity == "error"
    assert finding.objects == ("Words 'kennel'", "Words 'whisker'")
    assert (finding.chapter, finding.beat) == ("overlapping", "one")


def test_text_that_crosses_text_in_the_middle_of_a_move_is_a_warning() -> None:
    class Crossing(Tiny):
        @beat
        def one(self) -> None:
            still, moving = self.label("cat"), self.label("dog").shift(2.5 * LEFT)
            self.on("first", FadeIn(still, moving), run_time=0.5)
            self.on("second", moving.animate.shift(5 * RIGHT), run_time=0.8)

    report = checked(Crossing)
    assert codes(report) == [] and codes(report, "warning") == ["OVERLAP"]
    (finding,) = report.findings
    assert finding.objects == ("Words 'kennel'", "Words 'whisker'")


@pytest.mark.parametrize(("grown", "count"), [(1.0, 1), (0.2, 0)])
def test_text_that_is_small_through_most_of_a_long_move_is_an_error(grown: float, count: int) -> None:
    class Flies(Tiny):
        @beat
        def one(self) -> None:
            word = self.label("cat", size="body").scale(0.4).shift(3 * LEFT)
            large = word.copy().scale(2.5).shift(6 * RIGHT)
            self.on("first", FadeIn(word), run_time=0.2)
            self.play(Transform(word, large, rate_func=squish_rate_func(smooth, 0.0, grown)), run_time=3.0)
            self.on("second", word.animate.shift(UP), run_time=0.3)

    assert codes(checked(Flies)).count("SMALL") == count


def test_a_word_that_takes_the_place_of_another_does_not_lie_on_it() -> None:
    class Replacing(Tiny):
        @beat
        def one(self) -> None:
            old, new = self.label("cat"), self.label("dog")
            self.on("first", FadeIn(old), run_time=0.5)
            self.on("second", FadeOut(old), FadeIn(new), run_time=0.8)

    assert checked(Replacing).findings == ()


def test_a_line_that_grows_out_of_the_line_above_it_does_not_lie_on_it() -> None:
    class Growing(Tiny):
        @beat
        def one(self) -> None:
            above, below = Formula(DIFFERENCE).shift(UP), Formula(RESULT).shift(DOWN)
            self.on("first", FadeIn(above), run_time=0.5)
            self.on("second", TransformFormula(above, below, keep=True), run_time=1.2)

    assert checked(Growing).findings == ()


def test_a_word_cut_off_by_the_edge_is_found() -> None:
    class Clipped(Tiny):
        @beat
        def one(self) -> None:
            word = self.label("cat")
            self.on("first", FadeIn(word), run_time=0.5)
            self.on("second", word.animate.move_to(self.stage.right * RIGHT), run_time=0.5)

    (finding,) = checked(Clipped).findings
    assert (finding.code, finding.severity) == ("OUTSIDE", "error") and "right" in finding.measured


def test_what_is_inside_the_wide_frame_can_be_outside_the_tall_one() -> None:
    class Wide(Tiny):
        @beat
        def one(self) -> None:
            self.on("first", FadeIn(self.label("cat").shift(5 * RIGHT)), run_time=0.5)
            self.on("second", *[])

    assert codes(checked(Wide)) == []
    assert codes(checked(Wide, frame="tall")) == ["OUTSIDE"]


class Tiniest(Tiny):
    @beat
    def one(self) -> None:
        word, formula = self.label("cat").shift(UP).scale(0.7), Formula(DIFFERENCE).scale(0.6)
        self.on("first", FadeIn(word), run_time=0.5)
        self.on("second", FadeIn(formula), run_time=0.5)


def test_small_words_and_tiny_index_letters_are_found() -> None:
    found = checked(Tiniest).findings
    assert [(each.code, each.measured.split()[0]) for each in found] == [("SMALL", "em"), ("SMALL", "index")]
    assert float(found[0].measured.split()[1]) == pytest.approx(0.7 * 44, abs=0.1)


def test_a_dim_line_is_found_and_a_quiet_one_is_not() -> None:
    class Dim(Tiny):
        @beat
        def one(self) -> None:
            quiet, dim = Formula(DIFFERENCE).shift(UP), Formula(DIFFERENCE).shift(DOWN)
            self.on("first", FadeIn(quiet.deemphasise()), run_time=0.5)
            self.on("second", FadeIn(dim.set_fill(opacity=0.3)), run_time=0.5)

    (finding,) = checked(Dim).findings
    assert finding.code == "CONTRAST" and finding.norm == "at least 3.0:1"


@pytest.mark.parametrize(("pixels", "found"), [(44, ["CONTRAST"]), (62, [])])
def test_a_contrast_that_is_enough_for_large_text_is_not_for_small_text(
    pixels: float, found: list[str]
) -> None:
    class Greyish(Tiny):
        @beat
        def one(self) -> None:
            word = Words("fog").set_fill("#6B7280")  # 3.9:1
            word.scale(pixels * PIXEL / word.em)
            self.on("first", FadeIn(word), run_time=0.5)
            self.on("second", word.animate.shift(RIGHT), run_time=0.5)

    report = checked(Greyish)
    assert codes(report) == found
    assert {finding.norm for finding in report.findings} <= {"at least 4.5:1"}


def test_ink_on_a_bright_shape_is_found_and_ink_beside_it_is_not() -> None:
    class Bright(Tiny):
        @beat
        def one(self) -> None:
            box = Square(2).set_fill(style().colour("a"), 1).set_stroke(width=0)
            self.on("first", FadeIn(box), run_time=0.5)
            self.on("second", FadeIn(self.label("cat"), self.label("dog").shift(2 * UP)), run_time=0.5)

    (finding,) = checked(Bright).findings
    assert finding.code == "CONTRAST" and finding.objects == ("Words 'whisker'",)
    assert float(finding.measured.partition(":")[0]) < 2


def test_a_stray_digit_in_words_and_a_typed_number_in_a_formula_are_found() -> None:
    class Typed(Tiny):
        @beat
        def one(self) -> None:
            self.on("first", FadeIn(self.label("digits").shift(UP)), run_time=0.5)
            self.on("second", FadeIn(Formula(Integer(38))), run_time=0.5)

    report = checked(Typed)
    assert codes(report) == ["NUMBER", "NUMBER"]
    assert {finding.measured for finding in report.findings} == {"37", "38"}


def test_glyphs_that_a_move_leaves_behind_are_found() -> None:
    class Leaving(Tiny):
        @beat
        def one(self) -> None:
            formula = Formula(DIFFERENCE)
            self.on("first", FadeIn(VGroup(*[glyph.copy() for glyph in formula])), run_time=0.5)
            self.on("second", *[])

    assert codes(checked(Leaving)) == ["STRAY"]


def test_five_new_things_are_too_many_and_what_grows_out_of_them_is_not_new() -> None:
    class Crowded(Tiny):
        say = (
            "A {one|a}, and a {two|b}, and a {three|c}, and a {four|d}, and then a {five|e}, and all is said."
        )

        @beat
        def one(self) -> None:
            self.on("one", FadeIn(Square(0.4).shift(4 * LEFT)), run_time=0.4)
            self.on("two", FadeIn(Square(0.4).shift(2 * LEFT)), run_time=0.4)
            self.on("three", FadeIn(Square(0.4)), run_time=0.4)
            self.on("four", FadeIn(self.last), run_time=0.4)
            self.on("five", self.fifth(), run_time=0.4)

        @cached_property
        def last(self) -> Square:
            return Square(0.4).shift(2 * RIGHT)

        def fifth(self) -> object:
            return FadeIn(Square(0.4).shift(4 * RIGHT))

    class Four(Crowded):
        say = Crowded.say
        one = Crowded.one

        def fifth(self) -> object:
            return self.last.animate.shift(UP)

    (finding,) = checked(Crowded).findings
    assert finding.code == "CROWDED" and finding.measured == "5 new things"
    assert checked(Four).findings == ()


def test_a_key_line_that_moves_to_the_last_moment_is_held_too_short() -> None:
    class Late(Tiny):
        @beat(hold="key_hold")
        def one(self) -> None:
            word = self.label("cat")
            self.on("first", FadeIn(word), run_time=0.5)
            self.on("second", word.animate.shift(RIGHT), run_time=0.5)

    assert checked(Late).findings == ()
    tables = {**style().tables, "pace": {**style().tables["pace"], "key_hold": 0.5, "breath": 0.2}}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("softmax_explained.stage.scene.chapter.style", lambda: Style(tables))
        patch.setattr(Late, "say", "It {first|stands} here for a while, and then it {second|moves}.")
        (finding,) = checked(Late).findings
    assert finding.code == "HOLD" and finding.norm == "at least 2.0 s"


def test_a_formula_that_goes_before_it_is_read_is_found() -> None:
    class Hasty(Tiny):
        @beat
        def one(self) -> None:
            formula = Formula(RESULT)
            self.on("first", FadeIn(formula), run_time=0.3)
            self.play(FadeOut(formula), run_time=0.3)
            self.on("second", *[])

    (finding,) = checked(Hasty).findings
    assert finding.code == "HOLD" and finding.norm == "at least 2.0 s"  # 1 s, and four symbols


def test_a_picture_in_which_nothing_moves_for_long_is_frozen() -> None:
    class Frozen(Tiny):
        say = f"One {{first|thing}} comes. {'And nobody moves at all. ' * 5}Then it {{second|moves}}."

        @beat
        def one(self) -> None:
            word = self.label("cat")
            self.on("first", FadeIn(word), run_time=0.5)
            self.on("second", word.animate.shift(RIGHT), run_time=0.5)

    (finding,) = checked(Frozen).findings
    assert finding.code == "FROZEN" and float(finding.measured.split()[0]) > 8


class Painted(Tiny):
    @beat
    def one(self) -> None:
        alone = Formula(DIFFERENCE)
        alone.find(a[i]).set_fill(style().colour("z"))
        self.on("first", FadeIn(alone), run_time=0.5)
        self.on("second", FadeIn(Formula(DIFFERENCE, role="C").shift(UP)), run_time=0.5)


def test_a_letter_in_the_colour_of_another_is_found_and_a_line_in_one_role_is_not() -> None:
    (finding,) = joined([checked(Painted)]).findings
    assert finding.code == "SYMBOL" and finding.objects == ("a in Formula a_i − y_i",)


def test_a_letter_without_a_role_keeps_the_colour_it_first_had_in_the_film() -> None:
    class Blue(Tiny):
        @beat
        def one(self) -> None:
            with evaluate(False):
                line = Formula(Indexed("v", i) - z[i])
            line.find(Indexed("v", i)).set_fill(style().colour("z"))
            self.on("first", FadeIn(line), run_time=0.5)
            self.on("second", *[])

    class Yellow(Tiny):
        @beat
        def one(self) -> None:
            with evaluate(False):
                line = Formula(Indexed("v", i) - z[i])
            line.find(Indexed("v", i)).set_fill(style().colour("a"))
            self.on("first", FadeIn(line), run_time=0.5)
            self.on("second", *[])

    blue, yellow = checked(Blue), checked(Yellow)
    assert joined([blue]).findings == () and joined([yellow]).findings == ()
    (finding,) = joined([blue, yellow]).findings
    assert finding.code == "SYMBOL" and finding.chapter == "yellow"
    assert finding.film_time > blue.seconds


def test_a_large_shape_that_blinks_fast_flashes_and_one_that_fades_does_not() -> None:
    def blinking(times: int) -> Report:
        class Blinks(Tiny):
            @beat
            def one(self) -> None:
                box = Square(4).set_fill(style().colour("ink"), 1).set_stroke(width=0)
                self.on("first", FadeIn(box), run_time=0.5)
                self.on("second", *[])
                for _ in range(times):
                    self.play(FadeOut(box, rate_func=linear), run_time=0.1)
                    self.play(FadeIn(box, rate_func=linear), run_time=0.1)

        return checked(Blinks)

    (finding,) = blinking(6).findings
    assert finding.code == "FLASH" and finding.norm == "at most 3"
    assert blinking(2).findings == ()


def test_two_halves_that_are_too_small_alone_flash_if_they_blink_in_turn() -> None:
    class Alternates(Tiny):
        @beat
        def one(self) -> None:
            halves = VGroup(Square(1.4), Square(1.4)).arrange(RIGHT, buff=0.5)  # 1.5 % of the frame each
            halves.set_fill(style().colour("ink"), 1).set_stroke(width=0)
            self.on("first", FadeIn(halves), run_time=0.5)
            self.on("second", *[])
            for turn in range(12):
                shown = [float(turn % 2 == n) for n in range(2)]
                moves = [
                    half.animate(rate_func=linear).set_fill(opacity=opacity)
                    for half, opacity in zip(halves, shown, strict=True)
                ]
                self.play(*moves, run_time=0.1)

    assert codes(checked(Alternates)) == ["FLASH"]


def test_a_row_of_shapes_that_slides_once_does_not_flash() -> None:
    class Slides(Tiny):
        @beat
        def one(self) -> None:
            boxes = VGroup(*[Square(1) for _ in range(5)]).arrange(RIGHT, buff=1)
            boxes.set_fill(style().colour("ink"), 1).set_stroke(width=0).shift(1.5 * DOWN)
            self.on("first", FadeIn(boxes), run_time=0.5)
            self.on("second", boxes.animate(rate_func=linear).shift(3 * UP), run_time=0.8)

    assert codes(checked(Slides)) == []


def test_a_voice_that_hurries_is_found_and_its_captions_too() -> None:
    def said_in(seconds: float) -> Report:
        script = Clean(with_words(Clean)).script
        tokens = script.sentence("clean.one").tokens
        step = seconds / len(tokens)
        words = tuple(WordTime(token.text, k * step, (k + 1) * step) for k, token in enumerate(tokens))
        marks = MappingProxyType({t.mark: k * step for k, t in enumerate(tokens) if t.mark})
        return joined([checked(Clean, timings={"clean.one": BeatTiming(seconds, words, marks)})])

    words = len(SAY.split())
    assert said_in(words / 150 * 60).findings == ()
    found = said_in(words / 400 * 60).findings
    assert {finding.code for finding in found} == {"PACE", "CAPTIONS"}
    assert "400 words per minute" in [finding.measured for finding in found]


def test_role_colours_that_some_eyes_confuse_are_found() -> None:
    assert list(similar_colours()) == []
    manims = {**style().tables["colour"], "y": "#83C167", "C": "#FC6255"}  # its GREEN and RED
    found = {
        violation.objects: violation
        for violation in similar_colours(Style({**style().tables, "colour": manims}))
    }
    violation = found["colour.y", "colour.C"]
    assert "deutan" in violation.measured
    assert float(violation.measured.split()[1]) == pytest.approx(4.8, abs=0.2)


@pytest.mark.parametrize(("darker", "confused"), [("#A9962F", True), ("#9E8B2C", False)])  # ΔE 14.5 and 18
def test_two_roles_in_one_hue_have_to_differ_in_lightness(darker: str, confused: bool) -> None:
    colours = {**style().tables["colour"], "minus": darker}
    found = [each.objects for each in similar_colours(Style({**style().tables, "colour": colours}))]
    assert (("colour.a", "colour.minus") in found) is confused


def test_what_is_allowed_is_no_finding_and_is_listed_with_its_reason() -> None:
    class Allowed(Tiny):
        @beat
        def one(self) -> None:
            ghost = allow(
                self.label("dog").shift(0.2 * RIGHT), "OVERLAP", reason="the old name shows through"
            )
            self.on("first", FadeIn(self.label("cat")), run_time=0.5)
            self.on("second", FadeIn(ghost), run_time=0.5)

    report = checked(Allowed)
    assert report.findings == ()
    (allowed,) = report.allowed
    assert (allowed.code, allowed.beat) == ("OVERLAP", "one")
    assert allowed.reason == "the old name shows through"


@pytest.mark.parametrize(("code", "reason"), [("OVERLAPS", "because"), ("OVERLAP", " ")])
def test_nothing_is_allowed_without_a_code_and_a_reason(code: str, reason: str) -> None:
    with pytest.raises(UsageError):
        allow(Square(), code, reason=reason)
