"""Normal forms for any number of classes: sums stay sums, K stays a letter.

A line is rewritten in a few atoms: E[k] for e^{z_k}, S for Σ_k e^{z_k}, L for ln S, z, y, x, w, b, and, under
∂/∂a_j, the shares A[k] with their logarithms B[k]. Products are multiplied out, factors that do not depend on
a counter leave its sum, and δ contracts: Σ_j δ_ij g(j) = g(i), because 1 ≤ i ≤ K (and 1 ≤ m ≤ M). None of
this is shared with the provers that fix K.
"""

from __future__ import annotations

from typing import Any

from sympy import (
    Add,
    Expr,
    IndexedBase,
    Integer,
    KroneckerDelta,
    Mul,
    Number,
    Pow,
    Sum,
    Symbol,
    exp,
    expand,
    log,
)
from sympy import S as SYMPY
from sympy.core.relational import Equality, Unequality
from sympy.tensor.indexed import Indexed

from softmax_explained.core.any_slope import moved_by_a_score, moved_by_a_share, slope, worked_out
from softmax_explained.core.any_sum import A, B, E, L, exp_c, total
from softmax_explained.core.claim import Undecided
from softmax_explained.core.formulas.nodes import Cases, Literal, Paren, Partial, SumNot
from softmax_explained.core.formulas.symbols import DEFINITIONS, K, S, c, i, y

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


def _partial(expr: Partial, shares_free: bool) -> Any:
    if not isinstance(expr.x, Indexed) or shares_free:
        raise Undecided(f"no rule for a slope along {expr.x}")
    letter, at = str(expr.x.base.label), expr.x.indices
    if letter == "a":
        return worked_out(slope(normal(expr.f, shares_free=True), moved_by_a_share(at[0])))
    if letter not in ("z", "w", "b"):
        raise Undecided(f"no rule for a slope along {letter}")
    return slope(normal(expr.f), moved_by_a_score(letter, at))


def with_targets_summing_to_one(value: Any) -> Any:
    """Put 1 for Σ_k y_k."""
    name = Symbol("n_0", integer=True, positive=True)
    return value.xreplace({Sum(y[name], (name, 1, K)): Integer(1)})
