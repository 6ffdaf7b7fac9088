"""The value of a formula for a fixed number of classes.

Σ, δ, cases and definitions are evaluated here; a domain says what a number is (an exact rational function,
50 digits, a float) and how a derivative is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial, reduce
from itertools import product
from operator import add, mul
from typing import Any

from sympy import Add, Expr, Indexed, KroneckerDelta, Mul, Number, Pow, Sum, Symbol, exp, log
from sympy.core.relational import Equality, Unequality

from softmax_explained.core.derivations.theory import Theory
from softmax_explained.core.formulas.nodes import Cases, Literal, Paren, Partial, SumNot, named
from softmax_explained.core.proof.claim import Claim, Relation, Undecided

Index = Mapping[Symbol, int]


class Domain:
    """The values that letters have, and e^x, ln x and derivatives of them.

    A subclass has `number(p, q)` for p/q, `letter(name, at)` for the value of a letter at 1-based indices,
    `exp`, `log`, `derivative(of, name, at)` for ∂of/∂letter, where `of` computes in the domain it is given,
    and `mismatch(before, after, relation)`, which says what is wrong with two values, if anything.
    """

    number: Callable[[int, int], Any]
    letter: Callable[[str, tuple[int, ...]], Any]
    exp: Callable[[Any], Any]
    log: Callable[[Any], Any]
    derivative: Callable[[Callable[[Domain], Any], str, tuple[int, ...]], Any]
    mismatch: Callable[[Any, Any, Relation], str | None]

    def __init__(self, theory: Theory, sizes: Mapping[Symbol, int]) -> None:
        self.theory = theory
        self.sizes = sizes
        self.sums: dict[Expr, Any] = {}  # the values of sums that depend on no index around them

    def definition(self, name: str, at: tuple[int, ...]) -> Any:
        """Compute a letter from its definition."""
        if name not in self.theory.definitions:
            raise Undecided(f"the letter {name} has no value")
        equation = self.theory.definitions[name]
        return interpret(equation.rhs, self, dict(zip(named(equation.lhs)[1], at, strict=True)))

    def parts(self, name: str) -> list[tuple[int, ...]]:
        """List the indices of all parts of a letter: [()] for one that has no index."""
        if name not in self.theory.shapes:
            raise Undecided(f"the letter {name} has no definition")
        return list(product(*(range(1, self.sizes[end] + 1) for end in self.theory.shapes[name])))

    def power(self, value: Any, exponent: int) -> Any:
        """Give value^exponent."""
        return value**exponent


def interpret(expr: Expr, domain: Domain, index: Index) -> Any:
    """Compute a formula for values of its open indices, counted from 1.

    Raises:
        Undecided: for a node that has no value (a word, a vector letter, an index out of range).
    """
    of = partial(interpret, domain=domain, index=index)
    match expr:
        case Number() if expr.is_Rational:
            return domain.number(int(expr.p), int(expr.q))
        case Literal() | Paren():
            return of(expr.args[0])
        case Symbol() if expr in index or expr in domain.sizes:
            return domain.number(_whole(expr, domain, index), 1)
        case Symbol() | Indexed():
            return domain.letter(*_letter(expr, domain, index))
        case Add():
            return reduce(add, map(of, expr.args))
        case Mul():
            return reduce(mul, map(of, expr.args))
        case Pow() if expr.exp.is_Integer:
            return domain.power(of(expr.base), int(expr.exp))
        case exp():
            return domain.exp(of(expr.args[0]))
        case log():
            return domain.log(of(expr.args[0]))
        case Sum() if _free(expr).isdisjoint(index):
            if expr not in domain.sums:
                domain.sums[expr] = _sum(expr.function, expr.limits, None, domain, index)
            return domain.sums[expr]
        case Sum():
            return _sum(expr.function, expr.limits, None, domain, index)
        case SumNot():
            hole = _whole(expr.missing, domain, index)
            return _sum(expr.body, [(expr.index, expr.lo, expr.hi)], hole, domain, index)
        case KroneckerDelta():
            return domain.number(int(_holds(Equality(*expr.args, evaluate=False), domain, index)), 1)
        case Cases():
            for value, when in expr.rows:
                if _holds(when, domain, index):
                    return of(value)
        case Partial() if expr.f.has(Partial):
            raise Undecided("a derivative within a derivative")
        case Partial():
            return domain.derivative(partial(interpret, expr.f, index=index), *_letter(expr.x, domain, index))
    raise Undecided(f"a {type(expr).__name__} has no value: {expr}")


@lru_cache(maxsize=4096)
def _free(expr: Expr) -> frozenset[Symbol]:
    return frozenset(expr.free_symbols)


def _letter(letter: Expr, domain: Domain, index: Index) -> tuple[str, tuple[int, ...]]:
    name, indices = named(letter)
    at = tuple(_whole(part, domain, index) for part in indices)
    if at not in domain.parts(name):
        raise Undecided(f"{name} has no part {at}")
    return name, at


def _whole(expr: Expr, domain: Domain, index: Index) -> int:
    """Give an index or a bound, such as i, 1, K or K − 1."""
    if expr in index:
        return index[expr]
    value = expr if expr.is_Integer else expr.subs({**domain.sizes, **index})
    if not value.is_Integer:
        raise Undecided(f"the index {expr} is open")
    return int(value)


def _sum(body: Expr, limits: Any, hole: int | None, domain: Domain, index: Index) -> Any:
    if not limits:
        return interpret(body, domain, index)
    counter, lo, hi = limits[-1]  # SymPy keeps the outermost last
    values = range(_whole(lo, domain, index), _whole(hi, domain, index) + 1)
    terms = (_sum(body, limits[:-1], None, domain, {**index, counter: n}) for n in values if n != hole)
    return reduce(add, terms, domain.number(0, 1))


def _holds(condition: Expr, domain: Domain, index: Index) -> bool:
    if not isinstance(condition, Equality | Unequality):
        raise Undecided(f"a case must be = or ≠ of two indices, not {condition}")
    same = _whole(condition.lhs, domain, index) == _whole(condition.rhs, domain, index)
    return same == isinstance(condition, Equality)


def find_mismatch(claim: Claim, domain: Domain, choices: Iterable[Index]) -> str | None:
    """Say for which of some choices of the open indices a claim is false in a domain; None if for none."""
    for at in choices:
        letters = [*[*domain.sizes.items()][:1], *at.items()]
        where = f"at {', '.join(f'{letter} = {value}' for letter, value in letters)}: " if letters else ""
        try:
            before, after = (interpret(line, domain, at) for line in (claim.before, claim.after))
            found = domain.mismatch(before, after, claim.relation)
        except (Undecided, ArithmeticError, ValueError) as why:  # such as 1/0 or ln 0
            return f"cannot tell: {where}{why}"
        if found is not None:
            return where + found
    return None
