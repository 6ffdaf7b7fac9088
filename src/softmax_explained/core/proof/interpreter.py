"""What a formula means once the number of classes is fixed: a walk over its tree.

The walk knows Σ, δ, cases and the film's own definitions. What a number is (an exact rational function, 50
digits, a float) and how a slope is taken is the world's business.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from operator import add, mul
from typing import Any, Protocol

from sympy import Add, Expr, KroneckerDelta, Mul, Number, Pow, Sum, Symbol, exp, log
from sympy.core.relational import Equality, Unequality
from sympy.tensor.indexed import Indexed

from softmax_explained.core.formulas.nodes import Cases, Literal, Paren, Partial, SumNot
from softmax_explained.core.formulas.symbols import DEFINITIONS, K, M, i
from softmax_explained.core.proof.claim import Undecided

Index = Mapping[Symbol, int]


class World(Protocol):
    """A way to compute: what the letters are, and what exp, ln and a slope are for them."""

    classes: int
    inputs: int

    def number(self, numerator: int, denominator: int) -> Any:
        """Give a rational number."""

    def letter(self, name: str, at: tuple[int, ...], definition: Callable[[], Any]) -> Any:
        """Give a letter's value at 1-based indices: its own, or what the film's definition works out."""

    def exp(self, value: Any) -> Any:
        """Give e^value."""

    def log(self, value: Any) -> Any:
        """Give ln value."""

    def slope(self, of: Callable[[World], Any], letter: str, at: tuple[int, ...]) -> Any:
        """Give ∂of/∂letter, where `of` computes its value in the world it is handed."""


def meaning(expr: Expr, world: World, index: Index) -> Any:
    """Work a formula out in a world.

    Args:
        expr: the formula.
        world: how to compute.
        index: the value, counted from 1, of each open index.

    Raises:
        Undecided: for a node that has no value (a word, a vector letter, an index out of range).
    """

    def of(part: Expr, at: Index = index) -> Any:
        return meaning(part, world, at)

    match expr:
        case Number() if expr.is_Rational:
            return world.number(int(expr.p), int(expr.q))
        case Literal():
            return of(expr.number)
        case Paren():
            return of(expr.body)
        case Symbol() if expr in index:
            return world.number(index[expr], 1)
        case Symbol():
            return _letter(expr.name, (), world)
        case Indexed():
            return _letter(
                str(expr.base.label), tuple(_whole(part, world, index) for part in expr.indices), world
            )
        case Add():
            return reduce(add, map(of, expr.args))
        case Mul():
            return reduce(mul, map(of, expr.args))
        case Pow() if expr.exp.is_Integer:
            return of(expr.base) ** int(expr.exp)
        case exp():
            return world.exp(of(expr.args[0]))
        case log():
            return world.log(of(expr.args[0]))
        case Sum():
            return _sum(expr.function, expr.limits, None, world, index)
        case SumNot():
            hole = _whole(expr.missing, world, index)
            return _sum(expr.body, [(expr.index, expr.lo, expr.hi)], hole, world, index)
        case KroneckerDelta():
            return world.number(int(_holds(Equality(*expr.args, evaluate=False), world, index)), 1)
        case Cases():
            return of(next(value for value, when in expr.rows if _holds(when, world, index)))
        case Partial():
            if not isinstance(expr.x, Indexed):
                raise Undecided(f"a slope is taken along a letter with an index, not along {expr.x}")
            at = tuple(_whole(part, world, index) for part in expr.x.indices)
            letter = str(expr.x.base.label)
            return world.slope(lambda inner: meaning(expr.f, inner, index), letter, at)
    raise Undecided(f"a {type(expr).__name__} has no value: {expr}")


def _letter(letter: str, at: tuple[int, ...], world: World) -> Any:
    counts = {"K": world.classes, "M": world.inputs}
    if letter in counts:
        return world.number(counts[letter], 1)
    if any(
        not 1 <= one <= (world.inputs if place or letter == "x" else world.classes)
        for place, one in enumerate(at)
    ):
        raise Undecided(f"{letter} has no part {at}")

    def definition() -> Any:
        if letter not in DEFINITIONS:
            raise Undecided(f"the letter {letter} has no definition")
        return meaning(DEFINITIONS[letter].rhs, world, {i: at[0]} if at else {})

    return world.letter(letter, at, definition)


def _whole(expr: Expr, world: World, index: Index) -> int:
    """Give an index or a bound, such as i, 1, K or K − 1."""
    if expr in index:
        return index[expr]
    value = expr if expr.is_Integer else expr.subs({**index, K: world.classes, M: world.inputs})
    if not value.is_Integer:
        raise Undecided(f"the index {expr} is open")
    return int(value)


def _sum(body: Expr, limits: Any, hole: int | None, world: World, index: Index) -> Any:
    if not limits:
        return meaning(body, world, index)
    counter, lo, hi = limits[-1]  # SymPy keeps the outermost last
    values = range(_whole(lo, world, index), _whole(hi, world, index) + 1)
    terms = (_sum(body, limits[:-1], None, world, {**index, counter: n}) for n in values if n != hole)
    return reduce(add, terms, world.number(0, 1))


def _holds(condition: Expr, world: World, index: Index) -> bool:
    if not isinstance(condition, Equality | Unequality):
        raise Undecided(f"a case must be = or ≠ of two indices, not {condition}")
    same = _whole(condition.lhs, world, index) == _whole(condition.rhs, world, index)
    return same == isinstance(condition, Equality)
