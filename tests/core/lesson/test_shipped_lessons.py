"""The six lessons that come with the film teach what their comments say."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit, softmax
from scipy.stats import entropy

from softmax_explained.core import solve
from softmax_explained.core.lesson.loader import shipped_lesson, shipped_lessons

NAMES = ("binary", "cat-dog-fox", "confidently-wrong", "iris", "soft-labels", "ten-digits")

IRIS_TRAINED = [0.006551, 0.637158, 0.356291]
IRIS_ROUNDED = [0.006261, 0.632927, 0.360812]
DIGITS_TRAINED = [
    *(0.532198, 0.000808, 0.013589, 0.000929, 0.000739),
    *(0.000453, 0.029192, 0.389774, 0.032293, 0.000023),
]
DIGITS_ROUNDED = [
    *(0.557210, 0.000805, 0.015689, 0.000908, 0.000633),
    *(0.000416, 0.020758, 0.373509, 0.030052, 0.000020),
]
"""What train_lessons.py printed: by scikit-learn, and by NumPy after rounding the weights."""


def test_there_are_six() -> None:
    assert shipped_lessons() == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_lesson_solves_and_a_step_downhill_lowers_its_loss(name: str) -> None:
    lesson = shipped_lesson(name)
    solution = solve(lesson)
    np.testing.assert_allclose(solution.a, softmax(lesson.weights @ lesson.inputs + lesson.biases))
    np.testing.assert_allclose(solution.gradient, softmax(lesson.z) - lesson.targets)
    assert solution["C1"].value < solution["C"].value


@pytest.mark.parametrize("name", NAMES)
def test_a_lesson_says_what_it_is_in_both_languages(name: str) -> None:
    lesson = shipped_lesson(name)
    assert lesson.title
    if not all(each.isdigit() for each in lesson.classes):
        assert set(lesson.class_names("zh")).isdisjoint(lesson.classes)


@pytest.mark.parametrize("name", NAMES)
def test_in_every_lesson_another_class_than_the_true_one_leads(name: str) -> None:
    solution = solve(shipped_lesson(name))
    assert np.argmax(solution.a) == solution.i != solution.t


def test_binary_is_the_sigmoid_in_disguise() -> None:
    solution = solve(shipped_lesson("binary"))
    assert solution.K == 2
    assert solution.a[0] == pytest.approx(expit(solution.z[0] - solution.z[1]))
    assert solution.gradient[0] == pytest.approx(-solution.gradient[1])


def test_confidently_wrong_is_both() -> None:
    solution = solve(shipped_lesson("confidently-wrong"))
    assert solution.a.max() > 0.99 and solution.a[solution.t] < 0.01
    assert solution.C > 5
    np.testing.assert_allclose(solution.gradient[:2], [1, -1], atol=0.01)
    a, error = solution.a, solution.a - solution.lesson.targets
    assert abs((np.diag(a) - np.outer(a, a)) @ error).max() < 0.01, "squared error should hardly feel it"


def test_soft_labels_cost_at_least_their_entropy() -> None:
    solution = solve(shipped_lesson("soft-labels"))
    assert solution.is_soft and (solution.lesson.targets > 0).all()
    assert solution.C > entropy(solution.lesson.targets) > 1


def test_ten_digits_are_the_layer_that_was_trained() -> None:
    lesson = shipped_lesson("ten-digits")
    assert lesson.classes == tuple("1234567890")
    assert all(int(name) == place % 10 for place, name in enumerate(lesson.classes, 1))  # z_8 is that of 8
    np.testing.assert_allclose(solve(lesson).a, DIGITS_ROUNDED, atol=1e-6)
    np.testing.assert_allclose(solve(lesson).a, DIGITS_TRAINED, atol=0.03)


def test_iris_is_the_layer_that_was_trained() -> None:
    lesson = shipped_lesson("iris")
    np.testing.assert_allclose(solve(lesson).a, IRIS_ROUNDED, atol=1e-6)
    np.testing.assert_allclose(solve(lesson).a, IRIS_TRAINED, atol=0.005)
    assert solve(lesson)["a1[2]"].value > 0.5, "after a step it is a virginica"
