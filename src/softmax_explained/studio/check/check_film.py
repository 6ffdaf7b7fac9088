"""Checks the chapters of a film in parallel, one process per core."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing import get_context

from softmax_explained.errors import FilmError
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.production import Production
from softmax_explained.studio.check.check_chapter import check_chapter
from softmax_explained.studio.check.finding import AlgebraLine, Report
from softmax_explained.studio.check.rules.narration import FILM_HINT, pace
from softmax_explained.studio.check.rules.role_colours import similar_colours
from softmax_explained.studio.check.screen.empty import empty_for
from softmax_explained.studio.check.symbols.meanings import unnamed_pushes
from softmax_explained.studio.check.symbols.symbol_colours import inconsistent_colours
from softmax_explained.studio.check.thresholds import EMPTY
from softmax_explained.studio.cores import cores
from softmax_explained.studio.sigint import sigint_blocked
from softmax_explained.studio.workers.error_context import chapter_errors
from softmax_explained.studio.workers.process_lifetime import (
    exit_with_parent,
    working_folder_hidden,
)


def check_film(production: Production, scenes: Sequence[type[Chapter]], jobs: int | None = None) -> Report:
    """Check chapters of a film; its pace only if all chapters of its cut are among them.

    Chapters are given in the order of the film and can be imported by name; by default as many are checked in
    parallel as there are usable cores.

    Raises:
        FilmError: a chapter cannot be played: its words do not fit, or a picture has no room for the lesson.
    """
    workers, is_whole = min(len(scenes), jobs or cores()), _is_whole(production, scenes)
    if workers == 1:
        return joined((_checked(scene, production) for scene in scenes), is_whole=is_whole)
    with ProcessPoolExecutor(workers, get_context("spawn"), exit_with_parent) as pool:
        try:
            with sigint_blocked(), working_folder_hidden():
                reports = pool.map(_checked, scenes, [production] * len(scenes))
            return joined(reports, is_whole=is_whole)
        except BrokenProcessPool as error:
            hint = "most likely the memory ran out: check fewer chapters at a time"
            raise FilmError("a process that was checking a chapter was killed", hint=hint) from error
        except BaseException:  # Ctrl-C too: do not wait for the remaining chapters
            pool.shutdown(cancel_futures=True)
            raise


def joined(reports: Iterable[Report], *, is_whole: bool = True) -> Report:
    """One report for consecutive chapters; `is_whole` if they are the whole film and have its pace."""
    film = Report((), (), 0, 0.0)
    for report in reports:
        film = _followed_by(film, report)
    meanings = [*inconsistent_colours(film.symbols), *(unnamed_pushes(film.pushes) if is_whole else ())]
    colours = [violation.finding(film.starts) for violation in meanings]
    findings = sorted((*film.findings, *colours), key=lambda finding: finding.film_time)
    of_the_film = [*similar_colours(), *(pace(film.narration, FILM_HINT) if is_whole else ())]
    return replace(film, findings=(*(violation.finding({"": 0.0}) for violation in of_the_film), *findings))


def _is_whole(production: Production, scenes: Sequence[type[Chapter]]) -> bool:
    """Whether all chapters of the production's cut are present."""
    checked = {scene.name for scene in scenes}
    return checked.issuperset(production.cut.chapters(production.film.chapters))


def _followed_by(film: Report, report: Report) -> Report:
    offset = film.seconds
    findings = [replace(finding, film_time=finding.film_time + offset) for finding in report.findings]
    between = film.empty_edges[1] + report.empty_edges[0]
    if film.beats and max(film.empty_edges[1], report.empty_edges[0]) <= EMPTY < between:
        first = min(report.starts, key=report.starts.__getitem__)
        seam = empty_for(between).at(first, 0.0).finding(report.starts)
        findings.append(replace(seam, film_time=offset))
    return Report(
        (*film.findings, *findings),
        film.allowed + report.allowed,
        film.beats + report.beats,
        offset + report.seconds,
        (*film.symbols, *(replace(use, time=use.time + offset) for use in report.symbols)),
        {**film.starts, **{beat: start + offset for beat, start in report.starts.items()}},
        (*film.narration, *report.narration),
        (*film.lines, *(_later(line, offset) for line in report.lines)),
        (film.empty_edges[0] if film.beats else report.empty_edges[0], report.empty_edges[1]),
        (*film.pushes, *(replace(push, time=push.time + offset) for push in report.pushes)),
    )


def _later(line: AlgebraLine, seconds: float) -> AlgebraLine:
    times = {name: getattr(line, name) + seconds for name in ("appears", "complete_from", "until")}
    return replace(line, **times)


def _checked(scene: type[Chapter], production: Production) -> Report:
    with chapter_errors(scene, "could not be played"):
        return check_chapter(scene, production)
