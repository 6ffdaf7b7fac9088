"""Narration tracks that were mastered before: the limiter takes a second per twenty seconds of film."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pydantic import TypeAdapter

from softmax_explained.stage.scene.record import RequestedSound
from softmax_explained.studio.audio.mix import Clip, encoded_aac, narration_track
from softmax_explained.studio.audio.ticks import tick_track
from softmax_explained.studio.cache.checksums import digest
from softmax_explained.studio.cache.fingerprint import versions
from softmax_explained.studio.cache.import_graph import code_behind
from softmax_explained.studio.cache.store import Store, cache_folder

LARGEST = 1024**3  # bytes of all tracks together
TRACK = "track.mp4"  # the data file of an entry

_RECORD = TypeAdapter(dict[str, object])


class MixCache:
    """Encoded narration tracks by their speech clips."""

    def __init__(self, folder: Path | None = None) -> None:
        self._store = Store(folder or cache_folder() / "sound", TRACK, _RECORD, largest=LARGEST)

    def mastered(
        self, clips: tuple[Clip, ...], duration: float, sounds: tuple[RequestedSound, ...] = ()
    ) -> bytes:
        """The encoded track of a film, from the cache if it was made before.

        Args:
            clips: the narration.
            duration: seconds of the film.
            sounds: the ticks, in seconds of the film.

        Raises:
            FilmError: a clip does not fit, or the loudness cannot be reached.
        """
        key = _key(clips, duration, sounds)
        if (entry := self._store.load(key)) is not None:
            return entry[1]
        ticks = tick_track(sounds, duration) if sounds else None
        track = encoded_aac(narration_track(clips, duration), ticks)
        self._store.put(key, {}, track)
        return track


def _key(clips: tuple[Clip, ...], duration: float, sounds: tuple[RequestedSound, ...]) -> str:
    heard = [
        (clip.start, clip.speech.sample_rate, hashlib.sha256(clip.speech.audio.tobytes()).hexdigest())
        for clip in clips
    ]
    code = code_behind("softmax_explained.studio.audio.mix", "softmax_explained.studio.audio.ticks")
    ticks = [(sound.kind, sound.start) for sound in sounds]
    return digest([heard, ticks, duration, dict(code), versions(["av", "numpy"])])
