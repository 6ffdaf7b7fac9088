"""The chapter on the nudge: strips whose slices can be seen in any lesson, bars, and a column that is 0."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import pytest
from scipy.special import softmax

from made import made
from softmax_explained.core import Lesson, default_lesson, solve
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.nudge.fraction_stamps import fraction_stamps
from softmax_explained.scenes.nudge.last_picture import LastPicture
from softmax_explained.scenes.nudge.scene import Nudge
from softmax_explained.scenes.nudge.slice_labels import slice_labels
from softmax_explained.scenes.nudge.slices import OtherBars, OwnBars
from softmax_explained.scenes.nudge.strips import Strips, drawn_shares
from softmax_explained.stage import Box, Chapter, Formula, NudgedStrip, Production, Readout, Region, Words
from softmax_explained.stage.design.layout import FRAMES
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.on_screen import typeset_text_shown
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.studio.check.thresholds import EM, PIXEL, ROUNDING

LESSONS = {
    "three": default_lesson(),
    "two": Lesson.from_logits([1.0, 0.0], ["no", "yes"], [0, 1]),
    "ten": Lesson.from_logits(np.linspace(-2, 2, 10), [f"class {n}" for n in range(10)], [0.1] * 10),
    "right and sure": Lesson.from_logits([0.0, 12.0, 1.0], ["a", "b", "c"], [0, 1, 0]),
    "wrong and sure": Lesson.from_logits([40.0, 0.0, 1.0], ["a", "b", "c"], [0, 1, 0]),
    "alike": Lesson.from_logits([0.0] * 6, [f"class {n}" for n in range(6)], [0] * 5 + [1]),
}
REGION = Region(-6, -3, 0, 2)
LEAST_OWN, LEAST_OTHER = 0.22, 0.065  # shares are drawn no shorter than this: segment i, and any other
NUDGE = 0.18  # the dz of the pictures


def to_scale(lesson: Lesson) -> bool:
    """Whether every share of a lesson is long enough to be drawn as it is."""
    a, true = softmax(lesson.z), int(np.argmax(lesson.targets))
    i = int(np.argmax(np.where(np.arange(lesson.K) == true, -np.inf, lesson.z)))
    return bool(a[i] >= LEAST_OWN and np.delete(a, i).min() >= LEAST_OTHER)


@pytest.mark.parametrize("name", LESSONS)
def test_every_slice_is_wide_enough_to_be_seen(name: str) -> None:
    solution = solve(LESSONS[name])
    drawn = drawn_shares(solution.a, solution.i)
    assert drawn.sum() == pytest.approx(1.0)
    assert drawn[solution.i] >= LEAST_OWN - 1e-9 and drawn.min() >= LEAST_OTHER - 1e-9
    assert np.allclose(drawn, softmax(LESSONS[name].z)) == to_scale(LESSONS[name])


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("name", LESSONS)
def test_no_slice_is_thinner_than_a_line(name: str, frame: str) -> None:
    strips = Strips(solve(LESSONS[name]), FRAMES[frame].stage)
    strip = strips.strip(strips.layout.upper, NUDGE)
    assert len(strip.tax_slivers()) == LESSONS[name].K
    assert min(each.width for each in strip.tax_slivers()) >= 1.4 / 90  # 90 of 720 lines to a Manim unit


def test_there_are_lessons_to_scale_and_others() -> None:
    assert {to_scale(lesson) for lesson in LESSONS.values()} == {True, False}


def test_shares_that_can_be_seen_are_drawn_to_scale() -> None:
    solution = solve(LESSONS["three"])
    strips = Strips(solution, FRAMES["wide"].stage)
    assert strips.to_scale
    strip = strips.strip(strips.layout.upper, NUDGE)
    gained = strip.sliver.width / strips.unit
    assert gained == pytest.approx(softmax(LESSONS["three"].z)[0] * NUDGE, abs=0.01)
    assert strip.right - strips.one == pytest.approx(strips.unit * softmax(LESSONS["three"].z)[0] * NUDGE)
    taken = sum(slice_.width for slice_ in strip.tax_slivers())
    assert taken == pytest.approx(strip.right - strips.one)


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("name", LESSONS)
def test_the_grown_strip_fills_the_width_and_its_rows_lie_apart(name: str, frame: str) -> None:
    stage = FRAMES[frame].stage
    strips = Strips(solve(LESSONS[name]), stage)
    layout = strips.layout
    assert strips.strip(layout.upper, NUDGE).right == pytest.approx(stage.right)
    for rows in (
        (layout.corner, layout.white, layout.sheet, layout.growing),
        (layout.corner, layout.upper, layout.slices, layout.lower),
    ):
        for above, below in pairwise(rows):
            assert above.bottom >= below.top - 1e-9
        assert rows[-1].bottom - 0.6 >= stage.bottom


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("name", LESSONS)
def test_labels_stand_straight_under_their_slices_and_apart(name: str, frame: str) -> None:
    solution = solve(LESSONS[name])
    strips = Strips(solution, FRAMES[frame].stage)
    strip = strips.strip(strips.layout.upper, NUDGE)
    slices = [*strip.tax_slivers(), strip.sliver]
    needed = solution.K, solution.t, solution.i
    labels = slice_labels(strip, slices, strips.layout.slices, solution.i, needed)
    assert set(needed) <= set(labels)
    for k, (leader, formula) in labels.items():
        x = float(slices[k].get_x())
        assert [leader.get_start()[0], leader.get_end()[0]] == pytest.approx([x, x])
        assert formula.get_left()[0] <= x <= formula.get_right()[0]
        assert strips.layout.slices.bottom <= formula.get_bottom()[1]
        for other, (_, text) in labels.items():
            aside = max(text.get_left()[0], formula.get_left()[0]) - min(
                text.get_right()[0], formula.get_right()[0]
            )
            below = formula.get_bottom()[1] - text.get_top()[1], text.get_bottom()[1] - formula.get_top()[1]
            assert other == k or aside >= 0.49 or max(below) > 0


def test_every_segment_of_the_standard_lesson_shows_the_fraction_that_it_gives_up() -> None:
    strips = Strips(solve(LESSONS["three"]), FRAMES["wide"].stage)
    strip = strips.strip(strips.layout.upper, NUDGE)
    segments = [strip.spans[strip.segment(k)] for k in range(3)]
    stamps = fraction_stamps(segments, strip.top, FRAMES["wide"].stage.left, FRAMES["wide"].stage.right)
    assert [len(stamp) for stamp in stamps] == [3, 3, 3]
    for (_, rate, times), (start, end), next_ in zip(stamps, segments, [*stamps[1:], None], strict=True):
        assert start <= (rate.get_right()[0] + times.get_left()[0]) / 2 <= end
        assert next_ is None or rate.get_right()[0] + 0.35 <= next_[2].get_left()[0]


@pytest.mark.parametrize("frame", FRAMES)
def test_fractions_over_four_equal_segments_stay_on_the_stage(frame: str) -> None:
    stage = FRAMES[frame].stage
    strips = Strips(solve(Lesson.from_logits([0.5] * 4, list("5813"), [1, 0, 0, 0])), stage)
    strip = strips.strip(strips.layout.upper, NUDGE)
    segments = [strip.spans[strip.segment(k)] for k in range(4)]
    stamps = fraction_stamps(segments, strip.top, stage.left, stage.right)
    assert any(len(stamp) == 3 for stamp in stamps)
    for stamp in stamps:
        for fraction in stamp[1:]:
            assert stage.left - 1e-6 <= fraction.get_left()[0] <= fraction.get_right()[0] <= stage.right


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("name", LESSONS)
def test_no_number_meets_the_line_at_one(name: str, frame: str) -> None:
    strips = Strips(solve(LESSONS[name]), FRAMES[frame].stage)
    for number in strips.numbers(strips.strip(strips.layout.upper, NUDGE)).values():
        assert abs(number.get_x() - strips.one) >= number.width / 2 + 0.09
    strip = strips.strip(strips.layout.growing)
    values = strips.numbers(strip)
    met = strips.crossing(values)
    for k, value in values.items():
        strip.carry(strip.segment(k), value)
    strip.nudge(NUDGE)
    kept = [value for value in values.values() if value not in met]
    assert all(value.get_right()[0] <= strips.one for value in kept)


@pytest.mark.parametrize("name", LESSONS)
def test_a_name_stands_in_what_its_segment_keeps_and_not_on_the_line_at_one(name: str) -> None:
    lesson = LESSONS[name]
    strips = Strips(solve(lesson), FRAMES["wide"].stage)
    grown = strips.strip(strips.layout.upper, NUDGE)
    words = [Words(each, size="least") for each in lesson.classes]
    written = strips.names(grown, words)
    assert len(written) >= (name == "three")
    kept = [
        box.get_right()[0] - tax.width for box, tax in zip(_segments(grown), grown.tax_slivers(), strict=True)
    ]
    for word in written:
        k = words.index(word)
        left, right = float(word.get_left()[0]), float(word.get_right()[0])
        assert _segments(grown)[k].get_left()[0] < left and right < kept[k] + PIXEL
        assert right < strips.one or left > strips.one


def _segments(strip: NudgedStrip) -> list[Box]:
    return [strip.boxes[strip.segment(k)] for k in range(len(strip.shares))]


@pytest.mark.parametrize("name", LESSONS)
def test_what_is_left_of_the_growth_is_as_high_as_the_pile_of_all_other_slices(name: str) -> None:
    solution = solve(LESSONS[name])
    a, i = softmax(LESSONS[name].z), solution.i
    own = OwnBars(solution, REGION)
    other = OtherBars(solution, REGION, [Words(name) for name in solution.lesson.classes])
    if 0.01 < a[i] < 0.99:
        assert own.net.height / own.growth.height == pytest.approx(1 - a[i], abs=0.01)
        assert own.tax.height / own.growth.height == pytest.approx(a[i], abs=0.01)
        low, ground = min(float(bar.get_bottom()[1]) for bar in other.pile.values()), other.ground.get_y()
        assert other.stacked_net.get_bottom()[1] == pytest.approx(ground)  # a gain stands, and losses hang
        assert ground - low == pytest.approx(other.stacked_net.height, abs=0.03)
    for bar in (own.growth, own.net, other.net, *other.taxes.values(), *other.pile.values()):
        assert bar.height > 0
        assert bar.get_left()[0] >= REGION.left - 1e-9 and bar.get_right()[0] <= REGION.right + 1e-9


@dataclass
class Seen:
    """What stands on the stage at the end of every beat."""

    formulas: dict[str, list[str]] = field(default_factory=dict)
    numbers: dict[str, dict[str, float]] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)
    ems: list[float] = field(default_factory=list)  # of the numbers, in Manim units

    def look(self, chapter: Chapter, record: BeatRecord) -> None:
        beat = record.id.removeprefix("nudge.")
        self.formulas[beat] = [formula.plain for formula in typeset_text_shown(chapter, Formula)]
        readouts = list(typeset_text_shown(chapter, Readout))
        self.numbers[beat] = {each.quantity.key: each.quantity.value for each in readouts}
        self.words[beat] = [words.text for words in typeset_text_shown(chapter, Words)]
        self.ems += [each.em for each in readouts]


@pytest.fixture(
    scope="module",
    params=[
        ("wide", "three"),
        ("tall", "two"),
        ("square", "ten"),
        ("wide", "right and sure"),
        ("square", "alike"),
    ],
    ids=" ".join,
)
def seen(request: pytest.FixtureRequest) -> tuple[Lesson, Seen]:
    frame, name = request.param
    found = Seen()
    dry_run(Nudge, Production(FILM, lesson=LESSONS[name], frame=frame), after_beat=found.look)
    return LESSONS[name], found


def test_the_strip_is_too_long_by_what_segment_i_has_gained(seen: tuple[Lesson, Seen]) -> None:
    assert set(seen[1].formulas["grow"]) >= {"a_i dz"}


def test_every_segment_gives_up_the_same_fraction(seen: tuple[Lesson, Seen]) -> None:
    shown = seen[1].formulas["squeeze"]
    assert {"−a_i a_i dz", "−a_j a_i dz", "a_i dz"} <= set(shown)


def test_growth_less_tax_is_what_scipy_gives(seen: tuple[Lesson, Seen]) -> None:
    lesson, found = seen
    a, i = softmax(lesson.z), solve(lesson).i
    shown = found.numbers["own_slice"]
    assert shown[f"a[{i}]"] == pytest.approx(a[i])
    assert shown[f"tax[{i}]"] == pytest.approx(-(a[i] ** 2))
    assert shown[f"J[{i},{i}]"] == pytest.approx(a[i] * (1 - a[i]))


def test_the_column_is_full_and_adds_to_nothing(seen: tuple[Lesson, Seen]) -> None:
    lesson, found = seen
    a, i = softmax(lesson.z), solve(lesson).i
    shown = found.numbers["other_slices"]
    column = [shown[f"J[{k},{i}]"] for k in range(lesson.K)]
    assert column == pytest.approx([a[i] * ((k == i) - a[k]) for k in range(lesson.K)])
    assert shown[f"Jsum[{i}]"] == pytest.approx(0.0, abs=1e-12)


def test_the_column_is_headed_by_what_stands_in_it(seen: tuple[Lesson, Seen]) -> None:
    for beat in ("own_slice", "other_slices"):  # ten rows in the square frame leave no room for a head
        assert ("∂a_j/∂z_i" in seen[1].formulas[beat]) == (seen[0].K < 10)


def test_a_strip_that_is_not_to_scale_says_so(seen: tuple[Lesson, Seen]) -> None:
    lesson, found = seen
    assert ("not to scale" in found.words["squeeze"]) != to_scale(lesson)


def test_no_number_is_set_smaller_than_can_be_read(seen: tuple[Lesson, Seen]) -> None:
    assert seen[1].ems
    assert min(seen[1].ems) * 1080 / 8 >= EM * ROUNDING


def test_the_pile_is_named_as_the_sum_that_it_is(seen: tuple[Lesson, Seen]) -> None:
    """J's column adds to 0, so a pile of more than one slice is not −a_i a_j but the sum of them."""
    lesson, found = seen
    pile = "−a_i a_j" if lesson.K == 2 else "−Σ_(j ≠ i) a_i a_j"
    assert pile in found.formulas["other_slices"]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("name", LESSONS)
def test_no_label_of_the_own_slices_stands_in_a_bar(name: str, frame: str) -> None:
    solution = solve(LESSONS[name])
    production = Production(FILM, lesson=LESSONS[name], frame=frame)
    bars = OwnBars(solution, LastPicture(Nudge(production)).left)
    keys = f"a[{solution.i}]", f"tax[{solution.i}]", f"J[{solution.i},{solution.i}]"
    for label in bars.labels(*[solution[key] for key in keys]):
        for bar in (bars.growth, bars.tax, bars.net):
            across = min(label.get_right()[0], bar.get_right()[0]) - max(
                label.get_left()[0], bar.get_left()[0]
            )
            up = min(label.get_top()[1], bar.get_top()[1]) - max(label.get_bottom()[1], bar.get_bottom()[1])
            assert min(across, up) <= 1e-9


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("name", LESSONS)
def test_the_names_under_the_pile_stay_in_their_region(name: str, frame: str) -> None:
    last = LastPicture(Nudge(Production(FILM, lesson=LESSONS[name], frame=frame)))
    names, region = last.bars.names, last.left
    assert region.left - 1e-9 <= names.get_left()[0] and names.get_right()[0] <= region.right + 1e-9
    assert region.bottom - 1e-9 <= names.get_bottom()[1] and names.get_top()[1] <= region.top + 1e-9


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("name", LESSONS)
def test_the_class_that_gains_is_named_over_its_bar_with_what_it_gains(name: str, frame: str) -> None:
    scene = Nudge(Production(FILM, lesson=LESSONS[name], frame=frame))
    sol, region = scene.solution, LastPicture(scene).left
    bars = OtherBars(sol, region, [scene.class_name(k) for k in range(sol.K)])
    number, word = bars.name_net(scene.class_name(sol.i), scene.quantity("J[i,i]"))
    share = softmax(np.asarray(sol.z))[sol.i]
    assert number.quantity.value == pytest.approx(share * (1 - share))
    assert number.get_bottom()[1] > bars.net.get_top()[1] and word.get_bottom()[1] > number.get_top()[1]
    for each in (number, word):
        assert region.left - 1e-6 <= each.get_left()[0] and each.get_right()[0] <= region.right + 1e-6
        assert each.get_top()[1] <= region.top + 1e-6


@pytest.mark.parametrize("K", [3, 10])
def test_a_growth_of_nothing_is_written_clear_of_the_own_slice(K: int) -> None:
    lesson = Lesson.from_logits([1.0] * K, [f"class {n}" for n in range(K)], np.eye(K)[0])
    with made(LastPicture) as pictures:
        dry_run(Nudge, Production(FILM, lesson=lesson, frame="square"))
    bars = pictures[0].bars
    for k in bars.taxes:
        words = bars.over(k, Words("growth 0"))
        assert words.get_left()[0] >= bars.net.get_right()[0] + 0.1
        assert words.get_right()[0] <= bars.region.right + 1e-9


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("name", LESSONS)
def test_a_name_and_a_number_share_a_segment_without_touching_each_other_or_its_edges(
    name: str, frame: str
) -> None:
    solution = solve(LESSONS[name])
    strips = Strips(solution, FRAMES[frame].stage)
    strip = strips.strip(strips.layout.growing)
    values = strips.numbers(strip)
    words = [Words(each, size="least") for each in LESSONS[name].classes]
    written = strips.names_over(values, strip, words)
    assert written or (name, frame) != ("three", "wide")
    for k, word in written.items():
        start, end = strip.spans[strip.segment(k)]
        assert start <= word.get_left()[0] <= word.get_right()[0] <= end
        assert values[k].get_top()[1] < word.get_bottom()[1]
        assert strip.bottom < values[k].get_bottom()[1] and word.get_top()[1] < strip.top
