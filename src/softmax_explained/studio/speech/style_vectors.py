"""The style vectors of the Kokoro voices: installed once into the user's data folder, and checked there.

They are a part of the npm package ``kokoro-js`` by the author of the model, which has no other way of
distributing them. Only those of the voices that are offered are kept, with the licence.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from softmax_explained.errors import SpeechError
from softmax_explained.studio.cache.checksums import open_regular

STYLE_VECTORS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "af_heart": ("af_heart.bin", "d583ccff3cdca2f7fae535cb998ac07e9fcb90f09737b9a41fa2734ec44a8f0b"),
        "am_michael": ("am_michael.bin", "1d1f21dd8da39c30705cd4c75d039d265e9bc4a2a93ed09bc9e1b1225eb95ba1"),
        "xiaoxiao": ("zf_xiaoxiao.bin", "03adb5d5e3ddd88b047954e974e651cb0a4b524c985057e5d872e962c7be1169"),
        "yunxi": ("zm_yunxi.bin", "7243892fb4e560d47014090ddf010f8b8b790f3c6b029ff82b2ac06aa4e27c8b"),
    }
)
"""By voice: the file, and its SHA-256."""

SHAPE = 510, 1, 256  # a vector for every number of phonemes
BYTES = 4 * 510 * 256  # of each file

INSTALL = "run: softmax-explained voices install"  # what installs them


def data_folder() -> Path:
    """``$XDG_DATA_HOME/softmax-explained``, or the same below ``~/.local/share``."""
    given = Path(os.environ.get("XDG_DATA_HOME", ""))
    return (given if given.is_absolute() else Path.home() / ".local" / "share") / "softmax-explained"


def voices_folder() -> Path:
    """The folder of the style vectors; it may not exist."""
    return data_folder() / "voices"


def has_style_vector(voice: str) -> bool:
    """Whether the style vectors of a voice are installed, as far as the size of their file tells."""
    try:
        return (voices_folder() / STYLE_VECTORS[voice][0]).stat().st_size == BYTES
    except OSError:
        return False


def read_style_vectors(voice: str) -> bytes:
    """The style vectors of a voice: little-endian float32, (510, 1, 256), one for each number of phonemes.

    Raises:
        SpeechError: they are not installed, or damaged.
    """
    name, checksum = STYLE_VECTORS[voice]
    file = voices_folder() / name
    try:
        with open_regular(file) as opened:
            content = opened.read()
    except OSError as error:
        raise SpeechError(f"the voice {voice} is not installed: {error}", hint=INSTALL) from error
    if hashlib.sha256(content).hexdigest() != checksum:
        raise SpeechError(f"{file} is damaged", hint=INSTALL)
    return content
