"""The whole benchmark as a list of steps, in the order they are done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from bench import contestants, edits, floor, likeness, lossless
from bench.film import Film

ROUNDS = {"draft": 1, "medium": 3, "high": 1}
"""How often everything is measured that takes time, if nobody says otherwise."""

ONCE = ("two",)
"""What is measured in the first of several rounds only: nothing is compared with it."""

USUAL = ("medium", "high")
"""The qualities that are measured if nobody says otherwise; the other is for trying."""

WEIGHTS = {
    **{"default": 1.0, "best": 0.9, "two": 0.5, "ours": 0.25},
    **{"likeness": 0.2, "lossless": 0.5, "edit": 0.02, "floor": 0.15},
}
"""How long a step takes, roughly, when Manim's own command takes 1: for the estimate of what is left."""


@dataclass(frozen=True)
class Step:
    """One thing to measure.

    Attributes:
        name: ``quality/what/round``.
        weight: how long it takes compared with other steps.
        run: measures it.
    """

    name: str
    weight: float
    run: Callable[[], dict[str, Any]]


def steps(films: Iterable[tuple[Film, int]]) -> Iterator[Step]:
    """All that is measured, what is timed first: whoever needs the machine gets it back before the rest.

    Args:
        films: the chapters at each quality, and how often everything that takes time is measured, by turns;
            the table shows medians.
    """
    for phases in zip(*(_phases(film, rounds) for film, rounds in films), strict=True):
        for phase in phases:
            yield from phase


def _phases(film: Film, rounds: int) -> Iterator[list[Step]]:
    """The steps of one quality: renders, edits, the film without loss, the floor, the likeness."""

    def step(what: str, kind: str, run: Callable[[], dict[str, Any]], number: int = 1) -> Step:
        weight = WEIGHTS[kind] * film.pixels_a_second
        return Step(f"{film.quality}/{what}/{number}", weight, run)

    turns = range(1, rounds + 1)
    yield [
        step(name, name, partial(contestants.run, name, film), number)
        for number in turns
        for name in contestants.CONTESTANTS
        if name not in ONCE or number == 1 < rounds
    ]
    yield [
        step(f"edit {name}", "ours" if edit.whole else "edit", partial(edits.run, name, film), number)
        for number in turns
        for name, edit in edits.EDITS.items()
        if number == 1 or not edit.whole
    ]
    yield [step("lossless", "lossless", partial(lossless.run, film))]
    yield [
        step(f"floor {name}", "floor", partial(floor.run, name, film), number)
        for number in turns
        for name in floor.TITLES
    ]
    yield [
        step(f"likeness {name}", "likeness", partial(likeness.run, name, film))
        for name in (likeness.CEILING, *contestants.CONTESTANTS)
        if name not in ONCE  # the same files as without a second process
    ]
