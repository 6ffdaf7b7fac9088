"""Lessons as files: TOML in, `Lesson` out, and an error that names the file for whatever does not fit."""

from __future__ import annotations

import tomllib
from importlib import resources
from os import PathLike
from pathlib import Path
from typing import Any

from softmax_explained.core.lesson.lesson import Lesson
from softmax_explained.core.lesson.validation import Key, Rules
from softmax_explained.errors import UsageError, did_you_mean

DEFAULT = "cat-dog-fox"
"""The lesson of the film."""

_ENDING = ".toml"
_NEURON = ("inputs", "weights", "biases")
"""What gives the scores W x + b; `logits` may stand in the place of all three."""
_IN_FILE = tuple(key for key in Key.of(Lesson) if key.name != "source")
_REQUIRED = tuple(key.name for key in _IN_FILE if key.required and key.name not in _NEURON)
_OPTIONAL = tuple(key.name for key in _IN_FILE if not key.required)
_KEYS = (*_REQUIRED, "logits", *_NEURON, *_OPTIONAL)
_LARGEST_FILE = 1_000_000


def load_lesson(path: str | PathLike[str]) -> Lesson:
    """Read a lesson from a TOML file.

    Its keys are the arguments of `Lesson`, except `source`. In place of `inputs`, `weights` and `biases` it
    may give the scores themselves as `logits`.

    Args:
        path: the file, UTF-8.

    Raises:
        LessonError: the file cannot be read, is not TOML, or breaks a rule of `Lesson`.
    """
    file = Path(path)
    where = "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in str(file))
    rules = Rules(where)
    try:
        if not file.exists():
            rules.refuse("", "there is no such file", "the path of a lesson file (.toml); check the spelling")
        if not file.is_file():
            kind = "a directory" if file.is_dir() else "not an ordinary file"
            rules.refuse("", f"this is {kind}", "the path of a lesson file (.toml)")
        with file.open("rb") as lesson:
            content = lesson.read(_LARGEST_FILE + 1)  # a file may hold more than its size says
        if len(content) > _LARGEST_FILE:
            rules.refuse("", "the file is larger than a megabyte", "a lesson: a few lines of TOML")
    except OSError as problem:
        rules.refuse("", f"the file cannot be read ({problem.strerror})", "a file that you may read")
    return read_lesson(content, where)


def find_lesson(asked: str, folder: Path = Path()) -> Lesson:
    """Read a lesson that comes with the film, by its name, or a lesson file, by its path.

    Args:
        asked: the name or the path.
        folder: where a relative path starts.

    Raises:
        UsageError: it is neither.
        LessonError: as `load_lesson` does.
    """
    known = shipped_lessons()
    if asked in known:
        return shipped_lesson(asked)
    is_name = Path(asked).name == asked and not Path(asked).suffix
    if is_name and asked not in {file.name for file in folder.iterdir()}:
        hint = f"{did_you_mean(asked, known)}lessons: {', '.join(known)}; or a file, such as my-lesson.toml"
        raise UsageError(f"no lesson {asked!r}", hint=hint)
    return load_lesson(folder / asked)


def default_lesson() -> Lesson:
    """Read the lesson of the film: cat, dog or fox, where the wrong class leads.

    >>> default_lesson().classes
    ('cat', 'dog', 'fox')
    """
    return shipped_lesson(DEFAULT)


def shipped_lessons() -> tuple[str, ...]:
    """Name the lessons that come with the film.

    >>> {"cat-dog-fox", "binary", "iris"} <= set(shipped_lessons())
    True
    """
    names = (file.name for file in resources.files("softmax_explained.assets").joinpath("lessons").iterdir())
    return tuple(sorted(name.removesuffix(_ENDING) for name in names if name.endswith(_ENDING)))


def shipped_lesson(name: str) -> Lesson:
    """Read a lesson that comes with the film.

    Args:
        name: one of `shipped_lessons`.

    Raises:
        KeyError: there is no such lesson.

    >>> shipped_lesson("iris").classes
    ('setosa', 'versicolor', 'virginica')
    """
    if name not in shipped_lessons():
        raise KeyError(name)
    file = resources.files("softmax_explained.assets").joinpath("lessons", f"{name}{_ENDING}")
    return read_lesson(file.read_bytes(), file.name)


def read_lesson(content: bytes, where: str) -> Lesson:
    """Build a lesson from the bytes of a TOML file.

    Args:
        content: TOML, UTF-8.
        where: what errors call the file.

    Raises:
        LessonError: not UTF-8, not TOML, a key missing or unknown, or a rule of `Lesson` broken.
    """
    rules = Rules(where)
    try:
        table = tomllib.loads(content.decode("utf-8-sig"))  # some editors begin a file with a mark
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        rules.refuse("", f"line {line} is not UTF-8", "text saved as UTF-8")
    except RecursionError:
        rules.refuse("", "this is not TOML: its brackets nest too deep", "lists of numbers, at most two deep")
    except ValueError as problem:  # tomllib's own error, and int()'s for a number of thousands of digits
        end = content.count(b"\n") + 1
        fault = str(problem).replace("at end of document", f"at the end, line {end}")
        rules.refuse("", f"this is not TOML: {fault}", "key = value lines; see https://toml.io")
    return _build(table, rules)


def _build(table: dict[str, Any], rules: Rules) -> Lesson:
    for key in table:
        if key not in _KEYS:
            rules.refuse(repr(key), "there is no such key", f"the keys {', '.join(_KEYS)}")
    given = [key for key in _NEURON if key in table]
    if "logits" in table and given:
        rules.refuse(
            "logits",
            f"given together with {', '.join(given)}",
            "either logits, or inputs, weights and biases",
        )
    if "logits" not in table and not given:
        rules.refuse(
            "logits", "neither logits nor weights are given", "logits, or inputs, weights and biases"
        )
    for key in (*_REQUIRED, *(() if "logits" in table else _NEURON)):
        if key not in table:
            rules.refuse(key, "this key is missing", f"a lesson with {key} = [...]")
    values = {key: value for key, value in table.items() if key != "logits"} | {"source": rules.where}
    return Lesson.from_logits(table["logits"], **values) if "logits" in table else Lesson(**values)
