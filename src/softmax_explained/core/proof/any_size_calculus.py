"""Sums to any upper end, and the chain rule, on the normal forms of `any_size`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from sympy import Add, Dummy, Function, Indexed, KroneckerDelta, Mul, Pow, Sum, Symbol, expand
from sympy import S as SYMPY

#: e^u of a monomial u and ln p, as functions that SymPy does not simplify.
E, L = Function("E"), Function("L")
#: Index → upper end, for the indices that count from 1, or from later on, to it.
Bounds = dict[Any, Any]


def total(body: Any, counter: Any, lo: Any, hi: Any, bounds: Bounds) -> Any:
    """Σ body: constants go outside, δ contracts, and what is left is a sum in a counter of its own name.

    Σ_j δ_ij g(j) = g(i) only where j takes every value that i can have.
    """
    result = SYMPY.Zero
    for term in Add.make_args(expand(body)):
        inside = [factor for factor in Mul.make_args(term) if counter in factor.free_symbols]
        outside = term / Mul(*inside)
        tied = ((one, sum(one.args) - counter) for one in inside if isinstance(one, KroneckerDelta))
        delta, other = next((pair for pair in tied if lo == 1 and bounds.get(pair[1]) == hi), (None, None))
        if delta is not None:
            result += outside * Mul(*(one for one in inside if one != delta)).xreplace({counter: other})
        elif not inside and lo == 1 and hi.is_nonnegative:
            result += outside * hi
        else:
            depth = sum(len(one.limits) for one in Mul(*inside).atoms(Sum))  # nested counters differ in name
            name = Symbol(f"n_{depth}", integer=True, positive=True)
            result += outside * Sum(Mul(*inside).xreplace({counter: name}), (name, lo, hi))
    return expand(result)


def open_sum(one: Any, bounds: Bounds) -> tuple[Any, tuple[Any, Any, Any]]:
    """Give the body of the outermost of some sums with a counter that occurs nowhere else, and its range."""
    *inner, (old, lo, hi) = one.limits
    counter = Dummy(old.name, integer=True, positive=True)
    if lo.is_positive:
        bounds[counter] = hi
    return (Sum(one.function, *inner) if inner else one.function).xreplace({old: counter}), (counter, lo, hi)


def derivative(value: Any, rate: Callable[[Any], Any], bounds: Bounds) -> Any:
    """Differentiate a normal form by the chain rule; `rate` gives the derivative of a letter."""
    of = partial(derivative, rate=rate, bounds=bounds)
    match value:
        case Add():
            return Add(*map(of, value.args))
        case Mul():
            return expand(Add(*(value / part * of(part) for part in value.args)))
        case Pow():
            return expand(value.exp * value.base ** (value.exp - 1) * of(value.base))
        case Sum():
            body, (counter, lo, hi) = open_sum(value, bounds)
            return total(of(body), counter, lo, hi, bounds)
        case E():
            return expand(value * of(value.args[0]))
        case L():
            return expand(of(value.args[0]) / value.args[0])
        case Symbol() | Indexed():
            return rate(value)
    return SYMPY.Zero
