"""The small TOML files that users write: lessons, words, courses."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

LARGEST_FILE = 1_000_000
"""Bytes of the largest file that is read, 1 MB."""


def read_small_file(file: Path, largest: int = LARGEST_FILE) -> bytes:
    """Read a file of at most so many bytes, by default 1 MB.

    Raises:
        ValueError: it cannot be read; the message says why.
    """
    try:
        if not file.exists():
            raise ValueError("there is no such file")
        if not file.is_file():
            raise ValueError("this is a directory" if file.is_dir() else "this is not a regular file")
        with file.open("rb") as opened:
            content = opened.read(largest + 1)  # the size that the file system reports may be wrong
    except OSError as error:
        raise ValueError(f"the file cannot be read ({error.strerror})") from error
    if len(content) > largest:
        raise ValueError(f"the file is larger than {largest // 1_000_000} MB")
    return content


def parse_toml(content: bytes) -> dict[str, Any]:
    """Parse the bytes of a TOML file, UTF-8 with or without a byte order mark.

    Raises:
        ValueError: it is not UTF-8 or not TOML; the message names the line.
    """
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ValueError(f"line {line} is not UTF-8") from error
    except RecursionError as error:
        raise ValueError("this is not TOML: too many nested brackets") from error
    except ValueError as error:  # tomllib's own error, and int()'s for a number of thousands of digits
        last = content.count(b"\n") + 1
        fault = str(error).replace("at end of document", f"at the end, line {last}")
        raise ValueError(f"this is not TOML: {fault}") from error
