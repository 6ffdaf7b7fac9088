"""From a plan to the files of a film: video, audio, captions, ledger and documents."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from softmax_explained.stage.narration.cue import Cue
from softmax_explained.stage.scene.record import BeatRecord, RequestedSound
from softmax_explained.studio.audio.mix import Clip
from softmax_explained.studio.audio.mix_cache import MixCache
from softmax_explained.studio.cache.checksums import sha256_or_empty
from softmax_explained.studio.cache.fingerprint import Fingerprint
from softmax_explained.studio.captions.descriptions import description_cues
from softmax_explained.studio.captions.formats import as_srt, as_vtt
from softmax_explained.studio.output.atomic_replace import replace_files
from softmax_explained.studio.output.beat_collector import BeatCollector
from softmax_explained.studio.output.film_documents import documents
from softmax_explained.studio.output.film_progress import FilmProgress
from softmax_explained.studio.output.ledger import Ledger
from softmax_explained.studio.output.manifest import CHECKSUMS, FILM, LEDGER, POSTER, Manifest, file_names
from softmax_explained.studio.output.poster import poster, save_poster
from softmax_explained.studio.output.staging_dir import staging_dir
from softmax_explained.studio.planning.plan import Plan
from softmax_explained.studio.video.mux import join
from softmax_explained.studio.video.segment import Segment
from softmax_explained.studio.video.segment_cache import SegmentCache
from softmax_explained.studio.workers.local_pool import OpenWorkers, local_workers


def make_film(
    plan: Plan,
    out: Path,
    progress: FilmProgress,
    cache: SegmentCache,
    open_workers: OpenWorkers = local_workers,
    fingerprint: Fingerprint | None = None,
    mixes: MixCache | None = None,
) -> tuple[Path, ...]:
    """Make the film, its ledger, its poster, its captions and its documents.

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
        text = Ledger.of(plan, segments).json_text()
        ledger = Ledger.parse(text)  # what is made from the file later has the same times
        sound = audio(plan, ledger.beats, ledger.duration, mixes or MixCache())
        language, languages = plan.production.tag, plan.production.languages
        join(
            segments,
            sound,
            ledger.chapters,
            plan.title,
            folder / FILM,
            language=language,
            captions={each: caption_cues(plan, ledger.beats, each) for each in languages},
            shown=None if plan.production.caption_mode == "burn" else language,  # or they would stand twice
        )
        save_poster(poster(folder / FILM, ledger.beats, plan.production.film.poster), folder / POSTER)
        texts = {LEDGER: text, **captions(plan, ledger.beats), **descriptions(plan, ledger.beats)}
        texts |= documents(plan, ledger, sights(plan, ledger.beats))
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
    clips, sounds = heard(plan, beats)
    return mixes.mastered(clips, duration, sounds) if clips else None


def heard(plan: Plan, beats: Sequence[BeatRecord]) -> tuple[tuple[Clip, ...], tuple[RequestedSound, ...]]:
    """The narration, and the sounds beside it; no clips for a film without a voice."""
    speeches = ((beat.speech_start, plan.beats[beat.id].speech) for beat in beats)
    clips = tuple(Clip(start, speech) for start, speech in speeches if speech)
    return clips, tuple(sound for beat in beats for sound in beat.sounds if plan.production.sounds)


def captions(plan: Plan, beats: Sequence[BeatRecord]) -> dict[str, str]:
    """The captions in every language as SubRip and WebVTT, by file name."""
    texts = dict[str, str]()
    for language in plan.production.languages:
        cues = caption_cues(plan, beats, language)
        texts |= {f"film.{language}.srt": as_srt(cues), f"film.{language}.vtt": as_vtt(cues)}
    return texts


def descriptions(plan: Plan, beats: Sequence[BeatRecord]) -> dict[str, str]:
    """What is seen in each beat as WebVTT, by file name; without cues if the words file does not say it."""
    return {
        f"film.{plan.production.tag}.descriptions.vtt": as_vtt(description_cues(beats, sights(plan, beats)))
    }


def sights(plan: Plan, beats: Sequence[BeatRecord]) -> dict[str, str]:
    """What is seen, by the ids of the beats that the words file describes."""
    return {beat.id: str(sight) for beat in beats if (sight := plan.production.script.sight(beat.id))}


def caption_cues(plan: Plan, beats: Sequence[BeatRecord], language: str) -> tuple[Cue, ...]:
    """The captions in a language, in seconds of the film."""
    return tuple(cue.later(beat.speech_start) for beat in beats for cue in plan.beats[beat.id].cues[language])


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
    _remove_other_files(out, before, names)
    return tuple(out / name for name in names)


def _remove_other_files(out: Path, before: Manifest, names: tuple[str, ...]) -> None:
    """Delete what the film before this one had and this one has not, unless it was edited.

    Such are captions and transcripts in another language: a player that finds captions by their names would
    show them at wrong times.
    """
    for name, checksum in before.checksums.items():
        if name not in names and sha256_or_empty(out / name) == checksum:
            with suppress(OSError):
                (out / name).unlink()
