"""The value of a formula of numbers: from the exact values, or from the displayed digits."""

from __future__ import annotations

from typing import Any

import mpmath
from sympy import Add, Mul, Number, Pow, exp, log

from softmax_explained.core.formulas.nodes import Literal, Paren, Shown
from softmax_explained.core.number_format import parse_number
from softmax_explained.core.printing.unicode import to_text
from softmax_explained.errors import UsageError

DIGITS = mpmath.MPContext()  # for any quotient of quantities, even e^1000
DIGITS.dps = 40


def compute(expr: Any, *, shown: bool = False) -> Any:
    """Compute a formula of numbers with 40 digits.

    Args:
        expr: the return value of `with_numbers`.
        shown: compute from the displayed digits instead of the exact values.

    Returns:
        An mpmath number, of any size.

    Raises:
        UsageError: for a node that is no number.
        ZeroDivisionError: for a division by a number that is 0, or is displayed as 0.

    >>> float(compute(Shown(0.6590011, "0.659") * Shown(0.2424330, "0.242"), shown=True))
    0.159478
    """

    def of(part: Any) -> Any:
        return compute(part, shown=shown)

    match expr:
        case Shown() if shown:
            return DIGITS.mpf(str(parse_number(expr.text)))
        case Shown():
            return DIGITS.mpf(expr.value)
        case Literal():
            return DIGITS.mpf(int(expr.number))
        case Number() if expr.is_Rational:
            return DIGITS.mpf(int(expr.p)) / int(expr.q)
        case Paren():
            return of(expr.body)
        case Add():
            return DIGITS.fsum(map(of, expr.args))
        case Mul():
            return DIGITS.fprod(map(of, expr.args))
        case Pow():
            return of(expr.args[0]) ** of(expr.args[1])
        case exp():
            return DIGITS.exp(of(expr.args[0]))
        case log():
            return DIGITS.log(of(expr.args[0]))
    raise UsageError(f"{to_text(expr)} is not a number", hint="call with_numbers first")
