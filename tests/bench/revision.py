"""Small changes to the sources of the film, as somebody makes them who works on it. Text in, text out."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

_WORD = re.compile(r"\{[^}]*\}|`[^`]*`|(?<!\w)(?P<plain>[a-z]{4,})(?!\w)")
"""A part with a mark or a quantity, a symbol, or a plain word, which may be changed."""


def other_word(words: str, beat: str) -> str:
    """Put a word of a sentence in another way: as many words, so the reading time stays.

    Args:
        words: a words file.
        beat: the id of a beat in it, ``neuron.score``.

    >>> other_word('[neuron.score]\\nsay = "{a|Add} every product."\\n', "neuron.score")
    '[neuron.score]\\nsay = "{a|Add} eevry product."\\n'
    """
    return _changed(words, beat, _misspelt)


def more_words(words: str, beat: str) -> str:
    """Make a sentence longer: everything after the new word is said later.

    >>> more_words('[neuron.score]\\nsay = "{a|Add} every product."\\n', "neuron.score")
    '[neuron.score]\\nsay = "{a|Add} every every product."\\n'
    """
    return _changed(words, beat, lambda word: f"{word} {word}")


def other_picture(source: str, beat: str) -> str:
    """Change the code of a beat. What it draws stays, but nobody can know that who does not draw it.

    Args:
        source: a chapter's file.
        beat: the name of one of its beats.
    """
    (method,) = (
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and node.name == beat
    )
    first = method.body[1 if ast.get_docstring(method) is not None else 0]
    lines = source.splitlines(keepends=True)
    lines.insert(first.lineno - 1, " " * first.col_offset + "revised = True\n")
    return "".join(lines)


def _changed(words: str, beat: str, change: Callable[[str], str]) -> str:
    header = words.index(f"[{beat}]\n")
    start = words.index('\nsay = "', header) + len('\nsay = "')
    end = words.index("\n", start)
    plain = next(found for found in _WORD.finditer(words, start, end) if found["plain"])
    return words[: plain.start()] + change(plain["plain"]) + words[plain.end() :]


def _misspelt(word: str) -> str:
    """Two letters of it change places, so that it is another word of the same length."""
    place = next(place for place in range(1, len(word) - 1) if word[place] != word[place + 1])
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
