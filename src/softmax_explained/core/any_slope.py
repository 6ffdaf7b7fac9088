"""Slopes for any K, by the chain rule over the atoms of a normal form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import Dummy, IndexedBase, KroneckerDelta, Mul, Sum, diff, expand
from sympy import S as SYMPY
from sympy.tensor.indexed import Indexed

from softmax_explained.core.any_sum import A, B, E, L, total
from softmax_explained.core.formulas.symbols import S


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
