"""The three lines of a sensitivity: both dots and the strip are where SciPy says."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import logsumexp, softmax

from softmax_explained.core import Lesson, solve
from softmax_explained.core.formulas.symbols import i, z
from softmax_explained.scenes.goal.sensitivity_lines import SensitivityLines
from softmax_explained.stage.design.layout import Region
from softmax_explained.stage.text.text import Words

SCORES, TARGETS = np.array([2.0, 1.0, 0.1]), np.array([0.1, 0.7, 0.2])
REGION = Region(-6, -3, 6, 3)


def lines(focus: int) -> SensitivityLines:
    solution = solve(Lesson.from_logits(SCORES, ["cat", "dog", "fox"], TARGETS))
    names = [Words(name, size="label") for name in ("cat", "dog", "fox")]
    return SensitivityLines(solution, REGION, letter=z[i], focus=focus, name=Words("cat"), names=names)


def loss(scores: np.ndarray) -> float:
    return float(logsumexp(scores) - TARGETS @ scores)


@pytest.mark.parametrize("focus", [0, 1, 2])
@pytest.mark.parametrize("h", [0.5, 0.1, -0.3])
def test_the_steps_of_the_dots_are_those_of_the_score_and_of_the_loss(focus: int, h: float) -> None:
    picture = lines(focus)
    starts = picture.score_dot.get_x(), picture.loss_dot.get_x()
    picture.set_to(h)
    steps = picture.score_dot.get_x() - starts[0], picture.loss_dot.get_x() - starts[1]
    nudged = SCORES + h * np.eye(3)[focus]
    assert steps[1] / steps[0] == pytest.approx((loss(nudged) - loss(SCORES)) / h, rel=1e-6)
    assert picture.strip.lengths == pytest.approx(softmax(nudged))


def test_the_loss_waits_until_the_nudge_is_felt() -> None:
    picture = lines(0)
    start = picture.loss_dot.get_x()
    picture.nudge.set_value(0.4)
    picture.draw()
    assert picture.loss_dot.get_x() == pytest.approx(start)
    assert picture.strip.lengths == pytest.approx(softmax(SCORES))


def test_every_thread_joins_a_dot_and_the_middle_of_a_segment() -> None:
    picture = lines(0)
    picture.set_to(0.5)
    assert len(picture.threads_in) == 3
    for k, (into, out) in enumerate(zip(picture.threads_in, picture.threads_out, strict=True)):
        assert into.get_end()[0] == pytest.approx(picture.strip.middle(k))
        assert out.get_start()[0] == pytest.approx(picture.strip.middle(k))
        assert into.get_start()[0] == pytest.approx(picture.score_dot.get_x())
        assert out.get_end()[0] == pytest.approx(picture.loss_dot.get_x())


def test_settled_lines_are_back_in_the_middle() -> None:
    picture = lines(1)
    picture.set_to(0.5)
    picture.settle()
    assert picture.score_dot.get_x() == pytest.approx(picture.middle)
    assert picture.loss_dot.get_x() == pytest.approx(picture.middle)
    assert not picture.score_step.get_stroke_opacity()
