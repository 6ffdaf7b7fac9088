"""What users typed, made fit to be printed: it moves no cursor, and no word of it fills the screen."""

from __future__ import annotations

import re
import sys
from pathlib import Path

LONGEST_WORD = 600
"""Characters of a word in a message; a longer one is cut in its middle."""

_KEPT = LONGEST_WORD // 2 - 1
_LONG = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")


def printable(text: str) -> str:
    r"""A text in which control characters are escaped and very long words are cut.

    >>> print(printable("no file '\x1b[2J\x9b1m'"))
    no file '\x1b[2J\x9b1m'
    >>> len(printable("k" * 5000))
    599
    """
    escaped = (sign if sign.isprintable() or sign == "\n" else ascii(sign)[1:-1] for sign in text)
    return _LONG.sub(lambda word: f"{word[0][:_KEPT]}…{word[0][-_KEPT:]}", "".join(escaped))


def echo_file(file: Path) -> None:
    """Print the name of a file that was written: as it is for a program, printable on a terminal."""
    sys.stdout.write(f"{printable(str(file)) if sys.stdout.isatty() else file}\n")
