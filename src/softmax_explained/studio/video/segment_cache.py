"""Beats that were drawn before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path

from pydantic import TypeAdapter

from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.studio.cache.checksums import digest
from softmax_explained.studio.cache.fingerprint import Fingerprint, changes
from softmax_explained.studio.cache.store import Store, cache_folder
from softmax_explained.studio.planning.fingerprints import painting, request
from softmax_explained.studio.planning.plan import PlannedBeat
from softmax_explained.studio.video.picture_digests import Pictures
from softmax_explained.studio.video.segment import Segment

LARGEST = 4 * 1024**3  # bytes of all beats together
VIDEO = "segment.mp4"  # the data file of an entry

ALIKE = 4  # entries of a beat that are read at most to find one with the same pictures

_FORMAT = 5  # raise it when the meaning of an entry changes


@dataclass(frozen=True)
class _Record:
    beat: BeatRecord
    fingerprint: Fingerprint
    frames: int
    frame_rate: int
    pictures: Pictures


_RECORD = TypeAdapter(_Record)


class SegmentCache:
    """Beats by the fingerprint of what they depend on."""

    def __init__(self, folder: Path | None = None, *, largest: int = LARGEST) -> None:
        self.folder = folder or cache_folder() / "segments"
        self._store = Store(self.folder, VIDEO, _RECORD, largest=largest)

    def load(self, fingerprint: Fingerprint, beat: PlannedBeat, folder: Path) -> Segment | None:
        """Copy a beat to a folder, or return None if the entry is missing or damaged.

        The segment has the sentence of the beat now, which may differ from when it was drawn.

        Raises:
            OSError: the copy cannot be written.
        """
        if (entry := self._store.load(_key(fingerprint))) is None:
            return None
        (record, video), path = entry, folder / f"{beat.id}.mp4"
        if record.beat.id != beat.id:
            return None
        path.write_bytes(video)
        said = replace(record.beat, narration=str(beat.sentence))
        return Segment(said.chapter, path, record.frames, record.frame_rate, (said,), record.pictures)

    def videos_by_pictures(self, fingerprint: Fingerprint) -> dict[Pictures, bytes]:
        """Videos of a beat by the digests of their pictures, drawn by other code or in another style.

        Pictures are painted and encoded now as they were then. So each is a video of the beat if the beat
        still has the same pictures, see `studio.video.segment.picture_digests`.
        """
        found = dict[Pictures, bytes]()
        for key in islice(self._store.keys(f"{_request_key(fingerprint)}-"), ALIKE):
            if (entry := self._store.load(key)) is None:
                continue
            record, video = entry
            if None not in record.pictures and painting(record.fingerprint) == painting(fingerprint):
                found.setdefault(record.pictures, video)
        return found

    def store(self, fingerprint: Fingerprint, segment: Segment) -> None:
        """Add or replace a beat."""
        (beat,) = segment.records
        record = _Record(beat, dict(fingerprint), segment.frames, segment.frame_rate, segment.pictures)
        self._store.put(_key(fingerprint), asdict(record), segment.path.read_bytes())

    def explain_misses(self, wanted: Mapping[str, Fingerprint]) -> list[str]:
        """The parts in which beats, given by their ids, differ from their most similar entries.

        Returns:
            Every part once, in alphabetical order; none if there is no entry of these beats.
        """
        nearest = dict[str, list[str]]()
        for record in self._store.records():
            if (beat := record.beat.id) in wanted:
                found = changes(record.fingerprint, wanted[beat])
                nearest[beat] = min(nearest.get(beat, found), found, key=len)
        return sorted({part for parts in nearest.values() for part in parts})


def _key(fingerprint: Fingerprint) -> str:
    return f"{_request_key(fingerprint)}-{digest([_FORMAT, dict(fingerprint)])}"


def _request_key(fingerprint: Fingerprint) -> str:
    return digest([_FORMAT, dict(request(fingerprint))])
