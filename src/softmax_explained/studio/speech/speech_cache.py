"""Speech that was synthesised before."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from softmax_explained.studio.cache.checksums import digest
from softmax_explained.studio.cache.fingerprint import versions
from softmax_explained.studio.cache.import_graph import hashes
from softmax_explained.studio.cache.store import Store, cache_folder
from softmax_explained.studio.speech.text.spoken_word import SpokenWord

Entry = tuple[NDArray[np.int16], tuple[tuple[float, float], ...]]
"""The samples of one channel, and the start and end of every spoken word in seconds."""

LARGEST = 2 * 1024**3  # bytes of all speech together: about a hundred films, so that a course is spoken once
SAMPLES = "samples.s16le"  # the data file of an entry

_FORMAT = 2  # raise it when the meaning of an entry changes

_CODE = tuple(
    f"softmax_explained.studio.speech.{module}"
    for module in (
        "text.english_phonemes",
        "hibari_voice",
        "kokoro_voice",
        "onnx_patch",
        "phrases",
        "trimming",
    )
)
_PACKAGES = "hibari-tts", "onnxruntime", "numpy"


@dataclass(frozen=True)
class _Record:
    spans: tuple[tuple[float, float], ...]


_RECORD = TypeAdapter(_Record)


class SpeechCache:
    """Speech by the hash of what is said and of the voice that says it."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or cache_folder() / "speech"
        self._store = Store(self.folder, SAMPLES, _RECORD, largest=LARGEST)

    def key(self, identity: str, words: tuple[SpokenWord, ...]) -> str:
        """The key of an entry: a hash of everything the sound depends on."""
        said = [(word.text, word.phonemes, word.pause) for word in words]
        return digest([_FORMAT, identity, dict(hashes(*_CODE)), versions(_PACKAGES), said])

    def load(self, key: str) -> Entry | None:
        """An entry, or None if it is missing or damaged."""
        if (entry := self._store.load(key)) is None:
            return None
        record, samples = entry
        return np.frombuffer(samples, "<i2").astype(np.int16), record.spans

    def store(self, key: str, audio: NDArray[np.int16], spans: tuple[tuple[float, float], ...]) -> None:
        """Add or replace an entry."""
        self._store.put(key, asdict(_Record(spans)), audio.astype("<i2").tobytes())
