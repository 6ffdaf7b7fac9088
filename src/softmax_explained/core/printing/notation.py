"""A notation as a table: how Typst, LaTeX and plain text each write one kind of box."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from softmax_explained.core.printing.boxes import (
    Box,
    Choice,
    Digits,
    Fence,
    Letter,
    Over,
    Owned,
    Row,
    Script,
    Sign,
    Text,
)

_NAMES = "alpha beta gamma delta epsilon zeta eta theta kappa lambda mu nu xi pi rho sigma tau phi chi psi"
#: Greek letters by the names that Typst and LaTeX share. Omicron is left out: LaTeX writes it as a Latin o.
GREEK = dict(zip([*_NAMES.split(), "omega", "Delta"], "αβγδεζηθκλμνξπρστφχψωΔ", strict=True))


def spaced(row: Row, items: Sequence[str]) -> str:
    """Join the items of a row with spaces, or indices with commas where they need them."""
    return (", " if row.needs_commas else " ").join(items)


@dataclass(frozen=True)
class Notation:
    """How one notation writes each kind of box. The parts of a box arrive as text already written.

    Args:
        letter: a `Letter`.
        digits: a displayed number.
        signs: the signs that are not written as their Unicode character.
        text: any text, escaped.
        fraction: numerator and denominator.
        below: a subscript, with the mark that attaches it.
        above: a superscript, with the mark that attaches it.
        fence: what stands in parentheses.
        case: value and condition.
        cases: all rows that `case` wrote.
        row: a `Row` and its items.
        node: a node by its id and content.
    """

    letter: Callable[[Letter], str]
    digits: Callable[[str], str]
    signs: Mapping[str, str]
    text: Callable[[str], str]
    fraction: Callable[[str, str], str]
    below: Callable[[str], str]
    above: Callable[[str], str]
    fence: Callable[[str], str]
    case: Callable[[str, str], str]
    cases: Callable[[Sequence[str]], str]
    row: Callable[[Row, Sequence[str]], str] = spaced
    node: Callable[[int, str], str] = lambda number, content: content

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
            case Fence(body):
                return self.fence(self.write(body))
            case Choice(rows):
                return self.cases([self.case(self.write(value), self.write(when)) for value, when in rows])
