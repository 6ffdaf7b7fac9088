"""The beats of a film, from the cache or drawn, until its chapters are complete."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

from softmax_explained.studio.cache.fingerprint import Fingerprint
from softmax_explained.studio.output.film_progress import FilmProgress
from softmax_explained.studio.planning.fingerprints import beat_fingerprint
from softmax_explained.studio.planning.plan import Plan, PlannedChapter
from softmax_explained.studio.video.mux import spliced
from softmax_explained.studio.video.picture_digests import Pictures
from softmax_explained.studio.video.segment import Segment, joined
from softmax_explained.studio.video.segment_cache import OtherVersion, SegmentCache
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
        self._versions = dict[str, tuple[OtherVersion, ...]]()  # by beat, as it was once drawn
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
                    self._versions[beat.id] = self._cache.other_versions(made_of)
            if missing := self.missing(chapter):
                wanted = {beat: self._fingerprints[beat] for beat in missing}
                self._progress.drawing(chapter.scene.name, partial(self._cache.explain_misses, wanted))
            else:
                self._progress.reused(chapter.scene.name)

    def make(self, workers: Workers) -> None:
        """Make what is missing: see what has not changed, and draw the rest."""
        changed = [beat for beat in self.missing() if not self._made_alike(beat)]
        if len(changed) < len(self.missing()) and self._seconds(changed) <= FEW:
            self._draw(changed, workers)  # and see in which state they leave the others
            self._reuse_what_begins_alike()
        self._compare(workers)
        self._draw(self.missing(), workers)

    def _made_alike(self, beat: str) -> list[OtherVersion]:
        """Versions of a beat that are like it if it begins in the state in which they began."""
        return [each for each in self._versions[beat] if each.is_made_alike(self._fingerprints[beat])]

    def _reuse_what_begins_alike(self) -> None:
        """Take versions of beats that begin in the state in which the beat before ends now."""
        for chapter in self._plan.chapters:
            for before, beat in pairwise(chapter.beats):
                if beat.id in self._segments or before.id not in self._segments:
                    continue
                state = self._segments[before.id].ends
                for version in self._made_alike(beat.id):
                    if version.begins == state is not None:
                        self._keep(beat.id, version.segment(beat, self._folder))
                        break

    def _compare(self, workers: Workers) -> None:
        """Find beats whose pictures are what they were when other code, or another style, drew them."""
        tasks = list[Task]()
        known = {beat: self._videos(beat) for beat in self.missing()}
        for chapter in self._plan.chapters:
            compared = [beat for beat in self.missing(chapter) if known[beat]]
            for take in takes_of(chapter, compared, compared=True):
                tasks.append(Task.of(self._plan.production, take, known))
        self._run(tasks, workers)

    def _draw(self, beats: Collection[str], workers: Workers) -> None:
        few = self._seconds(beats) <= FEW
        takes = [take for chapter in self._plan.chapters for take in takes_of(chapter, beats, few=few)]
        self._run([Task.of(self._plan.production, take) for take in takes], workers)

    def _seconds(self, beats: Iterable[str]) -> float:
        planned = self._plan.beats
        return sum(planned[beat].seconds for beat in beats)

    def _videos(self, beat: str) -> dict[Pictures, bytes]:
        """Videos of what a beat once looked like, by the digests of the pictures; the last one of each."""
        versions = reversed(self._versions[beat])
        return {each.pictures: each.video for each in versions if each.pictures is not None}

    def chapters(self) -> tuple[Segment, ...]:
        """The beats, spliced."""
        for chapter in self._plan.chapters:
            beats = [beat.id for beat in chapter.beats]
            if not self._versions.keys().isdisjoint(beats):
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
        rate = self._plan.production.frame_rate
        segment = drawn.segment(rate, self._folder, self._videos(beat))
        if not segment.is_whole:
            parts = self._parts.setdefault(beat, [])
            parts.append(segment)
            parts.sort(key=lambda part: part.first_part)
            if sum(part.frames for part in parts) < round(drawn.record.end * rate):
                return
            segment = joined(parts, self._folder / f"{beat}.mp4")
        self._keep(beat, segment)

    def _keep(self, beat: str, segment: Segment) -> None:
        self._segments[beat] = segment
        self._cache.store(self._fingerprints[beat], segment)
