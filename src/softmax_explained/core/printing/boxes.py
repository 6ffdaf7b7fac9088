"""Boxes, the layout of a formula, and notations (Typst, LaTeX, plain text) as tables that write them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

THIN_SPACE = "\u2009"
"""The sign between two fraction bars, and before a dz."""
PRIME = "′"
"""The superscript of a derivative written as (f/g)′."""


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
    """Parentheses, or the double bars of a norm, as tall as their content."""

    body: Box
    kind: Literal["parentheses", "bars"] = "parentheses"


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
    """One piece of a printed formula that can be found, coloured and moved."""

    id: int  # its index in the list of nodes; 0 is the whole formula
    kind: Literal["expr", "op", "paren", "limits"]  # "limits": what is below or above a Σ
    expr: Any  # the SymPy expression; for "op" and "limits" the text itself
    parent: int | None  # id of the node that contains it, None for the whole formula
    children: tuple[int, ...] = ()  # ids of the nodes directly inside it


def inside(box: Box) -> Box:
    """Return the box without its node ids."""
    while isinstance(box, Owned):
        box = box.body
    return box


def is_partial_operator(box: Box) -> bool:
    """Whether a box is a ∂/∂x that stands before what it is applied to, and not a slope ∂f/∂x."""
    box = inside(box)
    return isinstance(box, Over) and inside(box.top) == Sign("∂", "before")


_NAMES = "alpha beta gamma delta epsilon zeta eta theta kappa lambda mu nu xi pi rho sigma tau phi chi psi"
#: Greek letters by the names that Typst and LaTeX share. Omicron is left out: LaTeX writes it as a Latin o.
GREEK = dict(zip([*_NAMES.split(), "omega", "Delta"], "αβγδεζηθκλμνξπρστφχψωΔ", strict=True))


def spaced(row: Row, items: Sequence[str]) -> str:
    """Join the items of a row with spaces, or indices with commas where they need them."""
    return (", " if row.needs_commas else " ").join(items)


@dataclass(frozen=True)
class Notation:
    """How one notation writes each kind of box. The parts of a box arrive as text already written."""

    letter: Callable[[Letter], str]  # a `Letter`
    digits: Callable[[str], str]  # a displayed number
    signs: Mapping[str, str]  # the signs that are not written as their Unicode character
    text: Callable[[str], str]  # any text, escaped
    fraction: Callable[[str, str], str]  # numerator and denominator
    below: Callable[[str], str]  # a subscript, with the mark that attaches it
    above: Callable[[str], str]  # a superscript, with the mark that attaches it
    fence: Callable[[str], str]  # what stands in parentheses
    bars: Callable[[str], str]  # what stands between double bars
    case: Callable[[str, str], str]  # value and condition
    cases: Callable[[Sequence[str]], str]  # all rows that `case` wrote
    row: Callable[[Row, Sequence[str]], str] = spaced  # a `Row` and its items
    node: Callable[[int, str], str] = lambda number, content: content  # a node by its id and content

    def write(self, box: Box) -> str:
        """Write a box and everything inside it."""
        match box:
            case Owned(number, body):
                return self.node(number, self.write(body))
            case Letter():
                return self.letter(box)
            case Digits(text):
                return self.digits(text)
            case Sign(char):
                return self.signs.get(char, char)
            case Text(text):
                return self.text(text)
            case Row(items):
                return self.row(box, [self.write(item) for item in items])
            case Over(top, bottom):
                return self.fraction(self.write(top), self.write(bottom))
            case Script(base, below, above):
                subscript = self.below(self.write(below)) if below else ""
                return self.write(base) + subscript + (self.above(self.write(above)) if above else "")
            case Fence(body, kind):
                return (self.bars if kind == "bars" else self.fence)(self.write(body))
            case Choice(rows):
                return self.cases([self.case(self.write(value), self.write(when)) for value, when in rows])
