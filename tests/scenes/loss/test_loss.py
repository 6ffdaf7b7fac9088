"""The chapter on the loss: who pays, what it costs, and how steep the price is."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.special import entr
from stills import play, record_of

from made import made
from softmax_explained.core import Lesson, default_lesson
from softmax_explained.core.formulas.symbols import a, k
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.loss.scene import Loss
from softmax_explained.stage import Chapter, LossCurve, Production, Region
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.studio.check.thresholds import INDEX, PIXEL, ROUNDING

SOFT = Lesson.from_logits([2.0, 1.0, 0.1], ["cat", "dog", "fox"], [0.2, 0.7, 0.1])
LESSONS = {
    "one-hot": default_lesson(),
    "soft": SOFT,
    "two": Lesson.from_logits([-0.7, 0.4], ["spam", "no"], [1, 0]),
    "ten": Lesson.from_logits(np.linspace(-2, 2, 10), [f"c{n}" for n in range(10)], [0] * 6 + [1] + [0] * 3),
    "far apart": Lesson.from_logits([30, -30, 0], ["alpha", "beta", "gamma"], [0, 1, 0]),
    "certain": Lesson.from_logits([30, -30], ["alpha", "beta"], [1, 0]),
}


@pytest.fixture(params=LESSONS, scope="module")
def played(request: pytest.FixtureRequest) -> Chapter:
    return dry_run(Loss, Production(FILM, lesson=LESSONS[request.param]))


def test_the_loss_is_shown_with_the_term_of_every_class(played: Chapter) -> None:
    who_pays = {number.key for number in record_of(played, "who_pays").numbers}
    terms = {f"loss_term[{n}]" for n in range(played.solution.K)}
    assert terms | {"C"} <= who_pays


def test_soft_targets_end_at_the_smallest_loss_they_allow() -> None:
    chapter = dry_run(Loss, Production(FILM, lesson=SOFT))
    values = {number.key: number.value for number in record_of(chapter, "price").numbers}
    assert values["entropy"] == pytest.approx(entr(SOFT.targets).sum())
    assert "C" not in values


def test_a_one_hot_target_ends_at_the_price_of_its_share() -> None:
    chapter = dry_run(Loss, Production(FILM))
    values = {number.key: number.value for number in record_of(chapter, "price").numbers}
    assert values["C"] == pytest.approx(-math.log(values["a[1]"]))


def test_the_slope_comes_back_to_that_of_the_true_class(played: Chapter) -> None:
    (slope,) = [number for number in record_of(played, "why_log").numbers if number.key.startswith("slope")]
    assert slope.key == f"slope[{played.solution.t}]"
    assert slope.text == played.solution["slope[t]"].text


@pytest.mark.parametrize("price", [0.0, 0.4, 1.417, 2.8])
def test_the_tangent_has_the_slope_of_the_curve_and_stays_between_the_axes(price: float) -> None:
    curve = LossCurve(a[k], 3.0, Region(-6, -3, 1, 2))
    start, end = curve.tangent(price).get_start_and_end()
    step = 1e-5
    before, after = curve.at(price + step), curve.at(price - step)
    measured = (after - before)[1] / (after - before)[0]
    assert (end - start)[1] / (end - start)[0] == pytest.approx(measured, rel=1e-6)
    lowest, highest = curve.plot.at(0, 0), curve.plot.at(1.08, curve.top)
    for point in (start, end):
        assert np.all(point[:2] >= lowest[:2] - 1e-9) and np.all(point[:2] <= highest[:2] + 1e-9)


@pytest.mark.parametrize("share", [1.0, 0.5, 0.242, 0.05])
def test_a_dot_of_the_curve_stands_over_its_share_at_the_height_of_its_price(share: float) -> None:
    curve = LossCurve(a[k], 3.0, Region(-6, -3, 1, 2))
    assert curve.at(-math.log(share)) == pytest.approx(curve.plot.at(share, -math.log(share)))


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_tangent_swings_towards_smaller_shares(lesson: str) -> None:
    with made(LossCurve) as curves:
        solution = dry_run(Loss, Production(FILM, lesson=LESSONS[lesson])).solution
    (curve,) = curves
    assert curve.highest > -float(solution.log_a[solution.t])


@pytest.mark.parametrize("frame", ["tall", "square"])
@pytest.mark.parametrize("lesson", ["soft", "ten"])
def test_every_term_of_the_loss_is_shown_in_narrow_frames_too(frame: str, lesson: str) -> None:
    still = play(Loss, Production(FILM, lesson=LESSONS[lesson], frame=frame)).still("who_pays")
    shown = {number.key for number in still.record.numbers}
    assert {f"loss_term[{n}]" for n in range(LESSONS[lesson].K)} | {"C"} <= shown
    heights = [height for piece in still.pieces for height in piece.indices]
    assert min(heights) >= INDEX * PIXEL * ROUNDING


@pytest.mark.parametrize("share", [0.9, 0.5, 0.2, 0.01])
def test_the_free_corner_lies_above_the_curve_and_its_tangents(share: float) -> None:
    curve = LossCurve(a[k], 3.0, Region(-3, -2, 3, 2), free_corner=True)
    left, bottom = curve.corner.left, curve.corner.bottom
    assert curve.letter.get_top()[1] < bottom
    for u in np.linspace(0, curve.highest, 50):
        x, height, _ = curve.at(float(u))
        assert x < left or height < bottom
    for x, height, _ in curve.tangent(-math.log(share)).get_start_and_end():
        assert x < left or height < bottom
