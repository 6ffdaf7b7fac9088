"""The same formulas in LaTeX, for papers and slides of one's own. The film itself needs no LaTeX."""

from __future__ import annotations

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
    Over,
    Owned,
    Row,
    Script,
    Sign,
    Text,
)
from softmax_explained.core.printing.greek import GREEK
from softmax_explained.core.printing.layout import Layout

SIGNS = {
    "−": "-",
    "≠": r"\ne",
    "≤": r"\le",
    "≥": r"\ge",
    "≈": r"\approx",
    "←": r"\leftarrow",
    "·": r"\cdot",
    "⋯": r"\cdots",
    "∑": r"\sum",
    "∂": r"\partial",
    "∇": r"\nabla",
}

#: What means something to LaTeX, and how to say it as plain text.
ESCAPES = {character: f"\\{character}" for character in "#$%&_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def to_latex(expr: Any, *, bounds: bool = False) -> str:
    r"""Print a formula, written under `evaluate(False)`, as LaTeX (amsmath).

    Args:
        expr: the SymPy expression.
        bounds: whether a full sum shows its bounds.

    Raises:
        UsageError: for a node that has no rule.

    >>> from softmax_explained.core.formulas.symbols import DEFINITIONS
    >>> print(to_latex(DEFINITIONS["a"]))
    a_{i} = \frac{e^{z_{i}}}{\sum_{k} e^{z_{k}}}
    """
    return _latex(Layout(expr, bounds=bounds).box)


def _latex(box: Box) -> str:
    match box:
        case Owned(_, body):
            return _latex(body)
        case Letter():
            return _letter(box)
        case Digits(text):
            mantissa, exponent = in_parts(text)
            number = rf"{mantissa} \times 10^{{{exponent}}}" if exponent else mantissa
            return number.replace("−", "-")
        case Sign(char):
            return SIGNS.get(char, char)
        case Name("ln"):
            return r"\ln"
        case Name(text):
            return rf"\operatorname{{{text}}}"
        case Text(text):
            return rf"\text{{{''.join(ESCAPES.get(character, character) for character in text)}}}"
        case Gap():
            return r"\,"
        case Row(items, "indices"):
            return (", " if any(isinstance(item, Digits) for item in items) else " ").join(map(_latex, items))
        case Row(items):
            return " ".join(map(_latex, items))
        case Over(top, bottom):
            return rf"\frac{{{_latex(top)}}}{{{_latex(bottom)}}}"
        case Script(base, below, above):
            under = f"_{{{_latex(below)}}}" if below else ""
            return _latex(base) + under + (f"^{{{_latex(above)}}}" if above else "")
        case Fence(body):
            return rf"\left({_latex(body)}\right)"
        case Choice(rows):
            lines = r" \\ ".join(f"{_latex(value)} & {_latex(when)}" for value, when in rows)
            return rf"\begin{{cases}} {lines} \end{{cases}}"


def _letter(letter: Letter) -> str:
    name = letter.name.rstrip("'")
    primes = "'" * (len(letter.name) - len(name))
    if name in GREEK:
        source = r"\varepsilon" if name == "epsilon" else f"\\{name}"
    elif len(name) == 1 and not letter.upright:
        source = name
    else:
        source = rf"\mathrm{{{''.join(ESCAPES.get(character, character) for character in name)}}}"
    if letter.bold:
        source = rf"\mathbf{{{name}}}"
    return source + primes
