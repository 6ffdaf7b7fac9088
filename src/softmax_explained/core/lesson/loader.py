"""Lessons from TOML files."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from os import PathLike
from pathlib import Path
from typing import Any

from softmax_explained.core.lesson.key import Key
from softmax_explained.core.lesson.lesson import Lesson
from softmax_explained.core.lesson.picture import Picture, is_beside
from softmax_explained.core.lesson.validation import Validator
from softmax_explained.core.toml_file import parse_toml, read_small_file
from softmax_explained.errors import UsageError, did_you_mean

DEFAULT = "cat-dog-fox"
"""The lesson of the film."""

_ENDING = ".toml"
_NEURON = ("inputs", "weights", "biases")
"""The keys that give the scores W x + b; `logits` may replace all three."""
_IN_FILE = tuple(key for key in Key.of(Lesson) if key.name != "source")
_REQUIRED = tuple(key.name for key in _IN_FILE if key.required and key.name not in _NEURON)
_OPTIONAL = tuple(key.name for key in _IN_FILE if not key.required)
_KEYS = (*_REQUIRED, "logits", *_NEURON, *_OPTIONAL)


def load_lesson(path: str | PathLike[str]) -> Lesson:
    """Read a lesson from a TOML file.

    Its keys are the arguments of `Lesson`, except `source`. Instead of `inputs`, `weights` and `biases` it
    may give the scores themselves as `logits`.

    Args:
        path: the file, UTF-8.

    Raises:
        LessonError: the file cannot be read, is not TOML, or does not hold a valid lesson.
    """
    file = Path(path)
    where = "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in str(file))
    try:
        content = read_small_file(file)
    except ValueError as error:
        Validator(where).refuse("", str(error), "the path of a lesson file (.toml) that you may read")
    return read_lesson(content, where, file.parent)


def find_lesson(asked: str, folder: Path = Path()) -> Lesson:
    """Read an included lesson by its name, or a lesson file by its path.

    Args:
        asked: the name or the path.
        folder: the folder that a relative path starts from.

    Raises:
        UsageError: it is neither.
        LessonError: as `load_lesson`.
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
    """List the names of the included lessons.

    >>> {"cat-dog-fox", "binary", "iris"} <= set(shipped_lessons())
    True
    """
    names = (file.name for file in resources.files("softmax_explained.assets").joinpath("lessons").iterdir())
    return tuple(sorted(name.removesuffix(_ENDING) for name in names if name.endswith(_ENDING)))


def shipped_lesson(name: str) -> Lesson:
    """Read an included lesson.

    Args:
        name: one of `shipped_lessons`.

    Raises:
        KeyError: there is no such lesson.

    >>> shipped_lesson("iris").classes
    ('setosa', 'versicolor', 'virginica')
    """
    if name not in shipped_lessons():
        raise KeyError(name)
    folder = resources.files("softmax_explained.assets").joinpath("lessons")
    file = folder.joinpath(f"{name}{_ENDING}")
    return read_lesson(file.read_bytes(), file.name, folder)


def read_lesson(content: bytes, where: str, folder: Traversable | None = None) -> Lesson:
    """Build a lesson from the bytes of a TOML file.

    Args:
        content: TOML, UTF-8.
        where: the name of the file in error messages.
        folder: the folder of the file, where its picture is; without it, a picture must be a data URI.

    Raises:
        LessonError: not UTF-8, not TOML, a key missing or unknown, or a value that `Lesson` refuses.
    """
    validator = Validator(where)
    try:
        table = parse_toml(content)
    except ValueError as error:
        validator.refuse("", str(error), "key = value lines in UTF-8; see https://toml.io")
    if "picture" in table:
        table["picture"] = _picture(table["picture"], folder, validator)
    return _build(table, validator)


def _picture(value: object, folder: Traversable | None, validator: Validator) -> Picture | None:
    """Read the picture that a file names; a picture with a wrong type is left to the lesson to refuse."""
    if not isinstance(value, str) or value.startswith("data:") or folder is None:
        return validator.picture("picture", value)
    if not is_beside(value):
        allowed = 'a file in the folder of the lesson or below, such as picture = "cat.svg"'
        validator.refuse("picture", repr(value), allowed)
    return validator.picture("picture", folder.joinpath(value))


def _build(table: dict[str, Any], validator: Validator) -> Lesson:
    either = "either logits, or inputs, weights and biases"
    for key in table:
        if key not in _KEYS:
            validator.refuse(repr(key), "there is no such key", f"the keys {', '.join(_KEYS)}")
    given = [key for key in _NEURON if key in table]
    if "logits" in table and given:
        validator.refuse("logits", f"given together with {', '.join(given)}", either)
    if "logits" not in table and not given:
        validator.refuse("logits", "neither logits nor weights are given", either)
    for key in (*_REQUIRED, *(() if "logits" in table else _NEURON)):
        if key not in table:
            validator.refuse(key, "this key is missing", f"a lesson with {key} = [...]")
    values = {key: value for key, value in table.items() if key != "logits"} | {"source": validator.where}
    return Lesson.from_logits(table["logits"], **values) if "logits" in table else Lesson(**values)
