"""Facts of the squared-error chapter: its curves and its race are the core's, and no finish is made up."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import softmax

from softmax_explained.core import Lesson, default_lesson, solve
from softmax_explained.scenes.film import FILM
from softmax_explained.scenes.squared_error.gradient_curves import GradientCurves
from softmax_explained.scenes.squared_error.race import LossRace, settled
from softmax_explained.stage import Region, Words
from softmax_explained.stage.charts.tangent_plots import cross_entropy_factor, squared_error_factor

REGION = Region(-4, -2, 4, 2)
SOLUTION = solve(default_lesson())


def names(count: int) -> tuple[Words, ...]:
    return tuple(Words("name") for _ in range(count))


def lesson_with(targets: tuple[float, float], learning_rate: float = 1.0) -> Lesson:
    return Lesson.from_logits((0.0, 1.0), ("yes", "no"), targets, learning_rate=learning_rate)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.9])
def test_a_first_link_is_the_slope_of_what_is_paid(share: float) -> None:
    for factor, slope in (
        (cross_entropy_factor(SOLUTION), -1 / share),
        (squared_error_factor(SOLUTION), share - 1),
    ):
        h = 1e-6
        assert (factor.f(share + h) - factor.f(share - h)) / (2 * h) == pytest.approx(slope, rel=1e-5)


def test_the_solid_curve_ends_as_high_as_the_push_at_its_last_score() -> None:
    curves = GradientCurves(SOLUTION, names(4), REGION)  # type: ignore[arg-type]
    score = -3.0
    curves.draw(score)
    z = np.array([2.0, score, 0.1])
    start, one = curves.plot[0].at(score, 0.0), curves.plot[0].at(score, 1.0)
    height = (curves.solid.points[-1][1] - start[1]) / (one[1] - start[1])
    assert height == pytest.approx(1 - softmax(z)[1], abs=1e-4)


def test_both_runners_end_beyond_the_finish_with_their_counts() -> None:
    track = LossRace(SOLUTION, names(3), REGION)  # type: ignore[arg-type]
    track.draw(track.last_stop)
    half = track.ground[2].get_y()
    assert all(dot.get_y() > half for dot in track.dots)
    assert [count.text for count in track.counts] == ["4", "61"]


def test_a_runner_that_never_finishes_has_no_count() -> None:
    solution = solve(lesson_with(targets=(0.5, 0.5)))
    track = LossRace(solution, names(3), REGION)  # type: ignore[arg-type]
    assert solution.race.capped
    assert [len(count) for count in track.counts] == [0, 0]
    assert track.last_stop < solution.race.cap / 10  # the picture ends where nothing moves any more


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nobody_is_said_to_finish_who_does_not(language: str) -> None:
    finished = FILM.script(language, SOLUTION).sentence("squared_error.race")
    stopped = FILM.script(language, solve(lesson_with(targets=(0.5, 0.5)))).sentence("squared_error.race")
    assert "61" in str(finished)
    assert not any(letter.isdigit() for letter in str(stopped))


def test_one_step_reads_right() -> None:
    solution = solve(lesson_with(targets=(1, 0), learning_rate=3.9))
    said = str(FILM.script("en", solution).sentence("squared_error.race"))
    assert solution.race.n_ce == 1 and "at step 1;" in said


def test_a_trace_still_on_its_way_has_not_settled() -> None:
    assert settled(np.array([0.0, 0.1, 0.2, 0.3])) == 3
    assert settled(np.array([0.2, 0.2])) == 0
