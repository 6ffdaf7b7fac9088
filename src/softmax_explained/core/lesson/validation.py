"""What a lesson may hold: each rule returns one raw value clean, or says what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Generic, NoReturn, TypeVar, cast

import numpy as np

from softmax_explained.core.arrays import Array, read_only
from softmax_explained.errors import LessonError

LIMIT = 1e6
"""Larger than any score, weight or input worth teaching."""
LONGEST_TEXT = 80
LONGEST_NAME = 40
"""Characters of a class's name: more has no room in a picture."""
_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Unicode's categories of what has no shape of its own: controls, what turns text round, unassigned codes."""
_JOINERS = frozenset("\u200c\u200d")  # also without a shape, but Persian, Hindi and emoji are spelt with them
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and signs by name, and nothing to the eye


@dataclass(frozen=True)
class Rules:
    """The rules, told on behalf of one lesson, so that every complaint can name where it comes from.

    Args:
        where: the lesson's file name, or "lesson" when it was built in code.
    """

    where: str

    def refuse(self, key: str, found: str, allowed: str) -> NoReturn:
        """Say what is wrong with a key and what is allowed instead.

        Raises:
            LessonError: always.
        """
        raise LessonError(self.where, key, found, allowed)

    def number(self, key: str, value: object, at: str = "") -> float:
        """Pass one finite number of at most a million in size; `at` says which entry of `key` it is."""
        of = f"{at} is " if at else ""
        if isinstance(value, np.integer | np.floating):
            value = value.item()
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.refuse(key, f"{of}{_shown(value)}, {_kind(value)}", "numbers, such as 0.5 (no quotes)")
        if value != value or abs(value) == float("inf"):
            self.refuse(key, f"{of}{value}", "finite numbers (no NaN, no infinity)")
        if abs(value) > LIMIT:
            reason = "beyond a million rounding eats the differences between scores that softmax lives on"
            self.refuse(key, f"{of}{_shown(value)}", f"numbers from -1e6 to 1e6: {reason}")
        return float(value)

    def vector(self, key: str, value: object, length: int, reason: str) -> Array:
        """Pass a vector, (length,), read-only; `reason` says where the length comes from."""
        entries = self._entries(key, value, "")
        if len(entries) != length:
            self.refuse(key, f"{_count(len(entries), 'number')}", f"{_count(length, 'number')}, {reason}")
        return read_only([self.number(key, each, f"entry {n}") for n, each in enumerate(entries, 1)])

    def matrix(self, key: str, value: object, rows: int, columns: int) -> Array:
        """Pass a matrix, (rows, columns), read-only: one row per class, one column per input."""
        allowed = f"{rows} rows of {_count(columns, 'number')}: one row per class, one column per input"
        lines = self._entries(key, value, "")
        if len(lines) != rows:
            self.refuse(key, _count(len(lines), "row"), allowed)
        clean = []
        for row, line in enumerate(lines, 1):
            entries = self._entries(key, line, f"row {row} is ")
            if len(entries) != columns:
                self.refuse(key, f"row {row} has {_count(len(entries), 'number')}", allowed)
            clean.append(
                [self.number(key, each, f"entry {n} of row {row}") for n, each in enumerate(entries, 1)]
            )
        return read_only(clean)

    def size(self, key: str, value: object, low: int, high: int, of: str) -> int:
        """Count a list that has to have from `low` to `high` entries."""
        length = len(self._entries(key, value, ""))
        if not low <= length <= high:
            self.refuse(key, _count(length, of), f"from {low} to {high}")
        return length

    def class_names(self, key: str, value: object, count: int) -> tuple[str, ...]:
        """Pass `count` different names, stripped of the space around them."""
        names = [
            self.text(key, each, f"name {n}", longest=LONGEST_NAME)
            for n, each in enumerate(self._entries(key, value, ""), 1)
        ]
        if len(names) != count:
            self.refuse(key, _count(len(names), "name"), f"{_count(count, 'name')}, one per class")
        for n, name in enumerate(names):
            if name in names[:n]:
                self.refuse(
                    key,
                    f"names {names.index(name) + 1} and {n + 1} are both {_shown(name)}",
                    "different names",
                )
        return tuple(names)

    def names(self, value: object, count: int) -> dict[str, tuple[str, ...]]:
        """Pass class names by language: each a list of `count` different names."""
        if not isinstance(value, Mapping):
            self.refuse(
                "names", f"{_shown(value)}, {_kind(value)}", 'a table of languages, such as zh = ["猫", "狗"]'
            )
        for tag in value:
            if not isinstance(tag, str) or not _TAG.fullmatch(tag):
                self.refuse("names", f"the language {_shown(tag)}", "language tags such as en, zh or pt-BR")
        return {tag: self.class_names(f"names.{tag}", each, count) for tag, each in value.items()}

    def text(self, key: str, value: object, at: str = "", longest: int = LONGEST_TEXT) -> str:
        """Pass one line of text that can be seen, without the space around it."""
        of = f"{at} is " if at else ""
        if not isinstance(value, str):
            self.refuse(key, f"{of}{_shown(value)}, {_kind(value)}", 'text in quotes, such as "cat"')
        clean = unicodedata.normalize("NFC", value.strip())
        if not any(unicodedata.category(letter)[0] in "LNPS" and letter not in _BLANK for letter in clean):
            self.refuse(
                key, f"{of}{_shown(value)}, which shows nothing", "at least one letter, digit or sign"
            )
        for letter in clean:
            if unicodedata.category(letter) in _UNSEEN and letter not in _JOINERS:
                self.refuse(
                    key, f"{of}{_shown(value)}, with the character U+{ord(letter):04X}", "letters that print"
                )
        if len(clean) > longest:
            self.refuse(key, f"{of}{len(clean)} characters long", f"at most {longest} characters")
        return clean

    def _entries(self, key: str, value: object, of: str) -> Sequence[object]:
        """List the entries of a list; a string is not a list of its letters here."""
        if isinstance(value, np.ndarray) and value.ndim:
            return list(value)
        if isinstance(value, str | bytes) or not isinstance(value, Sequence):
            self.refuse(key, f"{of}{_shown(value)}, {_kind(value)}", "a list, such as [1, 2]")
        return value


Given = TypeVar("Given", contravariant=True)
Held = TypeVar("Held", covariant=True)


class Key(Generic[Given, Held]):
    """A field of a lesson: it takes what a user gives, and holds it once it is checked.

    A descriptor, so that the constructor of the dataclass accepts one type and the attribute has another.

    Args:
        check: returns the clean value, or refuses; it gets the rules, the key, the value, K and M.
        default: what a lesson has that does not give it; without one the key must be given.
        drawn: whether pictures depend on it, apart from the names of the classes.
    """

    def __init__(
        self,
        check: Callable[[Rules, str, Any, int, int], Held],
        *,
        default: Any = ...,
        drawn: bool = True,
    ) -> None:
        self._check, self._default, self.drawn = check, default, drawn

    @property
    def required(self) -> bool:
        """Whether every lesson has to give it."""
        return self._default is ...

    @staticmethod
    def of(lesson: type[Any]) -> list[Key[Any, Any]]:
        """The keys of a lesson type, in the order of its fields."""
        return [vars(lesson)[field.name] for field in fields(lesson)]

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, lesson: object | None, owner: type | None = None) -> Held:
        if lesson is None:  # the dataclass asks for its default
            if self.required:
                raise AttributeError(self.name)
            return cast(Held, self._default)
        return cast(Held, vars(lesson)[self.name])

    def __set__(self, lesson: object, value: Given) -> None:
        vars(lesson)[self.name] = value

    def check(self, lesson: object, rules: Rules, K: int, M: int) -> None:
        """Put the clean value in the place of the given one."""
        vars(lesson)[self.name] = self._check(rules, self.name, vars(lesson)[self.name], K, M)


def _shown(value: object) -> str:
    """Quote a value so that nothing in it can move the cursor, and it stays short."""
    if isinstance(value, int) and abs(value) > LIMIT:
        return (
            f"a whole number of {len(f'{abs(value):x}')} hexadecimal digits"
            if abs(value) > 10**20
            else str(value)
        )
    quoted = ascii(value) if not isinstance(value, str) else repr(value)
    return quoted if len(quoted) <= 40 else quoted[:37] + "..."


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "a truth value"
    if isinstance(value, str):
        return "text"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, Mapping):
        return "a table"
    return "a list" if isinstance(value, Sequence | np.ndarray) else f"a {type(value).__name__}"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
