"""From a production to the files of a film: plan, draw, join, write."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from softmax_explained.errors import FilmError
from softmax_explained.studio.captions import Spoken, captions
from softmax_explained.studio.film import ChapterMark, join
from softmax_explained.studio.ledger import Ledger
from softmax_explained.studio.plan import Plan
from softmax_explained.studio.reels import draw_all
from softmax_explained.studio.sound import Placed, Sound, encoded, narration
from softmax_explained.studio.subtitles import as_srt, as_vtt

FILM = "film.mp4"
"""The name of the finished film."""


class Watcher(Protocol):
    """Whoever is told how far a film is."""

    def drawn(self, chapter: str, seconds: float) -> None:
        """So many seconds of a chapter are drawn."""
        ...

    def joining(self) -> None:
        """All chapters are drawn; sound and files follow."""
        ...


def produce(plan: Plan, out: Path, watcher: Watcher) -> tuple[Path, ...]:
    """Make the film and what goes with it.

    Args:
        plan: what is said, and when.
        out: the folder for the files; made if it is missing.
        watcher: told how far it is.

    Returns:
        The files: the film, its ledger, its captions as SubRip and WebVTT. They appear together at the end.

    Raises:
        FilmError: the folder cannot be written, or a chapter cannot be drawn.
    """
    production = plan.production
    with _workshop(out) as aside:
        reels = draw_all(production, tuple(chapter.scene for chapter in plan.chapters), aside, watcher.drawn)
        watcher.joining()
        ledger = Ledger.of(plan, reels)
        marks = tuple(ChapterMark(mark.title, mark.start, mark.end) for mark in ledger.chapters)
        join(reels, _sound(plan, ledger), marks, plan.title, aside / FILM)
        cues = captions(
            _spoken(plan, ledger),
            production.language,
            production.frame_rate,
            ledger.duration,
        )
        texts = {
            "film.json": ledger.json_text(),
            f"film.{production.language}.srt": as_srt(cues),
            f"film.{production.language}.vtt": as_vtt(cues),
        }
        return _appear(aside, out, texts)


@contextmanager
def _workshop(out: Path) -> Iterator[Path]:
    """A folder beside the finished files, gone afterwards; so is an `out` that got no file."""
    made = not out.exists()
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out, prefix=".making-") as aside:
            yield Path(aside)
    except OSError as error:
        raise FilmError(
            f"{out}: the film cannot be written: {error.strerror or error}",
            hint="choose a folder you can write, with some gigabytes free, with --out",
        ) from error
    finally:
        if made and out.is_dir() and not any(out.iterdir()):
            out.rmdir()


def _sound(plan: Plan, ledger: Ledger) -> Sound | None:
    speeches = [
        Placed(beat.speech_start, speech)
        for beat in ledger.beats
        if (speech := plan.beats[beat.id].speech) is not None
    ]
    return encoded(narration(tuple(speeches), ledger.duration)) if speeches else None


def _spoken(plan: Plan, ledger: Ledger) -> tuple[Spoken, ...]:
    return tuple(
        Spoken(
            plan.beats[beat.id].sentence,
            tuple(
                (beat.speech_start + word.start, beat.speech_start + word.end)
                for word in plan.beats[beat.id].timing.words
            ),
        )
        for beat in ledger.beats
    )


def _appear(aside: Path, out: Path, texts: Mapping[str, str]) -> tuple[Path, ...]:
    """Move the finished files to where people look for them, the film last."""
    for name, text in texts.items():
        (aside / name).write_text(text, "utf-8")
    for name in (*texts, FILM):
        (aside / name).replace(out / name)
    return (out / FILM, *(out / name for name in texts))
