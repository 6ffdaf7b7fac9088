"""SymPy → LaTeX, for papers and slides of your own. The film itself needs no LaTeX."""

from __future__ import annotations

from typing import Any

from softmax_explained.core.number_format import split_power
from softmax_explained.core.printing.boxes import GREEK, PRIME, THIN_SPACE, Letter, Notation
from softmax_explained.core.printing.layout import Layout

_ESCAPES = str.maketrans(
    {character: f"\\{character}" for character in "#$%&_{}"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)


def to_latex(expr: Any, *, bounds: bool = False) -> str:
    r"""Print a formula as LaTeX (amsmath); arguments and errors are those of `Layout`.

    >>> from softmax_explained.core.formulas.symbols import DEFINITIONS
    >>> print(to_latex(DEFINITIONS["a"]))
    a_{i} = \frac{e^{z_{i}}}{\sum_{k} e^{z_{k}}}
    """
    return LATEX.write(Layout(expr, bounds=bounds).box)


def _digits(text: str) -> str:
    mantissa, exponent = (part.replace("−", "-") for part in split_power(text))
    return rf"{mantissa} \times 10^{{{exponent}}}" if exponent else mantissa


def _letter(letter: Letter) -> str:
    name = letter.stem
    if letter.bold:
        source = rf"\mathbf{{{name.translate(_ESCAPES)}}}"
    elif name in GREEK:
        source = r"\varepsilon" if name == "epsilon" else f"\\{name}"
    elif len(name) == 1 and not letter.upright:
        source = name
    else:
        source = rf"\mathrm{{{name.translate(_ESCAPES)}}}"
    return source + letter.primes


LATEX = Notation(
    letter=_letter,
    digits=_digits,
    signs={
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
        "ln": r"\ln",
        "diag": r"\operatorname{diag}",
        PRIME: r"\prime",
        THIN_SPACE: r"\,",
    },
    text=lambda text: rf"\text{{{text.translate(_ESCAPES)}}}",
    fraction=r"\frac{{{}}}{{{}}}".format,
    below="_{{{}}}".format,
    above="^{{{}}}".format,
    fence=r"\left({}\right)".format,
    bars=r"\left\lVert {} \right\rVert".format,
    case="{} & {}".format,
    cases=lambda rows: r"\begin{cases} " + r" \\ ".join(rows) + r" \end{cases}",
)
