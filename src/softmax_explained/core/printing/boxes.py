"""Boxes: the shape of a formula on the page, the same for Typst, LaTeX and plain text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

THIN_SPACE = "\u2009"
"""The sign between two fraction bars, and before a dz."""


@dataclass(frozen=True)
class Letter:
    """One mathematical letter, by name: "z", "eta", "y'". `bold` letters are vectors and matrices."""

    name: str
    bold: bool = False
    upright: bool = False

    @property
    def stem(self) -> str:
        """The name without its primes."""
        return self.name.rstrip("'")

    @property
    def primes(self) -> str:
        """The primes alone: "'" for "y'"."""
        return self.name[len(self.stem) :]


@dataclass(frozen=True)
class Digits:
    """A number as displayed: "2", "0.659", "−0.341", "1.97 × 10⁴³⁴"."""

    text: str


@dataclass(frozen=True)
class Sign:
    """An operator, a relation, the name of a function (ln, diag) or a `THIN_SPACE`, by its Unicode text.

    A "before" sign belongs to what follows it (the minus of −y_i, ∂, ∇); a "between" sign is binary.
    """

    char: str
    place: Literal["before", "between"] = "between"


@dataclass(frozen=True)
class Text:
    """Arbitrary text; each notation escapes it."""

    text: str


@dataclass(frozen=True)
class Row:
    """Boxes side by side.

    A "product" has no sign between its factors, the parts of a "tight" row touch (dz, diag(a)), and
    "indices" are the subscripts of one letter.
    """

    items: tuple[Box, ...]
    kind: Literal["line", "product", "tight", "indices"] = "line"

    @property
    def needs_commas(self) -> bool:
        """Whether these are indices with digits: w_1,2, because w_12 would read as w twelve."""
        return self.kind == "indices" and any(isinstance(item, Digits) for item in self.items)


@dataclass(frozen=True)
class Over:
    """A fraction."""

    top: Box
    bottom: Box


@dataclass(frozen=True)
class Script:
    """A base with a subscript, a superscript or both; a Σ has them below and above it."""

    base: Box
    below: Box | None = None
    above: Box | None = None


@dataclass(frozen=True)
class Fence:
    """Parentheses, as tall as their content."""

    body: Box


@dataclass(frozen=True)
class Choice:
    """A brace with one row (value, condition) per case."""

    rows: tuple[tuple[Box, Box], ...]


@dataclass(frozen=True)
class Owned:
    """The box of the node with this id."""

    id: int
    body: Box


Box = Letter | Digits | Sign | Text | Row | Over | Script | Fence | Choice | Owned


@dataclass(frozen=True)
class Node:
    """One piece of a printed formula that can be found, coloured and moved.

    Args:
        id: its index in the list of nodes; 0 is the whole formula.
        kind: "expr" a subexpression, "op" a sign, "paren" parentheses, "limits" the limits of a Σ.
        expr: the SymPy expression ("paren": the one inside); for "op" and "limits" the text itself.
        parent: id of the node that contains it, None for the whole formula.
        children: ids of the nodes directly inside it.
    """

    id: int
    kind: Literal["expr", "op", "paren", "limits"]
    expr: Any
    parent: int | None
    children: tuple[int, ...] = ()


def inside(box: Box) -> Box:
    """Return the box without its node ids."""
    while isinstance(box, Owned):
        box = box.body
    return box
