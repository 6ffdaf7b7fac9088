"""Identities as claims for the provers: entry by entry, with the conditions substituted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import reduce
from typing import Any

from sympy import Add, Expr, Indexed, KroneckerDelta, Mul, Pow, Rational, Symbol, evaluate

from softmax_explained.core.derivations.identity import Identity
from softmax_explained.core.derivations.theory import Theory
from softmax_explained.core.formulas.nodes import (
    Diag,
    Gradient,
    Literal,
    Matrix,
    Norm,
    Paren,
    Transposed,
    Vector,
)
from softmax_explained.core.formulas.relations import links
from softmax_explained.core.formulas.symbols import C, a, any_v, derivative, eta, i, j, k, sum_over, w, x, z
from softmax_explained.core.proof.claim import Claim, Relation, Undecided
from softmax_explained.errors import UsageError

# The relation to prove for each sign; the sides of ≥ and > are swapped, and for ← the new value is compared
RELATIONS: Mapping[str, Relation] = {"=": "=", "←": "=", "≤": "<=", "≥": "<=", "<": "<", ">": "<"}

Entry = Callable[[Any, Any], Any]
"""The entry in a row and a column. A column vector ignores the column, and a row vector the row."""


def claims_of(identity: Identity, theory: Theory) -> Iterator[Claim]:
    """One claim per relation of an identity.

    A step x ← r claims that r is x less η times the gradient of the loss along x.

    >>> from softmax_explained.core.derivations.registry import SOFTMAX
    >>> from softmax_explained.core.printing.unicode import to_text
    >>> to_text(next(claims_of(SOFTMAX.identities["jacobian_matrix"], SOFTMAX)).after)
    'δ_ij a_j − a_j a_i'
    """
    for left, sign, right in links(identity.relation):
        with evaluate(False):
            if sign == "←":
                left = left - eta * Gradient(C, left)
            before, after = (
                _with_conditions(_entry(side, identity), identity, theory) for side in (left, right)
            )
        lines = (after, before) if sign in ("≥", ">") else (before, after)
        relation = RELATIONS.get(sign)
        if relation is None:
            raise UsageError(f"{identity.name}: a {sign} cannot be proved", hint="use =, ≤, <, ≥, > or ←")
        claim = Claim(*lines, identity.free, identity.when, identity.uses, theory, relation)
        if identity.margin is None:
            yield claim
            continue
        margin = _with_conditions(identity.margin, identity, theory)
        with evaluate(False):
            difference = lines[1] - lines[0]
        yield replace(claim, before=difference, after=margin, relation="=")
        yield replace(claim, before=Literal(0), after=margin)


def _with_conditions(expr: Expr, identity: Identity, theory: Theory) -> Any:
    """Put in the instance, and for the letters of the conditions what they are; losses are written out."""
    expr = expr.xreplace(dict(identity.instance))
    conditions = (*identity.given, *identity.chosen)
    if conditions:
        letters = {equation.lhs: equation.rhs for equation in theory.definitions.values()}
        expr = expr.xreplace({letter: rhs for letter, rhs in letters.items() if isinstance(letter, Symbol)})
    for condition in conditions:
        letter, value = condition.args
        put = {letter: value}
        if isinstance(letter, Indexed) and letter.indices[0] in theory.indices:  # for every class
            parts = (part for part in expr.atoms(Indexed) if part.base == letter.base)
            put = {part: value.xreplace({letter.indices[0]: part.indices[0]}) for part in parts}
        expr = expr.xreplace(put)
    return expr


def _squared(side: Any) -> Any:
    """The square of a side that is a norm, or a norm times positive numbers."""
    match side:
        case Norm():
            _, entry = _shaped(side.of)
            return sum_over(entry(i, i) ** 2, i)
        case Rational() if side > 0:
            return side**2
        case Mul():
            return Mul(*map(_squared, side.args), evaluate=False)
    raise Undecided(f"no rule for the square of {side}")


def _entry(expr: Expr, identity: Identity) -> Any:
    """The entry of a bold expression: row j, column i of a matrix, the open row of a column; else itself."""
    if expr.atoms(Norm):  # both sides of a relation of norms are squared, which keeps it
        return _squared(expr)
    shape, entry = _shaped(expr)
    row = identity.free[0] if len(identity.free) == 1 else i
    return entry(j, i) if shape == "matrix" else entry(row, row)


def _shaped(expr: Any) -> tuple[str, Entry]:
    """The shape of an expression, "scalar", "column", "row" or "matrix", and its entries."""
    if not expr.atoms(Vector, Matrix):
        return "scalar", lambda *_: expr
    match expr:
        case Vector():
            letter = {"z": z, "a": a, "x": x, "v": any_v}.get(expr.name) or Indexed(expr.name, i).base
            return "column", lambda row, _: letter[row]
        case Matrix(name="J"):
            return "matrix", lambda row, column: derivative(a[row], z[column])
        case Matrix(name="W"):
            return "matrix", lambda row, column: w[row, column]
        case Paren():
            return _shaped(expr.body)
        case Diag():
            _, inner = _shaped(expr.of)
            return "matrix", lambda *at: KroneckerDelta(*sorted(at, key=str)) * inner(*at)
        case Transposed():
            shape, inner = _shaped(expr.of)
            transposed = {"column": "row", "row": "column"}.get(shape, shape)
            return transposed, lambda row, column: inner(column, row)
        case Gradient():
            _, inner = _shaped(expr.x)
            return "column", lambda *at: derivative(expr.f, inner(*at))
        case Add():
            shapes, entries = zip(*map(_shaped, expr.args), strict=True)
            if len(set(shapes)) == 1:
                return shapes[0], lambda *at: Add(*(entry(*at) for entry in entries))
        case Pow():
            shape, base = _shaped(expr.base)
            if shape != "matrix":  # its powers are not those of its entries
                return shape, lambda *at: Pow(base(*at), expr.exp)
        case Mul():
            return reduce(_product, map(_shaped, expr.args))
    raise Undecided(f"no rule for the entries of {expr}")


def _product(left: tuple[str, Entry], right: tuple[str, Entry]) -> tuple[str, Entry]:
    """The matrix product; two columns, as in y/a, are multiplied entry by entry."""
    (shape, one), (other, two) = left, right
    if (shape, other) == ("matrix", "column"):
        return "column", lambda row, _: sum_over(one(row, k) * two(k, k), k)
    vectors = {("column", "row"): "matrix", ("column", "column"): "column"}
    result = other if shape == "scalar" else shape if other == "scalar" else vectors.get((shape, other))
    if result is None:
        raise Undecided(f"no rule for the product of a {shape} and a {other}")
    return result, lambda *at: one(*at) * two(*at)
