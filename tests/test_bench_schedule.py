"""The simulated course keeps the bounds of scheduling theory, and the page shows what it gives."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import schedule
from bench.schedule import FILMS, LIMIT, FilmTimes, course, read, simulate, table

PAGE = Path(__file__).parents[1] / "docs" / "cluster.md"

seconds = st.floats(0.1, 100)
films = st.lists(
    st.builds(
        FilmTimes,
        planning=st.just(0.0),
        takes=st.lists(seconds, min_size=1, max_size=8).map(tuple),
        finishing=st.just(0.0),
    ),
    min_size=1,
    max_size=12,
)


@given(asked=films, workers=st.integers(1, 20))
def test_no_schedule_is_shorter_than_the_bound_nor_longer_than_graham_allows(
    asked: list[FilmTimes], workers: int
) -> None:
    found = simulate(asked, workers, at_a_time=len(asked))
    takes = [each for film in asked for each in film.takes]
    # R. L. Graham, "Bounds for certain multiprocessing anomalies", 1966: no worker idles while a take waits.
    assert found.bound - 1e-6 <= found.length
    assert found.length <= sum(takes) / workers + (1 - 1 / workers) * max(takes) + 1e-6


@given(asked=films, at_a_time=st.integers(1, 12))
def test_one_worker_does_everything_one_after_the_other(asked: list[FilmTimes], at_a_time: int) -> None:
    total = sum(each for film in asked for each in film.takes)
    assert simulate(asked, 1, at_a_time).length == pytest.approx(total)


def test_films_are_planned_one_after_the_other_and_finished_side_by_side() -> None:
    film = FilmTimes(planning=3, takes=(1,), finishing=10)
    assert simulate([film] * 4, workers=8, at_a_time=4).length == 4 * 3 + 1 + 10
    assert simulate([film] * 4, workers=8, at_a_time=1).length == 4 * (3 + 1 + 10)


@pytest.mark.parametrize("workers", [2, 4, 8])
def test_few_workers_are_hardly_ever_idle(workers: int) -> None:
    films = course(read())
    assert len(films) == FILMS == 24
    assert simulate(films, workers).ratio <= LIMIT


def test_the_page_shows_the_simulation() -> None:
    assert table(read()) in PAGE.read_text("utf-8")


def test_the_examples_are_true() -> None:
    assert doctest.testmod(schedule).failed == 0
