"""SymPy → Typst mathematics, optionally with every node in a colour of its own.

Typst keeps the fill of each piece of a formula through to the SVG, so the colour of a glyph tells which node
it belongs to. Node n has the colour #(n + 1), never black.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from softmax_explained.core.number_format import split_power
from softmax_explained.core.printing.boxes import GREEK, PRIME, THIN_SPACE, Letter, Node, Notation
from softmax_explained.core.printing.layout import Layout

#: Required before a formula printed with ids. (A one-letter name, `m(…)`, would not be a call in Typst.)
PREAMBLE = "#let mm(k, body) = text(fill: rgb(k), body)"


class TypstSource(NamedTuple):
    """A formula as Typst source, and its nodes."""

    source: str  # what goes between two $ signs
    nodes: tuple[Node, ...]  # nodes[n].id == n, and nodes[0] is the whole formula


def to_typst(expr: Any, *, ids: bool = False, bounds: bool = False) -> TypstSource:
    """Print a formula as Typst.

    Args:
        expr: as for `Layout`, which also raises the errors.
        ids: wrap every node as mm("#rrggbb", …); the source then needs PREAMBLE before it.
        bounds: as for `Layout`.

    >>> from softmax_explained.core.formulas.symbols import DEFINITIONS
    >>> to_typst(DEFINITIONS["a"]).source
    'a_(i) = frac(e^(z_(i)), sum_(k) e^(z_(k)))'
    """
    layout = Layout(expr, bounds=bounds)
    return TypstSource((WITH_IDS if ids else TYPST).write(layout.box), layout.nodes)


def string(text: str) -> str:
    r"""Any text as a Typst string literal. Only backslashes and quotes need an escape there.

    >>> print(string('a "b" #read'))
    "a \"b\" #read"
    """
    safe = text.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate cannot be written to a file
    return '"' + safe.replace("\\", "\\\\").replace('"', '\\"') + '"'


def digits(text: str) -> str:
    """A displayed number as Typst mathematics: a real minus sign, and a power of ten as a superscript.

    >>> digits("−0.341"), digits("1.97 × 10⁴³⁴")
    ('-0.341', '1.97 times 10^(434)')
    """
    mantissa, exponent = (part.replace("−", "-") for part in split_power(text))
    return f"{mantissa} times 10^({exponent})" if exponent else mantissa


def _letter(letter: Letter) -> str:
    name = letter.stem
    plain = (len(name) == 1 and name.isascii() and name.isalpha()) or name in GREEK
    source = name if plain else string(name)
    if letter.upright or not plain:
        source = f"upright({source})"
    return (f"bold({source})" if letter.bold else source) + letter.primes


TYPST = Notation(
    letter=_letter,
    digits=digits,
    signs={
        "−": "-",
        "≠": "!=",
        "≤": "<=",
        "≥": ">=",
        "≈": "approx",
        "←": "arrow.l",
        "·": "dot.c",
        "/": "slash",
        "⋯": "dots.c",
        "∑": "sum",
        "∂": "partial",
        "∇": "nabla",
        ",": "comma",
        "diag": 'op("diag")',
        PRIME: "prime",
        THIN_SPACE: "thin",
    },
    text=string,
    fraction="frac({}, {})".format,
    below="_({})".format,
    above="^({})".format,
    fence="lr(({}))".format,
    bars="lr(bar.v.double {} bar.v.double)".format,
    case="{} & quad {}".format,
    cases=lambda rows: f"cases({', '.join(rows)})",
)
WITH_IDS = replace(TYPST, node=lambda number, content: f'mm("#{number + 1:06x}", {content})')
