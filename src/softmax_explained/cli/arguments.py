"""The options that several commands take, and the production they ask for."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from softmax_explained.cli.printable import printable
from softmax_explained.core.interfaces import FilmLesson
from softmax_explained.core.lesson.lesson import Lesson
from softmax_explained.core.lesson.loader import shipped_lessons
from softmax_explained.errors import UsageError
from softmax_explained.scenes.film import FILM
from softmax_explained.stage.design.layout import FRAMES
from softmax_explained.stage.narration.words_file import languages
from softmax_explained.stage.scene.production import CAPTIONS, QUALITIES, Production
from softmax_explained.studio.speech.voices import SILENT, VOICES

if TYPE_CHECKING:
    from softmax_explained.stage.scene.film import Film
    from softmax_explained.studio.workers.local_pool import OpenWorkers


def _choice(flag: str, values: Iterable[str], text: str, *, show_default: bool = True) -> Any:
    return typer.Option(flag, metavar="|".join(values), help=text, show_default=show_default)


Chapters = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="CHAPTER", help=f"All by default: {', '.join(FILM.chapters)}.", show_default=False
    ),
]

LessonFile = Annotated[
    str | None,
    typer.Option(
        "--lesson",
        metavar="LESSON",
        help=f"One of {', '.join(shipped_lessons())}, or a lesson file (TOML).",
        show_default=False,
    ),
]

Language = Annotated[
    str,
    typer.Option(
        "--lang",
        metavar="LANG",
        help=f"One of {', '.join(languages(FILM.words_folder))}, or a words file (TOML).",
    ),
]

FrameName = Annotated[str, _choice("--frame", FRAMES, "16:9, 9:16 or 1:1, laid out separately.")]
CutName = Annotated[
    str, _choice("--cut", FILM.cuts, "All of the film, its cuts of 3.5 minutes, or a teaser of one minute.")
]
_BURNED = "Captions in the picture: drawn, not drawn but their place kept free, or neither."
CaptionMode = Annotated[
    str | None,
    _choice("--captions", CAPTIONS, f"{_BURNED} Default: burn for tall and teaser.", show_default=False),
]
QualityName = Annotated[str, _choice("--quality", QUALITIES, "480p15, 720p30, 1080p60 or 2160p60.")]
_SPEAKER = "Who speaks, or none for a silent film; by default the best installed voice of the language."
VoiceName = Annotated[str | None, _choice("--voice", VOICES, _SPEAKER, show_default=False)]
Recordings = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="Your own voice: a folder with a recording of every beat, like softmax.formula.wav, or .flac, "
        ".mp3, .m4a.",
        show_default=False,
    ),
]
Described = Annotated[
    bool,
    typer.Option(
        "--described", help="For those who do not see the picture: say before every beat what is in it."
    ),
]
Sounds = Annotated[
    str, _choice("--sounds", ("on", "off"), "Quiet ticks beside the voice; a film without a voice is silent.")
]

Jobs = Annotated[
    int | None,
    typer.Option(
        min=1, max=1024, help="Number of worker processes; one per core by default.", show_default=False
    ),
]

Scheduler = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        envvar="DASK_SCHEDULER_ADDRESS",
        help="Dask scheduler whose workers render the film, such as tcp://host:8786, or its scheduler file.",
        show_default=False,
    ),
]

SchedulerTimeout = Annotated[
    float,
    typer.Option(
        min=1, max=86_400, metavar="SECONDS", help="How long to wait for the scheduler, or for a worker."
    ),
]


def lesson_of(lesson: str | None) -> FilmLesson:
    """The lesson that the option asks for; the film's own without it.

    Raises:
        UsageError: there is no such lesson.
        LessonError: the lesson file cannot be read or breaks a rule.
    """
    found: FilmLesson = FILM.default_lesson() if lesson is None else FILM.read_lesson(lesson, Path())
    if isinstance(found, Lesson):
        for note in found.notes:
            typer.echo(printable(f"note: {note}"), err=True)
    return found


def production_of(
    chapters: list[str] | None,
    lesson: str | None,
    lang: str,
    frame: str,
    cut: str,
    quality: str = "high",
    voice: str | None = "none",
    captions: str | None = None,
    sounds: str = "on",
    recordings: Path | None = None,
    *,
    described: bool = False,
) -> Production:
    """The settings that the options ask for.

    Raises:
        UsageError: there is no such lesson, chapter, frame, cut, quality, voice or mode of captions.
        LessonError: the lesson file cannot be read or breaks a rule.
    """
    if described and (recordings is not None or voice == SILENT):
        raise UsageError("--described needs a voice that speaks", hint="omit --recordings and --voice none")
    if recordings is not None and voice is not None:
        raise UsageError(
            f"--voice {voice} with --recordings", hint="recordings are heard instead of a voice: omit one"
        )
    if voice not in (None, *VOICES):
        raise UsageError(f"no voice {voice!r}", hint=f"voices: {', '.join(VOICES)}")
    if sounds not in ("on", "off"):
        raise UsageError(f"--sounds {sounds}", hint="on or off")
    return Production(
        FILM,
        lesson_of(lesson),
        tuple(chapters or ()),
        lang,
        frame,
        quality,
        voice,
        FILM.cut(cut),
        captions,
        sounds == "on",
        recordings,
        described,
    )


def workers_of(
    scheduler: str | None, jobs: int | None, timeout: float, film: Film | None = None
) -> AbstractContextManager[OpenWorkers]:
    """The workers that the options ask for: those of a Dask cluster, or processes of this machine.

    Args:
        scheduler: its address.
        jobs: the number of processes.
        timeout: seconds to wait for the cluster.
        film: processes for it are started at once.
    """
    # Loaded only now, so that help, errors and films that are up to date take no time.
    if scheduler is None:
        from softmax_explained.studio.workers.local_pool import early_workers, local_workers

        return early_workers(film, jobs) if film else nullcontext(partial(local_workers, jobs=jobs))
    from softmax_explained.studio.workers.dask_cluster import cluster_workers

    # What Dask would log of a lost connection, with tracebacks, is told in one message.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)

    def tell(what: str) -> None:
        typer.echo(printable(what), err=True)

    return nullcontext(lambda folder: cluster_workers(scheduler, timeout, tell))


def check_folder(out: Path, option: str = "--out") -> None:
    """Make sure, before minutes of drawing, that the files can be written.

    Args:
        out: the folder.
        option: names it on the command line.

    Raises:
        UsageError: they cannot.
    """
    try:
        nearest = next(folder for folder in (out, *out.absolute().parents) if folder.exists())
    except (OSError, ValueError) as error:  # a name too long, or below a folder that may not be entered
        problem = getattr(error, "strerror", None) or error
        raise UsageError(f"{option} {out}: {problem}", hint="name a folder you can write") from error
    if link := next((each for each in (out, *out.parents) if each.is_symlink() and not each.exists()), None):
        raise UsageError(
            f"{option} {out}: {link} is a link to a folder that is missing",
            hint="create it, or delete the link",
        )
    if not nearest.is_dir():
        raise UsageError(
            f"{option} {out}: {nearest} is a file", hint="name a folder; it is created if missing"
        )
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise UsageError(f"{option} {out}: {nearest} cannot be written", hint="name a folder you can write")
