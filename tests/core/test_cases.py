"""Lessons as people have them, each of a kind that once failed: solved, or refused with what is allowed."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
import scipy.special

from softmax_explained.core import load_lesson, solve
from softmax_explained.core.number_format import parse_number
from softmax_explained.errors import LessonError

CASES = {file.stem: file for file in sorted((Path(__file__).parent / "cases").glob("*.toml"))}
REFUSED = {"nested": ("logits", "entry 1 is a list")}
SURE = {"iris_standardised", "right_by_five_and_a_half", "sst2", "target_met"}


def test_there_are_cases_of_every_kind() -> None:
    assert len(CASES) == 18
    assert {*REFUSED, *SURE} <= set(CASES)


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_a_film_is_refused_by_the_loader(name: str) -> None:
    with pytest.raises(LessonError) as refusal:
        load_lesson(CASES[name])
    assert (refusal.value.key, refusal.value.found) == REFUSED[name]
    assert refusal.value.allowed


@pytest.mark.parametrize("name", [name for name in CASES if name not in REFUSED])
def test_a_lesson_as_people_have_them_is_solved_and_every_number_can_be_written(name: str) -> None:
    lesson = load_lesson(CASES[name])
    with np.errstate(all="raise", under="ignore"):
        solution = solve(lesson)
    np.testing.assert_allclose(solution.a, scipy.special.softmax(lesson.z), atol=1e-300)
    assert solution.hardly_any_push == (name in SURE)
    for quantity in solution.quantities.values():
        assert math.isfinite(quantity.value)
        parse_number(quantity.text)
        parse_number(quantity.signed)


@pytest.mark.parametrize("name", [name for name in CASES if name not in REFUSED])
def test_a_race_can_be_watched_whatever_the_lesson(name: str) -> None:
    run = solve(load_lesson(CASES[name])).race
    assert run.trace_ce[0] < 0.01 < run.trace_ce[-1]
    assert run.n_ce <= 200 or run.ce_capped
    assert run.n_ce < run.n_q or run.capped


def test_a_class_index_is_one_hot() -> None:
    assert load_lesson(CASES["index_target"]).targets.tolist() == [0, 1, 0]


def test_targets_of_float32_are_told() -> None:
    (note,) = load_lesson(CASES["sum1_f32"]).notes
    assert note.endswith("they sum to 1.00000002, so each was divided by that")


def test_a_name_of_imagenet_stays_whole() -> None:
    assert "great white shark, white shark" in load_lesson(CASES["imagenet"]).classes
