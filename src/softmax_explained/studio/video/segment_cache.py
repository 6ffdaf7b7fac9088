"""Reels that were drawn before: a folder a reel. Delete any of it at any time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from softmax_explained.stage.scene.record import BeatRecord, MarkedMove, ShownFormula, ShownNumber
from softmax_explained.studio.cache.checksums import digest, opened, sealed, sha256
from softmax_explained.studio.cache.fingerprint import Fingerprint, changes
from softmax_explained.studio.cache.store import Store, cache_folder
from softmax_explained.studio.planning.plan import PlannedChapter
from softmax_explained.studio.video.segment import Segment

LARGEST = 4 * 1024**3
"""Bytes; the reels that were not used for longest are deleted when there are more."""

REEL, RECORD = "reel.mp4", "reel.json"

_FORMAT = 1  # raise it when an entry's meaning changes


class SegmentCache:
    """Reels by what they are made of.

    An entry is one folder that appears whole, by renaming. Reading checks the hashes of the picture and
    of the record: a damaged entry counts as none, and is made again.

    Args:
        folder: where they lie; made when first needed.
        largest: bytes that all of them together may take.
    """

    def __init__(self, folder: Path | None = None, *, largest: int = LARGEST) -> None:
        self.folder = folder or cache_folder() / "reels"
        self._shelf = Store(self.folder, largest=largest)

    def load(self, made_of: Fingerprint, chapter: PlannedChapter, folder: Path) -> Segment | None:
        """Fetch a reel.

        Args:
            made_of: all it depends on.
            chapter: what is said in it now, which need not be what was said when it was drawn.
            folder: the picture is copied into it, so that nobody can delete it while it is used.

        Returns:
            The reel, or nothing if there is none or it is damaged.
        """
        entry, path = self._shelf.entry(_key(made_of)), folder / f"{chapter.scene.name}.mp4"
        try:
            record = opened((entry / RECORD).read_bytes())
            shutil.copyfile(entry / REEL, path)
            if record["sha256"] != sha256(path):
                raise ValueError("a damaged picture")
            said = {beat.id: str(beat.sentence) for beat in chapter.beats}
            records = tuple(
                replace(_beat_record(each), narration=said[each["id"]]) for each in record["beats"]
            )
            reel = Segment(chapter.scene.name, path, record["frames"], record["frame_rate"], records)
        except (OSError, ValueError, KeyError, TypeError):
            path.unlink(missing_ok=True)
            return None
        self._shelf.used(_key(made_of))
        return reel

    def store(self, made_of: Fingerprint, reel: Segment) -> None:
        """Keep a reel. Without room for it, or permission, it is not kept, and nothing is lost."""
        record = {
            "chapter": reel.chapter,
            "made_of": dict(made_of),
            "sha256": sha256(reel.path),
            "frames": reel.frames,
            "frame_rate": reel.frame_rate,
            "beats": [asdict(each) for each in reel.records],
        }
        with suppress(OSError):
            self._shelf.put(_key(made_of), {REEL: reel.path, RECORD: sealed(record)})

    def why_not(self, made_of: Fingerprint, chapter: str) -> list[str]:
        """What differs from the kept reel of this chapter that differs least; nothing if none is kept."""
        others = self._fingerprints(chapter)
        return min((changes(known, made_of) for known in others), key=len, default=[])

    def _fingerprints(self, chapter: str) -> Iterator[Fingerprint]:
        for entry in self._shelf.entries():
            with suppress(OSError, ValueError):  # a damaged entry counts as none
                record = opened((entry / RECORD).read_bytes())
                if record["chapter"] == chapter:
                    yield record["made_of"]


def _key(made_of: Fingerprint) -> str:
    return f"reel-{digest([_FORMAT, dict(made_of)])}"


def _beat_record(entry: dict[str, Any]) -> BeatRecord:
    return BeatRecord(
        **entry
        | {
            "moves": tuple(MarkedMove(**move) for move in entry["moves"]),
            "numbers": tuple(ShownNumber(**number) for number in entry["numbers"]),
            "formulas": tuple(ShownFormula(**formula) for formula in entry["formulas"]),
            "words": tuple(entry["words"]),
        }
    )
