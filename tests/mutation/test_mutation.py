"""The table of mutations fits the source, and a sample of it is caught; `make mutation` tries all of it."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

from mutation.run import Copy, Mutation, Outcome, outcomes
from mutation.table import MUTATIONS
from regression.project_copy import ROOT

LEAST = 60
EVERY = 8
"""CI tries one mutation out of so many."""

AREAS = {"core": 15, "stage": 10, "studio/check": 10, "studio": 10}
"""The least number of mutations per part of the source."""


def area_of(mutation: Mutation) -> str:
    below = mutation.file.removeprefix("src/softmax_explained/")
    return "studio/check" if below.startswith("studio/check/") else below.partition("/")[0]


@pytest.mark.parametrize("mutation", MUTATIONS, ids=str)
def test_a_mutation_changes_one_place_of_the_source_as_it_is(mutation: Mutation) -> None:
    source = (ROOT / mutation.file).read_text("utf-8")
    before, after = (ast.dump(ast.parse(text)) for text in (source, mutation.applied(source)))
    assert before != after
    assert mutation.tests
    for test in mutation.tests:
        assert (ROOT / test).is_file(), test


def test_the_table_covers_every_part_of_the_source() -> None:
    assert len(MUTATIONS) >= LEAST
    assert len({str(mutation) for mutation in MUTATIONS}) == len(MUTATIONS)
    counts = Counter(map(area_of, MUTATIONS))
    assert {area for area, least in AREAS.items() if counts[area] < least} == set()


@pytest.mark.parametrize("source", ["", "x = 1\nx = 1\n"], ids=["missing", "twice"])
def test_a_place_that_is_not_found_exactly_once_is_an_error(source: str) -> None:
    with pytest.raises(ValueError, match="times, not once"):
        Mutation("a.py", "x = 1", "x = 2", ("test_a.py",)).applied(source)


@pytest.mark.parametrize(
    ("caught_by", "error", "explanation", "expected"),
    [
        (("test_a.py::test",), "", "", True),
        ((), "", "", False),
        ((), "", "nobody can see it", True),
        (("test_a.py::test",), "", "nobody can see it", False),
        ((), "the tests could not run", "", False),
        ((), "the tests could not run", "nobody can see it", False),
    ],
)
def test_a_survivor_needs_an_explanation_and_nothing_else_does(
    caught_by: tuple[str, ...], error: str, explanation: str, expected: bool
) -> None:
    mutation = Mutation("a.py", "x = 1", "x = 2", ("test_a.py",), explanation)
    assert Outcome(mutation, caught_by, error).as_expected is expected


@pytest.mark.slow
def test_a_mutation_without_effect_survives_and_the_copy_is_restored(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    place = MUTATIONS[0]
    source = (copy.project / place.file).read_text("utf-8")
    imports = "from __future__ import annotations\n"
    harmless = Mutation(place.file, imports, f"{imports}\nimport math as _unused\n", place.tests)
    assert copy.outcome(harmless).caught_by == ()
    assert copy.outcome(place).caught_by
    assert copy.outcome(Mutation(place.file, "no such text", "", place.tests)).error
    assert (copy.project / place.file).read_text("utf-8") == source


@pytest.mark.slow
def test_a_sample_of_the_mutations_is_caught(tmp_path: Path) -> None:
    tried = list(outcomes(MUTATIONS[::EVERY], tmp_path, jobs=2, known_to_pass=True))
    assert len(tried) == len(MUTATIONS[::EVERY])
    assert [str(outcome) for outcome in tried if not outcome.as_expected] == []
