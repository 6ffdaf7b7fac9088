"""The chapter on practice: the scores move on their line and nothing else, and both proofs give one loss."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

import numpy as np
import pytest
from manim import Mobject, VMobject
from scipy.special import log_softmax, logsumexp, softmax
from stills import Played, play

from first_fast import first_fast
from made import made
from softmax_explained.core import Lesson
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.pictures.share_strip import ShareStrip
from softmax_explained.scenes.practice.last_picture import LastPicture
from softmax_explained.scenes.practice.overflow import LiftedScores
from softmax_explained.scenes.practice.recap import NUDGE, EveryPath, GrowAndSqueeze, Recalled
from softmax_explained.scenes.practice.scene import Practice
from softmax_explained.scenes.practice.score_gap import ScoreGap
from softmax_explained.stage import Chapter, Formula, Production, Readout, Region, Words
from softmax_explained.stage.design.layout import FRAMES
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.on_screen import typeset_text_shown
from softmax_explained.stage.text.label_layout import overlap

HUGE = Lesson.from_logits([800, 798.5, -12.0], ["alpha", "beta", "gamma"], [0, 1, 0])
REGION = Region(-6, -2, 6, 2)


@pytest.fixture(scope="module")
def practice() -> Played:
    return play(Practice, Production(FILM, lesson=HUGE))


def chapter() -> Chapter:
    return Practice(Production(FILM))


def test_scores_whose_powers_overflow_are_shown_below_zero_and_the_shares_are_right(practice: Played) -> None:
    z = np.array([800, 798.5, -12.0])
    with np.errstate(over="ignore"):
        assert np.isinf(np.exp(z)).any()
    shown = {number.key: number.value for number in practice.still("subtract_largest").record.numbers}
    np.testing.assert_allclose([shown[f"shifted[{k}]"] for k in range(3)], z - 800)
    np.testing.assert_allclose([shown[f"a[{k}]"] for k in range(2)], softmax(z)[:2])


def test_lifting_the_scores_changes_their_numbers_and_not_their_dots() -> None:
    lifted = LiftedScores(chapter(), REGION).follow()
    start = [dot.get_x() for dot in lifted.dots]
    for lift in (0.0, 12.5, 1000.0):
        lifted.lift.set_value(lift)
        lifted.update()
        np.testing.assert_allclose([dot.get_x() for dot in lifted.dots], start)
        np.testing.assert_allclose(lifted.scores() - lift, Production(FILM).solution.z)


def test_the_dots_stand_as_far_apart_as_the_scores() -> None:
    lifted, z = LiftedScores(chapter(), REGION), Production(FILM).solution.z
    x = np.array([dot.get_x() for dot in lifted.dots])
    np.testing.assert_allclose((x - x[0]) / np.ptp(x), (z - z[0]) / np.ptp(z))


def test_every_score_that_has_a_number_has_the_name_of_its_class() -> None:
    scores = [0.2, 2.98, 3.38, -0.1, 0.05, -3.0, -9.6]
    lesson = Lesson.from_logits(scores, [*"abcdefg"], np.eye(7)[1])
    lifted = LiftedScores(Practice(Production(FILM, lesson=lesson)), Region(-3.6, 0, 3.6, 1.2)).follow()
    for lift in (0.0, 996.62):
        lifted.lift.set_value(lift)
        lifted.update()
        named = {
            name.text: float(n.text.replace("−", "-"))
            for name, n in zip(lifted.names, lifted.numbers, strict=True)
        }
        assert named == pytest.approx({"“b”": 2.98 + lift, "“c”": 3.38 + lift})


def test_the_gap_is_the_loss_in_the_unit_of_the_scores() -> None:
    solution, gap = Production(FILM).solution, ScoreGap(chapter(), REGION)
    unit = (gap.dots[1].get_x() - gap.dots[0].get_x()) / (solution.z[1] - solution.z[0])
    loss = -solution.lesson.targets @ log_softmax(solution.z)
    assert gap.gap.width == pytest.approx(loss * unit)


@pytest.mark.parametrize("width", [6.4, 12.8])
@pytest.mark.parametrize(
    "scores",
    [
        [2.98, 3.38, -0.1, 0.05, -3.0, -9.6],
        [2.0, 2.0, 0.1],
        [-12.0, 800.0, 799.9],
        [0.0, 7.0, -20.0],
        [3.0, -40.0],
    ],
)
def test_a_nudged_score_stays_below_log_s_in_the_scale_of_the_line(scores: list[float], width: float) -> None:
    lesson = Lesson.from_logits(scores, [*"abcdef"[: len(scores)]], np.eye(len(scores))[0])
    scene = Practice(Production(FILM, lesson=lesson))
    gap, solution = ScoreGap(scene, Region(-width / 2, -2, width / 2, 2)), scene.solution
    z, focus = np.array(scores), solution.i
    dot, x, top = gap.dots[focus], gap.dots[focus].get_x(), gap.mark.get_x()
    for move in gap.rise():
        move.begin()
        move.finish()
    step = dot.get_x() - x
    assert step >= 0.6 - 1e-9  # long enough to be seen
    assert gap.mark.get_x() - top == pytest.approx(softmax(z)[focus] * step)
    assert dot.get_x() <= gap.mark.get_x() + 1e-6
    unit = step / gap.dz
    if logsumexp(z) - z[focus] < 0.9:  # in one stretch of the line
        assert top - x == pytest.approx((logsumexp(z) - z[focus]) * unit, abs=1e-6)


@pytest.mark.parametrize("frame", ["wide", "tall", "square"])
def test_the_average_score_of_soft_targets_comes_with_the_gap_and_with_its_name(frame: str) -> None:
    targets = np.array([0.1, 0.7, 0.2])
    lesson = Lesson.from_logits([2.0, 1.0, 0.1], ["alpha", "beta", "gamma"], targets)
    watcher = Averages(targets @ [2.0, 1.0, 0.1])
    production = Production(FILM, lesson=lesson, frame=frame)
    scene = dry_run(Practice, production, observer=watcher, until="second_proof")
    gap, rise = (move.start for move in scene.records[0].moves if move.mark in ("gap", "rise"))
    for time, named, shown in watcher.seen:
        if time < rise - 0.01:
            assert named == shown == (time > gap + 0.01)
    assert sum(named for time, named, _ in watcher.seen if time < rise - 0.01) >= 1


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("targets", [[0.02, 0.4, 0.5, 0.08], [0, 0, 1, 0]], ids=["soft", "one-hot"])
def test_labels_of_long_numbers_stay_in_the_picture_before_the_nudge_and_after_it(
    targets: list[float], frame: str
) -> None:
    scores = [-504735.58, 231638.97, -263632.56, 463916.97]
    names = ["hammerhead shark", "crocodile", "great white shark", "white wolf"]
    lesson = Lesson.from_logits(scores, names, targets)
    with made(ScoreGap) as gaps:
        watcher, production = Labels(gaps), Production(FILM, lesson=lesson, frame=frame)
        scene = dry_run(Practice, production, observer=watcher, until="second_proof")
    assert len(watcher.seen) >= 3
    for blocks in watcher.seen:
        assert min(block.get_left()[0] for block in blocks) >= scene.stage.left - 1e-6
        assert max(block.get_right()[0] for block in blocks) <= scene.stage.right + 1e-6
        assert not any(overlap(*pair) for pair in combinations(blocks, 2))


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize(
    ("scores", "targets"),
    [
        ([1.9, 0.8, 0.7, -0.6], [0.1, 0.3, 0.5, 0.1]),
        ([1.9, 0.8, 0.75, 0.7, 0.7], [0.1, 0.3, 0.4, 0.1, 0.1]),
        ([1.0, 1.0, 1.0], [0.0, 1.0, 0.0]),
        ([2.0, 2.0, 1.9, 1.9, 0.1], [0.0, 0.0, 1.0, 0.0, 0.0]),
    ],
)
def test_no_label_stands_far_from_its_place_on_the_line(
    scores: list[float], targets: list[float], frame: str
) -> None:
    names = ["horse", "donkey", "mule", "zebra", "hinny"][: len(scores)]
    lesson = Lesson.from_logits(scores, names, targets)
    with made(ScoreGap) as gaps:
        watcher, production = Labels(gaps), Production(FILM, lesson=lesson, frame=frame)
        dry_run(Practice, production, observer=watcher, until="second_proof")
    for before_or_after in watcher.leaders:
        for leader in before_or_after:
            assert leader.width <= 1.2 * leader.height  # no flatter than about 40°


def test_two_near_scores_and_their_average_keep_their_labels_in_a_wide_frame() -> None:
    lesson = Lesson.from_logits(
        [1.9, 0.8, 0.7, -0.6], ["horse", "donkey", "mule", "zebra"], [0.1, 0.3, 0.5, 0.1]
    )
    with made(ScoreGap) as gaps:
        watcher, production = Labels(gaps), Production(FILM, lesson=lesson)
        dry_run(Practice, production, observer=watcher, until="second_proof")
    assert len(watcher.seen[0]) == 6  # four classes, ln S and the average


class Averages:
    """Notes when the word for the average score is on the stage, and when its number is."""

    def __init__(self, average: float) -> None:
        self._average = average
        self.seen: list[tuple[float, bool, bool]] = []

    def before(self, scene: Chapter) -> None:
        parts = scene.get_mobject_family_members()
        numbers = [each.quantity.value for each in parts if isinstance(each, Readout)]
        named = any(isinstance(each, Words) and each.text == "average" for each in parts)
        self.seen.append((scene.clock, named, any(abs(each - self._average) < 1e-9 for each in numbers)))

    def moments(self, scene: Chapter, seconds: float) -> list[float]:
        return []

    def moving(self, scene: Chapter, moment: float, seconds: float) -> None: ...

    def held(self, scene: Chapter, seconds: float) -> None:
        self.before(scene)


class Labels(Averages):
    """Keeps copies of the labels at the line, and of their leaders, whenever a move begins."""

    def __init__(self, gaps: list[ScoreGap]) -> None:
        self._gaps = gaps
        self.seen: list[list[Mobject]] = []  # type: ignore[assignment]
        self.leaders: list[list[Mobject]] = []

    def before(self, scene: Chapter) -> None:
        shown = {id(part) for part in scene.get_mobject_family_members()}
        for gap in self._gaps:
            labels = [label for label in gap.labels if id(label[1].get_family()[-1]) in shown]
            self.leaders.append([label[0].copy() for label in labels])
            if len(labels) == len(gap.labels):
                self.seen.append([label[1].copy() for label in labels])


def test_labels_go_along_with_what_is_nudged() -> None:
    gap = ScoreGap(chapter(), REGION)
    for move in gap.rise():
        move.begin()
        move.finish()
    ends = {round(float(leader.get_start()[0]), 3) for leader, _ in gap.labels}
    assert {round(float(each.get_x()), 3) for each in (*gap.dots, gap.mark)} == ends


def test_only_what_moves_keeps_its_label_where_the_average_score_moves() -> None:
    lesson = Lesson.from_logits([2.0, 1.0, 0.5, 0.1], ["ant", "bee", "cow", "dog"], [0.1, 0.5, 0.3, 0.1])
    named = list[set[str]]()

    def look(chapter: Chapter, _: object) -> None:
        named.append({words.text for words in typeset_text_shown(chapter, Words)})

    dry_run(Practice, Production(FILM, lesson=lesson), after_beat=look)
    assert named[0] & {*lesson.classes, "average"} == {"ant", "average"}


@pytest.mark.parametrize("scores", [[2.0, 1.0, 0.1], [2.98, 3.38, -0.1, 0.05, -3.0, -9.6]])
def test_the_taxes_of_all_segments_are_what_was_too_long_and_the_strip_is_1_without_them(
    scores: list[float],
) -> None:
    lesson = Lesson.from_logits(scores, [*"abcdef"[: len(scores)]], np.eye(len(scores))[1])
    scene = Practice(Production(FILM, lesson=lesson))
    picture = GrowAndSqueeze(scene, REGION)
    start, unit = picture.strip.get_left()[0], picture.strip.width
    grow, tax, squeeze = picture.play()
    for move in grow:
        move.begin()
        move.finish()
    total = NUDGE * softmax(scores)[scene.solution.i] * unit
    assert picture.strip.width == pytest.approx(unit + total)
    (slices,) = [move.mobject for move in tax]
    assert len(slices) == len(scores)
    assert sum(each.width for each in slices) == pytest.approx(total)
    for move in squeeze:
        move.begin()
        move.finish()
    ends = picture.strip.get_left()[0], picture.strip.get_right()[0]
    assert ends == pytest.approx((start, start + unit))
    assert slices.get_fill_opacity() == 0


def test_ten_paths_without_text_have_equal_lanes() -> None:
    lesson = Lesson.from_logits(np.arange(10) / 4, [*"abcdefghij"], np.eye(10)[3])
    paths = EveryPath(Practice(Production(FILM, lesson=lesson)), Region(-1, -1, 1, 1))
    heights = [row.card.height for row in paths.map.rows]
    np.testing.assert_allclose(heights, heights[0])
    middles = [row.card.get_y() for row in paths.map.rows]
    np.testing.assert_allclose(np.diff(middles), -2 / 10, atol=0.01)


def test_the_small_pictures_stand_on_panels_of_their_own_with_their_names() -> None:
    production = Production(FILM, frame="square")
    with made(Recalled) as pictures, made(LastPicture) as last:
        dry_run(Practice, production)
    for picture, place in zip(pictures, last[-1].foot, strict=True):
        shown = picture.picture
        assert place.left < shown.get_left()[0] < shown.get_right()[0] < place.right
        assert place.bottom < shown.get_bottom()[1] < shown.get_top()[1] < place.top
        assert shown.get_top()[1] < last[-1].bars.get_bottom()[1]
        assert shown.height > 0.4


class Covers:
    """How many covers of pictures are on the stage, at every moment."""

    def __init__(self, pictures: list[Recalled]) -> None:
        self._pictures = pictures
        self.seen: list[int] = []

    def before(self, scene: Chapter) -> None:
        shown = {id(part) for part in scene.get_mobject_family_members()}
        self.seen.append(sum(id(picture.cover) in shown for picture in self._pictures))

    def moments(self, scene: Chapter, seconds: float) -> list[float]:
        return []

    def moving(self, scene: Chapter, moment: float, seconds: float) -> None:
        """Only what stands is looked at."""

    def held(self, scene: Chapter, seconds: float) -> None:
        self.before(scene)


def test_a_picture_stays_dim_until_its_sentence_begins() -> None:
    with made(Recalled) as pictures:
        watcher = Covers(pictures)
        dry_run(Practice, Production(FILM), observer=watcher)
    coming = watcher.seen[np.flatnonzero(watcher.seen)[0] :]
    assert coming[0] == 2 and coming[-1] == 0
    assert all(after <= before for before, after in pairwise(coming))  # none is dimmed again


def test_the_strip_of_shares_does_not_move_while_the_scores_are_lifted() -> None:
    with made(ShareStrip) as strips:
        watcher = Segments(strips)
        dry_run(Practice, Production(FILM, lesson=HUGE), observer=watcher)
    assert len(watcher.spans) > 10
    assert all(np.allclose(spans, watcher.spans[0]) for spans in watcher.spans)


@pytest.mark.parametrize(
    ("language", "parts"), [("en", ("and the strip", "gone.", "subtract")), ("zh", ("整条", "没", "减去"))]
)
def test_the_strip_is_gone_when_the_sentence_says_so(language: str, parts: tuple[str, str, str]) -> None:
    with made(ShareStrip) as strips:
        watcher = Segments(strips)
        scene = dry_run(Practice, Production(FILM, language=language), observer=watcher)
    record = scene.records[1]
    word = {move.mark: move.word for move in record.moves}
    first, said, later = map(record.narration.index, parts)
    said_at = word["gone"] + (said - first) / (later - first) * (word["subtract"] - word["gone"])
    missing = [
        time for time, seen in watcher.times if word["overflow"] < time < word["subtract"] and not seen
    ]
    assert word["gone"] < min(missing) <= said_at


class Segments:
    """Notes where the segments of the unit strip stand while it is on the stage."""

    def __init__(self, strips: list[ShareStrip]) -> None:
        self._strips = strips
        self.spans: list[list[tuple[float, float]]] = []
        self.times: list[tuple[float, bool]] = []

    def before(self, scene: Chapter) -> None:
        seen = scene.get_mobject_family_members()
        self.times.append((scene.clock, any(each.strip in seen for each in self._strips)))
        self.spans += [each.strip.spans for each in self._strips if each.strip in scene.mobjects]

    def moments(self, scene: Chapter, seconds: float) -> list[float]:
        return [0.3 * seconds, 0.6 * seconds]

    def moving(self, scene: Chapter, moment: float, seconds: float) -> None:
        self.before(scene)

    def held(self, scene: Chapter, seconds: float) -> None:
        self.before(scene)


def test_in_the_square_frame_the_loss_and_the_result_have_one_line_each() -> None:
    _, left, right = Practice(Production(FILM, frame="square"))._regions()
    loss, result = DERIVATIONS["log_sum_exp"].equations[0], DERIVATIONS["second_proof"].equations[-1]
    for formula, region in ((Formula(loss), left), (Formula(result), right)):
        formula.break_to_fit(region.width)
        assert formula.lines == 1, formula.plain


def test_both_routes_give_the_same_loss() -> None:
    solution = Production(FILM, lesson=HUGE).solution
    z, y = solution.z, solution.lesson.targets
    assert solution["C_lse"].value == pytest.approx(logsumexp(z) - y @ z)
    assert solution["C_lse"].value == pytest.approx(-y @ log_softmax(z))


def test_the_film_ends_with_the_result_over_its_bars() -> None:
    production = Production(FILM)
    last = play(Practice, production).still("remember_the_picture").record
    lesson = production.solution.lesson
    assert [formula.text for formula in last.formulas] == ["∂C/∂z_i = a_i − y_i"]
    shown = {number.key: number.value for number in last.numbers}
    expected = softmax(lesson.z) - lesson.targets
    assert shown == pytest.approx({f"g[{k}]": slope for k, slope in enumerate(expected)})


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("K", first_fast([10, 2, 3]))
def test_the_line_is_between_the_labels_of_the_scores_and_those_of_the_shares(K: int, frame: str) -> None:
    scores = [2.98, 3.38, -3.2, -2.9, -3.3, -3.8, 0.1, 0.7, 0.46, -7.0][:K]
    lesson = Lesson.from_logits(scores, [*"abcdefghij"][:K], np.eye(K)[0])
    with made(LiftedScores) as lines, made(ShareStrip) as strips:
        scene = dry_run(Practice, Production(FILM, lesson=lesson, frame=frame), until="subtract_largest")
    (lifted,), tags = lines, strips[-1].tags
    assert scene.stage.top >= max(name.get_top()[1] for name in lifted.names)
    for name, number in zip(lifted.names, lifted.numbers, strict=True):
        assert name.get_bottom()[1] > number.get_top()[1]
        assert number.get_bottom()[1] > lifted.dots.get_top()[1]
    assert lifted.dots.get_bottom()[1] > tags.get_top()[1]


class OldAndNew:
    """Notes how opaque the strip of one beat and the small pictures of the next are at the same time."""

    def __init__(self, strips: list[ShareStrip], pictures: list[Recalled]) -> None:
        self._old, self._new = strips, pictures
        self.seen: list[tuple[float, float]] = []

    def before(self, scene: Chapter) -> None:
        shown = scene.get_mobject_family_members()
        self.seen.append((_opacity(self._old, shown), _opacity(self._new, shown)))

    def moments(self, scene: Chapter, seconds: float) -> list[float]:
        return list(np.linspace(0, seconds, 9)[1:-1])

    def moving(self, scene: Chapter, moment: float, seconds: float) -> None:
        self.before(scene)

    def held(self, scene: Chapter, seconds: float) -> None:
        self.before(scene)


def _opacity(groups: Sequence[Mobject], shown: Sequence[Mobject]) -> float:
    """The greatest opacity of what is filled in some groups, as far as it is shown."""
    parts = {id(part) for group in groups for part in group.family_members_with_points()}
    fills = [each.get_fill_opacity() for each in shown if isinstance(each, VMobject) and id(each) in parts]
    return max(map(float, fills), default=0.0)


@pytest.mark.parametrize("frame", FRAMES)
def test_the_small_pictures_and_what_dims_them_come_when_the_strip_has_gone(frame: str) -> None:
    with made(ShareStrip) as strips, made(Recalled) as pictures:
        watcher = OldAndNew(strips, pictures)
        dry_run(Practice, Production(FILM, frame=frame), observer=watcher)
    old, new = np.array(watcher.seen).T
    assert max(old) == max(new) == 1.0
    assert max(np.minimum(old, new)) < 0.01
