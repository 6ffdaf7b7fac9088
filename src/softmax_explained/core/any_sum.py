"""Sums to any K: what does not depend on the counter goes outside, δ contracts, the rest stays a sum."""

from __future__ import annotations

from typing import Any

from sympy import Add, IndexedBase, KroneckerDelta, Mul, Sum, Symbol, expand
from sympy import S as SYMPY

from softmax_explained.core.formulas.symbols import K, M, S, m

#: e^{z_k}; under ∂/∂a_j also the shares as letters of their own, and their logarithms.
E, A, B = IndexedBase("E"), IndexedBase("A"), IndexedBase("B")
#: ln S.
L = Symbol("L")
#: e^c.
exp_c = Symbol("exp_c", positive=True)


def total(body: Any, counter: Any, lo: Any, hi: Any) -> Any:
    """Σ body: constants go outside, δ contracts, and what is left is a sum in a counter of its own name."""
    result = SYMPY.Zero
    for term in Add.make_args(expand(body)):
        inside = [factor for factor in Mul.make_args(term) if factor.has(counter)]
        outside = Mul(*(factor for factor in Mul.make_args(term) if not factor.has(counter)))
        delta = next((factor for factor in inside if _contracts(factor, counter, lo, hi)), None)
        if delta is not None:
            inside.remove(delta)
            result += outside * Mul(*inside).xreplace({counter: _other(delta, counter)})
        elif inside:
            result += outside * _left_over(Mul(*inside), counter, lo, hi)
        else:
            result += outside * (hi - lo + 1)
    return expand(result)


def _contracts(factor: Any, counter: Any, lo: Any, hi: Any) -> bool:
    """Whether the sum runs over all that a δ's other index can be: all inputs for m, else all classes."""
    if not isinstance(factor, KroneckerDelta):
        return False
    other = _other(factor, counter)
    return bool(isinstance(other, Symbol) and lo == 1 and hi == (M if other == m else K))


def _other(delta: Any, counter: Any) -> Any:
    return next(index for index in delta.args if index != counter)


def _left_over(body: Any, counter: Any, lo: Any, hi: Any) -> Any:
    if body == E[counter] and (lo, hi) == (1, K):
        return S
    depth = len(body.atoms(Sum))  # nested counters must not share a name
    name = Symbol(f"n_{depth}", integer=True, positive=True)
    return Sum(body.xreplace({counter: name}), (name, lo, hi))
