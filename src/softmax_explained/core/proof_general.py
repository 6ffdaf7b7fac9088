"""Proof for any number of classes at once: both lines have the same normal form."""

from __future__ import annotations

from typing import Any

from sympy import Add, Dummy, Integer, KroneckerDelta, Mul, Sum, cancel, expand, prime, together
from sympy.tensor.indexed import Indexed

from softmax_explained.core.any_number import normal, with_targets_summing_to_one
from softmax_explained.core.claim import Claim, Undecided
from softmax_explained.core.derivations.derivation import TARGETS_SUM_TO_ONE
from softmax_explained.core.formulas.symbols import i, j


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
