"""The loss is measured before it is derived: steps, tables and pins tell the truth."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.special import logsumexp

from made import made
from softmax_explained.core import Lesson, Solution
from softmax_explained.core.formulas.symbols import exp_sum
from softmax_explained.core.formulas.symbols import k as counted
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.goal.last_picture import LastPicture
from softmax_explained.scenes.goal.measurement import Measurement
from softmax_explained.scenes.goal.ratio import EnlargedSteps, GradientRow
from softmax_explained.scenes.goal.scene import Goal
from softmax_explained.scenes.goal.slice_mark import SliceMark
from softmax_explained.stage import Production, Strip
from softmax_explained.stage.design.layout import Region
from softmax_explained.stage.design.style import style
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.overlays import Pin
from softmax_explained.stage.shapes.counter import Counter
from softmax_explained.stage.text.text import Readout, Words

LESSONS = {
    "three": Lesson.from_logits([2.0, 1.0, 0.1], ["cat", "dog", "fox"], [0, 1, 0]),
    "soft": Lesson.from_logits([2, 1.5, 0, -1], ["a", "b", "c", "d"], [0.2, 0.1, 0.1, 0.6]),
    "right": Lesson.from_logits([0.0, 5.5, 0.5], ["cat", "dog", "fox"], [0, 1, 0]),
}


REGION = Region(-3, -1, 3, 1)


def zoom(factor: int) -> Words:
    return Words(f"enlarged {factor} times", size="label")


def loss(lesson: Lesson, k: int, nudge: float) -> float:
    scores = np.array(lesson.z) + nudge * np.eye(lesson.K)[k]
    return float(logsumexp(scores) - np.array(lesson.targets) @ scores)


class Seen:
    """The tables and the enlarged steps of the chapter, and the dock after every beat."""

    def __init__(self, lesson: Lesson) -> None:
        self.lesson, self.dock = lesson, dict[str, tuple[bool, bool]]()
        production = Production(FILM, lesson=lesson)
        self.solution: Solution = production.solution
        with made(Measurement) as self.tables, made(EnlargedSteps) as self.steps:
            dry_run(Goal, production, after_beat=self._look)

    def _look(self, chapter: Chapter, record: Any) -> None:
        parts = chapter.dock.parts
        shown = chapter.get_mobject_family_members()
        self.dock[record.id] = tuple(parts[name][0] in shown for name in ("pins", "letters"))  # type: ignore[assignment]


@pytest.fixture(scope="module", params=list(LESSONS))
def seen(request: pytest.FixtureRequest) -> Seen:
    return Seen(LESSONS[request.param])


def test_the_dock_fills_up_as_the_chapter_goes_on(seen: Seen) -> None:
    filled = {"sensitivity": (False, False), "measure": (True, False), "letters": (True, True)}
    assert {beat: seen.dock[f"goal.{beat}"] for beat in filled} == filled


def test_both_tables_hold_the_ratios_of_their_own_class(seen: Seen) -> None:
    for table, k in zip(seen.tables, (seen.solution.i, seen.solution.t), strict=True):
        for step, ratio in zip(table.steps, table.ratios, strict=True):
            h = float(step.text)
            measured = (loss(seen.lesson, k, h) - loss(seen.lesson, k, 0.0)) / h
            assert float(ratio.text.replace("−", "-")) == pytest.approx(measured, abs=5.1e-4)
        slope = (loss(seen.lesson, k, 1e-4) - loss(seen.lesson, k, -1e-4)) / 2e-4
        assert float(table.pin.value.text.replace("−", "-")) == pytest.approx(slope, abs=5.1e-4)


def test_digits_are_settled_as_far_as_they_are_those_of_the_pin(seen: Seen) -> None:
    assert len(seen.tables) == 2
    for table in seen.tables:
        assert len(table.ratios) == 3
        pinned = table.pin.value.text
        for n, ratio in enumerate(table.ratios):
            same = len(table.settled(n))
            assert ratio.text[:same] == pinned[:same]
            assert same == len(pinned) or ratio.text[same : same + 1] != pinned[same]


def test_a_pin_carries_its_number_with_a_sign(seen: Seen) -> None:
    number = Pin(seen.solution["fd[i]"]).value
    assert isinstance(number, Readout)
    assert number.text[0] in "+−"


@pytest.mark.parametrize("ratio", [0.66, -0.4, 1.0, 1e-6])
def test_enlarged_steps_have_the_lengths_of_the_ratio(ratio: float) -> None:
    steps = EnlargedSteps(REGION, 0.5, 0.3, zoom)
    steps.draw(ratio)
    assert steps.change.width / steps.nudge.width == pytest.approx(max(abs(ratio), 0.03))
    assert steps.change.get_left()[0] == pytest.approx(steps.nudge.get_left()[0])


def test_bars_are_as_many_times_as_long_as_the_steps_as_is_written_below_them() -> None:
    steps = EnlargedSteps(REGION, 0.5, 0.3, zoom)
    times = int(steps.factor.text.split()[1])
    assert steps.nudge.width == pytest.approx(times * 0.3)
    assert steps.times(16).text == f"enlarged {16 * times} times"
    assert steps.factor.get_top()[1] < steps.nudge.get_bottom()[1]  # apart from the fraction
    assert steps.get_right()[0] <= 3 + 1e-6


def test_the_tables_keep_the_names_of_their_classes(seen: Seen) -> None:
    for table, k in zip(seen.tables, (seen.solution.i, seen.solution.t), strict=True):
        name = seen.lesson.classes[k]
        assert [each.text for each in table.heads if isinstance(each, Words)] == [
            f"“{name}”" if len(name) == 1 else name
        ]


@pytest.mark.parametrize("frame", ["wide", "tall", "square"])
def test_the_counter_below_the_formula_is_on_the_stage(frame: str) -> None:
    chapter = Goal(Production(FILM, frame=frame))
    counter = Counter(counted, 4, LastPicture(chapter).formula.find(exp_sum))
    for n in range(1, 5):
        lowest = min(float(move.mobject.get_bottom()[1]) for move in counter.to(n))
        assert lowest >= chapter.stage.bottom


def test_the_mark_of_a_slice_is_as_long_as_the_slice() -> None:
    strip = Strip(np.array([0.7, 0.299, 0.001]), left=-1, y=0, unit=4)
    for n, (start, end) in enumerate([(-1, 1.8), (1.8, 2.996)]):
        mark = SliceMark(strip, n)
        assert (mark.get_left()[0], mark.get_right()[0]) == pytest.approx((start, end), abs=0.05)
        assert mark.get_y() < strip.bottom
    thin = SliceMark(strip, 2)
    assert thin.width >= 0.08 - 1e-9
    assert thin.get_right()[0] <= 3 + 1e-9  # not beyond the strip


def test_the_last_ratio_has_the_digits_of_the_pin(seen: Seen) -> None:
    for table in seen.tables:
        assert table.ratios[-1].text == table.pin.value.text


def test_the_chapter_shrinks_the_nudge_towards_the_slope(seen: Seen) -> None:
    (steps,) = seen.steps
    last = (loss(seen.lesson, seen.solution.i, 0.03125) - loss(seen.lesson, seen.solution.i, 0.0)) / 0.03125
    assert steps.change.width / steps.nudge.width == pytest.approx(max(abs(last), 0.03), abs=0.01)


@pytest.mark.parametrize("count", [2, 4, 5, 10])
def test_the_gradient_names_its_first_and_last_slope(count: int) -> None:
    region = Region(-3, -1, 3, 1.6)
    classes = [Words(f"class {n}", size="label") for n in range(count)]
    row = GradientRow(classes, Words("gradient", size="label"), region)
    slopes = [slope[0].plain for slope in row.slopes]
    assert [slopes[0], slopes[-1]] == ["∂C/∂z_1", f"∂C/∂z_{count}"]
    assert ("⋯" in slopes) is (count > 4)
    assert [row.slopes[0][1], row.slopes[-1][1]] == [classes[0], classes[-1]]
    assert row.width <= region.width + 1e-6


def test_long_names_under_a_gradient_in_a_narrow_frame_can_be_read() -> None:
    names = ["Crocodylus niloticus", "hammerhead, hammerhead shark", "W" * 40, "owl"]
    classes = [Words(name, size="body") for name in names]
    row = GradientRow(classes, Words("gradient", size="label"), Region(-2, -3, 2, 2))
    assert min(name.em for name in classes) >= style().size("least") - 1e-9
    assert row.width <= 4.0 + 1e-9


def test_the_numbers_of_the_tables_are_larger_than_words_and_clear_of_the_headings(seen: Seen) -> None:
    for table in seen.tables:
        foot = min(float(head.get_bottom()[1]) for head in table.heads)
        for number in (*table.steps, *table.ratios):
            assert number.em > 1.1 * style().size("body")
            assert number.get_top()[1] < foot - 0.05
