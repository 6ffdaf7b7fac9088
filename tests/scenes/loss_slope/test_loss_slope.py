"""The first link: every term is written, all but one become zero, and the slots hold −y/a."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest
from scipy.special import log_softmax, softmax

from first_fast import first_fast
from made import made
from softmax_explained.core import Lesson
from softmax_explained.core.number_format import parse_number
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.loss_slope.last_picture import LastPicture
from softmax_explained.scenes.loss_slope.loss_rows import LossRows
from softmax_explained.scenes.loss_slope.scene import LossSlope
from softmax_explained.stage import Production
from softmax_explained.stage.design.layout import FRAMES, Region
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.on_screen import typeset_text_shown
from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import Readout, Words
from softmax_explained.studio.check.thresholds import PIXEL

LESSONS = {
    "three": Lesson.from_logits([2.0, 1.0, 0.1], ["cat", "dog", "fox"], [0, 1, 0]),
    "ten": Lesson.from_logits(np.linspace(-2, 2, 10), [f"class {n}" for n in range(10)], [0.0] * 9 + [1.0]),
    "ten soft": Lesson.from_logits(
        np.linspace(-2, 2, 10), [f"class {n}" for n in range(10)], [0.05] * 9 + [0.55]
    ),
    "soft": Lesson.from_logits([2, 1.5, 0, -1], ["a", "b", "c", "d"], [0.2, 0.1, 0.0, 0.7]),
    "wrong": Lesson.from_logits([40.0, 0.0, 0.0], ["cat", "dog", "fox"], [0, 1, 0]),
}
REGION = Region(-3.5, -2, 4, 2.5)


def rows(count: int, chosen: int) -> LossRows:
    return LossRows(count, chosen, Words("one share at a time", size="label"), REGION)


@pytest.mark.parametrize("count", [2, 3, 6, 10])
def test_the_first_the_chosen_and_the_last_term_are_written_in_order(count: int) -> None:
    for chosen in {0, 1, count // 2, count - 1}:
        written = rows(count, chosen)
        assert {0, chosen, count - 1} <= set(written.rows)
        assert [row.plain for row in written.rows.values()] == [
            f"−y_{k + 1} ln a_{k + 1}" for k in written.rows
        ]
        heights = [row.get_y() for row in written.rows.values()]
        assert heights == sorted(heights, reverse=True)
        assert (len(written.rows) < count) is bool(len(written.dots))
        assert written.index.plain == f"j = {chosen + 1}"


@pytest.mark.parametrize("height", [2.8, 3.5, 4.8])  # of the square frame and the others
@pytest.mark.parametrize(("count", "chosen"), [(2, 1), (3, 1), (6, 2), (10, 4), (10, 8)])
def test_the_frame_holds_the_chosen_row_and_is_clear_of_the_others(
    count: int, chosen: int, height: float
) -> None:
    region = Region(-3.5, -height / 2, 4, height / 2)
    written = LossRows(count, chosen, Words("one share at a time", size="label"), region)
    frame, row = written.frame(), written.rows[chosen]
    assert frame.get_top()[1] - row.get_top()[1] > 2 * PIXEL < row.get_bottom()[1] - frame.get_bottom()[1]
    others = [*[other for k, other in written.rows.items() if k != chosen], *written.dots]
    assert others
    for other in others:
        above = other.get_y() > row.get_y()
        gap = (
            other.get_bottom()[1] - frame.get_top()[1]
            if above
            else frame.get_bottom()[1] - other.get_top()[1]
        )
        assert gap >= 8 * PIXEL


@pytest.mark.parametrize("frame", FRAMES)
def test_a_term_of_a_class_of_two_digits_stays_in_its_column(frame: str) -> None:
    stage = FRAMES[frame].stage
    region = Region(stage.left, stage.bottom, stage.right, stage.bottom + 3.5)
    written = LossRows(10, 9, Words("one share at a time", size="label"), region)
    assert written.chosen.plain == "−y_10 ln a_10"
    assert written.index.get_left()[0] - written.chosen.get_right()[0] > 0.4
    assert written.index.get_right()[0] <= region.right + PIXEL
    for k, zero in written.zeros.items():
        assert zero.get_x() == pytest.approx(written.rows[k].get_x(), abs=PIXEL)


def test_every_other_term_has_a_zero_in_its_place() -> None:
    written = rows(4, 2)
    assert set(written.zeros) == {0, 1, 3}
    for k, zero in written.zeros.items():
        assert zero.plain == "0"
        assert zero.get_center() == pytest.approx(written.rows[k].get_center(), abs=0.02)


class Seen:
    """What stands at the end of both beats, and what was seen on the way."""

    def __init__(self, lesson: Lesson) -> None:
        self.lesson, self.plain, self.values = lesson, dict[str, list[str]](), dict[str, str]()
        self.on_the_way = set[str]()
        production = Production(FILM, lesson=lesson)
        with made(LastPicture) as self.pictures:
            dry_run(LossSlope, production, after_beat=self._look, observer=self)

    def before(self, scene: Any) -> None:
        pass

    def moments(self, scene: Any, seconds: float) -> Iterable[float]:
        return []

    def moving(self, scene: Any, moment: float, seconds: float) -> None:
        if scene.beat_id == "loss_slope.the_sum_dies":
            self.on_the_way |= {each.plain for each in typeset_text_shown(scene, Formula)}

    def held(self, scene: Any, seconds: float) -> None:
        pass

    def unproved(self, scene: Any, claim: Any, error: Exception) -> None:
        raise error

    def _look(self, chapter: Chapter, record: Any) -> None:
        beat = record.id.removeprefix("loss_slope.")
        self.plain[beat] = [each.plain for each in typeset_text_shown(chapter, Formula)]
        if beat == "minus_y_over_a":
            self.values = {each.quantity.key: each.text for each in typeset_text_shown(chapter, Readout)}


@pytest.fixture(scope="module", params=list(LESSONS))
def seen(request: pytest.FixtureRequest) -> Seen:
    return Seen(LESSONS[request.param])


def test_the_sum_is_written_out_and_only_one_term_is_left(seen: Seen) -> None:
    t = int(np.argmax(seen.lesson.targets)) + 1
    assert f"−y_{t} ln a_{t}" in seen.on_the_way
    assert "0" in seen.on_the_way and f"j = {t}" in seen.on_the_way
    left = [each for each in seen.plain["the_sum_dies"] if "ln" in each]
    assert len(left) == 1 and "y_j ln a_j" in left[0]


def test_every_right_slot_holds_minus_y_over_a(seen: Seen) -> None:
    a, y = softmax(seen.lesson.z), np.array(seen.lesson.targets)
    for k in range(seen.lesson.K):
        shown = float(parse_number(seen.values[f"dCda[{k}]"]))
        assert shown == pytest.approx(-y[k] / a[k], abs=5.1e-4, rel=5e-4)


def test_the_left_slots_still_ask_and_the_link_stands(seen: Seen) -> None:
    assert seen.plain["minus_y_over_a"].count("?") == seen.lesson.K
    assert "∂C/∂a_j = −y_j/a_j" in seen.plain["minus_y_over_a"]


def test_the_tangent_touches_the_curve_at_the_share_of_the_true_class() -> None:
    picture = Seen(LESSONS["three"]).pictures[0]
    a_t = softmax(LESSONS["three"].z)[1]
    start, end = picture.tangent.get_start(), picture.tangent.get_end()
    foot, (across, *_), (_, up, _) = picture.curve.foot, picture.curve.on_ruler(1), picture.curve.on_axis(1)
    scale = (up - foot[1]) / (across - foot[0])
    assert (end - start)[1] / (end - start)[0] == pytest.approx(-scale / a_t, rel=1e-6)
    assert picture.dot.get_center() == pytest.approx(picture.curve.at(-np.log(a_t)))


@pytest.mark.parametrize("targets", [[0.2, 0.1, 0.0, 0.7], [0.25] * 4, [0.1] * 10])
def test_the_curve_of_a_soft_target_has_the_slope_that_is_spoken_of(targets: list[float]) -> None:
    scores = np.linspace(1, -1, len(targets))
    lesson = Lesson.from_logits(scores, [f"class {n}" for n in range(len(targets))], targets)
    picture = Seen(lesson).pictures[0]
    t, curve = int(np.argmax(targets)), picture.curve
    assert curve.label.plain == f"−y_{t + 1} ln a_{t + 1}"
    across, level = curve.on_ruler(1)[0] - curve.foot[0], curve.figures[0]
    up = (level.get_y() - curve.foot[1]) / float(level.plain)
    points = (curve.curve.get_anchors() - curve.foot)[:, :2] / (across, up)
    assert points[:, 1] == pytest.approx(-targets[t] * np.log(points[:, 0]), abs=1e-6)
    (x0, y0, _), (x1, y1, _) = picture.tangent.get_start_and_end()
    slope = (y1 - y0) / up / ((x1 - x0) / across)
    assert slope == pytest.approx(-targets[t] / softmax(scores)[t], rel=1e-6)
    for figure in curve.figures:
        assert curve.on_axis(float(figure.plain))[1] == pytest.approx(figure.get_y(), abs=1e-6)


class Slope:
    """Notes where the dot on the curve is in the pictures of every move."""

    def __init__(self, pictures: list[LastPicture]) -> None:
        self._pictures = pictures
        self.seen: list[float] = []

    def before(self, scene: Chapter) -> None: ...

    def moments(self, scene: Chapter, seconds: float) -> list[float]:
        return [0.0, seconds / 4, seconds / 2]

    def moving(self, scene: Chapter, moment: float, seconds: float) -> None:
        self.seen += [float(last.dot.get_y()) for last in self._pictures[:1]]

    def held(self, scene: Chapter, seconds: float) -> None: ...

    def ended(self, scene: Chapter, record: Any) -> None: ...

    def unproved(self, scene: Chapter, claim: Any, error: Any) -> None: ...


@pytest.mark.parametrize("gap", [0.5, 3.0, 12.0, 2e5])
@pytest.mark.parametrize("frame", FRAMES)
def test_with_soft_targets_the_dot_is_seen_to_move_whatever_the_share_costs(gap: float, frame: str) -> None:
    lesson = Lesson.from_logits([gap, 0.0, -1.0], ["cat", "dog", "fox"], [0.2, 0.6, 0.2])
    with made(LastPicture) as pictures:
        slope = Slope(pictures)
        dry_run(LossSlope, Production(FILM, lesson=lesson, frame=frame), observer=slope)
    last = pictures[0]
    assert np.ptp(slope.seen) > 12 * PIXEL
    paid = min(-lesson.targets[1] * log_softmax(lesson.z)[1], last.curve.top)
    assert last.dot.get_y() == pytest.approx(last.curve.foot[1] + last.curve.unit * paid)


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("name", first_fast(LESSONS))
def test_the_last_picture_is_in_the_stage_and_its_parts_are_apart(name: str, frame: str) -> None:
    production = Production(FILM, lesson=LESSONS[name], frame=frame)
    with made(LastPicture) as pictures:
        dry_run(LossSlope, production)
    picture, stage = pictures[0], FRAMES[frame].stage
    for part in picture:
        assert stage.left - 0.02 <= part.get_left()[0] and part.get_right()[0] <= stage.right + 0.02
        assert stage.bottom - 0.02 <= part.get_bottom()[1] and part.get_top()[1] <= stage.top + 0.02
    for one in (picture.map, picture.line, picture.parent):
        for other in (picture.card, picture.curve):
            beside = one.get_right()[0] <= other.get_left()[0] or other.get_right()[0] <= one.get_left()[0]
            over = one.get_bottom()[1] >= other.get_top()[1]
            assert beside or over
