"""A whole production, its chapters watched side by side: one process a core."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

from softmax_explained.stage.chapter import Chapter
from softmax_explained.stage.production import Production
from softmax_explained.studio.check.finding import Report
from softmax_explained.studio.check.watch import check_chapter


def check_film(
    production: Production,
    scenes: Sequence[type[Chapter]],
    looked_at: Callable[[str], None] = lambda chapter: None,
) -> Report:
    """Check chapters of a production.

    Args:
        production: the settings.
        scenes: the chapters, in the order of the film; each can be imported by its name.
        looked_at: told each chapter that is done, in the order of the film.

    Raises:
        SoftmaxExplainedError: the words do not fit, or a picture cannot be laid out for the lesson.
    """
    return joined(_with_progress(production, scenes, looked_at))


def joined(reports: Iterator[Report]) -> Report:
    """One report of chapters that follow each other."""
    whole = Report((), (), 0, 0.0)
    for report in reports:
        moved = tuple(
            replace(finding, film_time=finding.film_time + whole.seconds) for finding in report.findings
        )
        whole = Report(
            whole.findings + moved,
            whole.allowed + report.allowed,
            whole.beats + report.beats,
            whole.seconds + report.seconds,
        )
    return whole


def _with_progress(
    production: Production, scenes: Sequence[type[Chapter]], looked_at: Callable[[str], None]
) -> Iterator[Report]:
    workers = min(len(scenes), len(os.sched_getaffinity(0)))
    if workers == 1:
        reports: Iterator[Report] = (check_chapter(scene, production) for scene in scenes)
        yield from _told(scenes, reports, looked_at)
        return
    with ProcessPoolExecutor(workers, get_context("spawn"), logging.disable, (logging.INFO,)) as pool:
        reports = pool.map(check_chapter, scenes, [production] * len(scenes))
        yield from _told(scenes, reports, looked_at)


def _told(
    scenes: Sequence[type[Chapter]], reports: Iterator[Report], looked_at: Callable[[str], None]
) -> Iterator[Report]:
    for scene, report in zip(scenes, reports, strict=True):
        looked_at(scene.name)
        yield report
