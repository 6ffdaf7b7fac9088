"""The chapter on the second link: growth and tax in every frame, and a table whose columns add to zero."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import softmax

from softmax_explained.core import Lesson, default_lesson
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.softmax_slope.scene import SoftmaxSlope
from softmax_explained.stage import Chapter, Formula, Production, Readout
from softmax_explained.stage.design.layout import FRAMES
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.on_screen import typeset_text_shown
from softmax_explained.stage.scene.record import BeatRecord

LESSONS = {
    "three": default_lesson(),
    "ten": Lesson.from_logits(np.linspace(-2, 2, 10), [f"class {n}" for n in range(10)], [0.1] * 10),
    "long names": Lesson.from_logits(
        [1.5, 0.2, -0.7], ["one of those things that we never named", "b", "c"], [0, 1, 0]
    ),
}
CASES = [("wide", "three"), ("tall", "three"), ("square", "ten"), ("tall", "long names")]


class Seen:
    """What stands on the stage at the end of every beat."""

    def __init__(self, frame: str, lesson: Lesson) -> None:
        self.lesson, self.safe = lesson, FRAMES[frame].safe
        self.formulas, self.numbers = dict[str, list[Formula]](), dict[str, list[Readout]]()
        self.sides = dict[str, tuple[float, float]]()
        dry_run(SoftmaxSlope, Production(FILM, lesson=lesson, frame=frame), after_beat=self._look)

    def _look(self, chapter: Chapter, record: BeatRecord) -> None:
        beat = record.id.removeprefix("softmax_slope.")
        self.formulas[beat] = list(typeset_text_shown(chapter, Formula))
        self.numbers[beat] = list(typeset_text_shown(chapter, Readout))
        parts = [part for each in chapter.mobjects for part in each.family_members_with_points()]
        self.sides[beat] = (
            min(float(part.get_left()[0]) for part in parts),
            max(float(part.get_right()[0]) for part in parts),
        )


@pytest.fixture(scope="module", params=CASES, ids=[" ".join(case) for case in CASES])
def seen(request: pytest.FixtureRequest) -> Seen:
    frame, lesson = request.param
    return Seen(frame, LESSONS[lesson])


def test_each_case_ends_with_the_last_line_of_its_derivation(seen: Seen) -> None:
    for case in ("case_i_equals_j", "case_i_not_j"):
        assert DERIVATIONS[case].equations[-1] in [formula.expr for formula in seen.formulas[case]]


def test_the_line_before_stands_clear_over_the_last_one(seen: Seen) -> None:
    for case in ("case_i_equals_j", "case_i_not_j"):
        quotient, result = DERIVATIONS[case].equations[2], DERIVATIONS[case].equations[-1]
        shown = {formula.expr: formula for formula in seen.formulas[case]}
        assert shown[quotient].get_bottom()[1] > shown[result].get_top()[1]


def test_growth_less_tax_is_what_scipy_gives(seen: Seen) -> None:
    a = softmax(seen.lesson.z)
    shown = {number.quantity.key: number.quantity.value for number in seen.numbers["case_i_equals_j"]}
    k = next(int(key[2:-1]) for key in shown if key.startswith("a["))
    assert shown[f"tax[{k}]"] == pytest.approx(-(a[k] ** 2))
    assert shown[f"J[{k},{k}]"] == pytest.approx(a[k] * (1 - a[k]))


def test_the_column_that_is_pointed_out_adds_to_zero(seen: Seen) -> None:
    sums = [number for number in seen.numbers["jacobian"] if number.quantity.key.startswith("Jsum")]
    assert sums
    assert all(abs(number.quantity.value) < 1e-12 for number in sums)


def test_nothing_leaves_the_frame_at_its_sides(seen: Seen) -> None:
    for beat, (left, right) in seen.sides.items():
        assert left >= seen.safe.left - 0.025 and right <= seen.safe.right + 0.025, beat
