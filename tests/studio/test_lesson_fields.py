"""No field of a lesson is forgotten where lessons are compared, copied, solved or recorded."""

import json
import pickle
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from softmax_explained.core.lesson.lesson import Lesson
from softmax_explained.core.lesson.loader import default_lesson, read_lesson
from softmax_explained.core.lesson.picture import Picture
from softmax_explained.core.numerics.values import Values
from softmax_explained.core.solution import solve
from softmax_explained.errors import LessonError
from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Production
from softmax_explained.studio.cache.fingerprint import changes
from softmax_explained.studio.output.ledger import Ledger
from softmax_explained.studio.output.manifest import (
    CHECKSUMS,
    Manifest,
    file_names,
    outdated_parts,
    up_to_date,
)
from softmax_explained.studio.planning.fingerprints import beat_fingerprint, film_fingerprint
from softmax_explained.studio.planning.plan import Plan

LESSON = default_lesson()
DRAWN = {"inputs", "weights", "biases", "targets", "learning_rate", "smoothing", "picture"}


def same(one: object, other: object) -> bool:
    return np.array_equal(one, other) if isinstance(one, np.ndarray) else one == other


def candidates(value: Any) -> Iterator[object]:
    """Other values of the same kind; not all of them are valid."""
    match value:
        case np.ndarray():
            yield from (np.roll(value, 1, axis=0), value + 0.25)
        case bool():
            yield not value
        case int() | float():
            yield from (value + 1, value / 2)
        case str():
            yield f"{value} 2"
        case tuple():
            yield value[::-1]
        case Picture():
            yield Picture(value.content + b"<!-- another -->")
        case Mapping():
            yield {key: each[::-1] for key, each in value.items()}


@pytest.fixture(params=[field.name for field in fields(Lesson)])
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def other(name: str) -> Lesson:
    """The film's lesson with another value of one field."""
    for value in candidates(getattr(LESSON, name)):
        try:
            lesson = replace(LESSON, **{name: value})
        except LessonError:
            continue
        if not same(getattr(lesson, name), getattr(LESSON, name)):
            return lesson
    pytest.fail(f"candidates() has no other valid value for {name}")


def test_it_is_another_lesson(name: str, other: Lesson) -> None:
    assert other != LESSON
    assert hash(other) != hash(LESSON)
    assert replace(other, **{name: getattr(LESSON, name)}) == LESSON


def test_a_pickled_copy_has_the_same_value(name: str, other: Lesson) -> None:
    copy = pickle.loads(pickle.dumps(other))
    assert same(getattr(copy, name), getattr(other, name))
    assert copy == other
    assert hash(copy) == hash(other)


def test_a_lesson_file_can_hold_it(name: str, other: Lesson) -> None:
    lines = list[str]()
    for key, value in other.data().items():
        table = (
            {f"{key}.{tag}": names for tag, names in value.items()}
            if isinstance(value, dict)
            else {key: value}
        )
        lines += [f"{each} = {json.dumps(found)}" for each, found in table.items()]
    read = read_lesson("\n".join(lines).encode(), other.source)
    assert same(getattr(read, name), getattr(other, name))


def test_it_has_a_solution_of_its_own(name: str, other: Lesson) -> None:
    before, after = solve(LESSON), solve(other)
    assert same(getattr(after.lesson, name), getattr(other, name))
    differ = {
        field.name
        for field in fields(Values)
        if isinstance(value := getattr(before, field.name), np.ndarray | float)
        and not same(value, getattr(after, field.name))
    }
    assert bool(differ) == (name in DRAWN - {"picture"})  # no number depends on what the example looks like


def test_a_finished_film_of_it_is_not_up_to_date(name: str, other: Lesson, tmp_path: Path) -> None:
    production, names = Production(FILM, LESSON), file_names("en")
    for file in names:
        (tmp_path / file).write_text(file)
    (tmp_path / CHECKSUMS).write_text(
        Manifest.of(film_fingerprint(production), tmp_path, names).text(), "utf-8"
    )
    assert up_to_date(tmp_path, file_names("en"), film_fingerprint(production))
    expected = [] if name == "source" else ["lesson"]  # only errors say where a lesson comes from
    assert outdated_parts(tmp_path, file_names("en"), film_fingerprint(Production(FILM, other))) == expected


@pytest.mark.parametrize("language", ["en", "zh"])
def test_its_pictures_are_drawn_anew(name: str, other: Lesson, language: str, tiny_plan: Plan) -> None:
    before, after = (
        beat_fingerprint(
            replace(tiny_plan.production, lesson=lesson, language=language), tiny_plan.chapters[0], 0
        )
        for lesson in (LESSON, other)
    )
    seen = name in DRAWN | {"names" if language in LESSON.names else "classes"}
    assert changes(before, after) == (["lesson"] if seen else [])


def test_the_ledger_holds_it(name: str, other: Lesson, tiny_plan: Plan) -> None:
    plan = replace(tiny_plan, production=replace(tiny_plan.production, lesson=other), chapters=())
    held = json.loads(Ledger.of(plan, ()).json_text())["production"]["lesson"]
    assert Lesson(**held, source=other.source) == other
