"""Chapters that were drawn before."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter

from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.studio.cache.checksums import digest
from softmax_explained.studio.cache.fingerprint import Fingerprint, changes
from softmax_explained.studio.cache.store import Store, cache_folder
from softmax_explained.studio.planning.plan import PlannedChapter
from softmax_explained.studio.video.segment import Segment

LARGEST = 4 * 1024**3  # bytes of all chapters together
VIDEO = "segment.mp4"  # the data file of an entry

_FORMAT = 2  # raise it when the meaning of an entry changes


@dataclass(frozen=True)
class _Record:
    chapter: str
    fingerprint: Fingerprint
    frames: int
    frame_rate: int
    beats: tuple[BeatRecord, ...]


_RECORD = TypeAdapter(_Record)


class SegmentCache:
    """Chapters by the fingerprint of what they depend on."""

    def __init__(self, folder: Path | None = None, *, largest: int = LARGEST) -> None:
        self.folder = folder or cache_folder() / "segments"
        self._store = Store(self.folder, VIDEO, _RECORD, largest=largest)

    def load(self, fingerprint: Fingerprint, chapter: PlannedChapter, folder: Path) -> Segment | None:
        """Copy a chapter to a folder, or return None if the entry is missing or damaged.

        The segment has the sentences of the chapter now, which may differ from when it was drawn.

        Raises:
            OSError: the copy cannot be written.
        """
        if (entry := self._store.load(_key(fingerprint))) is None:
            return None
        (record, video), path = entry, folder / f"{chapter.scene.name}.mp4"
        said = {beat.id: str(beat.sentence) for beat in chapter.beats}
        if [beat.id for beat in record.beats] != list(said):
            return None
        path.write_bytes(video)
        beats = tuple(replace(beat, narration=said[beat.id]) for beat in record.beats)
        return Segment(chapter.scene.name, path, record.frames, record.frame_rate, beats)

    def store(self, fingerprint: Fingerprint, segment: Segment) -> None:
        """Add or replace a chapter."""
        record = _Record(
            segment.chapter, dict(fingerprint), segment.frames, segment.frame_rate, segment.records
        )
        self._store.put(_key(fingerprint), asdict(record), segment.path.read_bytes())

    def explain_miss(self, fingerprint: Fingerprint, chapter: str) -> list[str]:
        """The parts in which the most similar entry of a chapter differs; empty if there is no entry."""
        others = (record.fingerprint for record in self._store.records() if record.chapter == chapter)
        return min((changes(other, fingerprint) for other in others), key=len, default=[])


def _key(fingerprint: Fingerprint) -> str:
    return digest([_FORMAT, dict(fingerprint)])
