"""Quantities inside formulas."""

from __future__ import annotations

from typing import Any

from sympy import Eq, Equality, Float, Rational

from softmax_explained.core import Quantity, format_number, parse_number
from softmax_explained.core.nodes import Approx, Dots, Literal, Shown


def leaf(quantity: Quantity) -> Shown:
    """The number that stands for a quantity in a formula, with the digits it has everywhere.

    >>> from softmax_explained.core import default_lesson, solve
    >>> leaf(solve(default_lesson())["z[0]"]).text
    '2.0'
    """
    value = Float(f"{quantity.value!r}e{quantity.exponent}") if quantity.exponent else quantity.value
    shown: Shown = Shown(value, quantity.text, quantity.key)
    return shown


def equals(expr: Any, quantity: Quantity) -> Any:
    """The equation ``expr = number``, with ≈ where the digits shown on the left do not give the number's.

    Args:
        expr: symbols, or numbers made by `leaf`, or an equation whose right-hand side is such.
        quantity: what it comes to.

    >>> from softmax_explained.core import default_lesson, solve
    >>> from softmax_explained.core.symbols import z
    >>> from sympy import evaluate, log
    >>> solution = solve(default_lesson())
    >>> equals(z[1], solution["z[0]"]).rhs.text
    '2.0'
    >>> with evaluate(False):
    ...     price = -log(leaf(solution["a[t]"]))  # 0.242 is 0.24197… rounded
    >>> type(equals(price, solution["C"])).__name__
    'Approx'
    """
    working = expr.rhs if isinstance(expr, Equality) else expr
    if working.atoms(Shown) and not _comes_to(working, quantity):
        return Approx(expr, leaf(quantity))
    return Eq(expr, leaf(quantity), evaluate=False)


def _comes_to(working: Any, quantity: Quantity) -> bool:
    """Whether a viewer with a calculator gets the quantity's digits; nobody can check what dots leave out."""
    if working.atoms(Dots):
        return True
    numbers = {shown: Rational(str(parse_number(shown.text))) for shown in working.atoms(Shown)}
    written = {literal: literal.number for literal in working.atoms(Literal)}
    value = float(working.xreplace({**numbers, **written}))
    return format_number(value, quantity.decimals) == quantity.text
