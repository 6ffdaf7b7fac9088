"""What a lesson may be, and how it says no."""

from __future__ import annotations

import dataclasses
import math
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lessons import FILM, NAMES, film_lesson, lessons

from softmax_explained.core import Lesson
from softmax_explained.errors import LessonError, SoftmaxExplainedError


def test_a_lesson_holds_what_it_was_given() -> None:
    lesson = film_lesson(learning_rate=0.5, smoothing=0.2, title="Pets", names={"zh": ["猫", "狗", "狐狸"]})
    assert (lesson.K, lesson.M) == (3, 2)
    assert lesson.weights.tolist() == FILM["weights"]
    assert (lesson.learning_rate, lesson.smoothing, lesson.title) == (0.5, 0.2, "Pets")
    np.testing.assert_allclose(lesson.z, [2.0, 1.0, 0.1], rtol=1e-15)


def test_class_names_come_in_the_language_asked_for_or_as_they_are() -> None:
    lesson = film_lesson(names={"zh": ["猫", "狗", "狐狸"]})
    assert lesson.class_names("zh") == lesson.class_names("zh-CN") == ("猫", "狗", "狐狸")
    assert lesson.class_names("en") == lesson.class_names("") == ("cat", "dog", "fox")


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=10))
def test_scores_given_outright_are_the_scores_to_the_last_bit(z: list[float]) -> None:
    K = len(z)
    assert Lesson.from_logits(z, NAMES[:K], np.eye(K)[0]).z.tolist() == z


def test_every_key_without_a_default_is_required() -> None:
    with pytest.raises(TypeError, match="targets"):
        Lesson([1], [[1], [2]], [0, 0], ["cat", "dog"])  # type: ignore[call-arg]  # mypy demands it too


def test_nobody_can_change_a_lesson() -> None:
    x = np.array([1.0, 2.0])
    lesson = film_lesson(inputs=x)
    x[0] = 99
    assert lesson.inputs[0] == 1
    for array in (lesson.inputs, lesson.weights, lesson.biases, lesson.targets, lesson.z):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 7
    with pytest.raises(dataclasses.FrozenInstanceError):
        lesson.title = "other"  # type: ignore[misc]
    with pytest.raises(TypeError):
        lesson.names["zh"] = ("a", "b", "c")  # type: ignore[index]


@given(lessons())
def test_a_copy_from_another_process_is_the_same_lesson_and_as_safe(lesson: Lesson) -> None:
    copy = pickle.loads(pickle.dumps(lesson))
    assert copy == lesson
    assert hash(copy) == hash(lesson)
    assert not copy.weights.flags.writeable


def test_lessons_of_the_same_input_data_are_equal() -> None:
    assert film_lesson() == film_lesson()
    assert film_lesson() != "lesson"


@pytest.mark.parametrize(
    ("changed", "key", "found", "allowed"),
    [
        ({"weights": [[1, 2], [3, 4]]}, "weights", "2 rows", "3 rows of 2 numbers"),
        ({"weights": [[1, 2], [3, 4], [5]]}, "weights", "row 3 has 1 number", "3 rows of 2 numbers"),
        ({"weights": [1, 2, 3]}, "weights", "row 1 is 1, a number", "a list"),
        ({"weights": "abc"}, "weights", "'abc', text", "a list"),
        ({"inputs": 1}, "inputs", "1, a number", "a list"),
        ({"inputs": []}, "inputs", "0 numbers", "from 1 to 8"),
        ({"inputs": [1] * 9}, "inputs", "9 numbers", "from 1 to 8"),
        ({"inputs": [1, float("nan")]}, "inputs", "entry 2 is nan", "finite"),
        ({"inputs": [1, float("-inf")]}, "inputs", "entry 2 is -inf", "finite"),
        ({"inputs": np.array([1, np.inf])}, "inputs", "entry 2 is inf", "finite"),
        ({"inputs": [1, 1e7]}, "inputs", "entry 2 is 10000000.0", "from -1e6 to 1e6: beyond a million"),
        ({"inputs": [1, 10**400]}, "inputs", "entry 2 is an integer", "from -1e6 to 1e6"),
        ({"inputs": [1, True]}, "inputs", "entry 2 is True, a boolean", "numbers"),
        ({"inputs": np.array([True, False])}, "inputs", "entry 1 is", "numbers"),
        ({"inputs": [1, "2"]}, "inputs", "entry 2 is '2', text", "no quotes"),
        ({"inputs": [1, None]}, "inputs", "entry 2 is None, a NoneType", "numbers"),
        ({"inputs": [1, 2j]}, "inputs", "entry 2 is 2j, a complex", "numbers"),
        ({"biases": [0, 0]}, "biases", "2 numbers", "3 numbers, one per class"),
        ({"biases": {"cat": 1}}, "biases", "{'cat': 1}, a table", "a list"),
        ({"targets": [0, 1]}, "targets", "2 numbers", "3 numbers, one per class"),
        ({"targets": [0, 0, 0]}, "targets", "they sum to 0", "a sum of 1"),
        ({"targets": [0.5, 0.5, 1e-3]}, "targets", "they sum to 1.001", "a sum of 1"),
        ({"targets": [0.5, 0.5, 1.6e-4]}, "targets", "they sum to 1.00016", "a sum of 1"),  # 5.3e-5 a class
        ({"targets": 3}, "targets", "the class 3", "from 0 to 2, counted from 0"),
        ({"targets": -1}, "targets", "the class -1", "from 0 to 2"),
        ({"targets": True}, "targets", "True, a boolean", "a list"),
        ({"targets": 1.0}, "targets", "1.0, a number", "a list"),
        ({"targets": "dgo"}, "targets", "the class 'dgo'", "did you mean dog? one of cat, dog, fox"),
        ({"targets": [[0, 1, 0]]}, "targets", "entry 1 is a list", "3 numbers"),
        ({"biases": [0, [1], 0]}, "biases", "entry 2 is a list", "3 numbers"),
        ({"biases": np.zeros((3, 1))}, "biases", "entry 1 is a list", "3 numbers"),
        ({"biases": np.ma.masked_equal([1, 2, 3], 2)}, "biases", "masked entries", "without gaps"),
        ({"biases": np.array(["2024-01-01"] * 3, "M8[s]")}, "biases", "a datetime64", "numbers"),
        ({"picture": 3}, "picture", "3, a number", "a PNG, or an SVG"),
        ({"picture": "nowhere.svg"}, "picture", "'nowhere.svg': there is no such file", "at most 2 MB"),
        ({"picture": "data:text/html;base64,PGI+"}, "picture", "no data URI of an SVG or a PNG", "a PNG"),
        ({"picture": "data:image/png;base64,=x="}, "picture", "it is no", "a PNG"),
        ({"targets": [-0.5, 1.5, 0]}, "targets", "entry 1 is -0.5", "numbers from 0 to 1"),
        ({"classes": ["cat"]}, "classes", "1 name", "from 2 to 10"),
        ({"classes": list("abcdefghijk")}, "classes", "11 names", "from 2 to 10"),
        ({"classes": "cat"}, "classes", "'cat', text", "a list"),
        ({"classes": ["cat", "dog", " cat "]}, "classes", "names 1 and 3 are both 'cat'", "different"),
        ({"classes": ["é", "e\u0301", "x"]}, "classes", "names 1 and 2 are both 'é'", "different"),
        (
            {"classes": ["cat", "", "fox"]},
            "classes",
            "name 2 is '', which shows nothing",
            "one visible",
        ),
        ({"classes": ["cat", " \t ", "fox"]}, "classes", "name 2 is ' \\t '", "one visible"),
        ({"classes": ["cat", "\u200b", "fox"]}, "classes", "which shows nothing", "one visible"),
        ({"classes": ["cat", "\u3164", "fox"]}, "classes", "which shows nothing", "one visible"),
        ({"classes": ["cat", "\u2800", "fox"]}, "classes", "which shows nothing", "one visible"),
        ({"classes": ["cat", "cat\u200b", "fox"]}, "classes", "with the character U+200B", "printable"),
        ({"classes": ["cat", "dog\u061c", "fox"]}, "classes", "with the character U+061C", "printable"),
        ({"classes": ["cat", "\ue000", "fox"]}, "classes", "which shows nothing", "one visible"),
        ({"classes": ["cat", "d\x1b[2Jog", "fox"]}, "classes", "with the character U+001B", "printable"),
        ({"classes": ["cat", "d\nog", "fox"]}, "classes", "with the character U+000A", "printable"),
        ({"classes": ["cat", "d\u202eog", "fox"]}, "classes", "with the character U+202E", "printable"),
        ({"classes": ["cat", "d\ud800g", "fox"]}, "classes", "with the character U+D800", "printable"),
        ({"classes": ["cat", 2, "fox"]}, "classes", "name 2 is 2, a number", "text in quotes"),
        ({"classes": ["cat", "d" * 41, "fox"]}, "classes", "41 characters", "at most 40"),
        ({"learning_rate": 0}, "learning_rate", "0", "more than 0 and less than 4"),
        ({"learning_rate": 4}, "learning_rate", "4", "more than 0 and less than 4"),
        ({"learning_rate": "1"}, "learning_rate", "'1', text", "numbers"),
        ({"learning_rate": True}, "learning_rate", "True, a boolean", "numbers"),
        ({"smoothing": 1}, "smoothing", "1", "up to, but not including, 1"),
        ({"smoothing": -0.1}, "smoothing", "-0.1", "up to, but not including, 1"),
        ({"title": 3}, "title", "3, a number", "text in quotes"),
        ({"title": "a\nb"}, "title", "with the character U+000A", "printable"),
        ({"names": ["zh"]}, "names", "['zh'], a list", "a table of languages"),
        ({"names": {"not a tag": ["a", "b", "c"]}}, "names", "the language 'not a tag'", "language tags"),
        ({"names": {"zh": ["a", "b"]}}, "names.zh", "2 names", "3 names, one per class"),
        ({"names": {"zh": ["a", "b", "a"]}}, "names.zh", "names 1 and 3 are both 'a'", "different"),
        (
            {"weights": [[1e6, 0], [0, 0], [0, 0]], "inputs": [2, 0]},
            "weights",
            "the score of 'cat'",
            "W x + b",
        ),
    ],
)
def test_what_breaks_a_rule_is_named_with_what_is_allowed(
    changed: dict[str, Any], key: str, found: str, allowed: str
) -> None:
    with pytest.raises(LessonError) as refusal:
        film_lesson(source="pets.toml", **changed)
    error = refusal.value
    assert (error.where, error.key) == ("pets.toml", key)
    assert found in error.found
    assert allowed in error.allowed
    assert str(error) == f"pets.toml: {key}: {error.found}\n  allowed: {error.allowed}"
    assert str(error).replace("\n", "").isprintable()


def test_a_fault_of_given_scores_is_a_fault_of_the_logits() -> None:
    with pytest.raises(LessonError, match="lesson: logits: 2 numbers"):
        Lesson.from_logits([1, 2], ["a", "b", "c"], [1, 0, 0])


@pytest.mark.parametrize("y", [[0.1] * 10, [1 / 3] * 3, [0.7, 0.2, 0.1], [0, 1 + 9e-10]])
def test_targets_may_miss_the_sum_of_one_by_rounding(y: list[float]) -> None:
    assert Lesson.from_logits([0.0] * len(y), NAMES[: len(y)], y).targets.tolist() == y


@pytest.mark.parametrize(
    ("y", "told"),
    [
        (np.float32([0.25, 0.5, 0.25]), False),
        ([0.3333, 0.3333, 0.3333], True),
        ([0.33333334, 0.33333334, 0.33333334], True),
        ([0.6590, 0.2424, 0.0985], True),
        ([0.5, 0.5, 1.5e-4], True),  # 5e-5 a class: rounded to four digits
        ([0.2, 0.7, 0.1], False),
    ],
)
def test_rounded_targets_are_divided_by_their_sum_and_it_is_told(y: Any, told: bool) -> None:
    lesson = film_lesson(targets=y, source="pets.toml")
    assert math.fsum(lesson.targets) == pytest.approx(1, abs=1e-15 if told else 1e-9)
    np.testing.assert_allclose(lesson.targets, np.array(y) / np.sum(y, dtype=float), rtol=1e-12)
    assert bool(lesson.notes) == told
    if told:
        assert lesson.notes[0].startswith("pets.toml: targets: they sum to ")


@given(st.lists(st.floats(-30, 30), min_size=2, max_size=10), st.sampled_from(["float32", "four digits"]))
def test_a_softmax_as_people_have_it_is_a_target(z: list[float], how: str) -> None:
    shares = np.exp(np.float32(z) - np.float32(max(z)))
    shares = shares / shares.sum(dtype=np.float32)
    y = shares if how == "float32" else shares.astype(float).round(4)
    lesson = Lesson.from_logits([0.0] * len(z), NAMES[: len(z)], y)
    assert abs(math.fsum(lesson.targets) - 1) <= 1e-9


@pytest.mark.parametrize("target", [1, np.int64(1), np.array(1), "dog", " dog "])
def test_a_class_as_a_target_is_one_hot(target: object) -> None:
    lesson = film_lesson(targets=target)
    assert lesson.targets.tolist() == [0, 1, 0]
    assert lesson.notes == ()


class Wrapped:
    """What the arrays of pandas, JAX and PyTorch have in common."""

    def __init__(self, values: Any) -> None:
        self.values = np.array(values)
        self.ndim = self.values.ndim

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return self.values


class Broken:
    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        raise TypeError("not from this device")


def test_arrays_of_other_libraries_are_taken() -> None:
    lesson = Lesson(
        Wrapped([1.0, 2.0]),
        Wrapped([[0.6, 0.5], [0.2, 0.3], [-0.5, 0.2]]),
        [Wrapped(0.4), np.float32(0.5), 0.25],
        Wrapped(["cat", "dog", "fox"]),
        Wrapped([0, 1, 0]),
        Wrapped(0.5),
    )
    assert lesson.weights.tolist() == [[0.6, 0.5], [0.2, 0.3], [-0.5, 0.2]]
    assert lesson.biases.tolist() == [0.4, 0.5, 0.25]
    assert (lesson.classes, lesson.learning_rate) == (("cat", "dog", "fox"), 0.5)
    with pytest.raises(LessonError, match="not from this device"):
        film_lesson(biases=Broken())


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.complex_numbers(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.sampled_from(
        ["inputs", "weights", "biases", "classes", "targets", "smoothing", "title", "names", "picture"]
    ),
    junk,
)
def test_whatever_is_passed_gives_a_lesson_or_a_printable_refusal(key: str, value: object) -> None:
    try:
        lesson = film_lesson(**{key: value})
    except SoftmaxExplainedError as error:
        assert str(error).replace("\n", "").isprintable()
    else:
        assert np.isfinite(lesson.z).all()


@pytest.mark.parametrize(
    ("longest", "change"),
    [(80, lambda text: {"title": text}), (40, lambda text: {"classes": [text, "dog", "fox"]})],
)
def test_a_text_may_be_as_long_as_is_allowed_and_no_longer(
    longest: int, change: Callable[[str], dict[str, Any]]
) -> None:
    film_lesson(**change("x" * longest))
    with pytest.raises(LessonError, match=f"{longest + 1} characters long"):
        film_lesson(**change("x" * (longest + 1)))
