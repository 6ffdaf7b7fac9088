"""A whole production, its chapters watched side by side: one process a core."""

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
from softmax_explained.studio.check.finding import Placed, Report
from softmax_explained.studio.check.judge import finding_of
from softmax_explained.studio.check.rules.narration import OF_THE_FILM, pace
from softmax_explained.studio.check.rules.role_colours import alike
from softmax_explained.studio.check.rules.symbol_colours import changed
from softmax_explained.studio.workers.error_context import chapter_errors
from softmax_explained.studio.workers.local_pool import cores
from softmax_explained.studio.workers.process_lifetime import exit_with_parent, sigint_blocked


def check_film(production: Production, scenes: Sequence[type[Chapter]], jobs: int | None = None) -> Report:
    """Check chapters of a production; its pace only if all chapters of its cut are among them.

    Args:
        production: the settings.
        scenes: the chapters, in the order of the film; each can be imported by its name.
        jobs: how many are checked at a time; as many as there are cores if not given.

    Raises:
        FilmError: a chapter cannot be played: its words do not fit, or a picture has no room for the lesson.
    """
    workers, is_whole = min(len(scenes), jobs or cores()), _is_whole(production, scenes)
    if workers == 1:
        return joined((_checked(scene, production) for scene in scenes), is_whole=is_whole)
    with ProcessPoolExecutor(workers, get_context("spawn"), exit_with_parent) as pool:
        try:
            with sigint_blocked():
                reports = pool.map(_checked, scenes, [production] * len(scenes))
            return joined(reports, is_whole=is_whole)
        except BrokenProcessPool as error:
            raise FilmError(
                "a process that was checking a chapter has been ended from outside",
                hint="most likely the memory ran out: check fewer chapters at a time",
            ) from error
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def joined(reports: Iterable[Report], *, is_whole: bool = True) -> Report:
    """One report of chapters that follow each other, with what concerns them together.

    Args:
        reports: of the chapters, in the order of the film.
        is_whole: these are all chapters of the film, so that its pace can be measured.
    """
    film = Report((), (), 0, 0.0)
    for report in reports:
        film = _followed_by(film, report)
    repainted = [finding_of(placed, film.starts) for placed in changed(film.symbols)]
    findings = sorted((*film.findings, *repainted), key=lambda finding: finding.film_time)
    nowhere = [*alike(), *(pace(film.told, OF_THE_FILM) if is_whole else ())]
    of_the_film = (finding_of(Placed("", 0.0, sighting), {"": 0.0}) for sighting in nowhere)
    return replace(film, findings=(*of_the_film, *findings))


def _is_whole(production: Production, scenes: Sequence[type[Chapter]]) -> bool:
    """Whether no chapter is missing that the production's cut of the film shows."""
    checked = {scene.name for scene in scenes}
    return checked.issuperset(production.cut.chapters(production.film.chapters))


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
        (*whole.told, *report.told),
    )


def _checked(scene: type[Chapter], production: Production) -> Report:
    with chapter_errors(scene, "could not be played"):
        return check_chapter(scene, production)
