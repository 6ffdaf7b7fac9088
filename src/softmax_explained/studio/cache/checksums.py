"""Checksums of values and files."""

from __future__ import annotations

import errno
import hashlib
import json
from io import BufferedReader
from pathlib import Path


def digest(value: object) -> str:
    """A 32-digit hexadecimal digest of any value that JSON can represent; equal values have equal digests."""
    text = json.dumps(value, sort_keys=True, default=dict)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def open_regular(file: Path) -> BufferedReader:
    """Open a file to read its bytes; a pipe or a device, which could make the reader wait, is refused.

    Raises:
        OSError: it cannot be read, or is no regular file.
    """
    if not file.is_file():
        raise OSError(errno.EINVAL, "no regular file", str(file))
    return file.open("rb")


def sha256(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal.

    Raises:
        OSError: it cannot be read.
    """
    with open_regular(file) as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def sha256_or_empty(file: Path) -> str:
    """The SHA-256 of a file, or an empty string, which matches no checksum, if it cannot be read."""
    try:
        return sha256(file)
    except (OSError, ValueError):
        return ""
