"""How to read an unevaluated tree: where the minus is, what is a fraction, what needs parentheses.

SymPy has no minus and no division: −x is (−1)·x and p/q is p·q⁻¹. Under `evaluate(False)` the tree keeps
its order and grouping, so that signs and fraction bars can be recovered from it.
"""

from __future__ import annotations

from typing import Any

from sympy import Add, Integer, Mul, Number, Pow, Rational, Sum, exp, log
from sympy import S as SYMPY

from softmax_explained.core.formulas import nodes

# How tightly an expression binds, loosest first. One that binds too loosely for its place is fenced.
ADD, NEGATIVE, MUL, POW, ATOM = 10, 15, 20, 30, 40


def product(factors: Any) -> Any:
    """Multiply factors as they are, leaving out ones."""
    kept = [factor for factor in factors if factor is not SYMPY.One]
    if len(kept) < 2:
        return kept[0] if kept else SYMPY.One
    return Mul(*kept, evaluate=False)


def bare(expr: Any) -> Any:
    """Remove the 1 · that SymPy's own Sum puts before its body under `evaluate(False)`."""
    while isinstance(expr, Mul) and SYMPY.One in expr.args:
        expr = product(expr.args)
    return expr


def without_minus(expr: Any) -> tuple[bool, Any]:
    """Whether an expression begins with a minus sign, and the expression without it."""
    expr = bare(expr)
    if isinstance(expr, Number) and expr.is_negative:
        return True, -expr
    if isinstance(expr, Mul):
        negative, head = without_minus(expr.args[0])
        if negative:
            return True, product([head, *expr.args[1:]])
    return False, expr


def is_negative(expr: Any) -> bool:
    """Whether an expression begins with a minus sign."""
    return without_minus(expr)[0]


def is_reciprocal(expr: Any) -> bool:
    """Whether a power is a denominator: q⁻¹, q⁻²."""
    return isinstance(expr, Pow) and isinstance(expr.exp, Number) and bool(expr.exp.is_negative)


def denominator(reciprocal: Any) -> Any:
    """Return the q of q⁻¹, the q² of q⁻²."""
    return reciprocal.base if reciprocal.exp == -1 else Pow(reciprocal.base, -reciprocal.exp, evaluate=False)


def fraction(expr: Any) -> tuple[Any, Any] | None:
    """Numerator and denominator of p·q⁻¹, node by node; a leading 1/q stays a factor of its own."""
    if not isinstance(expr, Mul):
        return None
    below = [denominator(factor) for factor in expr.args[1:] if is_reciprocal(factor)]
    if not below:
        return None
    above = [factor for n, factor in enumerate(expr.args) if n == 0 or not is_reciprocal(factor)]
    return product(above), product(below)


def factors(expr: Any) -> list[Any]:
    """Return the factors from left to right; fractions and negative right operands stay whole."""
    if not isinstance(expr, Mul) or fraction(expr):
        return [expr]
    found: list[Any] = []
    for n, factor in enumerate(map(bare, expr.args)):
        opens = isinstance(factor, Mul) and (n == 0 or not is_negative(factor))
        found += factors(factor) if opens else [factor]
    return [factor for factor in found if factor is not SYMPY.One] or [SYMPY.One]


def terms(expr: Any) -> list[Any]:
    """Return the terms of a sum from left to right; a later term that is a sum keeps its parentheses."""
    if not isinstance(expr, Add):
        return [expr]
    return [*terms(expr.args[0]), *expr.args[1:]]


def binding(expr: Any) -> int:
    """How tightly an expression binds, as it will be printed."""
    expr = bare(expr)
    if is_negative(expr) or (isinstance(expr, nodes.Shown) and expr.text.startswith("−")):
        return NEGATIVE
    if isinstance(expr, Add):
        return ADD
    if isinstance(expr, Mul):
        if fraction(expr):
            return MUL
        parts = factors(expr)
        return MUL if len(parts) > 1 else binding(parts[0])
    if isinstance(expr, nodes.Shown):
        return MUL if "×" in expr.text else ATOM
    if isinstance(expr, nodes.Prime):
        return ATOM
    if isinstance(expr, nodes.Slash):
        return MUL
    if is_reciprocal(expr) or is_greedy(expr) or isinstance(expr, nodes.Partial):
        return MUL
    if isinstance(expr, Rational) and not isinstance(expr, Integer):
        return MUL
    return POW if isinstance(expr, exp | Pow | nodes.Transposed) else ATOM


def is_greedy(expr: Any) -> bool:
    """Whether an expression would extend over what is to its right: Σ, ln, ∇."""
    return isinstance(bare(expr), Sum | nodes.SumNot | log | nodes.Gradient | nodes.Cases)


def stand_apart(left: Any, right: Any) -> bool:
    """Whether two factors need a thin space between them: two fraction bars, or anything and a dz."""
    return isinstance(right, nodes.Differential) or (_is_barred(left) and _is_barred(right))


def _is_barred(expr: Any) -> bool:
    is_slope = isinstance(expr, nodes.Partial) and not isinstance(expr, nodes.Prime)
    return is_slope or is_reciprocal(expr) or bool(fraction(expr))


def starts_with_digit(expr: Any) -> bool:
    """Whether the first thing printed is a digit, so that a factor before it needs a dot."""
    expr = bare(expr)
    if isinstance(expr, Pow) and not is_reciprocal(expr):
        return starts_with_digit(expr.base)
    top = fraction(expr)
    if top:
        return starts_with_digit(top[0])
    if isinstance(expr, Mul):
        return starts_with_digit(factors(expr)[0])
    return isinstance(expr, Number | nodes.Shown | nodes.Literal) or is_reciprocal(expr)
