"""Facts of the descent chapter: the step, the balance and the signal are what the numbers say."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from scipy.special import log_softmax, softmax

from softmax_explained.core import Lesson, default_lesson, solve
from softmax_explained.scenes.descent.balance import Balance
from softmax_explained.scenes.descent.error_signal import ErrorSignal
from softmax_explained.scenes.descent.loss_meter import LossMeter
from softmax_explained.scenes.descent.outer_product import OuterProduct
from softmax_explained.scenes.descent.training_step import STEPS, TrainingStep
from softmax_explained.stage import Region, Words

REGION = Region(-6, -3, 6, 2)


def lesson(logits: tuple[float, ...], targets: tuple[float, ...], eta: float = 1.0) -> Lesson:
    classes = tuple("abcdefghij"[: len(logits)])
    return Lesson.from_logits(logits, classes, targets, learning_rate=eta)


LESSONS = [
    default_lesson(),
    lesson((30.0, -30.0, 0.0), (0.0, 1.0, 0.0), 3.9),
    lesson((9.0, 0.0), (1.0, 0.0)),
    lesson((1.0, 1.0, 0.5, -2.0), (0.1, 0.4, 0.3, 0.2), 3.9),
]


def words(count: int) -> list[Words]:
    return [Words("name") for _ in range(count)]


@pytest.mark.parametrize("given", LESSONS)
def test_every_further_step_lowers_the_loss(given: Lesson) -> None:
    solution = solve(given)
    board = TrainingStep(solution, words(solution.K), REGION)
    losses = [-(np.array(given.targets) * log_softmax(board.at(n))).sum() for n in range(STEPS + 1)]
    assert losses == pytest.approx([board.loss(n) for n in range(STEPS + 1)])
    assert losses[1] == pytest.approx(solution["C1"].value)
    assert all(later <= earlier for earlier, later in pairwise(losses))


def test_knobs_and_bars_stand_where_a_step_leads() -> None:
    solution = solve(default_lesson())
    board = TrainingStep(solution, words(3), REGION)
    board.draw(board.at(1.0))
    assert board.bars.values == pytest.approx(softmax([1.341, 1.758, 0.001]), abs=1e-3)
    heights = [knob.get_y() for knob in board.knobs]
    assert heights[1] > heights[0] > heights[2]


@pytest.mark.parametrize("given", LESSONS)
def test_both_rows_of_arrows_are_equally_long(given: Lesson) -> None:
    solution = solve(given)
    balance = Balance(solution, words(solution.K), (Words("down"), Words("up")), REGION, unit=3.0)
    drawn = [sum(arrow.height for arrow, slope in zip(balance.arrows, solution.gradient, strict=True)
                 if len(arrow) and slope * side > 0) for side in (1, -1)]  # fmt: skip
    assert drawn[0] == pytest.approx(drawn[1], abs=0.04 * solution.K)  # the flattest arrows are left out
    assert balance.lines[1].get_y() - balance.lines[0].get_y() == pytest.approx(
        3.0 * max(0.0, solution.gradient[solution.gradient > 0].sum()), abs=1e-6
    )


@pytest.mark.parametrize("given", LESSONS)
def test_the_signal_is_silent_at_the_target_and_no_part_of_it_is_larger_than_one(given: Lesson) -> None:
    solution = solve(given)
    picture, y_t = ErrorSignal(solution, REGION), float(given.targets[solution.t])
    assert picture.signal(y_t) == pytest.approx(np.zeros(solution.K), abs=1e-12)
    loudness = [np.abs(picture.signal(share)).sum() for share in np.linspace(0, y_t, 9)]
    assert loudness == sorted(loudness, reverse=True)
    assert np.abs(picture.signal(0.0)).max() <= 1 + 1e-12
    for share in (0.0, y_t / 2):
        shares = picture.signal(share) + given.targets
        assert (
            shares.min() >= 0
            and shares.sum() == pytest.approx(1)
            and shares[solution.t] == pytest.approx(share)
        )


def test_the_signal_starts_as_the_lessons_own_gradient() -> None:
    solution = solve(default_lesson())
    picture = ErrorSignal(solution, REGION)
    assert picture.signal(picture.start) == pytest.approx(softmax([2.0, 1.0, 0.1]) - [0, 1, 0])


def test_the_meter_is_as_long_as_the_loss() -> None:
    solution = solve(default_lesson())
    meter = LossMeter(solution["C"], solution["C1"], REGION)
    full = meter.bar.width
    assert meter.draw(solution.C / 2).bar.width == pytest.approx(full / 2)


def test_next_to_no_loss_is_next_to_no_bar() -> None:
    solution = solve(lesson((30.0, 0.0), (1.0, 0.0)))
    assert LossMeter(solution["C"], solution["C1"], REGION).bar.width < 0.03


def test_the_cells_are_the_slopes_of_all_weights() -> None:
    product = OuterProduct(solve(default_lesson()), REGION)
    shown = [[number.quantity.value for number in row] for row in product.products.numbers]
    expected = np.outer(softmax([2.0, 1.0, 0.1]) - [0, 1, 0], [1, 2])
    assert shown == [pytest.approx(list(row)) for row in expected]
