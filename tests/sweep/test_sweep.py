"""The random lessons are of all kinds and are taken; what a check says is read; six films are clean."""

from __future__ import annotations

import json
import subprocess
import tomllib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from softmax_explained.core.lesson.lesson import Lesson
from softmax_explained.core.lesson.loader import read_lesson
from softmax_explained.core.solution import solve
from softmax_explained.stage.design.layout import FRAMES
from sweep import __main__ as command
from sweep.checked import ANY, CRASH, LANGUAGES, REFUSED, TIME_OUT, Found, Outcome, Trial, check, read_outcome
from sweep.lessons import KINDS, NAMES, as_toml, drawn, kind_of, name_of
from sweep.report import clean_in_a_row, report

DOZEN = range(12)
MANY = range(96)


def lesson_of(seed: int) -> Lesson:
    return read_lesson(as_toml(drawn(seed)).encode(), f"seed {seed}")


def test_a_seed_gives_the_same_lesson_every_time() -> None:
    assert [drawn(seed) for seed in range(30)] == [drawn(seed) for seed in range(30)]
    assert len({as_toml(drawn(seed)) for seed in MANY}) == len(MANY)


def test_the_lesson_of_a_seed_is_the_same_on_every_machine() -> None:
    assert drawn(2) == {
        "inputs": [0.0, 0.0],
        "weights": [[0.59, 0.22], [1.25, -2.1]],
        "biases": [-0.41, -0.75],
        "classes": ["hen", "owl"],
        "names": {"zh": ["母鸡", "猫头鹰"]},
        "targets": [0.9068, 0.0932],
    }
    assert drawn(10) == {
        "logits": [-0.95, -0.46, -0.6, -0.32, 0.72, -1.72],
        "targets": [0.0854, 0.1395, 0.1212, 0.1604, 0.4539, 0.0396],
        "classes": ["fox", "cat", "bee", "hen", "emu", "dog"],
        "names": {"zh": ["狐狸", "猫", "蜜蜂", "母鸡", "鸸鹋", "狗"]},
    }


def test_a_lesson_as_a_file_is_the_lesson() -> None:
    for seed in MANY:
        assert tomllib.loads(as_toml(drawn(seed))) == drawn(seed)


def test_every_lesson_is_taken_and_every_number_of_it_is_finite() -> None:
    for seed in MANY:
        solution = solve(lesson_of(seed))
        assert np.isfinite([quantity.value for quantity in solution.quantities.values()]).all(), seed


def test_a_dozen_covers_every_kind_size_frame_and_language() -> None:
    lessons = [lesson_of(seed) for seed in DOZEN]
    trials = [Trial.of(seed, ANY, ANY) for seed in DOZEN]
    assert {kind_of(seed) for seed in DOZEN} == set(KINDS)
    assert {name_of(seed) for seed in DOZEN} == set(NAMES)
    assert {lesson.K for lesson in lessons} == set(range(2, 11))
    assert {1, 8} <= {lesson.M for lesson in lessons}
    assert {(trial.frame, trial.language) for trial in trials} == {
        (f, tag) for f in FRAMES for tag in LANGUAGES
    }


def test_many_seeds_have_what_people_have() -> None:
    solutions = [solve(lesson_of(seed)) for seed in MANY]
    assert {lesson.M for lesson in (solution.lesson for solution in solutions)} == set(range(1, 9))
    for share in (
        [solution.is_soft for solution in solutions],
        [solution.hardly_any_push for solution in solutions],
        [solution.true_class_leads for solution in solutions],
        [bool(solution.lesson.notes) for solution in solutions],
        [solution.lesson.picture is not None for solution in solutions],
        [solution.race.capped for solution in solutions],
        [solution.C > 100 for solution in solutions],
    ):
        assert 0.03 < np.mean(share) < 0.97


# Reading what the command wrote ---------------------------------------------------------------------------

TRIAL = Trial(3, "wide", "en")
FINDING = {
    "code": "OUTSIDE",
    "severity": "error",
    "chapter": "loss",
    "beat": "price",
    "objects": ["'C'"],
    "measured": "8 px",
}


def done(code: int, out: str = "", err: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.CompletedProcess([], code, out, err)


@pytest.mark.parametrize(
    ("process", "found"),
    [
        (done(0, json.dumps({"seconds": 2.0, "findings": []})), ()),
        (
            done(1, json.dumps({"seconds": 2.0, "findings": [FINDING, FINDING | {"severity": "warning"}]})),
            (Found("OUTSIDE", "loss.price", "'C': 8 px"),),
        ),
        (
            done(2, err="error: a.toml: logits\n  allowed: …\n"),
            (Found(REFUSED, "", "error: a.toml: logits"),),
        ),
        (done(1, err="Traceback …\nValueError: zip()\n"), (Found(CRASH, "", "ValueError: zip()"),)),
        (done(2, err="Traceback …\nKeyError: 2\n"), (Found(CRASH, "", "KeyError: 2"),)),
        (done(-9), (Found(CRASH, "", "no output"),)),
    ],
)
def test_what_the_command_wrote_is_read(
    process: subprocess.CompletedProcess[str], found: Sequence[Found]
) -> None:
    outcome = read_outcome(TRIAL, process)
    assert outcome.found == found
    assert Outcome.of_json(outcome.as_json()) == outcome


def test_a_check_that_takes_too_long_is_an_error() -> None:
    (found,) = check(TRIAL, limit=0.01).found
    assert found.code == TIME_OUT


def test_errors_are_counted_by_code_and_place_with_their_seeds() -> None:
    outside, crash = Found("OUTSIDE", "loss.price", "8 px"), Found(CRASH, "", "ValueError")
    outcomes = [
        Outcome(Trial(0, "wide", "en"), 1.0, (outside, outside)),
        Outcome(Trial(1, "wide", "en"), 1.0),
        Outcome(Trial(2, "wide", "en"), 1.0, (crash, outside)),
        Outcome(Trial(3, "wide", "en"), 1.0),
    ]
    table = [line.split() for line in report(outcomes)]
    assert ["OUTSIDE", "loss.price", "3", "2", "0", "2;", "8", "px"] in table
    assert ["CRASH", "1", "1", "2;", "ValueError"] in table
    assert ["2", "of", "4", "clean,", "1", "in", "a", "row", "at", "the", "end"] in table
    assert clean_in_a_row(outcomes[1:2]) == 1


def test_a_sweep_goes_on_where_it_was_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    checked = []

    def recorded(trial: Trial, chapters: Sequence[str], limit: float) -> Outcome:
        checked.append(trial.seed)
        return Outcome(trial, 1.0)

    monkeypatch.setattr(command, "check", recorded)
    for count in ("2", "4"):
        arguments = ["sweep", "--from", "5", "--count", count, "--record", str(tmp_path / "record.jsonl")]
        monkeypatch.setattr("sys.argv", arguments)
        assert command.main() == 0
    assert checked == [5, 6, 7, 8]
    assert "4 of 4 clean, 4 in a row at the end" in capsys.readouterr().out


def test_the_lesson_of_a_seed_can_be_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["sweep", "--from", "7", "--count", "1", "--print"])
    assert command.main() == 0
    assert tomllib.loads(capsys.readouterr().out) == drawn(7)


@pytest.mark.slow
@pytest.mark.parametrize("seed", DOZEN[::2])  # a film takes a minute and a half; `make sweep` checks all
def test_films_of_random_lessons_are_clean(seed: int) -> None:
    outcome = check(Trial.of(seed, ANY, ANY))
    assert outcome.found == (), outcome
