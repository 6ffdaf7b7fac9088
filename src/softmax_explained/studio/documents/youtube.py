"""The title and the description of a film for YouTube, with chapters in the form that it makes links of.

Rules: a title has at most 100 characters and a description 5000 bytes, both without < and > (YouTube Data
API, "Videos", `snippet.title` and `snippet.description`); the first chapter begins at 0:00, there are at
least three, in order of time, and each lasts at least 10 seconds (YouTube Help, "Add video chapters").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from softmax_explained.stage.narration.sentence import subscripted
from softmax_explained.studio.documents.plain_text import clock, labelled, one_line
from softmax_explained.studio.video.mux import ChapterMark

TITLE = 100
"""Most characters of a title."""
DESCRIPTION = 5000
"""Most bytes of a description, in UTF-8."""
CHAPTER_TITLE = 49
"""Most characters of the title of a chapter: longer ones are cut in the player."""
FEWEST, SHORTEST = 3, 10
"""Least number of chapters, and the least seconds that each lasts."""

_PARAGRAPH = 300
"""Least bytes that each paragraph above the chapters may take; chapters that leave less are left out."""
_BRACKETS = str.maketrans({"<": "‹", ">": "›"})
_TIME = re.compile(r"(?<=\d):(?=\d)")
_SYMBOL = re.compile(r"[^\W_]′?_[ijkm]\b")


@dataclass(frozen=True)
class Description:
    """What stands in the description; each part may be empty."""

    about: str  # what the film explains
    classes: str  # the heading of the names of the classes
    names: tuple[str, ...]  # the classes, in the language of the film
    result: str  # the heading of the formula
    formula: str  # as plain text
    made: str  # how the film was made


def youtube_text(title: str, description: Description, marks: Sequence[ChapterMark], duration: float) -> str:
    """The title, an empty line, and the description.

    Args:
        title: of the film.
        description: what it says above the chapters.
        marks: the chapters, in order, times in seconds.
        duration: of the film, in seconds.

    >>> starts = {"One": 0, "Two": 12, "Three": 61}
    >>> marks = [ChapterMark(title, title, start, 0) for title, start in starts.items()]
    >>> parts = Description("", "Classes", ("cat", "<b>"), "Result", "a_i − y_i", "")
    >>> print(youtube_text("Softmax", parts, marks, 90.0))
    Softmax
    <BLANKLINE>
    Classes: cat · ‹b›
    <BLANKLINE>
    Result: aᵢ − yᵢ
    <BLANKLINE>
    0:00 One
    0:12 Two
    1:01 Three
    <BLANKLINE>
    """
    names = " · ".join(map(one_line, description.names))
    paragraphs = [
        description.about,
        labelled(description.classes, names) if names else "",
        labelled(description.result, with_subscripts(description.formula)) if description.formula else "",
        description.made,
    ]
    chapters = "\n".join(f"{clock(start)} {name}" for start, name in long_chapters(marks, duration))
    if _room(chapters, len(paragraphs)) < _PARAGRAPH:
        chapters = ""
    most = _room(chapters, len(paragraphs))
    above = [cut(_plain(each), most, in_bytes=True) for each in paragraphs]
    text = "\n\n".join(part for part in (*above, chapters) if part)
    return f"{cut(_plain(title), TITLE)}\n\n{text}\n"


def _room(chapters: str, paragraphs: int) -> int:
    """Bytes for each paragraph with an empty line behind it."""
    return (DESCRIPTION - len(chapters.encode())) // paragraphs - len("\n\n")


def long_chapters(marks: Sequence[ChapterMark], duration: float) -> tuple[tuple[int, str], ...]:
    """The chapters that a player links: their starts in whole seconds, and their titles.

    A shorter one belongs to the one before. If the first is short, it takes in what follows until it is long
    enough, and has the title of the longest of these.

    Args:
        marks: all chapters, in order, times in seconds.
        duration: of the film, in seconds.

    Returns:
        None at all if there are fewer than three: then YouTube would make no links of them.

    >>> marks = [ChapterMark(title, title, start, 0) for title, start in (("A", 0), ("B", 30), ("C", 35))]
    >>> long_chapters([*marks, ChapterMark("D", "D", 50, 0)], 70.0)
    ((0, 'A'), (35, 'C'), (50, 'D'))
    >>> long_chapters(marks, 70.0)
    ()
    """
    ends = [*(int(mark.start) for mark in marks[1:]), int(duration)]
    kept, longest = list[tuple[int, str]](), 0
    for mark, end in zip(marks, ends, strict=False):
        start, title = int(mark.start), cut(_plain(mark.title), CHAPTER_TITLE)
        if not kept:
            kept, longest = [(0, title)], end
        elif start - kept[-1][0] < SHORTEST:  # only the first one can have been short
            if end - start > longest:
                kept, longest = [(0, title)], end - start
        elif end - start >= SHORTEST:
            kept.append((start, title))
    return tuple(kept) if len(kept) >= FEWEST else ()


def cut(text: str, most: int, *, in_bytes: bool = False) -> str:
    """A text of at most so many characters, or bytes of UTF-8; a longer one ends at a word with ….

    >>> cut("prediction minus target", 17), cut("交叉熵的梯度", 4)
    ('prediction minus…', '交叉熵…')
    """

    def size(part: str) -> int:
        return len(part.encode()) if in_bytes else len(part)

    if size(text) <= most:
        return text
    room = most - size("…")
    start = text.encode()[:room].decode(errors="ignore") if in_bytes else text[:room]
    words = start if text[len(start)] == " " else start.rpartition(" ")[0]
    # A text without spaces, or one of very long words, is cut anywhere.
    return f"{(words if 2 * len(words) > len(start) else start).rstrip()}…"


def with_subscripts(formula: str) -> str:
    """A formula in plain text with the indices of its letters as small letters.

    >>> with_subscripts("∂C/∂z_i = a_i − y_i")
    '∂C/∂zᵢ = aᵢ − yᵢ'
    """
    return _SYMBOL.sub(lambda found: subscripted(found[0]), formula)


def _plain(text: str) -> str:
    """One line without angle brackets; 1:30 in a title is no time of a chapter."""
    return _TIME.sub("∶", one_line(text).translate(_BRACKETS))
