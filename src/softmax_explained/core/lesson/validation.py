"""The checks of a lesson: each returns a clean value, or raises an error that says what is allowed."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn

import numpy as np

from softmax_explained.core.arrays import Array, read_only
from softmax_explained.core.lesson.picture import LARGEST, Picture
from softmax_explained.core.toml_file import read_small_file
from softmax_explained.errors import LessonError, did_you_mean

LIMIT = 1e6
"""The largest size of a number. Beyond it, rounding errors hide the differences between scores."""
EXACT_SUM = 1e-9
"""How far Σ y may be from 1 without being changed: room for the rounding errors of ten float64 numbers."""
ROUNDED_TARGET = 5.1e-5
"""How far each target may be rounded: to four printed digits, or to float32 and less. Then they are divided
by their sum."""
LONGEST_TEXT = 80
LONGEST_NAME = 40
"""Characters of a class name: longer ones do not fit into the pictures."""
LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Unicode categories of invisible characters: controls, bidirectional marks, unassigned codes."""
_JOINERS = frozenset("\u200c\u200d")  # also invisible, but Persian, Hindi and emoji need them
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and symbols whose glyphs are empty


@dataclass(frozen=True)
class Validator:
    """Checks the values of one lesson."""

    where: str  # the lesson's file name, or "lesson" if it was built in code; errors begin with it
    K: int = 0  # the number of classes
    M: int = 0  # the number of inputs
    classes: tuple[str, ...] = ()  # their names
    notes: list[str] = field(default_factory=list)  # what was changed, see `Lesson.notes`

    def refuse(self, key: str, found: str, allowed: str) -> NoReturn:
        """Raise an error for a key.

        Raises:
            LessonError: always.
        """
        raise LessonError(self.where, key, found, allowed)

    def number(self, key: str, value: object, at: str = "") -> float:
        """Check a finite number of at most a million in size; `at` says which entry of `key` it is."""
        of = f"{at} is " if at else ""
        value = _scalar(value)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.refuse(key, f"{of}{_quoted(value)}, {_kind(value)}", "numbers, such as 0.5 (no quotes)")
        if value != value or abs(value) == math.inf:
            self.refuse(key, f"{of}{value}", "finite numbers (no NaN, no infinity)")
        if abs(value) > LIMIT:
            reason = "beyond a million, rounding errors hide the differences between scores"
            self.refuse(key, f"{of}{_quoted(value)}", f"numbers from -1e6 to 1e6: {reason}")
        return float(value) + 0.0  # no −0

    def vector(self, key: str, value: object, length: int, reason: str) -> Array:
        """Check a vector, (length,); `reason` says where the length comes from."""
        entries = self._entries(key, value)
        allowed = f"{_count(length, 'number')}, {reason}"
        for n, each in enumerate(entries, 1):
            if _kind(each) == "a list":
                self.refuse(key, f"entry {n} is a list", allowed)
        if len(entries) != length:
            self.refuse(key, _count(len(entries), "number"), allowed)
        return read_only([self.number(key, each, f"entry {n}") for n, each in enumerate(entries, 1)])

    def per_class(self, key: str, value: object) -> Array:
        """Check a vector, (K,)."""
        return self.vector(key, value, self.K, "one per class")

    def matrix(self, key: str, value: object) -> Array:
        """Check a matrix, (K, M): one row per class, one column per input."""
        allowed = f"{self.K} rows of {_count(self.M, 'number')}: one row per class, one column per input"
        rows = self._entries(key, value)
        if len(rows) != self.K:
            self.refuse(key, _count(len(rows), "row"), allowed)
        clean = []
        for r, row in enumerate(rows, 1):
            entries = self._entries(key, row, f"row {r} is ")
            if len(entries) != self.M:
                self.refuse(key, f"row {r} has {_count(len(entries), 'number')}", allowed)
            clean.append(
                [self.number(key, each, f"entry {n} of row {r}") for n, each in enumerate(entries, 1)]
            )
        return read_only(clean)

    def distribution(self, key: str, value: object) -> Array:
        """Check a vector, (K,), without negative entries and with the sum 1; or a class, which is one-hot.

        Entries that were rounded are divided by their sum.
        """
        value = _scalar(value)
        if isinstance(value, str | int) and not isinstance(value, bool):
            return read_only(np.eye(self.K)[self._class(key, value)])
        shares = self.per_class(key, value)
        for n, y in enumerate(shares, 1):
            if y < 0:
                self.refuse(key, f"entry {n} is {y:g}", "numbers from 0 to 1: a target is a share")
        total = math.fsum(shares)
        if abs(total - 1) > ROUNDED_TARGET * self.K:
            allowed = "a sum of 1, up to rounding to four digits: the proof needs Σ y = 1"
            self.refuse(key, f"they sum to {total:.12g}", allowed)
        if abs(total - 1) <= EXACT_SUM:
            return shares
        self.notes.append(f"{self.where}: {key}: they sum to {total:.12g}, so each was divided by that")
        return read_only(shares / total)

    def _class(self, key: str, value: str | int) -> int:
        """Find a class by its number, counted from 0, or by its name."""
        if isinstance(value, int):
            if not 0 <= value < self.K:
                self.refuse(key, f"the class {_quoted(value)}", f"from 0 to {self.K - 1}, counted from 0")
            return value
        name = _composed(value)
        if name not in self.classes:
            found = f"the class {_quoted(value)}"
            allowed = f"{did_you_mean(name, self.classes)}one of {', '.join(self.classes)}"
            self.refuse(key, found, f"{allowed}; or {_count(self.K, 'number')}")
        return self.classes.index(name)

    def picture(self, key: str, value: object) -> Picture | None:
        """Check a picture: one that is checked, the path of a file, or a data URI."""
        allowed = (
            f"a PNG, or an SVG of plain shapes in plain colours, at most {LARGEST // 1_000_000} MB: "
            'picture = "cat.svg"'
        )
        if value is None or isinstance(value, Picture):
            return value
        if not isinstance(value, str | PathLike):
            self.refuse(key, f"{_quoted(value)}, {_kind(value)}", allowed)
        try:
            text = str(value)
            is_uri = text.startswith("data:")
            return Picture.of_data_uri(text) if is_uri else Picture(read_small_file(Path(text), LARGEST))
        except ValueError as error:
            self.refuse(key, f"{_quoted(str(value))}: {error}", allowed)

    def size(self, key: str, value: object, low: int, high: int, of: str) -> int:
        """Check that a list has from `low` to `high` entries, and return their number."""
        length = len(self._entries(key, value))
        if not low <= length <= high:
            self.refuse(key, _count(length, of), f"from {low} to {high}")
        return length

    def class_names(self, key: str, value: object) -> tuple[str, ...]:
        """Check K different names, and strip the space around them."""
        entries = self._entries(key, value)
        names = [self.text(key, each, f"name {n}", LONGEST_NAME) for n, each in enumerate(entries, 1)]
        if len(names) != self.K:
            self.refuse(key, _count(len(names), "name"), f"{_count(self.K, 'name')}, one per class")
        for n, name in enumerate(names):
            if (first := names.index(name)) < n:
                self.refuse(key, f"names {first + 1} and {n + 1} are both {_quoted(name)}", "different names")
        return tuple(names)

    def names(self, key: str, value: object) -> Mapping[str, tuple[str, ...]]:
        """Check class names by language tag: K different names each."""
        table = {} if value is None else value
        if not isinstance(table, Mapping):
            allowed = 'a table of languages, such as zh = ["猫", "狗"]'
            self.refuse(key, f"{_quoted(table)}, {_kind(table)}", allowed)
        for tag in table:
            if not isinstance(tag, str) or not LANGUAGE_TAG.fullmatch(tag):
                self.refuse(key, f"the language {_quoted(tag)}", "language tags such as en, zh or pt-BR")
        return MappingProxyType({tag: self.class_names(f"{key}.{tag}", each) for tag, each in table.items()})

    def text(self, key: str, value: object, at: str = "", longest: int = LONGEST_TEXT) -> str:
        """Check one line of visible text, and strip the space around it."""
        of = f"{at} is " if at else ""
        if not isinstance(value, str):
            self.refuse(key, f"{of}{_quoted(value)}, {_kind(value)}", 'text in quotes, such as "cat"')
        clean = _composed(value)
        if not any(unicodedata.category(letter)[0] in "LNPS" and letter not in _BLANK for letter in clean):
            self.refuse(key, f"{of}{_quoted(value)}, which shows nothing", "at least one visible character")
        for letter in clean:
            if unicodedata.category(letter) in _UNSEEN and letter not in _JOINERS:
                found = f"{of}{_quoted(value)}, with the character U+{ord(letter):04X}"
                self.refuse(key, found, "printable characters")
        if len(clean) > longest:
            self.refuse(key, f"{of}{len(clean)} characters long", f"at most {longest} characters")
        return clean

    def _entries(self, key: str, value: object, of: str = "") -> Sequence[object]:
        """Return the entries of a list; a string is not taken for a list of its letters."""
        if hasattr(value, "__array__") and not isinstance(value, np.generic):  # NumPy, pandas, JAX, PyTorch
            try:
                array = np.asarray(value)
            except (ValueError, TypeError, RuntimeError) as error:
                self.refuse(key, f"{of}{_kind(value)} that is no array ({error})", "a list, such as [1, 2]")
            if np.ma.is_masked(value):
                self.refuse(key, f"{of}an array with masked entries", "numbers without gaps")
            if array.ndim:
                return list(array)
        if isinstance(value, str | bytes) or not isinstance(value, Sequence):
            self.refuse(key, f"{of}{_quoted(value)}, {_kind(value)}", "a list, such as [1, 2]")
        return value


def _composed(text: str) -> str:
    """A text without space around it, and with one character for each letter with its accents."""
    return unicodedata.normalize("NFC", text.strip())


def _quoted(value: object) -> str:
    """Quote a value in at most 40 printable characters."""
    if isinstance(value, int) and abs(value) > 10**20:
        return f"an integer of {len(f'{abs(value):x}')} hexadecimal digits"
    quoted = repr(value) if isinstance(value, str) else ascii(value)
    return quoted if len(quoted) <= 40 else quoted[:37] + "..."


def _scalar(value: object) -> object:
    """The Python number of an array of one number without dimensions; anything else as it is."""
    if isinstance(value, np.datetime64 | np.timedelta64 | np.ma.core.MaskedConstant | str):
        return value
    if isinstance(value, np.generic):
        return value.item()
    is_array = hasattr(value, "__array__") and getattr(value, "ndim", None) == 0
    return np.asarray(value).item() if is_array else value


def _kind(value: object) -> str:
    for kind, name in ((bool, "a boolean"), (str, "text"), (int | float, "a number"), (Mapping, "a table")):
        if isinstance(value, kind):
            return name
    is_list = isinstance(value, Sequence) or bool(getattr(value, "ndim", 0))
    return "a list" if is_list and not isinstance(value, bytes) else f"a {type(value).__name__}"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
