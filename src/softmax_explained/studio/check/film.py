"""A whole production, its chapters watched side by side: one process a core."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

from softmax_explained.stage.chapter import Chapter
from softmax_explained.stage.production import Production
from softmax_explained.studio.check.chapter import check_chapter
from softmax_explained.studio.check.finding import Placed, Report
from softmax_explained.studio.check.roles import alike
from softmax_explained.studio.check.symbols import changed
from softmax_explained.studio.check.verdict import finding_of


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


def joined(reports: Iterable[Report]) -> Report:
    """One report of chapters that follow each other, with what concerns the whole film."""
    whole = Report((), (), 0, 0.0)
    for report in reports:
        whole = _followed_by(whole, report)
    film = [finding_of(placed, whole.starts) for placed in changed(whole.symbols)]
    findings = sorted((*whole.findings, *film), key=lambda finding: finding.film_time)
    of_the_look = (finding_of(Placed("", 0.0, sighting), {"": 0.0}) for sighting in alike())
    return replace(whole, findings=(*of_the_look, *findings))


def _followed_by(whole: Report, report: Report) -> Report:
    later = whole.seconds
    moved = (replace(finding, film_time=finding.film_time + later) for finding in report.findings)
    return Report(
        (*whole.findings, *moved),
        whole.allowed + report.allowed,
        whole.beats + report.beats,
        later + report.seconds,
        (*whole.symbols, *(replace(use, time=use.time + later) for use in report.symbols)),
        {**whole.starts, **{beat: start + later for beat, start in report.starts.items()}},
    )


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
