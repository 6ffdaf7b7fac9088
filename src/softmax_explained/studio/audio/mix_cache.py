"""Narrations that were mastered before: the limiter takes a second for every twenty of the film."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

from softmax_explained.studio.audio.mix import Placed, Sound, encoded, narration
from softmax_explained.studio.cache.checksums import digest, opened, sealed
from softmax_explained.studio.cache.fingerprint import versions
from softmax_explained.studio.cache.import_graph import code_behind
from softmax_explained.studio.cache.store import Store, cache_folder

LARGEST = 1024**3
"""Bytes of all narrations together."""

SOUND, RECORD = "sound.mp4", "sound.json"


class MixCache:
    """Narrations by what is said and when.

    Args:
        folder: where they lie; made when first needed.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._shelf = Store(folder or cache_folder() / "sound", largest=LARGEST)

    def mastered(self, speeches: tuple[Placed, ...], duration: float) -> Sound:
        """The sound of a film: fetched, or made and kept.

        Args:
            speeches: in the order they are heard; all at one sample rate.
            duration: seconds of the film.

        Raises:
            FilmError: a speech does not fit, or the loudness cannot be reached.
        """
        key = _key(speeches, duration)
        if sound := self._load(key):
            self._shelf.used(key)
            return sound
        sound = encoded(narration(speeches, duration))
        record = {
            "sha256": hashlib.sha256(sound.file).hexdigest(),
            "loudness": sound.loudness,
            "peak": sound.peak,
        }
        with suppress(OSError):  # without room for it, or permission, it is not kept, and nothing is lost
            self._shelf.put(key, {SOUND: sound.file, RECORD: sealed(record)})
        return sound

    def _load(self, key: str) -> Sound | None:
        """The sound, or nothing if there is none or it is damaged."""
        entry = self._shelf.entry(key)
        try:
            file = (entry / SOUND).read_bytes()
            record = opened((entry / RECORD).read_bytes())
            if record["sha256"] != hashlib.sha256(file).hexdigest():
                return None
            return Sound(file, float(record["loudness"]), float(record["peak"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None


def _key(speeches: tuple[Placed, ...], duration: float) -> str:
    said = [
        (placed.start, placed.speech.sample_rate, hashlib.sha256(placed.speech.audio.tobytes()).hexdigest())
        for placed in speeches
    ]
    code = code_behind("softmax_explained.studio.audio.mix")
    return digest([said, duration, dict(code), versions(["av", "numpy"])])
