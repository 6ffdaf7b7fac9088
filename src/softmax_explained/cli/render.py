"""`softmax-explained render`: the film, its captions and its ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from softmax_explained.cli.arguments import (
    CaptionMode,
    Chapters,
    CutName,
    FrameName,
    Jobs,
    Language,
    LessonFile,
    QualityName,
    Recordings,
    Scheduler,
    SchedulerTimeout,
    Sounds,
    VoiceName,
    check_folder,
    production_of,
    workers_of,
)
from softmax_explained.cli.printable import echo_file, printable
from softmax_explained.cli.progress import ChapterBars, SpeakingBar, progress_bars
from softmax_explained.stage.scene.production import Production
from softmax_explained.studio.cache.fingerprint import Fingerprint
from softmax_explained.studio.output.manifest import file_names, up_to_date
from softmax_explained.studio.output.staging_dir import remove_abandoned
from softmax_explained.studio.planning.fingerprints import film_fingerprint
from softmax_explained.studio.sigint import sigint_blocked
from softmax_explained.studio.speech.voices import SILENT, how_to_speak

if TYPE_CHECKING:
    from softmax_explained.studio.planning.plan import Plan
    from softmax_explained.studio.workers.local_pool import OpenWorkers


def render(
    chapters: Chapters = None,
    lesson: LessonFile = None,
    lang: Language = "en",
    frame: FrameName = "wide",
    cut: CutName = "full",
    quality: QualityName = "high",
    voice: VoiceName = None,
    captions: CaptionMode = None,
    recordings: Recordings = None,
    sounds: Sounds = "on",
    out: Annotated[Path, typer.Option(metavar="DIR", help="Output folder.")] = Path("out"),
    jobs: Jobs = None,
    scheduler: Scheduler = None,
    scheduler_timeout: SchedulerTimeout = 60,
    explain_cache: Annotated[
        bool,
        typer.Option(
            "--explain-cache", help="Print for each chapter why beats are drawn, or that all are reused."
        ),
    ] = False,
) -> None:
    """Render the film: film.mp4, captions, and film.json, the ledger of everything said and shown.

    Raises:
        UsageError: there is no such chapter or none in the cut, no voice of that name speaks the language,
            or the folder cannot be written.
        SoftmaxExplainedError: the lesson, the words, the voice or a chapter fails; nothing is written then.
    """
    production = production_of(
        chapters, lesson, lang, frame, cut, quality, voice, captions, sounds, recordings
    )
    check_folder(out)
    fingerprint = film_fingerprint(production)
    if files := up_to_date(out, file_names(*production.languages), fingerprint):
        remove_abandoned(out)
        for chapter in production.shown if explain_cache else ():
            typer.echo(f"{chapter}: reused", err=True)
        typer.echo("The film is up to date.", err=True)
    else:
        with workers_of(scheduler, jobs, scheduler_timeout, production.film) as open_workers:
            files = _made(production, out, fingerprint, open_workers, explain=explain_cache)
    for file in files:
        echo_file(file)


def _made(
    production: Production,
    out: Path,
    fingerprint: Fingerprint,
    open_workers: OpenWorkers,
    *,
    explain: bool,
) -> tuple[Path, ...]:
    # Manim is loaded only now, so that help, errors and films that are up to date take no time. Ctrl-C waits
    # for it: an interrupt in the middle of an import may be lost.
    with sigint_blocked():
        from softmax_explained.studio.output.make_film import make_film
        from softmax_explained.studio.planning.plan import make_plan
        from softmax_explained.studio.video.segment_cache import SegmentCache

    with progress_bars() as progress:
        speaking = SpeakingBar(progress)
        plan = make_plan(production, told=speaking.spoken)
        speaking.end()
        if note := _why_silent(plan, production):
            progress.console.print(printable(note), markup=False, highlight=False, soft_wrap=True)
        bars = ChapterBars(progress, plan, explain=explain)
        return make_film(plan, out, bars, SegmentCache(), open_workers, fingerprint)


def _why_silent(plan: Plan, asked: Production) -> str:
    """How to get a voice for a film that is silent only because none is installed; else empty."""
    how = how_to_speak(asked.tag)
    if asked.voice is not None or plan.production.voice != SILENT or not how:
        return ""
    return f"note: no voice for {asked.tag} is installed, so the film is silent; to hear it, run: {how}"
