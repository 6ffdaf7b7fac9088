"""Colours, sizes, strokes and pauses, read from ``assets/style.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from softmax_explained.errors import StyleError

if TYPE_CHECKING:
    from manim import ManimColor

FRAME_LINES = 1080  # sizes in style.toml are in pixels of a frame whose shorter side has this many
FRAME_UNITS = 8.0  # Manim units of the shorter side of every frame


@dataclass(frozen=True)
class Style:
    """Design tokens by table and name.

    >>> style().colour("z").to_hex()
    '#73CAFD'
    >>> style().size("body") >= 40 * FRAME_UNITS / FRAME_LINES
    True
    """

    tables: Mapping[str, Any]

    def _token(self, table: str, name: str) -> Any:
        try:
            return self.tables[table][name]
        except KeyError:
            known = ", ".join(sorted(self.tables.get(table, {})))
            raise StyleError(
                f"style.toml: no token {table}.{name}", hint=f"tokens of [{table}]: {known or 'none'}"
            ) from None

    def colour(self, role: str) -> ManimColor:
        """The colour of a role such as ``z``, ``a``, ``y``, ``C``, ``x``, ``ink``, ``quiet`` or ``ground``.

        Raises:
            StyleError: ``[colour]`` has no such role.
        """
        from manim import ManimColor  # only now: settings are read without drawing

        return ManimColor(self._token("colour", role))

    def dim(self, role: str = "text") -> float:
        """The opacity, in (0, 1], that dims a role but keeps a contrast of 3:1."""
        table: Mapping[str, float] = self.tables["opacity"]
        return float(table.get(role, table["text"]))

    def size(self, name: str) -> float:
        """A font size (1 em) in Manim units; ``style.toml`` gives it in pixels of a 1080-line frame."""
        return float(self._token("size", name)) * FRAME_UNITS / FRAME_LINES

    def stroke(self, name: str) -> float:
        """A stroke width in Manim's stroke units."""
        return float(self._token("stroke", name))

    def pace(self, name: str) -> float:
        """A pause in seconds."""
        return float(self._token("pace", name))

    def reading(self, name: str) -> float:
        """A reading speed: ``words_per_minute`` or ``characters_per_minute``."""
        return float(self._token("pace", "reading")[name])

    def fonts(self, language: str) -> tuple[str, ...]:
        """Font families for words, in order of preference; "pt-BR" falls back to "pt", then to the default.

        >>> style().fonts("zh-Hans") == style().fonts("zh"), style().fonts("fr")
        (True, ('Noto Sans',))
        """
        table: Mapping[str, Any] = self.tables["fonts"]
        tags = language, language.partition("-")[0]
        own = next((table[f"words_{tag}"] for tag in tags if f"words_{tag}" in table), table["words"])
        return tuple(own)


@cache
def style() -> Style:
    """The film's style, read once per process."""
    text = resources.files("softmax_explained.assets").joinpath("style.toml").read_text("utf-8")
    try:
        return Style(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise StyleError(f"style.toml: {error}", hint="fix the syntax; see https://toml.io") from error
