"""From a plan to the files of a film: video, audio, captions and ledger."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Protocol

from softmax_explained.stage.narration.cue import Cue
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.studio.audio.mix import Clip
from softmax_explained.studio.audio.mix_cache import MixCache
from softmax_explained.studio.cache.checksums import sha256_or_empty
from softmax_explained.studio.cache.fingerprint import Fingerprint
from softmax_explained.studio.captions.formats import as_srt, as_vtt
from softmax_explained.studio.output.atomic_replace import replace_files
from softmax_explained.studio.output.ledger import Ledger
from softmax_explained.studio.output.manifest import CHECKSUMS, FILM, Manifest, file_names
from softmax_explained.studio.output.staging_dir import staging_dir
from softmax_explained.studio.planning.fingerprints import beat_fingerprint
from softmax_explained.studio.planning.plan import Plan, PlannedChapter
from softmax_explained.studio.speech.voices import track_language
from softmax_explained.studio.video.mux import join, spliced
from softmax_explained.studio.video.picture_digests import Pictures
from softmax_explained.studio.video.segment import Segment, joined
from softmax_explained.studio.video.segment_cache import SegmentCache
from softmax_explained.studio.workers.local_pool import OpenWorkers, Workers, local_workers
from softmax_explained.studio.workers.scheduler import draw_all
from softmax_explained.studio.workers.takes import FEW, takes_of
from softmax_explained.studio.workers.task import DrawnBeat, Task

_CAPTIONS = re.compile(r"film\.[A-Za-z0-9-]+\.(srt|vtt)")


class FilmProgress(Protocol):
    """Receives the progress of a film."""

    def drawn(self, chapter: str, seconds: float) -> None:
        """So many seconds of a chapter are drawn."""

    def reused(self, chapter: str) -> None:
        """All beats of a chapter are taken from the cache."""

    def drawing(self, chapter: str, because: Callable[[], list[str]]) -> None:
        """Beats of a chapter are going to be drawn.

        `because` returns the changes that are the reason, none if the beats never were drawn. It reads the
        record of everything in the cache, so it should be called only if that is to be told.
        """

    def finished(self, chapter: str, drawn: Sequence[str]) -> None:
        """A chapter is complete for which `drawing` was called; these of its beats, by id, were drawn.

        None were drawn if what has changed cannot be seen.
        """

    def joining(self) -> None:
        """All chapters are drawn; sound and files follow."""


def make_film(
    plan: Plan,
    out: Path,
    progress: FilmProgress,
    cache: SegmentCache,
    open_workers: OpenWorkers = local_workers,
    fingerprint: Fingerprint | None = None,
    mixes: MixCache | None = None,
) -> tuple[Path, ...]:
    """Make the film, its ledger and its captions.

    Args:
        plan: what is said, and when.
        out: the folder for the files; created if it is missing.
        progress: receives the progress.
        cache: beats in it are not drawn again; those that are drawn are stored in it.
        open_workers: opens the workers that draw; called only if there is something to draw.
        fingerprint: all that the files depend on, for `studio.output.manifest`; without it no checksums are
            written.
        mixes: the cache of the narration; the user's own if not given.

    Returns:
        The files: the film, its ledger, its captions as SubRip and WebVTT. They appear together at the end.

    Raises:
        FilmError: the folder cannot be written, or a chapter cannot be drawn.
    """
    with staging_dir(out) as folder:
        segments = video(plan, folder, progress, cache, open_workers)
        progress.joining()
        ledger = Ledger.of(plan, segments)
        sound = audio(plan, ledger.beats, ledger.duration, mixes or MixCache())
        cues = caption_cues(plan, ledger.beats)
        language = track_language(plan.production.voice)
        join(segments, sound, ledger.chapters, plan.title, folder / FILM, language=language)
        names = file_names(plan.production.language)
        for name, text in zip(names[1:], (ledger.json_text(), as_srt(cues), as_vtt(cues)), strict=True):
            (folder / name).write_text(text, "utf-8")
        return _publish(folder, out, names, fingerprint)


def video(
    plan: Plan, folder: Path, progress: FilmProgress, cache: SegmentCache, open_workers: OpenWorkers
) -> tuple[Segment, ...]:
    """The chapters without sound: the beats that are in the cache, and the rest drawn."""
    picture = _Picture(plan, folder, progress, cache)
    picture.reuse()
    if picture.missing():
        with open_workers(folder) as workers:
            picture.compare(workers)
            picture.draw(workers)
    return picture.chapters()


class _Picture:
    """The beats of a film while they are collected.

    Args:
        plan: of the film.
        folder: for files.
        progress: receives the progress.
        cache: beats that were drawn before.
    """

    def __init__(self, plan: Plan, folder: Path, progress: FilmProgress, cache: SegmentCache) -> None:
        self._plan, self._folder, self._progress, self._cache = plan, folder, progress, cache
        self._segments = dict[str, Segment]()  # by beat
        self._fingerprints = dict[str, Fingerprint]()
        self._known = dict[str, dict[Pictures, bytes]]()  # by beat, videos of what it once looked like
        self._parts = dict[str, list[Segment]]()  # of beats that are not complete yet
        self._painted = set[str]()

    def missing(self, chapter: PlannedChapter | None = None) -> list[str]:
        """The beats that are not collected yet, by id."""
        beats = chapter.beats if chapter else self._plan.beats.values()
        return [beat.id for beat in beats if beat.id not in self._segments]

    def reuse(self) -> None:
        """Take beats from the cache."""
        for chapter in self._plan.chapters:
            for number, beat in enumerate(chapter.beats):
                made_of = beat_fingerprint(self._plan.production, chapter, number)
                self._fingerprints[beat.id] = made_of
                if cached := self._cache.load(made_of, beat, self._folder):
                    self._segments[beat.id] = cached
                else:
                    self._known[beat.id] = self._cache.videos_by_pictures(made_of)
            if missing := self.missing(chapter):
                wanted = {beat: self._fingerprints[beat] for beat in missing}
                self._progress.drawing(chapter.scene.name, partial(self._cache.explain_misses, wanted))
            else:
                self._progress.reused(chapter.scene.name)

    def compare(self, workers: Workers) -> None:
        """Find beats whose pictures are what they were when other code, or another style, drew them."""
        tasks = list[Task]()
        for chapter in self._plan.chapters:
            compared = [beat for beat in self.missing(chapter) if self._known[beat]]
            for take in takes_of(chapter, compared, compared=True):
                tasks.append(Task.of(self._plan.production, take, self._known))
        self._run(tasks, workers)

    def draw(self, workers: Workers) -> None:
        """Draw what is missing."""
        beats = self._plan.beats
        few = sum(beats[beat].seconds for beat in self.missing()) <= FEW
        takes = [
            take
            for chapter in self._plan.chapters
            for take in takes_of(chapter, self.missing(chapter), few=few)
        ]
        self._run([Task.of(self._plan.production, take) for take in takes], workers)

    def chapters(self) -> tuple[Segment, ...]:
        """The beats, spliced."""
        for chapter in self._plan.chapters:
            beats = [beat.id for beat in chapter.beats]
            if not self._known.keys().isdisjoint(beats):
                drawn = [beat for beat in beats if beat in self._painted]
                self._progress.finished(chapter.scene.name, drawn)
        return tuple(
            spliced([self._segments[beat.id] for beat in chapter.beats], self._folder)
            for chapter in self._plan.chapters
        )

    def _run(self, tasks: Sequence[Task], workers: Workers) -> None:
        before = {
            chapter.scene.name: sum(
                self._segments[beat.id].duration for beat in chapter.beats if beat.id in self._segments
            )
            for chapter in self._plan.chapters
        }
        if tasks:
            draw_all(
                tasks,
                workers,
                lambda chapter, seconds: self._progress.drawn(chapter, before[chapter] + seconds),
                self._collect,
            )

    def _collect(self, drawn: DrawnBeat) -> None:
        """Keep a beat, or a part of one until it is complete."""
        beat = drawn.record.id
        if drawn.video is not None:
            self._painted.add(beat)
        rate, known = self._plan.production.frame_rate, self._known[beat]
        segment = drawn.segment(rate, self._folder, known)
        if not segment.is_whole:
            parts = self._parts.setdefault(beat, [])
            parts.append(segment)
            parts.sort(key=lambda part: part.first_part)
            if sum(part.frames for part in parts) < round(drawn.record.end * rate):
                return
            segment = joined(parts, self._folder / f"{beat}.mp4")
        self._segments[beat] = segment
        self._cache.store(self._fingerprints[beat], segment)


def audio(plan: Plan, beats: Sequence[BeatRecord], duration: float, mixes: MixCache) -> bytes | None:
    """The narration and the sounds as AAC in an MP4 file; None for a film without a voice."""
    speeches = ((beat.speech_start, plan.beats[beat.id].speech) for beat in beats)
    clips = tuple(Clip(start, speech) for start, speech in speeches if speech)
    sounds = tuple(sound for beat in beats for sound in beat.sounds if plan.production.sounds)
    return mixes.mastered(clips, duration, sounds) if clips else None


def caption_cues(plan: Plan, beats: Sequence[BeatRecord]) -> tuple[Cue, ...]:
    """The captions, in seconds of the film."""
    return tuple(cue.later(beat.speech_start) for beat in beats for cue in plan.beats[beat.id].cues)


def _publish(
    folder: Path, out: Path, names: tuple[str, ...], fingerprint: Fingerprint | None
) -> tuple[Path, ...]:
    """Move the finished files to the output folder, all of them or none."""
    moved = names
    if fingerprint is not None:
        (folder / CHECKSUMS).write_text(Manifest.of(fingerprint, folder, names).text(), "utf-8")
        moved = (*names, CHECKSUMS)
    before = Manifest.read(out)
    replace_files(folder, out, moved)
    _remove_other_captions(out, before, names)
    return tuple(out / name for name in names)


def _remove_other_captions(out: Path, before: Manifest, names: tuple[str, ...]) -> None:
    """Delete the captions of the film before this one if it was in another language, unless they were edited.

    A player that finds captions by their names would show them at wrong times.
    """
    for name, checksum in before.checksums.items():
        if _CAPTIONS.fullmatch(name) and name not in names and sha256_or_empty(out / name) == checksum:
            with suppress(OSError):
                (out / name).unlink()
