"""Records that tell when a byte of them was changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_SEAL = "seal"


def digest(value: object) -> str:
    """A short name for any value that JSON can write; equal values have equal names."""
    text = json.dumps(value, sort_keys=True, default=dict)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def sealed(record: Mapping[str, object]) -> bytes:
    """A record as a JSON file with a digest of itself in it.

    >>> opened(sealed({"frames": 30}))
    {'frames': 30}
    """
    return json.dumps({**record, _SEAL: digest(record)}).encode()


def opened(content: bytes) -> dict[str, Any]:
    """The record in such a file.

    Raises:
        ValueError: it is not as it was written.

    >>> opened(sealed({"frames": 30}).replace(b"30", b"31"))
    Traceback (most recent call last):
        ...
    ValueError: a damaged record
    """
    record = json.loads(content)
    if not isinstance(record, dict) or record.pop(_SEAL, None) != digest(record):
        raise ValueError("a damaged record")
    return record


def sha256(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal.

    Raises:
        OSError: it cannot be read.
    """
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def sum_of(file: Path) -> str:
    """The SHA-256 of a file; nothing if it cannot be read, which is the sum of no file."""
    try:
        return sha256(file)
    except (OSError, ValueError):
        return ""
