"""The relations in a formula: a = b, a ≈ b, a ≤ b, and chains of them such as a = b ≈ c."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sympy import Eq, Expr, Ge, Gt, Le, Lt, Ne

from softmax_explained.core.formulas.nodes import Approx, Becomes, Cases

# The sign of each relation
SIGNS = {Eq: "=", Ne: "≠", Lt: "<", Le: "≤", Gt: ">", Ge: "≥", Approx: "≈", Becomes: "←"}
# Left-hand side, sign, right-hand side
Link = tuple[Any, str, Any]


def sign_of(expr: Any) -> str | None:
    """The sign of a relation; None for what is no relation.

    >>> from sympy import Symbol
    >>> sign_of(Symbol("x") > 1), sign_of(Approx(1, 2)), sign_of(Symbol("x"))
    ('>', '≈', None)
    """
    return SIGNS.get(type(expr))


def links(expr: Expr) -> Iterator[Link]:
    """Every relation a formula claims, in reading order; the conditions of cases claim nothing.

    >>> from sympy import Eq, symbols
    >>> [link[1:] for link in links(Approx(Eq(*symbols("a b")), 3))]
    [('=', b), ('≈', 3)]
    """
    sides, signs = _chain(expr)
    yield from zip(sides, signs, sides[1:], strict=False)
    for side in sides:
        parts = [row[0] for row in side.rows] if isinstance(side, Cases) else side.args
        for part in parts:
            yield from links(part)


def _chain(expr: Any) -> tuple[list[Any], list[str]]:
    if (sign := sign_of(expr)) is None:
        return [expr], []
    (left, before), (right, after) = _chain(expr.lhs), _chain(expr.rhs)
    return [*left, *right], [*before, sign, *after]
