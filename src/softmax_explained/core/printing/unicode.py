"""SymPy → one line of Unicode text, for a terminal, the ledger or a search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from softmax_explained.core.number_format import superscript
from softmax_explained.core.printing.boxes import GREEK, PRIME, THIN_SPACE, Notation, Over, Row, Sign, inside
from softmax_explained.core.printing.layout import Layout


def to_text(expr: Any, *, bounds: bool = False) -> str:
    """Print a formula as plain text; arguments and errors are those of `Layout`.

    >>> from softmax_explained.core.formulas.symbols import DEFINITIONS
    >>> to_text(DEFINITIONS["a"])
    'a_i = e^(z_i) / (Σ_k e^(z_k))'
    """
    return TEXT.write(Layout(expr, bounds=bounds).box)


def _row(row: Row, items: Sequence[str]) -> str:
    if row.kind in ("indices", "tight"):
        return ("," if row.needs_commas else "").join(items)
    line, glued = "", True
    for shape, text in zip(map(inside, row.items), items, strict=True):
        if text:
            barred = row.kind == "product" and isinstance(shape, Over)
            line += ("" if glued or text == "," else " ") + (f"({text})" if barred else text)
            glued = isinstance(shape, Sign) and shape.place == "before"
    return line


def _fraction(top: str, bottom: str) -> str:
    if _is_one_thing(top) and _is_one_thing(bottom):
        return f"{top}/{bottom}"
    return " / ".join(part if _is_one_thing(part) else f"({part})" for part in (top, bottom))


def _is_one_thing(text: str) -> bool:
    """Whether no space, bar or minus stands outside parentheses, so that it needs none around it."""
    depth = 0
    for character in text:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth == 0 and character in " /−":
            return False
    return True


def _above(text: str) -> str:
    if text.isdigit():
        return superscript(text)
    if text == "T":
        return "ᵀ"
    if text == PRIME:
        return text
    return f"^({text})" if len(text) > 1 else f"^{text}"


TEXT = Notation(
    letter=lambda letter: GREEK.get(letter.name, letter.name).replace("'", PRIME),
    digits=str,
    signs={"∑": "Σ", THIN_SPACE: ""},
    text=str,
    row=_row,
    fraction=_fraction,
    below=lambda text: f"_({text})" if " " in text else f"_{text}",
    above=_above,
    fence="({})".format,
    bars="‖{}‖".format,
    case="{}  ({})".format,
    cases=lambda rows: f"{{ {'; '.join(rows)} }}",
)
