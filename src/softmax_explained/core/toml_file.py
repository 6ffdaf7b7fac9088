"""The small TOML files that users write: lessons, words, courses."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

LARGEST_FILE = 1_000_000
"""Bytes of the largest file that is read, 1 MB."""
DEEPEST = 32
"""The most parts of a dotted key: the parser takes time and memory that grow with their square."""
LARGEST_INTEGER = 2**63 - 1
"""The largest integer of TOML. Python would also take one of a million digits, and could not print it."""

_PART = rb"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+"""
_TOO_DEEP = re.compile(rb"(?<![A-Za-z0-9_-])(?:%s\.[ \t]*+){%d}" % (_PART, DEEPEST))


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
        ValueError: it is not UTF-8 or not TOML, or a key has more than 32 parts; the message names the line.
    """
    if deep := _TOO_DEEP.search(content):
        line = content.count(b"\n", 0, deep.start()) + 1
        raise ValueError(f"line {line} has a key of more than {DEEPEST} parts with dots between them")
    try:
        tables = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ValueError(f"line {line} is not UTF-8") from error
    except RecursionError as error:
        raise ValueError("this is not TOML: too many nested brackets") from error
    except ValueError as error:  # tomllib's own error, and int()'s for a number of thousands of digits
        last = content.count(b"\n") + 1
        fault = str(error).replace("at end of document", f"at the end, line {last}")
        raise ValueError(f"this is not TOML: {fault}") from error
    _check_integers(tables)
    return tables


def _check_integers(value: object) -> None:
    """Raise a ValueError if a value holds an integer that TOML does not have."""
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            _check_integers(each)
    elif isinstance(value, int) and not -LARGEST_INTEGER - 1 <= value <= LARGEST_INTEGER:
        raise ValueError("it has an integer of more than 64 bits")
