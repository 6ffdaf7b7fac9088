"""Lessons of kinds that once failed are solved, or refused with what is allowed."""

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
HARDLY_ANY_PUSH = {"iris_standardised", "right_by_five_and_a_half", "sst2", "target_met"}
STOPPED = {"sum1_f32", "target_met"}  # whose true class has a target of ½ or less


def test_every_lesson_that_is_named_here_has_a_file() -> None:
    assert len(CASES) == 18
    assert {*REFUSED, *HARDLY_ANY_PUSH, *STOPPED} <= set(CASES)


@pytest.mark.parametrize("name", REFUSED)
def test_the_loader_refuses_a_lesson_that_no_film_can_be_made_of(name: str) -> None:
    with pytest.raises(LessonError) as refusal:
        load_lesson(CASES[name])
    assert (refusal.value.key, refusal.value.found) == REFUSED[name]
    assert refusal.value.allowed


@pytest.mark.parametrize("name", [name for name in CASES if name not in REFUSED])
def test_every_other_lesson_is_solved_and_every_number_of_it_can_be_written(name: str) -> None:
    lesson = load_lesson(CASES[name])
    with np.errstate(all="raise", under="ignore"):
        solution = solve(lesson)
    np.testing.assert_allclose(solution.a, scipy.special.softmax(lesson.z), atol=1e-300)
    assert solution.hardly_any_push == (name in HARDLY_ANY_PUSH)
    for quantity in solution.quantities.values():
        assert math.isfinite(quantity.value)
        parse_number(quantity.text)
        parse_number(quantity.signed)


@pytest.mark.parametrize("name", [name for name in CASES if name not in REFUSED])
def test_cross_entropy_wins_the_race_of_every_lesson_within_200_steps_or_is_stopped(name: str) -> None:
    run = solve(load_lesson(CASES[name])).race
    assert run.trace_ce[0] < 0.01
    assert (run.ce_capped, run.q_capped) == ((name in STOPPED,) * 2)
    if name not in STOPPED:
        assert run.n_ce <= 200 and run.n_ce < run.n_q
        assert run.trace_ce[-2] <= 0.5 < run.trace_ce[-1]


def test_a_class_index_is_one_hot() -> None:
    assert load_lesson(CASES["index_target"]).targets.tolist() == [0, 1, 0]


def test_a_note_says_that_targets_of_float32_were_divided_by_their_sum() -> None:
    (note,) = load_lesson(CASES["sum1_f32"]).notes
    assert note.endswith("they sum to 1.00000002, so each was divided by that")


def test_a_class_name_with_a_comma_stays_whole() -> None:
    assert "great white shark, white shark" in load_lesson(CASES["imagenet"]).classes
