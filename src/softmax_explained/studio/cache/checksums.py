"""Records that tell when a byte of them was changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from softmax_explained.studio.cache.fingerprint import digest

_SEAL = "seal"


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
