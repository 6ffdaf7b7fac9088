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
from softmax_explained.studio.planning.fingerprints import painting, request, same_but_for_beats_before
from softmax_explained.studio.planning.plan import PlannedBeat
from softmax_explained.studio.video.picture_digests import Pictures
from softmax_explained.studio.video.segment import Segment

LARGEST = 4 * 1024**3  # bytes of all beats together
VIDEO = "segment.mp4"  # the data file of an entry

ALIKE = 4  # entries of a beat that are read at most to find one with the same pictures

_FORMAT = 6  # raise it when the meaning of an entry changes


@dataclass(frozen=True)
class _Record:
    beat: BeatRecord
    fingerprint: Fingerprint
    frames: int
    frame_rate: int
    pictures: Pictures
    begins: str | None
    ends: str | None


_RECORD = TypeAdapter(_Record)


@dataclass(frozen=True)
class OtherVersion:
    """An entry of a beat with the same request as another, and other code or another style."""

    _record: _Record
    video: bytes

    @property
    def pictures(self) -> Pictures | None:
        """The digests of its pictures, if all are known: the video is that of every beat that has them."""
        return None if None in self._record.pictures else self._record.pictures

    @property
    def begins(self) -> str | None:
        """The state of the chapter in which it began."""
        return self._record.begins

    def is_made_alike(self, fingerprint: Fingerprint) -> bool:
        """Whether its video is that of a beat with a fingerprint that begins in the same state."""
        return same_but_for_beats_before(self._record.fingerprint, fingerprint)

    def segment(self, beat: PlannedBeat, folder: Path) -> Segment:
        """Write it to a folder.

        Raises:
            OSError: it cannot be written.
        """
        return _written(self._record, self.video, beat, folder)


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
        record, video = entry
        return None if record.beat.id != beat.id else _written(record, video, beat, folder)

    def other_versions(self, fingerprint: Fingerprint) -> tuple[OtherVersion, ...]:
        """What there is of a beat that was drawn by other code or in another style; last used, first told.

        It was painted and encoded as it would be now.
        """
        found = list[OtherVersion]()
        for key in islice(self._store.keys(f"{_request_key(fingerprint)}-"), ALIKE):
            if (entry := self._store.load(key)) is None:
                continue
            record, video = entry
            if painting(record.fingerprint) == painting(fingerprint):
                found.append(OtherVersion(record, video))
        return tuple(found)

    def store(self, fingerprint: Fingerprint, segment: Segment) -> None:
        """Add or replace a beat."""
        (beat,) = segment.records
        shown = segment.frames, segment.frame_rate, segment.pictures, segment.begins, segment.ends
        record = _Record(beat, dict(fingerprint), *shown)
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


def _written(record: _Record, video: bytes, beat: PlannedBeat, folder: Path) -> Segment:
    path, said = folder / f"{beat.id}.mp4", replace(record.beat, narration=str(beat.sentence))
    path.write_bytes(video)
    shown = record.frames, record.frame_rate, (said,), record.pictures
    return Segment(said.chapter, path, *shown, begins=record.begins, ends=record.ends)


def _key(fingerprint: Fingerprint) -> str:
    return f"{_request_key(fingerprint)}-{digest([_FORMAT, dict(fingerprint)])}"


def _request_key(fingerprint: Fingerprint) -> str:
    return digest([_FORMAT, dict(request(fingerprint))])
