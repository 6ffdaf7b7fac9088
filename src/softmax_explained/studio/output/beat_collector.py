"""The beats of a film, from the cache or drawn, until its chapters are complete."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from softmax_explained.studio.cache.fingerprint import Fingerprint
from softmax_explained.studio.output.film_progress import FilmProgress
from softmax_explained.studio.planning.fingerprints import beat_fingerprint
from softmax_explained.studio.planning.plan import Plan, PlannedChapter
from softmax_explained.studio.video.mux import spliced
from softmax_explained.studio.video.picture_digests import Pictures
from softmax_explained.studio.video.segment import Segment, joined
from softmax_explained.studio.video.segment_cache import SegmentCache
from softmax_explained.studio.workers.local_pool import Workers
from softmax_explained.studio.workers.scheduler import draw_all
from softmax_explained.studio.workers.takes import FEW, takes_of
from softmax_explained.studio.workers.task import DrawnBeat, Task


class BeatCollector:
    """Collects the segments of all beats, and splices them to chapters.

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
