"""Column widths at which names fit without breaking inside words."""

import re
from collections.abc import Sequence

from softmax_explained.stage.design.writing_system import SIGNS
from softmax_explained.stage.text.text import MOST_LINES, Words

# Increment in Manim units of the search for a width, and the width beyond which a long word may be broken
STEP, LONGEST = 0.1, 2.4
_SIGN = re.compile(f"[{SIGNS}]")
# What stays on one line: a Han character, or a word of letters
_PIECE = re.compile(rf"[{SIGNS}]|[^\s{SIGNS}]+")


def fits_whole_words(names: Sequence[Words], width: float, lines: int) -> bool:
    """Whether all names fit when broken only between words.

    Args:
        names: not yet fitted.
        width: Manim units.
        lines: maximum number of lines per name.

    >>> fits_whole_words([Words("cat"), Words("automobile")], 2.0, 1)
    True
    >>> fits_whole_words([Words("automobile")], 1.0, 3)
    False
    """
    return _longest_piece(names) <= width and all(_lines(name, width) <= lines for name in names)


def min_width(names: Sequence[Words], *, lines: int = MOST_LINES, least: float = 0.0) -> float:
    """The smallest column width at which all names fit; only very long words are broken.

    Args:
        names: not yet fitted.
        lines: maximum number of lines per name.
        least: lower bound of the width, in Manim units.

    >>> narrow = min_width([name := Words("a name of several words")])
    >>> name.lines_in(narrow), name.lines_in(narrow - 2 * STEP) > 3
    (3, True)
    """
    longest = _longest_piece(names)
    count = Words.lines_in if longest > LONGEST else _lines
    width = max(least, min(LONGEST, longest))
    while any(count(name, width) > lines for name in names):
        width += STEP
    return width


def _lines(name: Words, width: float) -> int:
    """The number of lines a name needs when broken only between words, or between Han characters."""
    return name.lines_in(width, within_words=bool(_SIGN.search(name.text)))


def _longest_piece(names: Sequence[Words]) -> float:
    """Width of the widest unbreakable piece at the smallest size."""
    pieces = [piece for name in names for piece in _PIECE.findall(name.text)]
    return max((float(Words(piece, size="least", language="zh").width) for piece in pieces), default=0.0)
