"""The single letters, numbers and words of a formula: boxes that hold no other box."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from sympy import IndexedBase, Number, Symbol
from sympy.core.numbers import Exp1

from softmax_explained.core.formulas import nodes as written
from softmax_explained.core.printing.boxes import Box, Digits, Letter, Over, Sign, Text
from softmax_explained.errors import UsageError


@singledispatch
def leaf(expr: Any) -> Box | None:
    """Draw a letter, a number or a word; None for what has parts.

    Raises:
        UsageError: for a bare number with a point: on screen it has to be a quantity.

    >>> from softmax_explained.core.formulas.symbols import C
    >>> leaf(C), leaf(C + 1)
    (Letter(name='C', bold=False, upright=False), None)
    """
    return None


@leaf.register
def _symbol(expr: Symbol) -> Box:
    return Letter(expr.name)


@leaf.register
def _base(expr: IndexedBase) -> Box:
    return Letter(str(expr.label))


@leaf.register(written.Vector)
@leaf.register(written.Matrix)
def _bold(expr: Any) -> Box:
    return Letter(expr.name, bold=True, upright=True)


@leaf.register
def _euler(_: Exp1) -> Box:
    return Letter("e")


@leaf.register
def _number(expr: Number) -> Box:
    if expr.is_Rational and expr.q != 1:
        return Over(Digits(str(expr.p)), Digits(str(expr.q)))
    if not expr.is_Integer:
        raise UsageError(
            f"no way to print the bare number {expr}",
            hint="a number on screen is a quantity: use Shown(value, text, key)",
        )
    return Digits(str(expr).replace("-", "−"))


@leaf.register
def _shown(expr: written.Shown) -> Box:
    return Digits(expr.text)


@leaf.register
def _literal(expr: written.Literal) -> Box:
    return Digits(str(expr.number).replace("-", "−"))


@leaf.register
def _word(expr: written.Word) -> Box:
    return Text(expr.text)


@leaf.register
def _dots(_: written.Dots) -> Box:
    return Sign("⋯")
