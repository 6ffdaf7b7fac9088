"""Reading speed and caption sizes of a language, from the table ``[reading]`` of its words file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from softmax_explained.errors import WordsError


@dataclass(frozen=True)
class Reading:
    """The optional table ``[reading]`` of a words file; see `writing_system` for the defaults."""

    words_per_minute: float | None = None  # reading speed of a silent film; the default is in ``style.toml``
    characters_per_minute: float | None = None  # the same for Han characters and kana
    caption_characters: int | None = None  # maximum length of a caption line
    caption_rate: float | None = None  # maximum characters per second of a caption
    unbroken: tuple[str, ...] = ()  # terms that are one word, for texts without spaces

    @classmethod
    def of(cls, table: object, where: str) -> Reading:
        """Read the table, or the defaults if it is None; `where` names it in error messages.

        Raises:
            WordsError: an unknown key, or a value of the wrong type or out of range.

        >>> Reading.of({"caption_characters": 13, "unbroken": ["猫"]}, "words/ja.toml: [reading]")
        Reading(words_per_minute=None, ..., caption_characters=13, caption_rate=None, unbroken=('猫',))
        """
        if table is None:
            return cls()
        if not isinstance(table, Mapping):
            raise WordsError(f"{where} is not a table", hint=f"allowed keys: {', '.join(KEYS)}")
        given: dict[str, Any] = {}
        for key, value in table.items():
            if key not in KEYS:
                raise WordsError(f"{where}: unknown key {key!r}", hint=f"allowed keys: {', '.join(KEYS)}")
            given[key] = _words(value, where) if key == "unbroken" else _number(key, value, where)
        return cls(**given)


KEYS = tuple(field.name for field in fields(Reading))  # the keys of the table


def _number(key: str, value: object, where: str) -> float:
    whole = key == "caption_characters"
    fits = isinstance(value, int if whole else int | float) and not isinstance(value, bool)
    if not fits or not 1 <= value <= 1000:  # type: ignore[operator]
        kind = "a whole number" if whole else "a number"
        raise WordsError(f"{where}: {key} = {value!r}", hint=f"{kind} from 1 to 1000")
    return value  # type: ignore[return-value]


def _words(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
        raise WordsError(f"{where}: unbroken = {value!r}", hint='a list of words, such as ["神经元", "得分"]')
    return tuple(word.strip() for word in value)
