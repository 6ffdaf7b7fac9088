"""From a plan to the files of a film: video, audio, captions, ledger and documents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from softmax_explained.stage.narration.cue import Cue
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.studio.audio.mix import Clip
from softmax_explained.studio.audio.mix_cache import MixCache
from softmax_explained.studio.cache.checksums import sha256_or_empty
from softmax_explained.studio.cache.fingerprint import Fingerprint
from softmax_explained.studio.captions.formats import as_srt, as_vtt
from softmax_explained.studio.output.atomic_replace import replace_files
from softmax_explained.studio.output.beat_collector import BeatCollector
from softmax_explained.studio.output.film_documents import documents
from softmax_explained.studio.output.film_progress import FilmProgress
from softmax_explained.studio.output.ledger import Ledger
from softmax_explained.studio.output.manifest import CHECKSUMS, FILM, LEDGER, Manifest, file_names
from softmax_explained.studio.output.staging_dir import staging_dir
from softmax_explained.studio.planning.plan import Plan
from softmax_explained.studio.speech.voices import track_language
from softmax_explained.studio.video.mux import join
from softmax_explained.studio.video.segment import Segment
from softmax_explained.studio.video.segment_cache import SegmentCache
from softmax_explained.studio.workers.local_pool import OpenWorkers, local_workers

_IN_A_LANGUAGE = re.compile(r"film\.[A-Za-z0-9-]+\.(srt|vtt|transcript\.html|transcript\.md)")


def make_film(
    plan: Plan,
    out: Path,
    progress: FilmProgress,
    cache: SegmentCache,
    open_workers: OpenWorkers = local_workers,
    fingerprint: Fingerprint | None = None,
    mixes: MixCache | None = None,
) -> tuple[Path, ...]:
    """Make the film, its ledger, its captions and its documents.

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
        The files, see `file_names`. They appear together at the end.

    Raises:
        FilmError: the folder cannot be written, or a chapter cannot be drawn.
    """
    with staging_dir(out) as folder:
        segments = video(plan, folder, progress, cache, open_workers)
        progress.joining()
        ledger = Ledger.of(plan, segments)
        sound = audio(plan, ledger.beats, ledger.duration, mixes or MixCache())
        language = track_language(plan.production.voice)
        join(segments, sound, ledger.chapters, plan.title, folder / FILM, language=language)
        texts = {LEDGER: ledger.json_text(), **captions(plan, ledger.beats), **documents(plan, ledger)}
        for name, text in texts.items():
            (folder / name).write_text(text, "utf-8")
        names = file_names(*plan.production.languages)
        return _publish(folder, out, names, fingerprint)


def video(
    plan: Plan, folder: Path, progress: FilmProgress, cache: SegmentCache, open_workers: OpenWorkers
) -> tuple[Segment, ...]:
    """The chapters without sound: the beats that are in the cache, and the rest drawn."""
    beats = BeatCollector(plan, folder, progress, cache)
    beats.reuse()
    if beats.missing():
        with open_workers(folder) as workers:
            beats.make(workers)
    return beats.chapters()


def audio(plan: Plan, beats: Sequence[BeatRecord], duration: float, mixes: MixCache) -> bytes | None:
    """The narration and the sounds as AAC in an MP4 file; None for a film without a voice."""
    speeches = ((beat.speech_start, plan.beats[beat.id].speech) for beat in beats)
    clips = tuple(Clip(start, speech) for start, speech in speeches if speech)
    sounds = tuple(sound for beat in beats for sound in beat.sounds if plan.production.sounds)
    return mixes.mastered(clips, duration, sounds) if clips else None


def captions(plan: Plan, beats: Sequence[BeatRecord]) -> dict[str, str]:
    """The captions in every language as SubRip and WebVTT, by file name."""
    texts = dict[str, str]()
    for language in plan.production.languages:
        cues = caption_cues(plan, beats, language)
        texts |= {f"film.{language}.srt": as_srt(cues), f"film.{language}.vtt": as_vtt(cues)}
    return texts


def caption_cues(plan: Plan, beats: Sequence[BeatRecord], language: str) -> tuple[Cue, ...]:
    """The captions in a language, in seconds of the film."""
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
    _remove_other_languages(out, before, names)
    return tuple(out / name for name in names)


def _remove_other_languages(out: Path, before: Manifest, names: tuple[str, ...]) -> None:
    """Delete the captions and the transcript of the film before this one if it was in another language.

    A player that finds captions by their names would show them at wrong times. Edited files stay.
    """
    for name, checksum in before.checksums.items():
        if _IN_A_LANGUAGE.fullmatch(name) and name not in names and sha256_or_empty(out / name) == checksum:
            with suppress(OSError):
                (out / name).unlink()
