"""How wide a column has to be for names, and whether they fit without a cut through a word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from softmax_explained.stage.text.text import MOST_LINES, Words

# Manim units by which a column is widened until names fit, and that one word may make it wide
STEP, LONGEST = 0.1, 2.4
_CHARACTER = re.compile(r"[\u2e80-\uffef]")

# What stays in one piece on a line: a Chinese character, a word of letters
_PIECE = re.compile(r"[\u2e80-\uffef]|[^\s\u2e80-\uffef]+")


def fits_whole_words(names: Sequence[Words], width: float, lines: int) -> bool:
    """Whether all names fit, broken between words only.

    Args:
        names: not yet fitted.
        width: Manim units.
        lines: at most so many each.

    >>> fits_whole_words([Words("cat"), Words("automobile")], 2.0, 1)
    True
    >>> fits_whole_words([Words("automobile")], 1.0, 3)
    False
    """
    return _longest_piece(names) <= width and all(_lines(name, width) <= lines for name in names)


def min_width(names: Sequence[Words], *, lines: int = MOST_LINES, least: float = 0.0) -> float:
    """The width of the min_width column that has room for all names; only very long words are cut in it.

    Args:
        names: not yet fitted.
        lines: at most so many each.
        least: Manim units that the column is wide in any case.

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
    """How many lines a name needs if it is broken between words only."""
    if name.lines_in(width) == 1 or _CHARACTER.search(name.text):
        return name.lines_in(width)
    lines = [""]
    for word in name.text.split():
        longer = f"{lines[-1]} {word}".strip()
        if Words(longer, size="least").width <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return len(lines)


def _longest_piece(names: Sequence[Words]) -> float:
    """The width of the widest piece that stays on one line, at the least size."""
    pieces = [piece for name in names for piece in _PIECE.findall(name.text)]
    return max((float(Words(piece, size="least", language="zh").width) for piece in pieces), default=0.0)
