"""`softmax-explained render`: the film, its captions and its ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from softmax_explained.cli.arguments import (
    CaptionMode,
    Chapters,
    CutName,
    Described,
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
from softmax_explained.errors import UsageError
from softmax_explained.stage.scene.production import Production
from softmax_explained.studio.cache.fingerprint import Fingerprint
from softmax_explained.studio.output.manifest import file_names, up_to_date
from softmax_explained.studio.output.staging_dir import remove_abandoned
from softmax_explained.studio.planning.fingerprints import film_fingerprint
from softmax_explained.studio.sigint import sigint_blocked
from softmax_explained.studio.speech.voices import SILENT, why_silent

if TYPE_CHECKING:
    from softmax_explained.studio.workers.local_pool import OpenWorkers

FORMATS = "mp4", "prores"


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
    described: Described = False,
    sounds: Sounds = "on",
    file_format: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="|".join(FORMATS),
            help="The film, or ProRes 4444 without a background: a file per CHAPTER or CHAPTER.BEAT.",
        ),
    ] = "mp4",
    out: Annotated[Path, typer.Option(metavar="DIR", help="Output folder.")] = Path("out"),
    stems: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Also write voice.wav, ticks.wav, cues.csv and film.otio for editing programs.",
            show_default=False,
        ),
    ] = None,
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
            the folder cannot be written, or an option does not go with the format.
        SoftmaxExplainedError: the lesson, the words, the voice or a chapter fails; nothing is written then.
    """
    is_film = _is_film(file_format, chapters or [])
    if not is_film:
        _check_prores(stems, jobs, explain_cache=explain_cache)
    names = [name if is_film else name.partition(".")[0] for name in chapters or []]
    production = production_of(
        names, lesson, lang, frame, cut, quality, voice, captions, sounds, recordings, described=described
    )
    check_folder(out)
    if not is_film:
        for file in _prores(production, chapters or [], out):
            echo_file(file)
        return
    if stems is not None:
        check_folder(stems, "--stems")
    fingerprint = film_fingerprint(production)
    if files := up_to_date(out, file_names(*production.languages), fingerprint):
        remove_abandoned(out)
        for chapter in production.shown if explain_cache else ():
            typer.echo(f"{chapter}: reused", err=True)
        typer.echo("The film is up to date.", err=True)
    else:
        with workers_of(scheduler, jobs, scheduler_timeout, production.film) as open_workers:
            files = _made(production, out, fingerprint, open_workers, explain=explain_cache)
    if stems is not None:
        files += _stems(production, out, stems)
    for file in files:
        echo_file(file)


def _is_film(file_format: str, names: list[str]) -> bool:
    """Whether the film is asked for, and not ProRes.

    Raises:
        UsageError: there is no such format, or it has no single beats.
    """
    if file_format not in FORMATS:
        raise UsageError(f"--format {file_format}", hint=f"formats: {', '.join(FORMATS)}")
    if file_format != "mp4":
        return False
    if beat := next((name for name in names if "." in name), None):
        hint = f"name its chapter, {beat.partition('.')[0]}, or add --format prores"
        raise UsageError(f"{beat}: a film is made of whole chapters", hint=hint)
    return True


def _check_prores(stems: Path | None, jobs: int | None, *, explain_cache: bool) -> None:
    """Make sure that no option is given that would do nothing.

    Raises:
        UsageError: one is.
    """
    given = {"--stems": stems is not None, "--jobs": jobs is not None, "--explain-cache": explain_cache}
    if useless := [option for option, is_given in given.items() if is_given]:
        raise UsageError(
            f"--format prores does not go with {', '.join(useless)}",
            hint="ProRes is silent, is drawn by this process, and is not kept in the cache: leave them out",
        )


def _prores(production: Production, names: list[str], out: Path) -> tuple[Path, ...]:
    # Loaded only now, as in `_made`.
    with sigint_blocked():
        from softmax_explained.studio.output.make_prores import make_prores
        from softmax_explained.studio.planning.plan import make_plan

    plan = make_plan(production)
    with progress_bars() as progress:
        return make_prores(plan, names, out, ChapterBars(progress, plan, explain=False).drawn)


def _stems(production: Production, out: Path, folder: Path) -> tuple[Path, ...]:
    # Loaded only now, as in `_made`.
    with sigint_blocked():
        from softmax_explained.studio.planning.plan import make_plan
        from softmax_explained.studio.stems.make_stems import make_stems

    plan = make_plan(production)  # a film that was just made has left its speech in the cache
    if plan.production.voice == SILENT:
        typer.echo("The film has no voice, so it has no sound: no voice.wav, no ticks.wav.", err=True)
    return make_stems(plan, out, folder)


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
        is_silent = production.voice is None and plan.production.voice == SILENT
        if is_silent and (reason := why_silent(production.tag)):
            progress.console.print(
                printable(f"note: {reason}"), markup=False, highlight=False, soft_wrap=True
            )
        bars = ChapterBars(progress, plan, explain=explain)
        return make_film(plan, out, bars, SegmentCache(), open_workers, fingerprint)
