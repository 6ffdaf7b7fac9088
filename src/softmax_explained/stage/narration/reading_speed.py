"""How fast people read a language, where its words file says so itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from softmax_explained.errors import WordsError


@dataclass(frozen=True)
class Reading:
    """The table ``[reading]`` of a words file.

    All of it is optional: what is left out has a default for texts written in words and one for texts written
    in signs, see `writing`.

    Attributes:
        words_a_minute: of a film without a voice; ``style.toml`` has the default.
        characters_a_minute: the same for Han characters and kana.
        caption_characters: in a line of a caption.
        caption_rate: characters a second that people can read in a caption.
        unbroken: words that captions keep whole; a text without blanks does not say where its words end.
    """

    words_a_minute: float | None = None
    characters_a_minute: float | None = None
    caption_characters: int | None = None
    caption_rate: float | None = None
    unbroken: tuple[str, ...] = ()

    @classmethod
    def of(cls, table: object, where: str) -> Reading:
        """Read the table.

        Args:
            table: as it stands in the words file; nothing if it is not there.
            where: what errors call the table.

        Raises:
            WordsError: an unknown key, or a value that is no such number or list.

        >>> Reading.of({"caption_characters": 13, "unbroken": ["猫"]}, "words/ja.toml: [reading]")
        Reading(words_a_minute=None, ..., caption_characters=13, caption_rate=None, unbroken=('猫',))
        """
        if table is None:
            return cls()
        if not isinstance(table, Mapping):
            raise WordsError(f"{where} is no table", hint=f"its keys: {', '.join(KEYS)}")
        given: dict[str, Any] = {}
        for key, value in table.items():
            if key not in KEYS:
                raise WordsError(f"{where}: no key {key!r}", hint=f"its keys: {', '.join(KEYS)}")
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
