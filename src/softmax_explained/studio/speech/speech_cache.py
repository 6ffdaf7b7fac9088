"""Speech that was made before: a folder a key, with ``speech.wav`` and ``words.json``. Delete it at will."""

from __future__ import annotations

import hashlib
import io
import wave
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from softmax_explained.studio.cache.checksums import digest, opened, sealed
from softmax_explained.studio.cache.fingerprint import versions
from softmax_explained.studio.cache.import_graph import hashes
from softmax_explained.studio.cache.store import Store, cache_folder
from softmax_explained.studio.speech.text_normalization import SpokenWord

Entry = tuple[NDArray[np.int16], int, tuple[tuple[float, float], ...]]
"""Samples, samples a second, and the span of every spoken word in seconds."""

LARGEST = 2 * 1024**3
"""Bytes of all speeches together: those of a hundred films, so that a course is spoken once."""

_FORMAT = 1  # raise it when an entry's meaning changes

_MAKERS = tuple(
    f"softmax_explained.studio.speech.{module}" for module in ("hibari_voice", "onnx_patch", "speech")
)
_PACKAGES = "hibari-tts", "onnxruntime", "numpy"


class SpeechCache:
    """Entries by the hash of what was said and who said it.

    Args:
        folder: where they lie; made when first needed.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or cache_folder() / "speech"
        self._shelf = Store(self.folder, largest=LARGEST)

    def key(self, identity: str, words: tuple[SpokenWord, ...]) -> str:
        """The name of an entry: everything the sound depends on, hashed."""
        said = [(word.text, word.phonemes, word.pause) for word in words]
        return digest([_FORMAT, identity, dict(hashes(*_MAKERS)), versions(_PACKAGES), said])

    def load(self, key: str) -> Entry | None:
        """The entry, or nothing if there is none or it is damaged; then it is made again."""
        folder = self._shelf.entry(key)
        try:
            sound = (folder / "speech.wav").read_bytes()
            record = opened((folder / "words.json").read_bytes())
            if record["sha256"] != hashlib.sha256(sound).hexdigest():
                return None
            spans = tuple((float(start), float(end)) for start, end in record["spans"])
            with wave.open(io.BytesIO(sound)) as file:
                audio = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.int16)
                rate = file.getframerate()
        except (OSError, ValueError, KeyError, TypeError, EOFError, wave.Error):
            return None
        self._shelf.used(key)
        return audio, rate, spans

    def store(
        self, key: str, audio: NDArray[np.int16], rate: int, spans: tuple[tuple[float, float], ...]
    ) -> None:
        """Keep an entry. Without room for it, or permission, it is not kept, and nothing is lost."""
        buffer = io.BytesIO()
        with wave.open(buffer, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(rate)
            file.writeframes(audio.astype("<i2").tobytes())
        record = {"sha256": hashlib.sha256(buffer.getvalue()).hexdigest(), "spans": spans}
        with suppress(OSError):
            self._shelf.put(key, {"speech.wav": buffer.getvalue(), "words.json": sealed(record)})
