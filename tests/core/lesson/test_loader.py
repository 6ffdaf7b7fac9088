"""Lessons as TOML files."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softmax_explained.core import Lesson, default_lesson, load_lesson
from softmax_explained.core.lesson.loader import read_lesson
from softmax_explained.errors import LessonError

GOOD = 'classes = ["cat", "dog"]\ntargets = [0, 1]\n'


def write(folder: Path, content: str | bytes) -> Path:
    file = folder / "pets.toml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def test_the_default_lesson_is_the_one_of_the_film() -> None:
    lesson = default_lesson()
    assert lesson.classes == ("cat", "dog", "fox")
    assert lesson.class_names("zh") == ("猫", "狗", "狐狸")
    assert lesson.z.round(12).tolist() == [2.0, 1.0, 0.1]
    assert lesson.targets.tolist() == [0, 1, 0]
    assert (lesson.learning_rate, lesson.smoothing, lesson.source) == (1.0, 0.45, "cat-dog-fox.toml")


def test_a_file_may_give_the_scores_outright(tmp_path: Path) -> None:
    lesson = load_lesson(write(tmp_path, GOOD + "logits = [2, -1.5]"))
    assert lesson == Lesson.from_logits([2, -1.5], ["cat", "dog"], [0, 1], source=str(tmp_path / "pets.toml"))


def test_a_file_may_give_the_neurons(tmp_path: Path) -> None:
    content = GOOD + "inputs = [1, 2]\nweights = [[1, 0], [0, 1]]\nbiases = [0, 0.5]\ntitle = 'Pets'\n"
    lesson = load_lesson(str(write(tmp_path, content + "[names]\npt-BR = ['gato', 'cão']")))
    assert lesson.z.tolist() == [1, 2.5]
    assert lesson.class_names("pt-BR") == ("gato", "cão")


@pytest.mark.parametrize(
    ("content", "key", "found"),
    [
        ("\nclasses = [", "", "this is not TOML: Invalid value (at the end, line 2)"),
        ("a = 1\nb = = 2", "", "(at line 2, column 5)"),
        (b"# fine\ntitle = '\xff'", "", "line 2 is not UTF-8"),
        ("a = " + "[" * 100_000, "", "this is not TOML"),
        ("a = " + "9" * 5_000, "", "this is not TOML"),
        (GOOD + "logits = [1, 2]\nlearning_rat = 1", "'learning_rat'", "there is no such key"),
        (GOOD + 'logits = [1, 2]\n"\\u001b[2J" = 1', "'\\x1b[2J'", "there is no such key"),
        (GOOD, "logits", "neither logits nor weights are given"),
        (GOOD + "logits = [1, 2]\nweights = [[1], [2]]\n", "logits", "given together with weights"),
        (GOOD + "logits = [1, 2]\nbiases = [1, 2]\n", "logits", "given together with biases"),
        (GOOD + "inputs = [1]\nweights = [[1], [2]]\n", "biases", "this key is missing"),
        ("targets = [1, 0]\nlogits = [1, 2]", "classes", "this key is missing"),
        ("classes = ['a', 'b']\nlogits = [1, 2]", "targets", "this key is missing"),
        (GOOD + "logits = [1, nan]", "logits", "entry 2 is nan"),
        (GOOD + "logits = [1, true]", "logits", "entry 2 is True, a boolean"),
        (GOOD + "logits = [1, 2024-01-01]", "logits", "entry 2 is datetime.date(2024, 1, 1), a date"),
        (GOOD + "logits = [1, 2]\nsmoothing = 2", "smoothing", "2"),
        ("", "logits", "neither logits nor weights are given"),
        ("x = 1" + "\n" * 1_000_000, "", "the file is larger than 1 MB"),
    ],
)
def test_what_does_not_fit_is_named_with_its_file(
    tmp_path: Path, content: str | bytes, key: str, found: str
) -> None:
    file = write(tmp_path, content)
    with pytest.raises(LessonError) as refusal:
        load_lesson(file)
    error = refusal.value
    assert (error.where, error.key) == (str(file), key)
    assert found in error.found
    assert error.allowed
    assert str(error).replace("\n", "").isprintable()


def test_the_mark_some_editors_begin_a_file_with_is_no_part_of_it(tmp_path: Path) -> None:
    file = write(tmp_path, ("\ufeff" + GOOD + "logits = [1, 2]").encode())
    assert load_lesson(file).classes == ("cat", "dog")


def test_a_refusal_travels_to_another_process_whole(tmp_path: Path) -> None:
    with pytest.raises(LessonError) as refusal:
        load_lesson(tmp_path)
    copy = pickle.loads(pickle.dumps(refusal.value))
    assert str(copy) == str(refusal.value)
    assert (copy.where, copy.allowed) == (refusal.value.where, refusal.value.allowed)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LessonError, match=r"nowhere\.toml: there is no such file"):
        load_lesson(tmp_path / "nowhere.toml")


def test_a_directory_is_not_a_lesson(tmp_path: Path) -> None:
    with pytest.raises(LessonError, match="this is a directory"):
        load_lesson(tmp_path)


def test_a_path_that_would_move_the_cursor_is_shown_harmless() -> None:
    with pytest.raises(LessonError) as refusal:
        load_lesson("evil\x1b[2J\x00.toml")
    assert refusal.value.where == "evil\\x1b[2J\\x00.toml"


def test_a_name_too_long_for_a_file_is_an_error_like_any_other() -> None:
    with pytest.raises(LessonError):
        load_lesson("x" * 5_000)


def test_what_is_no_ordinary_file_is_not_read() -> None:
    with pytest.raises(LessonError, match="this is not a regular file"):
        load_lesson(os.devnull)


def test_a_file_that_may_not_be_read_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(tmp_path, GOOD)

    def refuse(self: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(LessonError, match=r"cannot be read \(Permission denied\)"):
        load_lesson(file)


@given(st.binary() | st.text().map(lambda text: (GOOD + text).encode("utf-8", "replace")))
def test_whatever_a_file_holds_the_refusal_can_be_printed(content: bytes) -> None:
    with pytest.raises(LessonError) as refusal:
        read_lesson(content, "pets.toml")
    assert str(refusal.value).replace("\n", "").isprintable()
