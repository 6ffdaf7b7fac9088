"""The checks of a lesson: each returns a clean value, or raises an error that says what is allowed."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any, Generic, NoReturn, TypeVar, cast

import numpy as np

from softmax_explained.core.arrays import Array, read_only
from softmax_explained.errors import LessonError

LIMIT = 1e6
"""The largest size of a number. Beyond it, rounding errors hide the differences between scores."""
SUM_TOLERANCE = 1e-9
"""How far Σ y may be from 1: room for the rounding errors of ten targets, but for no mistake."""
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

    def refuse(self, key: str, found: str, allowed: str) -> NoReturn:
        """Raise an error for a key.

        Raises:
            LessonError: always.
        """
        raise LessonError(self.where, key, found, allowed)

    def number(self, key: str, value: object, at: str = "") -> float:
        """Check a finite number of at most a million in size; `at` says which entry of `key` it is."""
        of = f"{at} is " if at else ""
        if isinstance(value, np.integer | np.floating):
            value = value.item()
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
        if len(entries) != length:
            self.refuse(key, _count(len(entries), "number"), f"{_count(length, 'number')}, {reason}")
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
        """Check a vector, (K,), without negative entries and with the sum 1."""
        shares = self.per_class(key, value)
        for n, y in enumerate(shares, 1):
            if y < 0:
                self.refuse(key, f"entry {n} is {y:g}", "numbers from 0 to 1: a target is a share")
        if abs((total := math.fsum(shares)) - 1) > SUM_TOLERANCE:
            self.refuse(key, f"they sum to {total:.12g}", "a sum of 1 (within 1e-9): the proof needs Σ y = 1")
        return shares

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
        clean = unicodedata.normalize("NFC", value.strip())
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
        if isinstance(value, np.ndarray) and value.ndim:
            return list(value)
        if isinstance(value, str | bytes) or not isinstance(value, Sequence):
            self.refuse(key, f"{of}{_quoted(value)}, {_kind(value)}", "a list, such as [1, 2]")
        return value


Given = TypeVar("Given", contravariant=True)
Held = TypeVar("Held", covariant=True)


class Key(Generic[Given, Held]):
    """A field of a lesson. Assigned what the user gave, of type `Given`; read as the checked value, a `Held`.

    Args:
        check: returns the checked value for the validator, the name of the field and the given value.
        default: the value for a lesson that does not give one; without it, the field is required.
        drawn: whether pictures depend on it, other than through the names of the classes.
    """

    def __init__(
        self, check: Callable[[Validator, str, Any], Held], *, default: Any = ..., drawn: bool = True
    ) -> None:
        self.check, self._default, self.drawn, self.required = check, default, drawn, default is ...

    @staticmethod
    def of(lesson: type[Any]) -> list[Key[Any, Any]]:
        """The keys of a lesson type, in the order of its fields."""
        return [vars(lesson)[field.name] for field in fields(lesson)]

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, lesson: object | None, owner: type | None = None) -> Held:
        if lesson is None:  # this is how a dataclass reads the default of a field
            if self.required:
                raise AttributeError(self.name)
            return cast(Held, self._default)
        return cast(Held, vars(lesson)[self.name])

    def __set__(self, lesson: object, value: Given) -> None:
        vars(lesson)[self.name] = value


def _quoted(value: object) -> str:
    """Quote a value in at most 40 printable characters."""
    if isinstance(value, int) and abs(value) > 10**20:
        return f"an integer of {len(f'{abs(value):x}')} hexadecimal digits"
    quoted = repr(value) if isinstance(value, str) else ascii(value)
    return quoted if len(quoted) <= 40 else quoted[:37] + "..."


def _kind(value: object) -> str:
    for kind, name in ((bool, "a boolean"), (str, "text"), (int | float, "a number"), (Mapping, "a table")):
        if isinstance(value, kind):
            return name
    return "a list" if isinstance(value, Sequence | np.ndarray) else f"a {type(value).__name__}"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
