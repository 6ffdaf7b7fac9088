"""Slopes for any K, by the chain rule over the atoms of a normal form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import Add, Dummy, IndexedBase, KroneckerDelta, Mul, Sum, Symbol, diff, expand
from sympy import S as SYMPY
from sympy.tensor.indexed import Indexed

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


def moved_by_a_share(at: Any) -> Callable[[Any], Any]:
    """Say how fast each atom moves when the share a_at is nudged and all else is held."""

    def moved(atom: Any) -> Any:
        if isinstance(atom, Indexed) and atom.base in (A, B):
            delta = KroneckerDelta(atom.indices[0], at)
            return delta if atom.base == A else delta / atom.func(A, *atom.indices)
        return SYMPY.Zero

    return moved


def moved_by_a_score(letter: str, at: Any) -> Callable[[Any], Any]:
    """Say how fast each atom moves when z_i is nudged, be it through w_im or b_i."""
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


def slope(value: Any, moved: Callable[[Any], Any]) -> Any:
    """Chain rule: how far the value moves is the sum, over its atoms, of slope times how far each moves."""
    sums = {one: Dummy() for one in value.atoms(Sum)}
    back = {name: one for one, name in sums.items()}
    flat = value.xreplace(sums)
    result = SYMPY.Zero
    for name, one in back.items():
        if flat.has(name):
            within = total(slope(one.function, moved), *one.limits[0])
            result += diff(flat, name).xreplace(back) * within
    for atom in flat.atoms(Indexed) | ({S, L} & flat.free_symbols):
        stand_in = Dummy()
        rate = diff(flat.xreplace({atom: stand_in}), stand_in).xreplace({stand_in: atom})
        result += rate.xreplace(back) * moved(atom)
    return expand(result)


def worked_out(value: Any) -> Any:
    """Put e^{z}/S back for the shares, and z − ln S for their logarithms."""
    if isinstance(value, Sum):
        return total(worked_out(value.function), *value.limits[0])
    if isinstance(value, Indexed):
        if value.base == A:
            return E[value.indices] / S
        return IndexedBase("z")[value.indices] - L if value.base == B else value
    if not value.args or isinstance(value, KroneckerDelta):
        return value
    return expand(value.func(*map(worked_out, value.args)))
