"""The same formulas as one line of Unicode, for a terminal, a ledger or a search."""

from __future__ import annotations

from typing import Any

from softmax_explained.core.number_format import raised
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
    inside,
)
from softmax_explained.core.printing.greek import GREEK
from softmax_explained.core.printing.layout import Layout


def to_text(expr: Any, *, bounds: bool = False) -> str:
    """Print a formula, written under `evaluate(False)`, as plain text.

    Args:
        expr: the SymPy expression.
        bounds: whether a full sum shows its bounds.

    Raises:
        UsageError: for a node that has no rule.

    >>> from softmax_explained.core.formulas.symbols import DEFINITIONS
    >>> to_text(DEFINITIONS["a"])
    'a_i = e^(z_i) / (Σ_k e^(z_k))'
    """
    return _text(Layout(expr, bounds=bounds).box)


def _text(box: Box) -> str:
    match box:
        case Owned(_, body):
            return _text(body)
        case Letter(name):
            return GREEK.get(name, name).replace("'", "′")
        case Digits(text) | Name(text) | Text(text):
            return text
        case Sign(char):
            return "Σ" if char == "∑" else char
        case Gap():
            return ""
        case Row(items, "indices"):
            return ("," if any(isinstance(item, Digits) for item in items) else "").join(map(_text, items))
        case Row(items, "tight"):
            return "".join(map(_text, items))
        case Row(items, kind):
            return _side_by_side(items, kind == "product")
        case Over(top, bottom):
            return _over(_text(top), _text(bottom))
        case Script(base, below, above):
            return _text(base) + _below(below) + _above(above)
        case Fence(body):
            return f"({_text(body)})"
        case Choice(rows):
            return "{ " + "; ".join(f"{_text(value)}  ({_text(when)})" for value, when in rows) + " }"


def _side_by_side(items: tuple[Box, ...], product: bool) -> str:
    line, glued = "", True
    for item in items:
        text = _text(item)
        if not text:
            continue
        shape = inside(item)
        if product and isinstance(shape, Over):
            text = f"({text})"
        line += text if glued or text == "," else f" {text}"
        glued = isinstance(shape, Sign) and shape.place == "before"
    return line


def _over(top: str, bottom: str) -> str:
    if _is_one_thing(top) and _is_one_thing(bottom):
        return f"{top}/{bottom}"
    return " / ".join(part if _is_one_thing(part) else f"({part})" for part in (top, bottom))


def _is_one_thing(text: str) -> bool:
    """Whether there is no space and no bar outside parentheses, so that no fence is needed."""
    depth = 0
    for character in text:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth == 0 and character in " /−":
            return False
    return True


def _below(box: Box | None) -> str:
    text = _text(box) if box else ""
    if not text:
        return ""
    return f"_({text})" if " " in text else f"_{text}"


def _above(box: Box | None) -> str:
    text = _text(box) if box else ""
    if text.isdigit():
        return raised(text)
    if text == "T":
        return "ᵀ"
    return f"^({text})" if len(text) > 1 else text and f"^{text}"
