"""The shape of a formula on the page, before any notation: letters, rows, fractions, scripts, fences.

One layout serves three notations. Typst draws it, LaTeX exports it, plain text prints it in a terminal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Letter:
    """One letter of the mathematics, by name: "z", "eta", "y'". `bold` letters are vectors and matrices."""

    name: str
    bold: bool = False
    upright: bool = False


@dataclass(frozen=True)
class Digits:
    """A number, as a person writes it: "2", "0.659", "−0.341", "1.97 × 10⁴³⁴"."""

    text: str


@dataclass(frozen=True)
class Sign:
    """A sign between or before things, as its Unicode character.

    A "before" sign belongs to what follows (the minus of −y_i, ∂, ∇), a "between" sign stands between two.
    """

    char: str
    place: Literal["before", "between"] = "between"


@dataclass(frozen=True)
class Name:
    """A function's name in upright type: ln, diag."""

    text: str


@dataclass(frozen=True)
class Text:
    """Any words at all; the notation escapes them."""

    text: str


@dataclass(frozen=True)
class Gap:
    """A thin space, so that two fraction bars do not run into one and a dz stands apart."""


@dataclass(frozen=True)
class Row:
    """Things side by side.

    A "product" has no sign between its factors, "tight" things belong to each other
    (dz, diag(a)), "indices" may need commas.
    """

    items: tuple[Box, ...]
    kind: Literal["line", "product", "tight", "indices"] = "line"


@dataclass(frozen=True)
class Over:
    """A fraction."""

    top: Box
    bottom: Box


@dataclass(frozen=True)
class Script:
    """Something with a subscript, a superscript or both; under and over it if it is a Σ."""

    base: Box
    below: Box | None = None
    above: Box | None = None


@dataclass(frozen=True)
class Fence:
    """Parentheses that grow with what they hold."""

    body: Box


@dataclass(frozen=True)
class Choice:
    """A brace with one row a case: (value, condition)."""

    rows: tuple[tuple[Box, Box], ...]


@dataclass(frozen=True)
class Owned:
    """A box that belongs to the node with this id."""

    id: int
    body: Box


Box = Letter | Digits | Sign | Name | Text | Gap | Row | Over | Script | Fence | Choice | Owned


@dataclass(frozen=True)
class Node:
    """One piece of a printed formula that can be found, coloured and moved.

    Args:
        id: its place in the list of nodes; 0 is the whole formula.
        kind: "expr" a sub-expression, "op" a sign, "paren" parentheses, "limits" what stands under a Σ.
        expr: the SymPy expression ("paren": the one inside); for "op" and "limits" the sign or text itself.
        parent: id of the piece it lies in, None for the whole.
        children: ids of the pieces that lie directly in it.
    """

    id: int
    kind: Literal["expr", "op", "paren", "limits"]
    expr: Any
    parent: int | None
    children: tuple[int, ...] = ()


def inside(box: Box) -> Box:
    """Give the box without the mark of its owner."""
    while isinstance(box, Owned):
        box = box.body
    return box
