"""From a production to the files of a film: plan, draw, join, write."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Protocol

from softmax_explained.studio.audio.mix import Clip
from softmax_explained.studio.audio.mix_cache import MixCache
from softmax_explained.studio.cache.checksums import sha256_or_empty
from softmax_explained.studio.cache.fingerprint import Fingerprint
from softmax_explained.studio.captions.formats import as_srt, as_vtt
from softmax_explained.studio.captions.segmentation import Limits, Spoken, captions
from softmax_explained.studio.output.atomic_replace import together
from softmax_explained.studio.output.ledger import Ledger
from softmax_explained.studio.output.manifest import FILM, SUMS, Record, file_names
from softmax_explained.studio.output.staging_dir import staging_dir
from softmax_explained.studio.planning.plan import Plan
from softmax_explained.studio.video.chapter_fingerprint import chapter_fingerprint
from softmax_explained.studio.video.mux import ChapterMark, join
from softmax_explained.studio.video.segment import Segment
from softmax_explained.studio.video.segment_cache import SegmentCache
from softmax_explained.studio.workers.local_pool import Workers, local_workers
from softmax_explained.studio.workers.scheduler import draw_all
from softmax_explained.studio.workers.takes import takes_of
from softmax_explained.studio.workers.task import Task

Hire = Callable[[Path], AbstractContextManager[Workers]]

_CAPTIONS = re.compile(r"film\.[A-Za-z0-9-]+\.(srt|vtt)")


class Watcher(Protocol):
    """Whoever is told how far a film is."""

    def drawn(self, chapter: str, seconds: float) -> None:
        """So many seconds of a chapter are drawn."""
        ...

    def reused(self, chapter: str) -> None:
        """A chapter was drawn before and is taken as it is."""
        ...

    def drawing(self, chapter: str, because: list[str]) -> None:
        """A chapter is going to be drawn: what is not as it was, or nothing if it never was."""
        ...

    def joining(self) -> None:
        """All chapters are drawn; sound and files follow."""
        ...


def produce(
    plan: Plan,
    out: Path,
    watcher: Watcher,
    cache: SegmentCache,
    hire: Hire = local_workers,
    made_of: Fingerprint | None = None,
    sounds: MixCache | None = None,
) -> tuple[Path, ...]:
    """Make the film and what goes with it.

    Args:
        plan: what is said, and when.
        out: the folder for the files; made if it is missing.
        watcher: told how far it is.
        cache: chapters in it are not drawn again; those that are drawn go into it.
        hire: whoever draws the rest; asked only if there is something to draw, with a folder for what is
            half done.
        made_of: all that the files depend on. It is kept beside them, so that
            `studio.output.manifest` knows them again; without it nothing is kept.
        sounds: a narration in it is not mastered again; the user's own if not given.

    Returns:
        The files: the film, its ledger, its captions as SubRip and WebVTT. They appear together at the end.

    Raises:
        FilmError: the folder cannot be written, or a chapter cannot be drawn.
    """
    production = plan.production
    with staging_dir(out) as aside:
        reels = _reels(plan, aside, watcher, cache, hire)
        watcher.joining()
        ledger = Ledger.of(plan, reels)
        marks = tuple(ChapterMark(mark.title, mark.start, mark.end) for mark in ledger.chapters)
        join(reels, _sound(plan, ledger, sounds or MixCache()), marks, plan.title, aside / FILM)
        cues = captions(
            spoken := _spoken(plan, ledger),
            Limits.of(" ".join(str(said.sentence) for said in spoken), production.script.reading),
            production.frame_rate,
            ledger.duration,
        )
        _, *names = file_names(production.language)
        texts = dict(zip(names, (ledger.json_text(), as_srt(cues), as_vtt(cues)), strict=True))
        return _appear(aside, out, texts, made_of)


def _reels(
    plan: Plan, folder: Path, watcher: Watcher, cache: SegmentCache, hire: Hire
) -> tuple[Segment, ...]:
    """The chapters' reels: those that are kept, and the rest drawn."""
    reels, made_of = dict[str, Segment](), dict[str, Fingerprint]()
    for chapter in plan.chapters:
        name = chapter.scene.name
        made_of[name] = chapter_fingerprint(plan.production, chapter)
        if kept := cache.load(made_of[name], chapter, folder):
            reels[name] = kept
            watcher.reused(name)
        else:
            watcher.drawing(name, cache.explain_miss(made_of[name], name))

    def keep(reel: Segment) -> None:
        reels[reel.chapter] = reel
        cache.store(made_of[reel.chapter], reel)

    missing = [chapter for chapter in plan.chapters if chapter.scene.name not in reels]
    if missing:
        with hire(folder) as workers:
            tasks = [Task.of(plan.production, take) for chapter in missing for take in takes_of(chapter)]
            draw_all(tasks, workers, folder, watcher.drawn, keep)
    return tuple(reels[chapter.scene.name] for chapter in plan.chapters)


def _sound(plan: Plan, ledger: Ledger, sounds: MixCache) -> bytes | None:
    speeches = [
        Clip(beat.speech_start, speech)
        for beat in ledger.beats
        if (speech := plan.beats[beat.id].speech) is not None
    ]
    return sounds.mastered(tuple(speeches), ledger.duration) if speeches else None


def _spoken(plan: Plan, ledger: Ledger) -> tuple[Spoken, ...]:
    return tuple(
        Spoken.of(plan.beats[beat.id].sentence, plan.beats[beat.id].timing, beat.speech_start)
        for beat in ledger.beats
    )


def _appear(
    aside: Path, out: Path, texts: Mapping[str, str], made_of: Fingerprint | None
) -> tuple[Path, ...]:
    """Move the finished files to where people look for them, all of them or none, the sums last."""
    for name, text in texts.items():
        (aside / name).write_text(text, "utf-8")
    names = (FILM, *texts)
    if made_of is not None:
        (aside / SUMS).write_text(Record.of(made_of, aside, names).text(), "utf-8")
    before = Record.read(out)
    together(aside, out, names if made_of is None else (*names, SUMS))
    _forget(out, before, names)
    return tuple(out / name for name in names)


def _forget(out: Path, before: Record, names: tuple[str, ...]) -> None:
    """Delete the captions of the film before this one, in a language that this one is not in.

    A player that finds captions by their names would show them at wrong times. Whoever has changed them
    since keeps them.
    """
    for name, known in before.sums.items():
        if _CAPTIONS.fullmatch(name) and name not in names and sha256_or_empty(out / name) == known:
            with suppress(OSError):
                (out / name).unlink()
