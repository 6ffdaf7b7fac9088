"""A formula with the lesson's numbers in it, and the correct sign, = or ≈, before its result.

Rounded numbers need not fit together: −0.659 · 0.242 is −0.159 on a calculator, but −0.160 from the exact
values. So the sign is "=" only if the displayed digits give the displayed result, and "≈" otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import mpmath
from sympy import Add, Eq, Expr, KroneckerDelta, Mul, Number, Pow, Sum, Symbol, exp, log
from sympy.core.relational import Relational

from softmax_explained.core.formulas import nodes
from softmax_explained.core.number_format import parse_number
from softmax_explained.core.printing.unicode import to_text
from softmax_explained.core.quantities.keys import (
    IndexValues,
    SymbolKeys,
    holds,
    one_based,
)
from softmax_explained.core.quantities.quantity import Quantity
from softmax_explained.errors import ProofError, UsageError

DIGITS = mpmath.MPContext()  # for any quotient of quantities, even e^1000
DIGITS.dps = 40
SAME = 1e-6
"""Exact values agree to within this; a measured slope is no more accurate."""
HALF = (1 - DIGITS.mpf(10) ** -20) / 2
"""A little less than ½: 0.0005 has no exact binary value, so a tie in decimals may be missed by a bit."""


class Quantities(Protocol):
    """What a solution provides: a quantity for each key, and the keys of letters."""

    @property
    def symbol_keys(self) -> SymbolKeys:
        """Which quantity each letter and derivative of a formula is."""

    def __getitem__(self, key: str) -> Quantity:
        """Find a quantity; indices in the key count from 0."""


def with_numbers(expr: Expr, solution: Quantities, index: Mapping[Symbol, int]) -> Any:
    """Put the lesson's numbers into a formula: the same tree, every letter a `Shown`, every Σ expanded.

    e^{z_k} and derivatives such as ∂C/∂z_i are quantities too, and become one number each.

    Args:
        expr: the formula; indices written as numbers in it count from 1, a[1] being the first share.
        solution: where the numbers come from.
        index: the class (or input) of each free index, counted from 0 as in `Solution`.

    Raises:
        UsageError: for a free index without a class, or a node that has no number.
        UnknownQuantityError: for a letter that is no quantity of the solution.

    >>> from softmax_explained.core import default_lesson, solve
    >>> from softmax_explained.core.derivations.registry import DERIVATIONS
    >>> from softmax_explained.core.formulas.symbols import i
    >>> to_text(with_numbers(DERIVATIONS["case_i_equals_j"][-1], solve(default_lesson()), {i: 0}))
    '0.659 (1 − 0.659)'
    """
    return _put(expr, solution, {symbol: n + 1 for symbol, n in index.items()})


def _put(expr: Any, solution: Quantities, at: IndexValues) -> Any:
    def put(part: Any) -> Any:
        return _put(part, solution, at)

    if (key := solution.symbol_keys.of(expr, at)) is not None:
        return solution[key].shown
    match expr:
        case Sum() if len(expr.limits) == 1:
            return _expanded(expr.function, expr.limits[0], None, solution, at)
        case nodes.SumNot():
            limits = (expr.index, expr.lo, expr.hi)
            return _expanded(expr.body, limits, one_based(expr.missing, at), solution, at)
        case KroneckerDelta():
            return nodes.Literal(int(holds(Eq(*expr.args, evaluate=False), at)))
        case nodes.Cases():
            return put(next(value for value, when in expr.rows if holds(when, at)))
        case Add():
            return Add(*(term for part in expr.args for term in _terms(part, put(part))), evaluate=False)
        case Mul() | Pow() | exp() | log() | Relational():
            return expr.func(*map(put, expr.args), evaluate=False)
        case nodes.Paren() | nodes.Approx() | nodes.Becomes():
            return expr.func(*map(put, expr.args))
        case Number() | nodes.Literal() | nodes.Shown():
            return expr
    raise UsageError(
        f"{to_text(expr)} has no number",
        hint="put numbers into letters, slopes, sums and their arithmetic",
    )


def _terms(part: Any, put: Any) -> tuple[Any, ...]:
    """Return the terms that a part of a sum contributes: those of an expanded Σ, or the part itself."""
    return put.args if isinstance(part, Sum | nodes.SumNot) and isinstance(put, Add) else (put,)


def _expanded(body: Any, limits: Any, missing: int | None, solution: Quantities, at: IndexValues) -> Any:
    index, lo, hi = limits
    last = int(solution[hi.name].value) if isinstance(hi, Symbol) else int(hi)
    terms = [_put(body, solution, {**at, index: n}) for n in range(int(lo), last + 1) if n != missing]
    return Add(*terms, evaluate=False) if len(terms) != 1 else terms[0]


def compute(expr: Any, *, shown: bool = False) -> Any:
    """Compute a formula of numbers with 40 digits.

    Args:
        expr: the return value of `with_numbers`.
        shown: compute from the displayed digits instead of the exact values.

    Returns:
        An mpmath number, of any size.

    Raises:
        UsageError: for a node that is no number.
        ZeroDivisionError: for a division by a number that is 0, or is displayed as 0.

    >>> float(compute(nodes.Shown(0.659001, "0.659") * nodes.Shown(0.242433, "0.242"), shown=True))
    0.159478
    """

    def of(part: Any) -> Any:
        return compute(part, shown=shown)

    match expr:
        case nodes.Shown() if shown:
            return DIGITS.mpf(str(parse_number(expr.text)))
        case nodes.Shown():
            return DIGITS.mpf(expr.value)
        case nodes.Literal():
            return DIGITS.mpf(int(expr.number))
        case Number() if expr.is_Rational:
            return DIGITS.mpf(int(expr.p)) / int(expr.q)
        case nodes.Paren():
            return of(expr.body)
        case Add():
            return DIGITS.fsum(map(of, expr.args))
        case Mul():
            return DIGITS.fprod(map(of, expr.args))
        case Pow():
            return of(expr.args[0]) ** of(expr.args[1])
        case exp():
            return DIGITS.exp(of(expr.args[0]))
        case log():
            return DIGITS.log(of(expr.args[0]))
    raise UsageError(f"{to_text(expr)} is not a number", hint="call with_numbers first")


def with_result(expr: Any, quantity: Quantity) -> Any:
    """Write expr = result, or expr ≈ result if the displayed digits do not give the displayed result.

    A tie between two last digits is "≈" too, because viewers may round it either way.

    Args:
        expr: the return value of `with_numbers`.
        quantity: the result.

    Raises:
        ProofError: the quantity is not the value of the formula.

    >>> from softmax_explained.core import default_lesson, solve
    >>> from softmax_explained.core.derivations.registry import DERIVATIONS
    >>> from softmax_explained.core.formulas.symbols import i, j
    >>> solution = solve(default_lesson())
    >>> own = with_numbers(DERIVATIONS["case_i_equals_j"][-1], solution, {i: 0})
    >>> to_text(with_result(own, solution["J[0,0]"]))
    '0.659 (1 − 0.659) = 0.225'
    >>> other = with_numbers(DERIVATIONS["case_i_not_j"][-1], solution, {i: 0, j: 1})
    >>> to_text(with_result(other, solution["J[1,0]"]))
    '−0.659 · 0.242 ≈ −0.160'
    """
    result = quantity.shown
    try:
        displayed = compute(expr, shown=True)
    except ZeroDivisionError:  # a share too small for its digits: 1 / 0.000
        return nodes.Approx(expr, result)
    if all(map(_is_near_its_digits, (result, *expr.atoms(nodes.Shown)))):
        exact, claimed = compute(expr), compute(result)
        if abs(exact - claimed) > SAME * max(1, abs(claimed)):
            raise ProofError(
                f"{to_text(expr)} is {float(exact):.6g}, but {result.key} is {float(claimed):.6g}",
                hint="give the quantity that the formula computes",
            )
    unit = DIGITS.mpf(10) ** (quantity.exponent - quantity.decimals)
    closes = abs(displayed - compute(result, shown=True)) < HALF * unit
    return Eq(expr, result, evaluate=False) if closes else nodes.Approx(expr, result)


def _is_near_its_digits(number: Any) -> bool:
    """Whether a number is neither too large for plain digits nor, unless it is 0, too small for them.

    Other numbers may have been cut off at the limits of a float, so they cannot be compared exactly.
    """
    return "×" not in number.text and bool(parse_number(number.text) or not number.value)
