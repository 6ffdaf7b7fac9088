"""SymPy → Typst mathematics, every node in a colour of its own.

The colour is how a glyph finds its way back: Typst keeps the fill of each piece of a formula through to the
SVG, so whoever reads the SVG knows which node drew which glyph. Node n has the colour #(n + 1), never black.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from softmax_explained.core.number_format import in_parts
from softmax_explained.core.printing.boxes import (
    Box,
    Choice,
    Digits,
    Fence,
    Gap,
    Letter,
    Name,
    Node,
    Over,
    Owned,
    Row,
    Script,
    Sign,
    Text,
)
from softmax_explained.core.printing.greek import GREEK
from softmax_explained.core.printing.layout import Layout

#: Must stand before a formula printed with ids. (One letter, `m(…)`, would not be a call in Typst.)
PREAMBLE = "#let mm(k, body) = text(fill: rgb(k), body)"

SIGNS = {
    "−": "-",
    "=": "=",
    "+": "+",
    "≠": "!=",
    "<": "<",
    "≤": "<=",
    ">": ">",
    "≥": ">=",
    "≈": "approx",
    "←": "arrow.l",
    "·": "dot.c",
    "⋯": "dots.c",
    "∑": "sum",
    "∂": "partial",
    "∇": "nabla",
    ",": "comma",
}


@dataclass(frozen=True)
class Printed:
    """A formula as Typst source, and its nodes.

    Args:
        source: what goes between two $ signs.
        nodes: every node; nodes[n].id == n and nodes[0] is the whole formula.
    """

    source: str
    nodes: tuple[Node, ...]


def to_typst(expr: Any, *, ids: bool = False, bounds: bool = False) -> Printed:
    """Print a formula, written under `evaluate(False)`, as Typst.

    Args:
        expr: the SymPy expression.
        ids: wrap every node as mm("#rrggbb", …); the source then needs PREAMBLE before it.
        bounds: whether a full sum shows its bounds.

    Raises:
        UsageError: for a node that has no rule.

    >>> from softmax_explained.core.formulas.symbols import DEFINITIONS
    >>> to_typst(DEFINITIONS["a"]).source
    'a_(i) = frac(e^(z_(i)), sum_(k) e^(z_(k)))'
    """
    layout = Layout(expr, bounds=bounds)
    return Printed(_typst(layout.box, ids), layout.nodes)


def string(text: str) -> str:
    r"""Any text as a Typst string literal. Backslash and quote are all that needs an escape there.

    >>> print(string('a "b" #read'))
    "a \"b\" #read"
    """
    safe = text.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate cannot be written to a file
    return '"' + safe.replace("\\", "\\\\").replace('"', '\\"') + '"'


def digits(text: str) -> str:
    """A displayed number as Typst mathematics: a real minus, and powers of ten set as such.

    >>> digits("−0.341"), digits("1.97 × 10⁴³⁴")
    ('-0.341', '1.97 times 10^(434)')
    """
    mantissa, exponent = (part.replace("−", "-") for part in in_parts(text))
    return f"{mantissa} times 10^({exponent})" if exponent else mantissa


def _typst(box: Box, ids: bool) -> str:
    def inner(part: Box) -> str:
        return _typst(part, ids)

    match box:
        case Owned(id, body):
            return f'mm("#{id + 1:06x}", {inner(body)})' if ids else inner(body)
        case Letter():
            return _letter(box)
        case Digits(text):
            return digits(text)
        case Sign(char):
            return SIGNS[char]
        case Name("ln"):
            return "ln"
        case Name(text):
            return f"op({string(text)})"
        case Text(text):
            return string(text)
        case Gap():
            return "thin"
        case Row(items, "indices"):
            # Letters stand close, w_(i m); digits need a comma or w_(1 2) reads as w twelve.
            return (", " if any(isinstance(item, Digits) for item in items) else " ").join(map(inner, items))
        case Row(items):
            return " ".join(map(inner, items))
        case Over(top, bottom):
            return f"frac({inner(top)}, {inner(bottom)})"
        case Script(base, below, above):
            under = f"_({inner(below)})" if below else ""
            return inner(base) + under + (f"^({inner(above)})" if above else "")
        case Fence(body):
            return f"lr(({inner(body)}))"
        case Choice(rows):
            return f"cases({', '.join(f'{inner(value)} & quad {inner(when)}' for value, when in rows)})"


def _letter(letter: Letter) -> str:
    name, primes = letter.name.rstrip("'"), len(letter.name) - len(letter.name.rstrip("'"))
    plain = (len(name) == 1 and name.isascii() and name.isalpha()) or name in GREEK
    source = name if plain else string(name)
    if letter.upright or not plain:
        source = f"upright({source})"
    return (f"bold({source})" if letter.bold else source) + "'" * primes
