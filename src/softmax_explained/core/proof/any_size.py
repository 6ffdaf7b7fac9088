"""Proof for any number of classes at once: both lines have the same normal form."""

from __future__ import annotations

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
    cancel,
    exp,
    expand,
    log,
    prime,
    together,
)
from sympy import S as SYMPY
from sympy.core.relational import Equality, Unequality
from sympy.tensor.indexed import Indexed

from softmax_explained.core.derivations.derivation import TARGETS_SUM_TO_ONE
from softmax_explained.core.formulas.nodes import Cases, Literal, Paren, Partial, SumNot
from softmax_explained.core.formulas.symbols import DEFINITIONS, K, S, c, i, j, y
from softmax_explained.core.proof.any_size_calculus import (
    A,
    B,
    E,
    L,
    exp_c,
    moved_by_a_score,
    moved_by_a_share,
    slope,
    total,
    worked_out,
)
from softmax_explained.core.proof.claim import Claim, Undecided

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


def prove_for_any_number(claim: Claim) -> str | None:
    """Prove a claim for symbolic K and open indices.

    Returns:
        None when it holds, else what is left of the difference.

    >>> from softmax_explained.core.formulas.symbols import a, k, sum_over, y
    >>> prove_for_any_number(Claim(sum_over(a[i] * y[k], k), a[i] * sum_over(y[k], k), (i,)))
    """
    try:
        difference = _in_case(claim, normal(claim.before)) - _in_case(claim, normal(claim.after))
    except Undecided as why:
        return f"cannot tell for any K: {why}"
    difference = _contracted(expand(difference))
    if TARGETS_SUM_TO_ONE in claim.uses:
        difference = expand(with_targets_summing_to_one(difference))
    if _is_zero(difference):
        return None
    return f"for any K, the difference is {difference}"


def _in_case(claim: Claim, value: Any) -> Any:
    if claim.when == "i=j":
        return value.xreplace({j: i})
    if claim.when == "i!=j":
        return value.xreplace({KroneckerDelta(i, j): 0})
    return value


def _contracted(value: Any) -> Any:
    """δ_ij g(j) = δ_ij g(i), and δ² = δ, for indices that are no counters."""
    result: Any = 0
    for term in Add.make_args(value):
        for power in Mul.make_args(term):
            delta = power.as_base_exp()[0]
            if isinstance(delta, KroneckerDelta):
                keep, drop = sorted(delta.args, key=str)
                term = delta * (term / power).xreplace({drop: keep})
        result += term
    return expand(result)


def _is_zero(value: Any) -> bool:
    """What is still a sum, a δ or an indexed letter is a number nobody knows: any value must do."""
    flat = value
    for kind in (Sum, Indexed, KroneckerDelta):
        flat = flat.xreplace({one: Dummy() for one in flat.atoms(kind)})
    # One point where it is not 0 settles it, and costs far less than a common denominator.
    letters = sorted(flat.free_symbols, key=str)
    at_a_point = flat.xreplace({letter: Integer(prime(n)) for n, letter in enumerate(letters, 5)})
    if at_a_point.is_Rational and at_a_point != 0:
        return False
    return bool(cancel(together(flat)) == 0)
