"""Checksums of values and files."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path


def digest(value: object) -> str:
    """A 32-digit hexadecimal digest of any value that JSON can represent; equal values have equal digests."""
    text = json.dumps(value, sort_keys=True, default=dict)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def sha256(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal.

    Raises:
        OSError: it cannot be read.
    """
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def sha256_or_empty(file: Path) -> str:
    """The SHA-256 of a file, or an empty string, which matches no checksum, if it cannot be read."""
    try:
        return sha256(file)
    except (OSError, ValueError):
        return ""
