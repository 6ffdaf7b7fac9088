"""The structure of a formula without its presentation, and matching one with open indices against another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from sympy import Add, Indexed, Integer, Mul, Pow, Sum, Symbol
from sympy import S as SYMPY

from softmax_explained.core.formulas.nodes import Dots, Literal, Paren, Shown, SumNot

Tree = Any
"""A leaf, or a tuple (kind, parts …). Sums and products are flat; ("*", sign, factors …) holds the minus."""


def tree(expr: Any, letter_of: Callable[[Any], Any] | None = None) -> Tree:
    """The structure of a formula without brackets; `letter_of` gives the letter of a displayed number.

    >>> from softmax_explained.core.formulas.symbols import a, i, y
    >>> tree(Paren(a[i]) - y[i]) == tree(a[i] - y[i])
    True
    """
    of = partial(tree, letter_of=letter_of)
    match expr:
        case Paren() | Literal():
            return of(expr.args[0])
        case Shown() if letter_of:
            return of(letter_of(expr))
        case Integer():
            return int(expr)
        case Add():
            return _plus(*map(of, expr.args))
        case Mul():
            return _times(*(of(part) for part in expr.args if part is not SYMPY.One))
        case Pow():
            return "^", of(expr.base), expr.exp
        case Sum():
            body = of(expr.function)
            for index, lo, hi in expr.limits:
                body = "Σ", index, of(lo), of(hi), body
            return body
        case SumNot():
            return "Σ≠", expr.index, of(expr.lo), of(expr.hi), of(expr.missing), of(expr.body)
        case Indexed():
            return expr.base.label.name, *map(of, expr.indices)
    return (type(expr).__name__, *map(of, expr.args)) if expr.args else expr


def _plus(*terms: Tree) -> Tree:
    """The tree of a sum."""
    flat = [part for term in terms for part in (term[1:] if _is(term, "+") else (term,))]
    return ("+", *flat) if len(flat) > 1 else flat[0]


def _times(*factors: Tree) -> Tree:
    sign, flat = 1, list[Tree]()
    for factor in factors:
        if isinstance(factor, int) and factor < 0:
            sign, factor = -sign, -factor
            flat += [factor] if factor != 1 else []
        elif _is(factor, "*"):
            sign *= factor[1]
            flat += factor[2:]
        else:
            flat.append(factor)
    if not flat:
        return 1 if sign > 0 else ("*", -1, 1)
    return flat[0] if sign > 0 and len(flat) == 1 else ("*", sign, *flat)


def _is(part: Tree, kind: str) -> bool:
    return isinstance(part, tuple) and part[0] == kind


def written_out(part: Tree, sizes: Mapping[Symbol, int]) -> Tree:
    """The same with every sum to one of some sizes as its terms: Σ_k y_k as y_1 + y_2 + y_3."""
    if not isinstance(part, tuple):
        return part
    if part[0] == "Σ" and part[2] == 1 and part[3] in sizes:
        each = range(1, sizes[part[3]] + 1)
        return _plus(*(written_out(_put(part[4], part[1], n), sizes) for n in each))
    parts = [written_out(each, sizes) for each in part[1:]]
    if part[0] == "+":
        return _plus(*parts)
    if part[0] == "*" and len(parts) == 2 and _is(parts[1], "+"):
        return _plus(*(_times(parts[0], term) for term in parts[1][1:]))
    return (part[0], *parts)


def _put(part: Tree, index: Symbol, value: int) -> Tree:
    if isinstance(part, tuple):
        return tuple(_put(each, index, value) for each in part)
    return value if part == index else part


def unify(
    pattern: Tree, shown: Tree, at: dict[Symbol, Any], free: tuple[Symbol, ...], bound: Mapping[Any, Any]
) -> bool:
    """Whether the tree of a formula is an instance of a pattern with the open indices `free`.

    `at` is filled with what stands for each open index; `bound` is what stands for counters around it.
    """
    if isinstance(pattern, Symbol):
        if pattern in bound or shown in bound.values():
            return bool(bound.get(pattern) == shown)
        if pattern not in free:
            return bool(pattern == shown)
        return bool(isinstance(shown, int | Symbol) and at.setdefault(pattern, shown) == shown)
    if not (isinstance(pattern, tuple) and isinstance(shown, tuple) and pattern[0] == shown[0]):
        return bool(pattern == shown)
    if any(type(part) is Dots for part in shown):
        return _unify_around_dots(pattern[1:], shown[1:], at, free, bound)
    if pattern[0] in ("Σ", "Σ≠") and len(shown) == len(pattern):
        bound = {**bound, pattern[1]: shown[1]}
    return len(pattern) == len(shown) and all(
        unify(one, other, at, free, bound) for one, other in zip(pattern[1:], shown[1:], strict=True)
    )


def _unify_around_dots(
    pattern: tuple[Tree, ...],
    shown: tuple[Tree, ...],
    at: dict[Symbol, Any],
    free: tuple[Symbol, ...],
    bound: Mapping[Any, Any],
) -> bool:
    """Whether the parts of a formula are those of a pattern, in order; each ⋯ leaves out one or more."""
    if not shown:
        return not pattern
    first, rest = shown[0], shown[1:]
    for left_out in range(1, len(pattern) + 1) if type(first) is Dots else (0,):
        found = dict(at)
        if type(first) is not Dots and not (pattern and unify(pattern[0], first, found, free, bound)):
            return False
        if _unify_around_dots(pattern[left_out or 1 :], rest, found, free, bound):
            at.update(found)
            return True
    return False
