"""The chapter on the collapse: its lines, the completed sum, the pins, and the pushes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pytest
from manim import ReplacementTransform, VGroup
from scipy.special import softmax
from stills import record_of

from first_fast import first_fast
from made import made
from softmax_explained.core import Lesson, default_lesson, solve
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.nodes import Literal
from softmax_explained.core.lesson.loader import shipped_lesson
from softmax_explained.scenes.collapse.accounts import Accounts
from softmax_explained.scenes.collapse.error_row import ErrorRow
from softmax_explained.scenes.collapse.filled_map import filled_map
from softmax_explained.scenes.collapse.folded_table import FoldedTable
from softmax_explained.scenes.collapse.last_picture import told
from softmax_explained.scenes.collapse.lines import TOGETHER
from softmax_explained.scenes.collapse.path_products import LinkProducts, PathProducts
from softmax_explained.scenes.collapse.push_chain import PushChain
from softmax_explained.scenes.collapse.regions import (
    lines_and_bars,
    map_and_lines,
    result_regions,
    sum_regions,
)
from softmax_explained.scenes.collapse.result import CountedUnit, counted_lines
from softmax_explained.scenes.collapse.scene import Collapse
from softmax_explained.scenes.collapse.searched_lines import SearchedLines
from softmax_explained.scenes.collapse.soft_targets import SoftTargets
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.pictures.jacobian_table import JacobianTable
from softmax_explained.scenes.pictures.share_bars import ShareBars
from softmax_explained.scenes.softmax_slope.last_picture import LastPicture as FromSlopes
from softmax_explained.stage import Box, Chapter, Formula, Production, Readout, Region, Words
from softmax_explained.stage.design.layout import FRAMES
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.on_screen import typeset_text_shown, visible
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.stage.text.label_layout import overlap
from softmax_explained.studio.check.thresholds import OUTSIDE, PIXEL

LINES = DERIVATIONS["collapse"].equations
LAST_LINES = {
    "put_together": LINES[3],
    "other_paths": LINES[5],
    "direct_path": LINES[7],
    "complete_sum": LINES[9],
    "prediction_minus_target": LINES[11],
    "soft_labels": LINES[11],
}
LESSONS = {
    "three": default_lesson(),
    "two": Lesson.from_logits([1.0, 0.3], ["no", "yes"], [0, 1]),
    "ten": Lesson.from_logits(np.linspace(-2, 2, 10), [f"class {n}" for n in range(10)], [0.1] * 10),
    "soft": Lesson.from_logits([2, 1, 0, -1], ["a very long name", "b", "c", "d"], [0.1, 0.6, 0.2, 0.1]),
    "far apart": Lesson.from_logits([30, -30, 0], ["alpha", "beta", "gamma"], [0, 1, 0]),
    "nothing pushed": Lesson.from_logits([30, -30], ["alpha", "beta"], [1, 0]),
    "tied": Lesson.from_logits([0, 0, 0], ["alpha", "beta", "gamma"], [0, 1, 0]),
}


SLOW = "soft", "tied", "two", "far apart"  # lessons whose chapter is played in the slow suite only


class Seen:
    """What stands on the stage at the end of every beat, and the pictures that were made."""

    def __init__(self, lesson: Lesson, frame: str = "wide") -> None:
        self.formulas = dict[str, list[Formula]]()
        self.bright = dict[str, list[Any]]()
        self.docked = dict[str, set[str]]()
        self.extent = dict[str, tuple[float, float]]()
        self.landed = dict[int, float]()
        self.rises, self.unit = list[float](), 1.0
        with (
            made(ShareBars) as self.bars,
            made(PushChain) as self.chains,
            made(CountedUnit) as self.units,
            made(PathProducts) as self.products,
            made(Accounts) as self.accounts,
        ):
            production = Production(FILM, lesson=lesson, frame=frame)
            self.chapter = dry_run(Collapse, production, after_beat=self._look)

    def _look(self, chapter: Chapter, record: BeatRecord) -> None:
        beat = record.id.removeprefix("collapse.")
        shown = list(typeset_text_shown(chapter, Formula))
        self.formulas[beat] = shown
        self.bright[beat] = [
            each.expr for each in shown if min(glyph.get_fill_opacity() for glyph in each) == 1
        ]
        self.docked[beat] = {name for name, part in chapter.dock.parts.items() if part in chapter.mobjects}
        parts = [
            part
            for mobject in chapter.mobjects
            for part in mobject.family_members_with_points()
            if visible(part)
        ]
        left = min(float(part.get_left()[0]) for part in parts)
        self.extent[beat] = left, max(float(part.get_right()[0]) for part in parts)
        if beat == "prediction_minus_target":
            (bars,) = self.bars
            self.rises, self.unit = rises(bars.arrows), bars.chart.unit
        if beat == "check":
            (accounts,) = self.accounts
            for k, pin in accounts.pins.items():
                self.landed[k] = _gap(pin, accounts.lines[k])


def _gap(one: Any, other: Any) -> float:
    """The distance between the boxes of two mobjects."""
    apart = [
        max(0.0, abs(float(one.get_coord(axis) - other.get_coord(axis))) - half)
        for axis, half in (
            (0, float(one.width + other.width) / 2),
            (1, float(one.height + other.height) / 2),
        )
    ]
    return float(np.hypot(*apart))


def rises(arrows: Sequence[Any]) -> list[float]:
    """How far each arrow goes up; 0 where there is none."""
    return [float(place[0].get_end()[1] - place[0].get_start()[1]) if len(place) else 0.0 for place in arrows]


@pytest.fixture(
    scope="module",
    params=[pytest.param(name, marks=[pytest.mark.slow] if name in SLOW else []) for name in LESSONS],
)
def lesson(request: pytest.FixtureRequest) -> Lesson:
    return LESSONS[request.param]


@pytest.fixture(scope="module")
def seen(lesson: Lesson) -> Seen:
    return Seen(lesson)


def test_the_line_that_a_beat_ends_with_stands_bright(seen: Seen) -> None:
    for beat, line in LAST_LINES.items():
        assert line in seen.bright[beat], beat


def test_the_parent_of_the_last_line_is_dimmed_and_not_gone(seen: Seen) -> None:
    for beat, parent in {"direct_path": LINES[6], "complete_sum": LINES[8]}.items():
        (line,) = [each for each in seen.formulas[beat] if each.expr == parent]
        assert 0.3 < min(glyph.get_fill_opacity() for glyph in line) < 1


def test_nothing_of_the_table_is_left_on_the_stage() -> None:
    ends = list[bool]()

    def look(chapter: Chapter, record: BeatRecord) -> None:
        family = [part for mobject in chapter.mobjects for part in mobject.get_family()]
        ends.append(any(isinstance(part, JacobianTable) for part in family))

    with made(JacobianTable) as tables:
        dry_run(Collapse, Production(FILM), after_beat=look)
    assert tables and not any(ends)


@pytest.mark.parametrize("frame", FRAMES)
def test_what_the_paths_carry_is_the_product_of_both_links_and_adds_up_to_the_pin(
    lesson: Lesson, frame: str
) -> None:
    scene = Collapse(Production(FILM, lesson=lesson, frame=frame))
    path_map = filled_map(scene, map_and_lines(scene.stage)[0])
    LinkProducts(path_map)
    a, i = softmax(lesson.z), scene.solution.i
    links = np.divide(-lesson.targets, a, out=np.zeros_like(a), where=lesson.targets > 0)
    carried = links * a * (np.eye(len(a))[i] - a[i])
    for k, number in path_map.products.items():
        assert number.quantity.value == pytest.approx(carried[k])
        assert number.width <= path_map.rows[k].track.width
    assert set(path_map.products) >= {i, scene.solution.t} or not path_map.products  # not some of the sum
    if lesson is LESSONS["three"]:
        assert set(path_map.products) == {0, 1, 2}
    if frame == "wide" and len(a) <= 4:
        assert set(path_map.products) == set(range(len(a)))
        total = sum(number.quantity.value for number in path_map.products.values())
        assert total == pytest.approx(a[i] - lesson.targets[i])


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("name", ["cat-dog-fox", "ten-digits", "soft-labels"])
def test_the_rows_that_carry_products_are_named(name: str, frame: str) -> None:
    lesson = shipped_lesson(name)
    scene = Collapse(Production(FILM, lesson=lesson, frame=frame))
    path_map = filled_map(scene, map_and_lines(scene.stage)[0])
    LinkProducts(path_map)
    assert path_map.products.keys() >= {scene.solution.i, scene.solution.t}
    for k, number in path_map.products.items():
        row = path_map.rows[k]
        assert isinstance(row.label, Words) and row.label.text == lesson.classes[k]
        assert not overlap(row.label, number)


@pytest.mark.parametrize("frame", ["wide", "tall"])
def test_the_split_sum_stands_below_the_sum_that_it_splits(frame: str) -> None:
    ends = list[list[Any]]()

    def look(chapter: Chapter, record: BeatRecord) -> None:
        if record.id == "collapse.put_together":
            ends.append([each.expr for each in typeset_text_shown(chapter, Formula)])

    dry_run(Collapse, Production(FILM, frame=frame), after_beat=look)
    assert {LINES[1], LINES[3]} <= set(ends[0])


def test_the_1_falls_into_the_place_of_the_sum_and_nothing_else_moves() -> None:
    line, counted = counted_lines(Collapse(Production(FILM)).stage)
    assert (line.expr, counted.expr) == tuple(DERIVATIONS["collapse"].equations[9:11])
    unit = CountedUnit(Production(FILM).solution, line.find(TOGETHER))
    standing, moves = unit.put_in(counted)
    kept = [glyph for glyph in line if glyph not in line.find(TOGETHER).submobjects]
    for glyph, before in zip(standing, kept, strict=True):
        np.testing.assert_allclose(glyph.get_center(), before.get_center(), atol=1e-6)
    for move in moves:
        move.begin()
        move.finish()
    np.testing.assert_allclose(unit.one.get_center(), counted.find(Literal(1)).get_center(), atol=1e-6)
    assert unit.one.get_x() > standing.get_right()[0]
    assert line.get_bottom()[1] < unit.one.get_y() < line.get_top()[1]


def test_an_arrow_that_has_no_number_has_no_legend() -> None:
    """With long names those of small classes are left out, and the numbers below them."""
    names = ["cat", "Crocodylus niloticus", "dog", "hammerhead, hammerhead shark", "owl"]
    below = result_regions(FRAMES["square"].stage, 3)[1]
    scores = [-0.9, -0.7, -0.96, -0.83, -1.9]  # only the push on the last one is long enough for an arrow
    nearly = softmax(scores) + np.array([-0.004, -0.004, -0.004, -0.004, 0.016])
    for targets, is_told in ((nearly, False), ([0.05, 0.35, 0.2, 0.2, 0.2], True)):
        solution = solve(Lesson.from_logits(scores, names, targets))
        bars = ShareBars(
            solution,
            [Words(name) for name in names],
            below,
            legend=Words("arrow = push"),
            priority=told(solution),
        )
        assert bool(len(bars.legend)) == is_told
        if is_told:
            pushed = [k for k in bars.value_of if len(bars.arrows[k])]
            assert min(abs(float(bars.legend.get_x() - bars.value_of[k].get_x())) for k in pushed) < 1.0


def test_every_other_path_says_what_is_left_of_its_product(lesson: Lesson, seen: Seen) -> None:
    (products,) = seen.products
    others = set(range(len(lesson.targets))) - {seen.chapter.solution.i}
    assert set(products.of) in (others, set())  # of all other classes, or of none where there is no room
    if len(lesson.targets) <= 4:
        assert products.of
    for k, product in products.of.items():
        assert str(product.expr) == f"a[i]*y[{k + 1}]"


def test_the_direct_path_says_what_is_left_of_its_product_under_the_same_letters(
    lesson: Lesson, seen: Seen
) -> None:
    (products,) = seen.products
    if lesson is LESSONS["three"]:
        assert products.own is not None
    if products.own is not None:
        assert str(products.own.expr) == "a[i]*y[i] - y[i]"  # as in the line, of which both terms are


def test_the_unit_that_is_put_into_the_sum_is_divided_by_the_targets(lesson: Lesson, seen: Seen) -> None:
    (unit,) = seen.units
    total = sum(float(piece.width) for piece in unit.strip)
    assert total == pytest.approx(float(unit.frame.width), abs=2 * PIXEL * len(unit.strip))
    for k, piece in unit.strip.pieces.items():
        assert piece.width / total == pytest.approx(lesson.targets[k], abs=0.02)


def test_arrows_go_against_the_gradient_by_its_length(lesson: Lesson, seen: Seen) -> None:
    gradient = softmax(lesson.z) - lesson.targets
    assert any(seen.rises) == (np.abs(gradient).max() > 1e-3)
    for rise, slope in zip(seen.rises, gradient, strict=True):
        if rise == 0:
            assert abs(slope * seen.unit) < 0.05, "an arrow is missing"
        else:
            assert rise == pytest.approx(-slope * seen.unit, abs=PIXEL)


def test_both_pins_land_at_their_accounts(seen: Seen) -> None:
    solution = seen.chapter.solution
    assert set(seen.landed) == {solution.i, solution.t}
    (accounts,) = seen.accounts
    if not accounts.is_list:
        assert max(seen.landed.values()) <= 0.13  # Manim units below them
        return
    for k, pin in accounts.pins.items():  # in a column right of all accounts, each in the row of its own
        assert pin.get_y() == pytest.approx(accounts.lines[k].get_y(), abs=0.05)
    assert np.ptp([float(pin.get_left()[0]) for pin in accounts.pins.values()]) < 1e-6
    ends = [float(line.get_right()[0]) for line in accounts.lines.values()]
    assert 0.3 < min(float(pin.get_left()[0]) for pin in accounts.pins.values()) - max(ends) < 0.36


def test_the_pins_say_what_a_central_difference_gives(lesson: Lesson, seen: Seen) -> None:
    h, z = 1e-5, np.asarray(lesson.z, dtype=float)

    def loss(scores: np.ndarray) -> float:
        shifted = scores - scores.max()
        return float(-lesson.targets @ (shifted - np.log(np.exp(shifted).sum())))

    (accounts,) = seen.accounts
    assert set(accounts.pins) == {seen.chapter.solution.i, seen.chapter.solution.t}
    for k, pin in accounts.pins.items():
        step = h * np.eye(len(z))[k]
        measured = (loss(z + step) - loss(z - step)) / (2 * h)
        assert float(pin.value.text.replace("−", "-")) == pytest.approx(measured, abs=6e-4)


class NamedParts:
    """Notes, while the result has its two words, the opacities of bars and targets."""

    def __init__(self) -> None:
        self.words, self.while_named, self.otherwise = set[str](), list[float](), list[float]()

    def before(self, scene: Chapter) -> None: ...

    def moments(self, scene: Chapter, seconds: float) -> list[float]:
        return list(np.linspace(0.0, seconds, 6))

    def moving(self, scene: Chapter, moment: float, seconds: float) -> None:
        named = [
            each.text
            for each in typeset_text_shown(scene, Words)
            if each.text in ("prediction", "target") and each[0].get_fill_opacity() > 0.05
        ]
        self.words |= {*named}
        shown = [part for each in scene.mobjects for part in each.family_members_with_points()]
        boxes = [part.get_fill_opacity() for part in shown if isinstance(part, Box)]
        (self.while_named if named else self.otherwise).extend(boxes)

    def held(self, scene: Chapter, seconds: float) -> None: ...


def test_prediction_and_target_are_named_before_there_are_bars_that_the_words_could_belong_to() -> None:
    watcher = NamedParts()
    lesson = shipped_lesson("ten-digits")
    dry_run(Collapse, Production(FILM, lesson=lesson, frame="square"), observer=watcher)
    assert watcher.words == {"prediction", "target"}
    assert max(watcher.while_named, default=0.0) < 0.05 < 0.9 < max(watcher.otherwise)


def test_the_dock_is_empty_once_the_pins_have_landed(seen: Seen) -> None:
    assert seen.docked["prediction_minus_target"] == {"token", "letters", "pins"}
    assert seen.docked["check"] == seen.docked["soft_labels"] == set()


def test_the_pushes_tip_to_tail_end_where_they_began(lesson: Lesson, seen: Seen) -> None:
    (chain,) = seen.chains
    arrows = [part for part in chain.submobjects[1:] if part is not chain.total]
    assert chain.total[-1].text == "0.000"
    if lesson is LESSONS["nothing pushed"]:
        assert not arrows
        return
    assert len(arrows) >= 2
    ends = [(float(each[0].get_start()[1]), float(each[0].get_end()[1])) for each in arrows]
    level, missing = float(chain.level.get_y()), 0.05 * len(lesson.z)
    assert ends[0][0] == pytest.approx(level, abs=missing)
    assert ends[-1][1] == pytest.approx(level, abs=missing)
    for (_, end), (start, _) in pairwise(ends):
        assert start == pytest.approx(end, abs=missing)


@pytest.mark.parametrize("frame", FRAMES)
def test_the_sum_of_the_pushes_has_its_word_however_narrow_its_place_is(frame: str) -> None:
    with made(PushChain) as chains:
        dry_run(Collapse, Production(FILM, lesson=shipped_lesson("iris"), frame=frame), until="check")
    (chain,) = chains
    word, number = chain.total
    assert isinstance(word, Words) and isinstance(number, Readout)
    assert not overlap(word, number)


class CopiesOfArrows:
    """Notes whether copies of the arrows are over the result while they come to the chain."""

    def __init__(self) -> None:
        self.seen, self.over = 0, list[float]()

    def before(self, scene: Chapter) -> None: ...

    def moments(self, scene: Chapter, seconds: float) -> list[float]:
        return list(np.linspace(0.0, seconds, 9))

    def moving(self, scene: Chapter, moment: float, seconds: float) -> None:
        for each in scene.animations or ():
            if scene.beat_id == "collapse.check" and getattr(each, "path_arc", 0) and moment > 0:
                self.seen += 1
                if overlap(each.mobject, scene._result):
                    self.over.append(moment)

    def held(self, scene: Chapter, seconds: float) -> None: ...


@pytest.mark.parametrize(
    ("name", "frame"),
    [
        pytest.param(name, frame, marks=[] if name == quick else pytest.mark.slow)
        for frame, quick in zip(FRAMES, ("cat-dog-fox", "iris", "ten-digits"), strict=True)
        for name in ("cat-dog-fox", "iris", "ten-digits")
    ],
)
def test_copies_of_the_arrows_do_not_pass_over_the_result(name: str, frame: str) -> None:
    watcher = CopiesOfArrows()
    production = Production(FILM, lesson=shipped_lesson(name), frame=frame)
    dry_run(Collapse, production, observer=watcher, until="check")
    assert watcher.seen >= 2 * 8
    assert watcher.over == []


def test_pushes_too_short_for_an_arrow_are_one_that_points_their_way() -> None:
    short, shares = 0.005, np.array([0.48, 0.5, *[0.005] * 4])  # each of the four is pushed down
    lesson = Lesson.from_logits(np.log(shares), [f"class {n}" for n in range(6)], [0, 1, 0, 0, 0, 0])
    with made(PushChain) as chains:
        dry_run(Collapse, Production(FILM, lesson=lesson))
    (chain,) = chains
    (rest,) = chain.rest
    assert rest.has_tip()
    first = chain.submobjects[1][0]  # that of class 0
    unit = float(first.get_start()[1] - first.get_end()[1]) / shares[0]
    length = float(rest.get_start()[1] - rest.get_end()[1])
    assert length == pytest.approx(4 * short * unit, rel=0.05)  # downwards, as long as the four together


def test_numbers_of_the_last_picture_are_those_of_the_gradient(lesson: Lesson, seen: Seen) -> None:
    gradient = softmax(lesson.z) - lesson.targets
    shown = {n.key: n.text for n in record_of(seen.chapter, "soft_labels").numbers if n.key.startswith("g[")}
    assert shown
    for key, text in shown.items():
        k = int(key[2:-1])
        if "×" not in text:
            assert float(text.replace("−", "-")) == pytest.approx(gradient[k], abs=6e-4)


@pytest.mark.parametrize("frame", first_fast(["square", "wide", "tall"]))
def test_no_picture_leaves_the_frame_at_its_sides(frame: str) -> None:
    seen = Seen(LESSONS["soft"], frame)
    safe, beyond = FRAMES[frame].safe, OUTSIDE * PIXEL
    assert len(seen.extent) == len(Collapse.beats())
    for beat, (left, right) in seen.extent.items():
        assert safe.left - beyond <= left < right <= safe.right + beyond, beat


@pytest.mark.parametrize("name", ["three", "soft"])
def test_soft_labels_are_smoothed_by_the_epsilon_of_the_lesson(name: str) -> None:
    seen = Smoothed(replace(LESSONS[name], smoothing=0.25))
    targets = 0.75 * LESSONS[name].targets + 0.25 / LESSONS[name].K
    expected = softmax(LESSONS[name].z) - targets
    assert seen.targets and all(targets[k] == pytest.approx(y) for k, y in seen.targets.items())
    assert seen.slopes and all(expected[k] == pytest.approx(g, abs=5.01e-4) for k, g in seen.slopes.items())


class Smoothed:
    """Notes the smoothed targets, and the slopes that are written while they stand."""

    def __init__(self, lesson: Lesson) -> None:
        self.targets, self.slopes = dict[int, float](), dict[int, float]()
        dry_run(Collapse, Production(FILM, lesson=lesson), observer=self)

    def before(self, scene: Chapter) -> None:
        """Nothing is smoothed yet."""

    def moments(self, scene: Chapter, seconds: float) -> list[float]:
        return []

    def moving(self, scene: Chapter, moment: float, seconds: float) -> None:
        """A number in passing belongs to no quantity."""

    def held(self, scene: Chapter, seconds: float) -> None:
        shown = [
            each
            for each in typeset_text_shown(scene, Readout)
            if each.quantity.key.startswith(("ys[", "gs["))
        ]
        for number in shown:
            k = int(number.quantity.key[3:-1])
            kept = self.targets if number.quantity.key.startswith("ys") else self.slopes
            kept[k] = number.quantity.value if kept is self.targets else float(number.text.replace("−", "-"))


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("name", ["iris", "ten-digits", "soft-labels"])
def test_the_unit_of_the_targets_keeps_its_length_while_they_are_shared_out(name: str, frame: str) -> None:
    chapter = Collapse(Production(FILM, shipped_lesson(name), frame=frame))
    soft = SoftTargets(chapter, lines_and_bars(chapter.stage)[1])
    rest = soft.unit.get_left()[0], soft.unit.get_right()[0]
    soft.soften()
    for part in np.linspace(0.0, chapter.solution.lesson.smoothing, 25):
        soft.softness.set_value(part)
        soft.unit.update()
        seen = VGroup(*[piece for piece in soft.unit if piece.get_stroke_opacity()])
        ends = seen.get_left()[0], seen.get_right()[0]
        assert ends == pytest.approx(rest, abs=PIXEL)
    assert len(seen) == chapter.solution.K


def test_the_list_of_accounts_stays_in_the_frame_with_long_names() -> None:
    names = ["great white shark, white shark, man-eat", "W" * 40, "comp.sys.ibm.pc.hardware"]
    logits = np.linspace(-3, 3, 9)
    lesson = Lesson.from_logits(logits, [*names, *"abcdef"], np.eye(9)[1])
    seen = Seen(lesson, "tall")
    stage = FRAMES["tall"].stage
    assert seen.accounts[0].is_list
    for k, pin in seen.accounts[0].pins.items():
        assert pin.get_right()[0] <= stage.right + OUTSIDE * PIXEL, k


WIDELY = Lesson.from_logits(
    [-167.56, -71.0, 194.38, -33.8, -21.0, 117.91, 209.0, -50.04],
    list("dbjichfa"),
    [0, 0.1, 0, 0.3, 0.1, 0.2, 0.1, 0.2],
)


def accounts_of(lesson: Lesson, frame: str) -> Accounts:
    """The accounts of a lesson as the check has them; a test of the whole chapter sees them there."""
    chapter = Collapse(Production(FILM, lesson=lesson, frame=frame))
    chapter.context.beat_id = "collapse.check"
    sol, stage = chapter.solution, chapter.stage
    names = [chapter.class_name(k) for k in range(sol.K)]
    bars = ShareBars(
        sol, names, result_regions(stage, sol.K)[1], legend=Words("arrow = push"), priority=told(sol)
    )
    return Accounts(chapter, bars, told(sol), (sol.i, sol.t))


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("name", ["three", "soft", "ten", "eight"])
def test_the_slopes_that_stand_when_the_pushes_cancel_add_up_to_zero(name: str, frame: str) -> None:
    lesson = LESSONS.get(name, WIDELY)
    if name == "ten":  # short names, so that the list has room for a word
        lesson = replace(lesson, classes=tuple("1234567890"))
    accounts = accounts_of(lesson, frame)
    solution = Production(FILM, lesson=lesson).solution
    numbers = [each for each in accounts.others if isinstance(each, Readout)]
    written = sum(float(solution.gradient[k]) for k in accounts.lines)
    written += sum(float(number.quantity.value) for number in numbers)
    assert (len(numbers) > 0) == (len(accounts.lines) < solution.K)
    assert written == pytest.approx(0.0, abs=1e-9)
    for line, number in ((line, number) for line in accounts.lines.values() for number in numbers):
        assert not overlap(line, number)


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("K", [4, 8, 10])
def test_the_rows_of_a_list_of_accounts_do_not_touch(K: int, frame: str) -> None:
    lesson = Lesson.from_logits(np.linspace(1, -2, K), list("gbjyhiaqcd"[:K]), np.eye(K)[1])
    accounts = accounts_of(lesson, frame)
    assert not accounts.is_list or accounts.names.keys() == accounts.lines.keys()
    assert accounts.is_list == (K > 4 or frame != "wide") and len(accounts.others)
    for one, other in combinations([*accounts.names.values(), *accounts.others], 2):
        assert not overlap(one, other)


@pytest.mark.parametrize("place", range(10))
def test_a_slope_stands_below_its_own_bar_however_many_there_are(place: int) -> None:
    lesson = Lesson.from_logits(np.roll(np.linspace(-2, 2, 10), place), list("0123456789"), np.eye(10)[8])
    solution = Production(FILM, lesson=lesson).solution
    told = {solution.i, solution.t, solution.letters["r"]}
    bars = ShareBars(solution, [Words(str(k)) for k in range(10)], FRAMES["square"].stage, priority=told)
    assert {solution.i, solution.t} <= set(bars.value_of) <= told
    if abs(solution.i - solution.t) > 1:
        for k, number in bars.value_of.items():
            assert number.get_left()[0] <= bars.chart.x(k) <= number.get_right()[0]


def test_what_the_targets_add_up_to_is_written(lesson: Lesson, seen: Seen) -> None:
    (unit,) = seen.units
    assert float(unit.one.plain) == pytest.approx(sum(lesson.targets))


@pytest.mark.parametrize("frame", FRAMES)
def test_the_question_which_line_would_break_has_lines_to_choose_from(frame: str) -> None:
    stage = FRAMES[frame].stage
    assert len(SearchedLines(stage, lines_and_bars(stage)[0])) > 1


@pytest.mark.parametrize("frame", FRAMES)
def test_nothing_of_the_small_map_turns_into_a_point(frame: str) -> None:
    chapter = Collapse(Production(FILM, lesson=shipped_lesson("ten-digits"), frame=frame))
    picture, whole = FromSlopes(chapter), filled_map(chapter, map_and_lines(chapter.stage)[0])
    moves = FoldedTable(picture, whole, 0).moves
    pairs = [(move.mobject, move.target_mobject) for move in moves if isinstance(move, ReplacementTransform)]
    counts = [[len(each.family_members_with_points()) for each in pair] for pair in pairs]
    assert len(counts) > 40 and all(before == after for before, after in counts)


def test_two_targets_side_by_side_do_not_touch(lesson: Lesson, seen: Seen) -> None:
    outlines = [each for bars in seen.bars for each in bars.targets]
    for one, other in pairwise(outlines):
        assert other.get_left()[0] < one.get_left()[0] or other.get_left()[0] > one.get_right()[0] + 0.01


def test_the_question_goes_straight_down_past_the_lines_without_crossing_one() -> None:
    stage = FRAMES["wide"].stage
    lines = SearchedLines(stage, stage.columns(0.5, 0.5)[0])
    assert len(lines) > 1
    for line, tick in zip(lines, lines.ticks, strict=True):
        assert lines.question.get_right()[0] < line.get_left()[0] - 0.2
        assert lines.question.get_x() == pytest.approx(tick.get_x(), abs=0.1)


@pytest.mark.parametrize("name", ["ill", "hammerhead, hammerhead shark"])
def test_a_tile_is_higher_than_its_term_however_many_lines_a_name_takes(name: str) -> None:
    sol = solve(Lesson.from_logits([2.0, 1.0, 0.1], ["cat", "dog", "fox"], [0, 1, 0]))
    for height in (1.3, 1.6, 2.5):
        names = [Words(name, size="least") for _ in range(3)]
        row = ErrorRow.of(sol, names, Region(-4.5, 0, 4.5, height))
        for tile in row.tiles:
            assert tile.height > max(term.height for term in (row.missing, *row[1]))
        assert all(each.get_bottom()[1] >= -1e-6 for each in row.names)
    assert len(row.names) == 3  # in the highest region there is room for all


@pytest.mark.parametrize("name", ["three", "soft", "ten"])
def test_no_other_class_shows_its_push_before_the_check_has_asked_for_one(name: str) -> None:
    shown = dict[str, list[bool]]()

    def look(chapter: Any, record: BeatRecord) -> None:
        if record.id not in ("collapse.prediction_minus_target", "collapse.check"):
            return
        sol, arrows = chapter.solution, chapter._bars.arrows
        others = [arrow for k in range(sol.K) if k not in (sol.i, sol.t) for arrow in arrows[k]]
        shown[record.id] = [any(visible(part) for part in arrow.get_family()) for arrow in others]

    dry_run(Collapse, Production(FILM, lesson=LESSONS[name]), after_beat=look, until="check")
    assert shown["collapse.check"] and all(shown["collapse.check"])
    assert not any(shown["collapse.prediction_minus_target"])


@pytest.mark.parametrize("K", [2, 3, 7, 10])
@pytest.mark.parametrize("frame", FRAMES)
def test_the_gap_of_the_sum_says_which_term_it_skips(frame: str, K: int) -> None:
    lesson = Lesson.from_logits(np.linspace(1, -2, K), list("abcdefghij"[:K]), np.eye(K)[1])
    solution, region = Production(FILM, lesson=lesson).solution, sum_regions(FRAMES[frame].stage)[1]
    row = ErrorRow.of(solution, [Words(name) for name in lesson.classes], region)
    assert "".join(part.plain for part in row.skipped) == "j=i"
    assert row.gap.get_left()[0] < row.skipped.get_left()[0] < row.skipped.get_right()[0]
    assert row.skipped.get_right()[0] < row.gap.get_right()[0]
