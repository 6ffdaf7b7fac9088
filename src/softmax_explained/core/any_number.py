"""Normal forms for any number of classes: sums stay sums, K stays a letter.

A line is rewritten in a few atoms: E[k] for e^{z_k}, S for Σ_k e^{z_k}, L for ln S, z, y, x, w, b, and, under
∂/∂a_j, the shares A[k] with their logarithms B[k]. Products are multiplied out, factors that do not depend on
a counter leave its sum, and δ contracts: Σ_j δ_ij g(j) = g(i), because 1 ≤ i ≤ K. None of this is shared with
the provers that fix K.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import (
    Add,
    Dummy,
    Expr,
    IndexedBase,
    Integer,
    KroneckerDelta,
    Mul,
    Number,
    Pow,
    Sum,
    Symbol,
    diff,
    exp,
    expand,
    log,
)
from sympy import S as SYMPY
from sympy.core.relational import Equality, Unequality
from sympy.tensor.indexed import Indexed

from softmax_explained.core.claim import Undecided
from softmax_explained.core.nodes import Cases, Literal, Paren, Partial, SumNot
from softmax_explained.core.symbols import DEFINITIONS, K, M, S, c, i, y

E, A, B = IndexedBase("E"), IndexedBase("A"), IndexedBase("B")
L = Symbol("L")
exp_c = Symbol("exp_c", positive=True)
_GIVEN = ("z", "y", "x", "w", "b")


def normal(expr: Expr, *, shares_free: bool = False) -> Any:
    """Rewrite a line in atoms.

    Args:
        expr: the line.
        shares_free: whether the shares are letters of their own, as they are under ∂/∂a_j.

    Raises:
        Undecided: for a node or an exponent it has no rule for.
    """

    def of(part: Expr) -> Any:
        return normal(part, shares_free=shares_free)

    match expr:
        case Number():
            return expr
        case Literal():
            return expr.number
        case Paren():
            return of(expr.body)
        case Symbol() if expr.name in ("C", "Q"):
            return of(DEFINITIONS[expr.name].rhs)
        case Symbol():
            return expr
        case Indexed():
            return _letter(expr, shares_free)
        case Add():
            return Add(*map(of, expr.args))
        case Mul():
            return expand(Mul(*map(of, expr.args)))
        case Pow() if expr.exp.is_Integer:
            return expand(of(expr.base) ** expr.exp)
        case exp():
            return Mul(*map(_power_of_e, Add.make_args(expand(of(expr.args[0])))))
        case log():
            return Add(*map(_logarithm, Mul.make_args(of(expr.args[0]))))
        case Sum() if len(expr.limits) == 1:
            return total(of(expr.function), *expr.limits[0])
        case SumNot():
            body = of(expr.body)
            return total(body, expr.index, expr.lo, expr.hi) - body.xreplace({expr.index: expr.missing})
        case KroneckerDelta():
            return expr
        case Cases():
            return Add(*(_indicator(when) * of(value) for value, when in expr.rows))
        case Partial():
            return _partial(expr, shares_free)
    raise Undecided(f"no rule for a {type(expr).__name__}")


def _letter(expr: Indexed, shares_free: bool) -> Any:
    letter, index = str(expr.base.label), expr.indices
    if letter == "a":
        return A[index] if shares_free else E[index] / S
    if letter in _GIVEN:
        return expr
    if letter in DEFINITIONS:
        return normal(DEFINITIONS[letter].rhs.xreplace({i: index[0]}), shares_free=shares_free)
    raise Undecided(f"no rule for the letter {letter}")


def _power_of_e(term: Any) -> Any:
    times, atom = term.as_coeff_Mul()
    if not times.is_Integer:
        raise Undecided(f"no rule for e^({term})")
    if atom == c:
        return exp_c**times
    if isinstance(atom, Indexed) and atom.base.label.name == "z":
        return E[atom.indices] ** times
    if term is SYMPY.Zero:
        return SYMPY.One
    raise Undecided(f"no rule for e^({term})")


def _logarithm(factor: Any) -> Any:
    base, times = factor.as_base_exp()
    if base in (S, exp_c):
        return times * {S: L, exp_c: c}[base]
    if isinstance(base, Indexed) and base.base in (E, A):
        return times * (IndexedBase("z") if base.base == E else B)[base.indices]
    if base is SYMPY.One:
        return SYMPY.Zero
    raise Undecided(f"no rule for ln({factor})")


def _indicator(condition: Expr) -> Any:
    delta = KroneckerDelta(condition.lhs, condition.rhs)
    if isinstance(condition, Equality):
        return delta
    if isinstance(condition, Unequality):
        return 1 - delta
    raise Undecided(f"a case must be = or ≠ of two indices, not {condition}")


def total(body: Any, counter: Any, lo: Any, hi: Any) -> Any:
    """Σ body: constants go outside, δ contracts, and what is left is a sum in a counter of its own name."""
    whole = lo == 1 and hi in (K, M)
    result = SYMPY.Zero
    for term in Add.make_args(expand(body)):
        inside = [factor for factor in Mul.make_args(term) if factor.has(counter)]
        outside = Mul(*(factor for factor in Mul.make_args(term) if not factor.has(counter)))
        delta = (
            next((factor for factor in inside if isinstance(factor, KroneckerDelta)), None) if whole else None
        )
        if delta is not None:
            inside.remove(delta)
            (other,) = (index for index in delta.args if index != counter)
            result += outside * Mul(*inside).xreplace({counter: other})
        elif inside:
            result += outside * _left_over(Mul(*inside), counter, lo, hi)
        else:
            result += outside * (hi - lo + 1)
    return expand(result)


def _left_over(body: Any, counter: Any, lo: Any, hi: Any) -> Any:
    if body == E[counter] and (lo, hi) == (1, K):
        return S
    depth = len(body.atoms(Sum))  # nested counters must not share a name
    name = Symbol(f"n_{depth}", integer=True, positive=True)
    return Sum(body.xreplace({counter: name}), (name, lo, hi))


def _partial(expr: Partial, shares_free: bool) -> Any:
    if not isinstance(expr.x, Indexed) or shares_free:
        raise Undecided(f"no rule for a slope along {expr.x}")
    letter, at = str(expr.x.base.label), expr.x.indices
    if letter == "a":
        slope = _slope(normal(expr.f, shares_free=True), _moved_by_a_share(at[0]))
        return _worked_out(slope)
    if letter not in ("z", "w", "b"):
        raise Undecided(f"no rule for a slope along {letter}")
    return _slope(normal(expr.f), _moved_by_a_score(letter, at))


def _moved_by_a_share(at: Any) -> Callable[[Any], Any]:
    def moved(atom: Any) -> Any:
        if isinstance(atom, Indexed) and atom.base in (A, B):
            delta = KroneckerDelta(atom.indices[0], at)
            return delta if atom.base == A else delta / atom.func(A, *atom.indices)
        return SYMPY.Zero

    return moved


def _moved_by_a_score(letter: str, at: Any) -> Callable[[Any], Any]:
    dz = IndexedBase("x")[at[1]] if letter == "w" else SYMPY.One  # how fast z_i moves

    def moved(atom: Any) -> Any:
        if atom == S:
            return E[at[0]] * dz
        if atom == L:
            return E[at[0]] * dz / S
        if not isinstance(atom, Indexed):
            return SYMPY.Zero
        if str(atom.base.label) == letter:
            return Mul(*(KroneckerDelta(*pair) for pair in zip(atom.indices, at, strict=True)))
        if str(atom.base.label) in ("z", "E"):
            return KroneckerDelta(atom.indices[0], at[0]) * dz * (atom if atom.base == E else 1)
        return SYMPY.Zero

    return moved


def _slope(value: Any, moved: Callable[[Any], Any]) -> Any:
    """Chain rule: how far the value moves is the sum, over its atoms, of slope times how far each moves."""
    sums = {one: Dummy() for one in value.atoms(Sum)}
    back = {name: one for one, name in sums.items()}
    flat = value.xreplace(sums)
    result = SYMPY.Zero
    for name, one in back.items():
        if flat.has(name):
            within = total(_slope(one.function, moved), *one.limits[0])
            result += diff(flat, name).xreplace(back) * within
    for atom in flat.atoms(Indexed) | ({S, L} & flat.free_symbols):
        stand_in = Dummy()
        rate = diff(flat.xreplace({atom: stand_in}), stand_in).xreplace({stand_in: atom})
        result += rate.xreplace(back) * moved(atom)
    return expand(result)


def _worked_out(value: Any) -> Any:
    """Put e^{z}/S back for the shares, and z − ln S for their logarithms."""
    if isinstance(value, Sum):
        return total(_worked_out(value.function), *value.limits[0])
    if isinstance(value, Indexed):
        if value.base == A:
            return E[value.indices] / S
        return IndexedBase("z")[value.indices] - L if value.base == B else value
    if not value.args or isinstance(value, KroneckerDelta):
        return value
    return expand(value.func(*map(_worked_out, value.args)))


def with_targets_summing_to_one(value: Any) -> Any:
    """Put 1 for Σ_k y_k."""
    name = Symbol("n_0", integer=True, positive=True)
    return value.xreplace({Sum(y[name], (name, 1, K)): Integer(1)})
