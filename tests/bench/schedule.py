"""How long a course takes on many workers, by simulation with recorded times.

``python -m bench.schedule`` prints the table of docs/cluster.md. ``--record`` measures the takes of two films
first, in this process: that takes five minutes on an otherwise idle machine.
"""

from __future__ import annotations

import argparse
import heapq
import json
import sys
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path

from softmax_explained.core.lesson.loader import find_lesson
from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Production
from softmax_explained.studio.batch.make_batch import FILMS_AT_A_TIME
from softmax_explained.studio.planning.plan import make_plan
from softmax_explained.studio.workers.takes import takes_of
from softmax_explained.studio.workers.task import Task, draw_take

RECORDED = Path(__file__).with_name("take_times.json")
LESSONS = "cat-dog-fox", "ten-digits"
FILMS = 24
WORKERS = 2, 4, 8, 16, 32, 64, 128, 256
LIMIT = 1.15  # times the lower bound, with up to 8 workers


FINISHING = 3.0
"""Seconds for splicing, mixing and muxing a film of eleven minutes whose speech is cached."""


@dataclass(frozen=True)
class FilmTimes:
    """How long a film takes, in seconds.

    Attributes:
        planning: in the client, one film after the other.
        takes: of a worker each, in the order they are submitted.
        finishing: in the client, after the last take: sound and files.
    """

    planning: float
    takes: tuple[float, ...]
    finishing: float


@dataclass(frozen=True)
class Schedule:
    """What comes out of a simulation, in seconds.

    Attributes:
        length: from the start until the last film is finished.
        bound: no schedule is shorter: the longest take, or the work divided by the number of workers.
    """

    length: float
    bound: float

    @property
    def ratio(self) -> float:
        """How many times longer than the bound it is."""
        return self.length / self.bound


def simulate(films: Sequence[FilmTimes], workers: int, at_a_time: int = FILMS_AT_A_TIME) -> Schedule:
    """Make films as `make_course` does: some at a time, their takes in the order they are submitted.

    Args:
        films: in the order of the course.
        workers: how many take the next take as soon as they are free.
        at_a_time: films in progress.

    >>> one = FilmTimes(planning=0, takes=(4, 2, 2), finishing=1)
    >>> simulate([one], workers=2), simulate([one, one], workers=2)
    (Schedule(length=5.0, bound=4), Schedule(length=9.0, bound=8.0))
    """
    waiting, queue, left = deque(enumerate(films)), deque[tuple[int, float]](), dict[int, int]()
    free, planned_until, order = workers, 0.0, count()
    events: list[tuple[float, int, str, int]] = []  # time, order, what has ended, film
    end = 0.0

    def begin(now: float) -> None:
        nonlocal planned_until
        if waiting:
            number, film = waiting.popleft()
            planned_until = max(now, planned_until) + film.planning
            heapq.heappush(events, (planned_until, next(order), "planning", number))

    for _ in range(at_a_time):
        begin(0.0)
    while events:
        now, _, what, number = heapq.heappop(events)
        match what:
            case "planning":
                left[number] = len(films[number].takes)
                queue.extend((number, seconds) for seconds in films[number].takes)
            case "take":
                free += 1
                left[number] -= 1
                if not left[number]:
                    heapq.heappush(events, (now + films[number].finishing, next(order), "film", number))
            case "film":
                end = now
                begin(now)
        while free and queue:
            film, seconds = queue.popleft()
            free -= 1
            heapq.heappush(events, (now + seconds, next(order), "take", film))
    takes = [seconds for film in films for seconds in film.takes]
    return Schedule(end, max(max(takes), sum(takes) / workers))


def record() -> dict[str, FilmTimes]:
    """Measure the planning, the takes and the finishing of films at 720p30, without a voice."""
    return {name: _recorded(name) for name in LESSONS}


def _recorded(lesson: str) -> FilmTimes:
    begun = time.process_time()
    plan = make_plan(Production(FILM, find_lesson(lesson), quality="medium", voice="none"))
    planning = time.process_time() - begun
    takes = sorted(
        (take for chapter in plan.chapters for take in takes_of(chapter)),
        key=lambda take: take.seconds,
        reverse=True,
    )
    seconds = list[float]()
    for take in takes:
        begun = time.process_time()
        draw_take(Task.of(plan.production, take))
        seconds.append(round(time.process_time() - begun, 2))
    return FilmTimes(round(planning, 2), tuple(seconds), FINISHING)


def course(recorded: dict[str, FilmTimes]) -> list[FilmTimes]:
    """Twenty-four films, of the lessons in turns."""
    return [recorded[LESSONS[number % len(LESSONS)]] for number in range(FILMS)]


def read() -> dict[str, FilmTimes]:
    """The times that were recorded."""
    written = json.loads(RECORDED.read_text("utf-8"))
    return {
        name: FilmTimes(film["planning"], tuple(film["takes"]), film["finishing"])
        for name, film in written["films"].items()
    }


def table(recorded: dict[str, FilmTimes]) -> str:
    """The schedule by the number of workers, as Markdown."""
    films = course(recorded)
    lines = [
        "| workers | course | lower bound | ratio | ratio with all films in progress |",
        "| --- | --- | --- | --- | --- |",
    ]
    for number in WORKERS:
        found, at_once = simulate(films, number), simulate(films, number, at_a_time=FILMS)
        ratios = f"{found.ratio:.2f} | {at_once.ratio:.2f}"
        lines.append(f"| {number} | {found.length:,.0f} s | {found.bound:,.0f} s | {ratios} |")
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    """Print the table, after measuring the takes if that is asked for."""
    parser = argparse.ArgumentParser(prog="bench.schedule", description="Simulate a course on many workers.")
    parser.add_argument("--record", action="store_true", help="measure the takes first")
    if parser.parse_args(arguments).record:
        from bench.machine import machine

        films = {name: asdict(times) for name, times in record().items()}
        content = {"processor": machine()["processor"], "films": films}
        RECORDED.write_text(json.dumps(content, indent=1) + "\n", "utf-8")
    print(table(read()))


if __name__ == "__main__":
    main(sys.argv[1:])
