"""SymPy → presentation MathML, for the pages beside a film.

Only elements of MathML Core are used (W3C, "MathML Core", https://www.w3.org/TR/mathml-core/), which browsers
draw without help. Core has no `mathvariant="bold"`: bold letters are the characters of Unicode's block
"Mathematical Alphanumeric Symbols" instead. What is not printed but meant, a product or the application of a
function, is written with Unicode's invisible operators, so that a screen reader need not guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from softmax_explained.core.number_format import split_power
from softmax_explained.core.printing.boxes import (
    GREEK,
    PRIME,
    THIN_SPACE,
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
    inside,
    is_partial_operator,
)
from softmax_explained.core.printing.layout import Layout

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
APPLY, TIMES, SEPARATE = "\u2061", "\u2062", "\u2063"
"""Unicode's invisible operators: application of a function, product, separator of indices."""

_BARS = "‖"
_FUNCTIONS = frozenset({"ln", "diag"})
_IDENTIFIERS = frozenset({"∂", "∇", "⋯"})
"""Signs that stand for something, and have no operands and no spaces of an operator."""
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_ALLOWED = (0x9, 0x9), (0xA, 0xA), (0xD, 0xD), (0x20, 0xD7FF), (0xE000, 0xFFFD), (0x10000, 0x10FFFF)
"""The characters of XML 1.0 (https://www.w3.org/TR/xml/#charsets), first and last of each range."""


def to_mathml(expr: Any, *, display: bool = False, bounds: bool = False) -> str:
    """Print a formula as a MathML element.

    Args:
        expr: as for `Layout`, which also raises the errors.
        display: whether it stands in a line of its own, with full-sized sums and fractions.
        bounds: as for `Layout`.

    >>> from softmax_explained.core.formulas.symbols import a, i
    >>> to_mathml(a[i]).removeprefix(f'<math xmlns="{NAMESPACE}">')
    '<msub><mi>a</mi><mi>i</mi></msub></math>'
    """
    block = ' display="block"' if display else ""
    return f'<math xmlns="{NAMESPACE}"{block}>{_write(Layout(expr, bounds=bounds).box)}</math>'


def xml_text(text: str) -> str:
    r"""Any text as XML character data or the value of an attribute; what XML cannot hold becomes U+FFFD.

    >>> xml_text('<b> & "\x00"')
    '&lt;b&gt; &amp; &quot;\ufffd&quot;'
    """
    return "".join(_ENTITIES.get(each, each if _is_allowed(each) else "\ufffd") for each in text)


def _is_allowed(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in _ALLOWED)


def _write(box: Box) -> str:
    match box:
        case Owned(_, body):
            return _write(body)
        case Letter():
            letter, primes = _letter(box)
            return f"<msup>{letter}{primes}</msup>" if primes else letter
        case Digits(text):
            return _digits(text)
        case Sign():
            return _sign(box)
        case Text(text):
            return f"<mtext>{xml_text(text)}</mtext>"
        case Row():
            return _row(box)
        case Over(top, bottom):
            return f"<mfrac>{_write(top)}{_write(bottom)}</mfrac>"
        case Script():
            return _script(box)
        case Fence(body, kind):
            left, right = (_BARS, _BARS) if kind == "bars" else "()"
            return _grouped([_fence(left, "prefix"), _write(body), _fence(right, "postfix")])
        case Choice(rows):
            cells = "".join(f"<mtr>{_cell(value)}{_cell(when)}</mtr>" for value, when in rows)
            return _grouped([_fence("{", "prefix"), f"<mtable>{cells}</mtable>"])


def _grouped(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"<mrow>{''.join(parts)}</mrow>"


def _operator(sign: str, *, spaced: bool = False) -> str:
    """A sign with the spaces that Core gives it, or with a thin space behind it."""
    space = ' rspace="0.1667em"' if spaced else ""
    return f"<mo{space}>{xml_text(sign)}</mo>"


def _is_function(box: Box) -> bool:
    """Whether a box begins with the name of a function, which stands off from a factor before it."""
    first = inside(box.items[0]) if isinstance(box, Row) else None
    return isinstance(first, Sign) and first.char in _FUNCTIONS


def _fence(sign: str, form: str) -> str:
    """A sign that Core's operator dictionary knows as a stretchy fence in this form."""
    return f'<mo form="{form}">{sign}</mo>'


def _cell(box: Box) -> str:
    return f'<mtd style="text-align: left">{_write(box)}</mtd>'


def _letter(letter: Letter) -> tuple[str, str]:
    """A letter and its primes, as an element each; "" without primes. The ce of n_ce is below the n."""
    stem, _, below = letter.stem.partition("_")
    if stem and below:
        return f"<msub>{_letter(Letter(stem))[0]}{_letter(Letter(below))[0]}</msub>", ""
    name = GREEK.get(letter.stem, letter.stem)
    upright = ' mathvariant="normal"' if letter.upright and len(name) == 1 and not letter.bold else ""
    primes = _operator(PRIME * len(letter.primes)) if letter.primes else ""
    return f"<mi{upright}>{xml_text(_bold(name) if letter.bold else name)}</mi>", primes


def _bold(name: str) -> str:
    """Latin letters as bold ones: 𝐀 to 𝐙 from U+1D400 on, 𝐚 to 𝐳 from U+1D41A on.

    >>> _bold("Jx")
    '𝐉𝐱'
    """
    first = {True: 0x1D400 - ord("A"), False: 0x1D41A - ord("a")}
    latin = "abcdefghijklmnopqrstuvwxyz"
    return "".join(chr(ord(each) + first[each.isupper()]) if each.lower() in latin else each for each in name)


def _digits(text: str) -> str:
    mantissa, exponent = split_power(text)
    if exponent:
        power = f"<msup><mn>10</mn>{_digits(exponent)}</msup>"
        return _grouped([_digits(mantissa), _operator("×"), power])
    lead = mantissa[0] if mantissa[0] in "−+" else ""
    number = f"<mn>{xml_text(mantissa.removeprefix(lead))}</mn>"
    return _grouped([f'<mo form="prefix">{lead}</mo>', number]) if lead else number


def _sign(sign: Sign) -> str:
    if sign.char == THIN_SPACE:
        return '<mspace width="0.1667em"/>'
    if sign.char in _FUNCTIONS:
        return f"<mi>{sign.char}</mi>"
    if sign.char in _IDENTIFIERS:
        return f'<mi mathvariant="normal">{sign.char}</mi>'
    if sign.place == "before" and sign.char != "∑":
        return f'<mo form="prefix">{xml_text(sign.char)}</mo>'
    return _operator(sign.char)


def _row(row: Row) -> str:
    parts = list[str]()
    for n, item in enumerate(row.items):
        if n:
            parts += _between(row, row.items[n - 1], item)
        parts.append(_write(item))
    return _grouped(parts)


def _between(row: Row, left: Box, right: Box) -> list[str]:
    """What is meant between two neighbours of a row but not drawn, and the commas of indices."""
    before, after = inside(left), inside(right)
    if isinstance(before, Sign) and before.char in _FUNCTIONS:
        return [_operator(APPLY, spaced=not isinstance(after, Fence))]
    if isinstance(before, Sign):
        return [_operator(TIMES)] if row.kind == "product" and before.char == THIN_SPACE else []
    if row.kind == "indices":
        return [_operator("," if row.needs_commas else SEPARATE)]
    if isinstance(before, Script) and inside(before.base) == Sign("∇", "before"):
        return [_operator(APPLY)]
    if row.kind == "product" and not isinstance(after, Sign):
        return [_operator(APPLY if is_partial_operator(before) else TIMES, spaced=_is_function(after))]
    return []


def _script(script: Script) -> str:
    base = inside(script.base)
    element, primes = _letter(base) if isinstance(base, Letter) else (_write(base), "")
    below = _write(script.below) if script.below else ""
    above = _write(script.above) if script.above else ""
    if primes and above:  # y′² has its primes nearer to the letter
        element, primes = f"<msup>{element}{primes}</msup>", ""
    above = above or primes
    kind = ("munder", "mover", "munderover") if base == Sign("∑", "before") else ("msub", "msup", "msubsup")
    name = kind[2] if below and above else kind[0] if below else kind[1]
    return f"<{name}>{element}{below}{above}</{name}>"
