"""The tiny film as it is when nothing goes wrong, to judge what comes out when something does."""

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import tiny_film
from hypothesis import HealthCheck, settings
from tiny_film import RecordedProgress

from softmax_explained.studio.output.make_film import make_film
from softmax_explained.studio.planning.fingerprints import beat_fingerprint
from softmax_explained.studio.planning.plan import Plan, make_plan
from softmax_explained.studio.video.segment import Segment
from softmax_explained.studio.video.segment_cache import SegmentCache
from softmax_explained.studio.workers.local_pool import Workers
from softmax_explained.studio.workers.task import DrawnBeat, DrawnTake, Task

MADE_OF = {"film": "0" * 32}
CHAPTERS = ["opening", "ending"]
BEATS = ["opening.first", "opening.second", "ending.last"]

often = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
"""For properties of files: an example makes its own, or what it left there does no harm."""


@dataclass(frozen=True)
class Undisturbed:
    """What comes out when nothing goes wrong, and what it is made from."""

    plan: Plan
    segments: dict[str, Segment]  # by beat
    cache: Path
    files: dict[str, bytes]

    @contextmanager
    def open_workers(self, scratch: Path) -> Iterator[Workers]:
        """Workers who hand out what was drawn once, so that a test need not wait for it."""
        yield Remembered(self.segments)


class Remembered:
    lost_worker_errors = ()

    def __init__(self, segments: dict[str, Segment]) -> None:
        self._segments = segments

    def submit(self, task: Task, *, isolated: bool = False) -> Future[DrawnTake]:
        beats = [self._segments[f"{task.take.chapter.name}.{beat}"] for beat in task.take.beats]
        future = Future[DrawnTake]()
        future.set_result(DrawnTake(tuple(map(DrawnBeat.of, beats))))
        return future

    def progress(self) -> Iterator[tuple[str, int]]:
        return iter(())


def contents(folder: Path) -> dict[str, bytes]:
    """Every file in a folder and below it, by its path."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def reused(progress: RecordedProgress) -> list[str]:
    return [name.removeprefix("reused ") for name, _ in progress.seen if name.startswith("reused ")]


def silent_plan() -> Plan:
    """The plan of the tiny film with nobody speaking."""
    return make_plan(tiny_film.PRODUCTION)


def draw_undisturbed(folder: Path) -> Undisturbed:
    """Draw the silent tiny film once, in an empty folder."""
    plan = silent_plan()
    cache = SegmentCache(folder / "segments")
    make_film(plan, folder / "out", RecordedProgress(), cache, fingerprint=MADE_OF)
    segments = {}
    for chapter in plan.chapters:
        for number, beat in enumerate(chapter.beats):
            segment = cache.load(beat_fingerprint(plan.production, chapter, number), beat, folder)
            assert segment is not None
            segments[beat.id] = segment
    return Undisturbed(plan, segments, cache.folder, contents(folder / "out"))
