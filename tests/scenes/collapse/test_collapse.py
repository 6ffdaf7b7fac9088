"""The chapter on the collapse: what cancels is gone, and what is left points the way the scores must go."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import softmax

from made import made
from softmax_explained.core import Lesson, default_lesson
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.symbols import a, j
from softmax_explained.scenes.collapse.scene import Collapse
from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Chapter, Formula, Production
from softmax_explained.stage.charts.bar_chart_with_arrows import BarChartWithArrows
from softmax_explained.stage.design.layout import FRAMES
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.on_screen import typeset_text_shown, visible
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.studio.check.thresholds import OUTSIDE, PIXEL

LESSONS = {
    "three": default_lesson(),
    "two": Lesson.from_logits([1.0, 0.3], ["no", "yes"], [0, 1]),
    "ten": Lesson.from_logits(np.linspace(-2, 2, 10), [f"class {n}" for n in range(10)], [0.1] * 10),
    "soft": Lesson.from_logits([2, 1, 0, -1], ["a very long name", "b", "c", "d"], [0.1, 0.6, 0.2, 0.1]),
    "far apart": Lesson.from_logits([30, -30, 0], ["alpha", "beta", "gamma"], [0, 1, 0]),
}


class Seen:
    """What stands on the stage at the end of every beat."""

    def __init__(self, lesson: Lesson) -> None:
        self.formulas = dict[str, list[Formula]]()
        self.arrows = list[float]()
        self.unit = 1.0
        self.reach = dict[str, tuple[float, float]]()
        with made(BarChartWithArrows) as self.pictures:
            dry_run(Collapse, Production(FILM, lesson=lesson), after_beat=self._look)

    def _look(self, chapter: Chapter, record: BeatRecord) -> None:
        beat = record.id.removeprefix("collapse.")
        self.formulas[beat] = list(typeset_text_shown(chapter, Formula))
        parts = [
            part
            for mobject in chapter.mobjects
            for part in mobject.family_members_with_points()
            if visible(part)
        ]
        self.reach[beat] = (
            min(part.get_left()[0] for part in parts),
            max(part.get_right()[0] for part in parts),
        )
        if beat == "prediction_minus_target":
            (picture,) = self.pictures
            self.unit = picture.bars.unit
            self.arrows = [_rise(push) for push in picture.arrows]


def _rise(push: object) -> float:
    """How far an arrow goes up; 0 where there is none."""
    return float(push[0].get_end()[1] - push[0].get_start()[1]) if len(push) else 0.0  # type: ignore[arg-type,index]


@pytest.fixture(scope="module", params=list(LESSONS))
def lesson(request: pytest.FixtureRequest) -> Lesson:
    return LESSONS[request.param]


@pytest.fixture(scope="module")
def seen(lesson: Lesson) -> Seen:
    return Seen(lesson)


def test_arrows_go_against_the_gradient_by_its_length(lesson: Lesson, seen: Seen) -> None:
    gradient = softmax(lesson.z) - lesson.targets
    for rise, slope in zip(seen.arrows, gradient, strict=True):
        if rise == 0:
            assert abs(slope * seen.unit) < 0.05, "an arrow is missing"
        else:
            assert rise == pytest.approx(-slope * seen.unit, abs=PIXEL)


def test_the_result_is_the_only_formula_of_its_beat(seen: Seen) -> None:
    (result,) = [each for each in seen.formulas["prediction_minus_target"] if each.matches("=")]
    assert result.expr == DERIVATIONS["collapse"].equations[-1]


def test_no_share_of_another_class_is_left_on_its_path(seen: Seen) -> None:
    last = max(seen.formulas["other_paths"], key=lambda formula: len(formula.nodes))
    assert last.expr == DERIVATIONS["other_path"].equations[-1]
    assert a[j] not in last.expr.rhs.args


def test_the_sum_of_the_targets_is_still_written_out_before_it_becomes_one(seen: Seen) -> None:
    assert DERIVATIONS["collapse"].equations[6] in [each.expr for each in seen.formulas["complete_sum"]]


def test_no_picture_leaves_the_frame_at_its_sides(seen: Seen) -> None:
    assert len(seen.reach) == len(Collapse.beats())
    safe, beyond = FRAMES["wide"].safe, OUTSIDE * PIXEL
    for beat, (left, right) in seen.reach.items():
        assert safe.left - beyond <= left < right <= safe.right + beyond, beat
