"""Small changes to the sources of the film, as somebody makes them who works on it. Text in, text out."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

from softmax_explained.errors import UsageError

_RUN_TIME = re.compile(r"run_time=(\d+\.\d+)")
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


def other_code(source: str, beat: str) -> str:
    """Change the code of a beat, but not what it draws.

    Args:
        source: a chapter's file.
        beat: the name of one of its beats.
    """
    method, lines = _method(source, beat), source.splitlines(keepends=True)
    first = method.body[1 if ast.get_docstring(method) is not None else 0]
    lines.insert(first.lineno - 1, f"{' ' * first.col_offset}revised = True\n")
    return "".join(lines)


def other_picture(source: str, beat: str) -> str:
    """Make the first move of a beat shorter that has a run time.

    Args:
        source: a chapter's file.
        beat: the name of one of its beats.
    """
    method, lines = _method(source, beat), source.splitlines(keepends=True)
    for number in range(method.lineno - 1, method.end_lineno or method.lineno):
        if given := _RUN_TIME.search(lines[number]):
            shorter = f"run_time={float(given[1]) / 2:g}"
            lines[number] = lines[number][: given.start()] + shorter + lines[number][given.end() :]
            return "".join(lines)
    raise UsageError(f"{beat}: no move has a run time", hint="edit another beat")


def _method(source: str, name: str) -> ast.FunctionDef:
    (found,) = (
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and node.name == name
    )
    return found


def other_number(lesson: str) -> str:
    """Change the last input of a lesson.

    >>> other_number("inputs = [1, 2]\\nbiases = [0.4, 0.2]\\n")
    'inputs = [1, 2.1]\\nbiases = [0.4, 0.2]\\n'
    """
    inputs = re.search(r"^inputs = \[.*?([\d.]+)\]$", lesson, re.MULTILINE)
    assert inputs is not None
    return f"{lesson[: inputs.start(1)]}{float(inputs[1]) + 0.1:g}{lesson[inputs.end(1) :]}"


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
