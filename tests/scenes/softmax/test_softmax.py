"""The chapter on softmax: what its strips show is what the core computes, in the middle of moves as well."""

from __future__ import annotations

from itertools import combinations
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from manim import Arrow, Mobject, RoundedRectangle, VGroup
from scipy.special import softmax
from stills import record_of
from sympy import exp

from made import made
from softmax_explained.core import Lesson, default_lesson
from softmax_explained.core.formulas import symbols
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.pictures.share_strip import ShareStrip
from softmax_explained.scenes.softmax.compared_strips import ComparedStrips
from softmax_explained.scenes.softmax.exponential import Exponential
from softmax_explained.scenes.softmax.formula_from_strip import NARROWEST, FormulaFromStrip
from softmax_explained.scenes.softmax.layout import LIFT
from softmax_explained.scenes.softmax.lengths import Lengths
from softmax_explained.scenes.softmax.scene import Softmax
from softmax_explained.scenes.softmax.score_track import ScoreTrack
from softmax_explained.scenes.softmax.sum_line import SumLine, term
from softmax_explained.stage import Chapter, Formula, Production, Readout, Strip, Words
from softmax_explained.stage.design.layout import FRAMES, Region
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.stage.text.label_layout import overlap
from softmax_explained.studio.check.thresholds import PIXEL

LESSONS = {
    "three": default_lesson(),
    "two": Lesson.from_logits([-0.7, 0.4], ["spam", "no"], [1, 0]),
    "ten": Lesson.from_logits(np.linspace(-2, 2, 10), [f"class {n}" for n in range(10)], [0.1] * 10),
    "equal": Lesson.from_logits([1, 1, 1], ["alpha", "beta", "gamma"], [0, 1, 0]),
    "far apart": Lesson.from_logits([30, -30, 0], ["alpha", "beta", "gamma"], [0, 1, 0]),
    "thousands apart": Lesson.from_logits([437, -96, 4000], ["alpha", "beta", "gamma"], [1, 0, 0]),
}

OWN = exp(symbols.z[symbols.i])
SHORTEST = 0.02  # Manim units: a length of which nothing could be seen is 2.7 pixels of 1080 lines


class Seen:
    """The chapter, played, with the pictures it has made."""

    def __init__(self, lesson: Lesson) -> None:
        self.moving = dict[str, int]()
        self.lengths = np.zeros(0)  # of the bars when they have just turned right
        with made(ShareStrip) as strips, made(ComparedStrips) as compared, made(Lengths) as self._bars:
            self.chapter: Chapter = dry_run(Softmax, Production(FILM, lesson=lesson), after_beat=self._look)
        (self.both,), self.strips = compared, strips

    def _look(self, chapter: Chapter, record: BeatRecord) -> None:
        beat = record.id.removeprefix("softmax.")
        if beat == "exponentiate":
            self.lengths = np.array([bar.width for bar in self._bars[0].bars])
        self.moving[beat] = sum(len(part.updaters) for part in chapter.get_mobject_family_members())


@pytest.fixture(scope="module", params=LESSONS)
def seen(request: pytest.FixtureRequest) -> Seen:
    return Seen(LESSONS[request.param])


def widths(strip: ShareStrip) -> np.ndarray:
    """The distances of the left ends of the segments, as parts of the ruler's length."""
    lefts = [box.get_left()[0] for box in strip.strip.boxes]
    ruler = strip.ruler.line
    right = ruler.get_right()[0]
    return np.diff([*lefts, right]) / (right - ruler.get_left()[0])


def test_every_segment_is_its_share_of_the_ruler_within_a_pixel(seen: Seen) -> None:
    expected = softmax(seen.chapter.solution.z)
    assert len(seen.strips) == 3  # shared out, compared, handed on
    for strip in seen.strips:
        np.testing.assert_allclose(widths(strip), expected, atol=PIXEL / strip.strip.unit)


def test_nothing_keeps_moving_when_a_beat_has_ended(seen: Seen) -> None:
    assert set(seen.moving) == set(seen.chapter.beats())
    assert not any(seen.moving.values())


def test_every_length_can_be_seen_and_is_to_scale_if_it_is_long_enough(seen: Seen) -> None:
    z = seen.chapter.solution.z
    expected = np.exp(z - z.max()) * seen.lengths.max()
    np.testing.assert_allclose(seen.lengths, np.maximum(expected, SHORTEST), atol=PIXEL)


def test_raising_one_score_squeezes_all_other_shares_by_the_same_factor(seen: Seen) -> None:
    both, i = seen.both, seen.chapter.solution.i
    way = both.rise * (np.arange(seen.chapter.solution.K) == i)
    before, after = softmax(both.start), softmax(both.start + way)
    others = np.delete(after, i)
    np.testing.assert_allclose(others, np.delete(before, i) * others.sum() / (1 - before[i]), atol=1e-12)
    assert after[i] - before[i] > 0.03  # which can be seen
    both.follow(way)
    both.away.set_value(1)
    for raised, expected in enumerate((before, after)):
        both.shared.set_value(raised)
        both.shares.update()
        boxes = both.shares.strip.boxes  # the ruler has gone on to the last picture
        ends = np.array([*[box.get_left()[0] for box in boxes], boxes[-1].get_right()[0]])
        np.testing.assert_allclose(np.diff(ends) / both.shares.strip.unit, expected, atol=1e-6)
    both.settle()


def test_the_percentages_are_those_of_scipy_for_every_other_class_while_they_move(seen: Seen) -> None:
    both, sol = seen.both, seen.chapter.solution
    way = both.rise * (np.arange(sol.K) == sol.i)
    both.follow(way)
    both.away.set_value(1)
    both.shared.set_value(1)
    both.shares.strip.update()
    (brackets, written), strip = both.percentages(lambda: Words("each")), both.shares.strip
    assert written
    joined = sorted(float(each.get_x()) for each in brackets if each.height > each.width)
    borders = [strip.left + strip.unit, *[x for span in strip.spans for x in span]]
    assert all(min(abs(x - border) for border in borders) < 1e-6 for x in joined)
    for part in (1.0, 0.4):
        both.shared.set_value(part)
        change = 100 * (softmax(both.start + part * way) / softmax(both.start) - 1)
        for number, sign, word in written:
            assert word.get_right()[0] < number.get_left()[0]
            number.update()
            assert sign.plain == "%"
            shown = float(number.text.replace("−", "-"))
            np.testing.assert_allclose(np.delete(change, sol.i), shown, atol=0.05 + 1e-9)
    both.settle()
    ends = [(each.get_left()[0], each.get_right()[0]) for each in sorted(written, key=lambda e: e.get_x())]
    flat = [strip.left, *np.ravel(ends), strip.left + strip.unit]
    assert np.all(np.diff(flat) > -0.1)  # a number that follows has other digits at its left


def test_the_white_strip_grows_within_its_region_and_its_other_pieces_keep_their_length(
    seen: Seen,
) -> None:
    both, i = seen.both, seen.chapter.solution.i
    both.follow(both.rise * (np.arange(seen.chapter.solution.K) == i))
    strip, ends = both.lengths.strip, list[np.ndarray]()
    for raised in (0, 1):
        both.away.set_value(1)
        both.pieces.set_value(raised)
        strip.update()
        ends.append(np.array(strip.lengths) * strip.unit)
    both.settle()
    np.testing.assert_allclose(np.delete(ends[1], i), np.delete(ends[0], i), atol=1e-9)
    assert ends[0].sum() == pytest.approx(both.places.at_rest, abs=1e-6)
    assert ends[0].sum() * 1.3 < ends[1].sum() < both.places.lengths.width + 1e-6


def test_a_raised_score_is_exact_in_its_digits(seen: Seen) -> None:
    both, i = seen.both, seen.chapter.solution.i
    for score in (both.start[i], both.start[i] + both.rise, both.start[i] + LIFT):
        assert float(f"{score:.{seen.chapter.quantity('z[i]').decimals}f}") == pytest.approx(score, abs=1e-9)


def test_the_sum_beside_a_raised_score_is_that_of_the_scores_as_they_are_written() -> None:
    both = Seen(default_lesson()).both
    way = np.array([1.0, 0.0, 0.0])
    both.follow(both.rise * way)
    both.pieces.set_value(1)
    both.bracket.set_value(1)
    both.track.update()
    both.total.update()
    written = [float(label[1].text) for label in both.track.labels.values()]
    assert written == [2.5, 1.0, 0.1]
    assert both.total.text == "16.006"  # e^2.5 + e^1 + e^0.1 = 12.1825 + 2.7183 + 1.1052
    both.settle()


def test_lifting_all_scores_leaves_the_unit_strip_where_it_is(seen: Seen) -> None:
    both = seen.both
    both.settle()  # the chapter leaves the strip in its last place
    before = [box.points.copy() for box in both.shares.strip.boxes]
    both.follow(np.ones(seen.chapter.solution.K))
    both.shared.set_value(0.7)
    both.shares.update()
    after = [box.points.copy() for box in both.shares.strip.boxes]
    both.settle()
    np.testing.assert_allclose(after, before, atol=1e-6)


def test_the_numbers_are_the_lessons_own_after_they_have_moved(seen: Seen) -> None:
    assert sum(len(record.numbers) for record in seen.chapter.records) >= len(seen.chapter.records)
    for record in seen.chapter.records:
        for number in record.numbers:
            assert number.text == seen.chapter.quantity(number.key).text


def test_the_share_of_every_class_is_written_if_there_are_few() -> None:
    chapter = dry_run(Softmax, Production(FILM))
    written = {number.key for number in record_of(chapter, "share_out").numbers}
    assert {"a[0]", "a[1]", "a[2]"} <= written


@pytest.mark.parametrize("frame", ["wide", "tall", "square"])
def test_a_length_is_as_long_as_its_thread_is_high(frame: str) -> None:
    found, heights = list[float](), list[float]()

    def look(_: Chapter, record: BeatRecord) -> None:
        if record.id == "softmax.exponentiate":
            found.extend(bar.width for bar in all_lengths[0].bars)
            heights.extend(thread.height for thread in curves[0].threads)

    with made(Exponential) as curves, made(Lengths) as all_lengths:
        chapter = dry_run(Softmax, Production(FILM, frame=frame), after_beat=look)
    np.testing.assert_allclose(found, heights, atol=PIXEL)
    z = chapter.solution.z
    np.testing.assert_allclose(np.array(found) / found[0], np.exp(z - z[0]), rtol=1e-6)


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("K", [2, 3, 5, 6, 10])
def test_the_sum_names_the_first_the_focus_and_the_last_term_and_fits(frame: str, K: int) -> None:
    stage = FRAMES[frame].stage
    for focus in range(K):
        line = SumLine(K, focus, stage)
        assert {0, focus, K - 1} <= set(line.classes)
        assert line.width <= stage.width + 1e-6


def exponential(z: list[float], region: Region) -> Exponential:
    solution = Production(
        FILM, lesson=Lesson.from_logits(z, list("abcdefghij"[: len(z)]), [1] + [0] * (len(z) - 1))
    )
    numbers = [Readout(solution.solution[f"z[{k}]"]) for k in range(len(z))]
    unit = 0.8 * region.height / np.exp(max(z))
    return Exponential(np.array(z), region, unit=unit, shift=0.0, readouts=numbers, priority=())


def test_the_length_of_the_step_stands_between_the_threads_and_under_the_curve() -> None:
    picture = exponential([2.0, 1.0, 0.1], Region(-6, -3, 0, 3))
    mark, one = picture.step()
    assert mark.get_left()[0] < one.get_left()[0] < one.get_right()[0] < mark.get_right()[0]
    assert mark.width == pytest.approx(picture.plot.at(2, 0)[0] - picture.plot.at(1, 0)[0])
    for thread in picture.threads:
        assert one.get_right()[0] < thread.get_left()[0] or one.get_left()[0] > thread.get_right()[0]


def test_a_step_that_is_full_of_threads_has_no_number() -> None:
    _, one = exponential([2.0, 1.9, 1.75, 1.6, 1.45, 1.3, 1.15], Region(-2, -1, 2, 1)).step()
    assert not len(one)


def test_a_long_name_over_the_line_of_the_scores_stays_in_its_region() -> None:
    solution = Production(FILM, lesson=LESSONS["three"]).solution
    names = [Words("great white shark, white shark, man-eater"), Words("W" * 40), Words("dog")]
    region = Region(-2, 0, 2, 2)
    track = ScoreTrack(solution, names, region, start=solution.z, raised=2.4, lift=0.4)
    assert set(track.labels) >= {solution.i}
    for label in track.labels.values():
        assert label.get_left()[0] >= region.left - 1e-9 and label.get_right()[0] <= region.right + 1e-9


def test_the_terms_of_a_long_sum_can_be_lit_within_the_frame() -> None:
    stage = FRAMES["square"].stage
    total = stage.place(SumLine(10, 7, stage))
    lit = total.light(*total.classes)
    assert lit.get_left()[0] >= stage.left - 1e-9 and lit.get_right()[0] <= stage.right + 1e-9


@pytest.mark.parametrize("z", [[2.0, 1.0, 0.1], [4.0, -3.0]])
def test_the_number_of_the_sum_stands_from_its_word_to_the_division_and_never_counts(z: list[float]) -> None:
    lesson = Lesson.from_logits(z, list("abc"[: len(z)]), [1] + [0] * (len(z) - 1))
    before, on, counted, follow = dict[str, list[str]](), Softmax.on, list[str](), Readout.follow

    def look(chapter: Softmax, mark: str, *moves: Any, **options: Any) -> None:
        written = [each for each in chapter.get_mobject_family_members() if isinstance(each, Readout)]
        before.setdefault(mark, [each.text for each in written if each.quantity.key == "S"])
        on(chapter, mark, *moves, **options)

    def count(readout: Readout, *given: Any, **options: Any) -> Readout:
        if "symbols" not in before:  # the first mark of the beat after this one
            counted.append(readout.quantity.key)
        return follow(readout, *given, **options)

    with patch.object(Softmax, "on", look), patch.object(Readout, "follow", count):
        dry_run(Softmax, Production(FILM, lesson=lesson))
    assert not counted
    assert [before[mark] for mark in ("total", "divide", "ruler")] == [[], [f"{np.exp(z).sum():.3f}"], []]


def test_the_bar_of_the_fraction_comes_with_its_numerator_under_the_names_of_the_pieces() -> None:
    bars, names, on = dict[str, float](), list[str](), Softmax.on

    def look(chapter: Softmax, mark: str, *moves: Any, **options: Any) -> None:
        if mark in ("top", "bottom"):
            short = derived[0].short
            flat = max(short.family_members_with_points(), key=lambda glyph: glyph.width / glyph.height)
            bars[mark] = float(flat.get_fill_opacity())
            names[:] = [
                each.text for each in derived[0].names if each in chapter.get_mobject_family_members()
            ]
        on(chapter, mark, *moves, **options)

    with made(FormulaFromStrip) as derived, patch.object(Softmax, "on", look):
        dry_run(Softmax, Production(FILM))
    assert bars == {"top": 0.0, "bottom": 1.0}
    assert names == ["cat", "dog", "fox"]


def test_terms_of_a_second_line_go_down_before_they_go_aside() -> None:
    terms = SumLine(6, 2, Region(-3.6, -3, 2.9, 3))
    copies = terms.piece_terms(Strip([6.0, 0.1, 0.3, 0.1, 0.1, 0.2], left=-3.4, y=2, unit=0.9, height=1))
    moves = terms.gather(copies)[:-1]  # the last one shows the rest of the line
    for move in moves:
        move.begin()
    for alpha in np.linspace(0, 1, 30):
        for move in moves:
            move.interpolate(float(alpha))
        assert not any(overlap(*pair, -0.02) for pair in combinations([move.mobject for move in moves], 2))


@pytest.mark.parametrize("z", [[3.4, 2.9, 0.2, -4.5, -6.9], [3.0, -6.0], [437.0, -96.0, 4000.0], [2.0, -5.9]])
def test_the_axis_is_broken_before_every_dot_that_is_not_at_its_score(z: list[float]) -> None:
    picture = exponential(z, Region(-3.6, -3, 3.6, 3)) if max(z) < 100 else far_apart(z)
    true = np.array([picture.plot.at(score, 0)[0] for score in z])
    shown = np.array([foot.get_x() for foot in picture.feet])
    moved = np.abs(true - shown) > 1e-6
    assert len(picture.breaks) == int(any(moved)) == int(np.ptp(z) > 8)
    for mark in picture.breaks:
        assert all(shown[moved] + 0.2 < mark.get_left()[0])
        assert all(shown[~moved] - 0.2 > mark.get_right()[0])


def far_apart(z: list[float]) -> Exponential:
    numbers = [Readout(Production(FILM).solution["z[0]"]) for _ in z]
    region = Region(-3.6, -3, 3.6, 3)
    return Exponential(np.array(z), region, unit=4.0, shift=max(z), readouts=numbers, priority=())


@pytest.mark.parametrize("width", [3.3, 12.8])
@pytest.mark.parametrize(
    "z", [[3.4, 2.9, 0.2, -4.7, -6.9], [3.0, -6.0], [437.0, -96.0, 4000.0], [2.0, 1.0, 0.1]]
)
def test_scores_that_are_not_to_scale_stay_left_of_the_break_and_are_lifted_as_far(
    z: list[float], width: float
) -> None:
    names = list("abcde"[: len(z)])
    solution = Production(FILM, lesson=Lesson.from_logits(z, names, [1] + [0] * (len(z) - 1))).solution
    words, region = [Words(name) for name in names], Region(-width / 2, 0, width / 2, 1.2)
    track = ScoreTrack(solution, words, region, start=solution.z, raised=max(z), lift=LIFT)
    before = np.array([dot.get_x() for dot in track.dots])
    track.draw(solution.z + LIFT)
    steps = np.array([dot.get_x() for dot in track.dots]) - before
    np.testing.assert_allclose(steps, steps[0], atol=1e-9)
    unit, top = steps[0] / LIFT, int(np.argmax(z))
    to_scale = np.abs(before - before[top] - unit * (np.array(z) - z[top])) < 1e-6
    assert all(to_scale) == (len(track.gap) == 0)
    for at in (before, before + steps):
        assert len(track.gap) == 0 or all(at[~to_scale] + 0.14 < track.gap.get_left()[0])
        assert len(track.gap) == 0 or all(at[to_scale] - 0.14 > track.gap.get_right()[0])


@pytest.mark.parametrize("frame", FRAMES)
def test_a_term_under_the_strip_stands_under_its_own_piece_or_leads_to_it(frame: str) -> None:
    stage, lengths = (
        FRAMES[frame].stage,
        [29.371, 0.042, 0.827, 0.048, 0.033, 0.022, 1.094, 19.688, 1.584, 0.001],
    )
    for order in (lengths, lengths[::-1], sorted(lengths)):
        strip = Strip(order, left=stage.left, y=2, unit=stage.width / sum(order), height=1, colour="ink")
        terms = SumLine(10, 0, stage).piece_terms(strip)
        assert 0 in terms.written
        tops = [leader.get_start()[0] for leader in terms.leaders]
        for k, each in terms.written.items():
            start, end = strip.spans[k]
            assert any(abs(x - strip.middle(k)) < 1e-6 for x in tops) or start < each.get_x() < end
        for leader in terms.leaders:
            assert leader.width <= 1.5 * leader.height


def test_the_names_stand_in_the_middle_of_their_pieces_until_their_numbers_come() -> None:
    heights, on = dict[str, list[float]](), Softmax.on

    def look(chapter: Softmax, mark: str, *moves: Any, **options: Any) -> None:
        words = [each for each in chapter.get_mobject_family_members() if isinstance(each, Words)]
        named = [each.get_y() for each in words if each.text in ("cat", "dog", "fox")]
        heights.setdefault(mark, [y - strips[0].strip.y for y in named] if strips else [])
        on(chapter, mark, *moves, **options)

    with made(ShareStrip) as strips, patch.object(Softmax, "on", look):
        dry_run(Softmax, Production(FILM))
    assert len(heights["divide"]) == 3
    np.testing.assert_allclose(heights["divide"], 0.0, atol=0.06)  # a g goes below the line
    assert min(heights["share"]) > 0.15


class Lit:
    """Notes how opaque the pieces of the white strip are that can be seen, and that of the focus class."""

    def __init__(self, derived: list[FormulaFromStrip], focus: int) -> None:
        self._derived, self._focus = derived, focus
        self.seen: list[tuple[float, float, float]] = []

    def before(self, scene: Chapter) -> None:
        for derived in self._derived:
            boxes = [box for box in derived.white.strip.boxes if box in scene.get_mobject_family_members()]
            opacities = [float(box.get_fill_opacity()) for box in boxes if box.width > NARROWEST]
            if opacities:
                own = float(boxes[self._focus].get_fill_opacity())
                self.seen.append((max(opacities), min(opacities), own))

    def moments(self, scene: Chapter, seconds: float) -> list[float]:
        return [part * seconds for part in (0.2, 0.5, 0.8)]

    def moving(self, scene: Chapter, moment: float, seconds: float) -> None:
        self.before(scene)

    def held(self, scene: Chapter, seconds: float) -> None:
        self.before(scene)


@pytest.mark.parametrize(
    ("scores", "is_seen"), [([2.98, 3.38, -7.0, 0.46], True), ([0.4, -0.7], True), ([8.0, -1.0, -2.0], False)]
)
def test_the_strip_is_never_dim_as_a_whole_and_the_piece_of_the_focus_class_never_is(
    scores: list[float], is_seen: bool
) -> None:
    lesson = Lesson.from_logits(scores, list("abcd"[: len(scores)]), [1] + [0] * (len(scores) - 1))
    with made(FormulaFromStrip) as derived:
        dry_run(Softmax, Production(FILM, lesson=lesson), observer=(watcher := Lit(derived, focus=1)))
    brightest, dimmest, own = np.array(watcher.seen).T
    np.testing.assert_allclose(brightest, 1.0, atol=1e-6)
    np.testing.assert_allclose(own, 1.0, atol=1e-6)
    assert (min(dimmest) < 0.7) == is_seen  # else nothing of the piece could be told from the others


def test_the_numerator_and_the_term_of_the_focus_class_are_lit_alone_before_the_others_are() -> None:
    lit, parts, on = dict[str, list[Mobject]](), list[Mobject](), Softmax.on

    def look(chapter: Softmax, mark: str, *moves: Any, **options: Any) -> None:
        shown = {id(each) for each in chapter.get_mobject_family_members()}
        lit[mark] = [each.copy() for each in glows if id(each) in shown]
        if mark == "every":
            formula, line = derived[0].formula, derived[0].line
            parts.extend(each.copy() for each in (line.find(term(0)), formula.find(OWN)))
        on(chapter, mark, *moves, **options)

    scores = [3.38, 0.7, -3.2, -2.9, -3.3, -3.8, 0.1, 2.98, 0.46, -7.0]
    lesson = Lesson.from_logits(scores, list("abcdefghij"), [0, 1] + [0] * 8)
    with (
        made(FormulaFromStrip) as derived,
        made(RoundedRectangle) as glows,
        patch.object(Softmax, "on", look),
    ):
        dry_run(Softmax, Production(FILM, lesson=lesson))
    assert len(lit["own"]) == len(derived[0].line.classes)  # the sum that is looked into
    assert not lit["inside"] and not lit["compete"]
    for glow, part in zip(lit["every"], parts, strict=True):
        np.testing.assert_allclose(glow.get_center(), part.get_center(), atol=1e-6)


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize(
    "scores",
    [
        [2.0, 1.0, 0.1],
        [-0.7, 0.4],
        [2.0, 1.8, -3.0, 0.3],
        [437.0, -96.0, 4000.0],
        [3.38, 0.7, -3.2, -2.9, -3.3, -3.8, 0.1, 2.98, 0.46, -7.0],
        list(np.linspace(-2, 2, 10)),
    ],
)
def test_what_is_added_is_an_arrow_for_each_score_with_its_letter_or_one_for_all_clear_of_s(
    scores: list[float], frame: str
) -> None:
    lesson = Lesson.from_logits(scores, list("abcdefghij"[: len(scores)]), [1] + [0] * (len(scores) - 1))
    both = ComparedStrips(Softmax(Production(FILM, lesson=lesson, frame=frame)))
    added = both.lifts().get_family()
    arrows = [each for each in added if isinstance(each, Arrow)]
    signs = [each for each in added if isinstance(each, Formula)]
    assert len(arrows) in (1, len(scores))
    assert [each.plain for each in signs] == (["+", "c"] if len(arrows) == 1 else ["c"])
    assert all(arrow.width > 0.3 for arrow in arrows)
    assert not any(overlap(*pair, 0.05) for pair in combinations(arrows, 2))
    last, letter = arrows[-1], signs[-1]
    assert last.get_right()[0] < signs[0].get_left()[0] <= letter.get_left()[0]
    for each in (*arrows, *signs):
        assert (
            both.places.track.left
            <= each.get_left()[0]
            < each.get_right()[0]
            < both.places.lengths.right + 0.3
        )
        assert not any(overlap(each, dot) for dot in both.track.dots)
    beside = VGroup(both.lengths.letter, both.lengths.equals, both.total)
    ends = letter.get_left()[0] - beside.get_right()[0], beside.get_left()[0] - letter.get_right()[0]
    assert max(ends) > 0.1
