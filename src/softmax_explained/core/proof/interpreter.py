"""What a formula means once the number of classes is fixed: a walk over its tree.

The walk knows Σ, δ, cases and the definitions of a theory. What a number is (an exact rational function, 50
digits, a float) and how a derivative is taken is the world's business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial, reduce
from itertools import product
from operator import add, mul
from typing import Any

from sympy import Add, Expr, KroneckerDelta, Mul, Number, Pow, Sum, Symbol, exp, log
from sympy.core.relational import Equality, Unequality
from sympy.tensor.indexed import Indexed

from softmax_explained.core.derivations.theory import Theory
from softmax_explained.core.formulas.nodes import Cases, Literal, Paren, Partial, SumNot, named
from softmax_explained.core.proof.claim import Claim, Relation, Undecided

Index = Mapping[Symbol, int]


class World:
    """What the letters of a theory are, and what e^x, ln x and a derivative are for them.

    A subclass has `number(p, q)` for p/q, `letter(name, at)` for the value of a letter at 1-based indices,
    `exp`, `log`, `derivative(of, name, at)` for ∂of/∂letter, where `of` computes in the world it is given,
    and `wrong(before, after, relation)`, which says what is wrong with two values, if anything.
    """

    number: Callable[[int, int], Any]
    letter: Callable[[str, tuple[int, ...]], Any]
    exp: Callable[[Any], Any]
    log: Callable[[Any], Any]
    derivative: Callable[[Callable[[World], Any], str, tuple[int, ...]], Any]
    wrong: Callable[[Any, Any, Relation], str | None]

    def __init__(self, theory: Theory, sizes: Mapping[Symbol, int]) -> None:
        self.theory = theory
        self.sizes = sizes

    def definition(self, name: str, at: tuple[int, ...]) -> Any:
        """Work out what a letter is defined as."""
        if name not in self.theory.definitions:
            raise Undecided(f"the letter {name} has no value")
        equation = self.theory.definitions[name]
        return meaning(equation.rhs, self, dict(zip(named(equation.lhs)[1], at, strict=True)))

    def parts(self, name: str) -> list[tuple[int, ...]]:
        """List the indices of all parts of a letter: [()] for one that has no index."""
        if name not in self.theory.shapes:
            raise Undecided(f"the letter {name} has no definition")
        return list(product(*(range(1, self.sizes[end] + 1) for end in self.theory.shapes[name])))

    def power(self, value: Any, exponent: int) -> Any:
        """Give value^exponent."""
        return value**exponent


def meaning(expr: Expr, world: World, index: Index) -> Any:
    """Work a formula out, for the values, counted from 1, of its open indices.

    Raises:
        Undecided: for a node that has no value (a word, a vector letter, an index out of range).
    """
    of = partial(meaning, world=world, index=index)
    match expr:
        case Number() if expr.is_Rational:
            return world.number(int(expr.p), int(expr.q))
        case Literal():
            return of(expr.number)
        case Paren():
            return of(expr.body)
        case Symbol() if expr in index or expr in world.sizes:
            return world.number(_whole(expr, world, index), 1)
        case Symbol() | Indexed():
            return world.letter(*_letter(expr, world, index))
        case Add():
            return reduce(add, map(of, expr.args))
        case Mul():
            return reduce(mul, map(of, expr.args))
        case Pow() if expr.exp.is_Integer:
            return world.power(of(expr.base), int(expr.exp))
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
            for value, when in expr.rows:
                if _holds(when, world, index):
                    return of(value)
        case Partial() if expr.f.has(Partial):
            raise Undecided("a derivative within a derivative")
        case Partial():
            return world.derivative(partial(meaning, expr.f, index=index), *_letter(expr.x, world, index))
    raise Undecided(f"a {type(expr).__name__} has no value: {expr}")


def _letter(letter: Expr, world: World, index: Index) -> tuple[str, tuple[int, ...]]:
    name, indices = named(letter)
    at = tuple(_whole(part, world, index) for part in indices)
    if at not in world.parts(name):
        raise Undecided(f"{name} has no part {at}")
    return name, at


def _whole(expr: Expr, world: World, index: Index) -> int:
    """Give an index or a bound, such as i, 1, K or K − 1."""
    if expr in index:
        return index[expr]
    value = expr if expr.is_Integer else expr.subs({**world.sizes, **index})
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


def compare(claim: Claim, world: World, choices: Iterable[Index]) -> str | None:
    """Say for which of some choices of the open indices a claim is wrong in a world; None if for none."""
    for at in choices:
        letters = [*[*world.sizes.items()][:1], *at.items()]
        where = f"at {', '.join(f'{letter} = {value}' for letter, value in letters)}: " if letters else ""
        try:
            before, after = (meaning(line, world, at) for line in (claim.before, claim.after))
            found = world.wrong(before, after, claim.relation)
        except (Undecided, ArithmeticError, ValueError) as why:  # such as 1/0 or ln 0
            return f"cannot tell: {where}{why}"
        if found is not None:
            return where + found
    return None
