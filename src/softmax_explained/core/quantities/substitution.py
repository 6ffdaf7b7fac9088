"""The same formula with the lesson's numbers in it, and an honest sign before its result.

Rounded digits lie: −0.659 · 0.242 is 0.159 to a viewer with a calculator and 0.160 from the exact values. So
the sign before a result is "=" only when the digits on screen give the digits on screen, and "≈" otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from sympy import Add, Eq, Expr, Float, KroneckerDelta, Mul, Number, Pow, Sum, Symbol, exp, log
from sympy.core.relational import Relational
from sympy.tensor.indexed import Indexed

from softmax_explained.core.formulas.nodes import (
    Approx,
    Becomes,
    Cases,
    Literal,
    Paren,
    Partial,
    Shown,
    SumNot,
)
from softmax_explained.core.number_format import parse_number
from softmax_explained.core.printing.unicode import to_text
from softmax_explained.core.quantities.arithmetic import DIGITS, compute
from softmax_explained.core.quantities.quantity import Quantity
from softmax_explained.core.quantities.symbol_lookup import (
    Index,
    bracketed,
    holds,
    letter_key,
    one_based,
    slope_key,
)
from softmax_explained.errors import ProofError, UsageError

SAME = 1e-6  # a measured slope is good to about this
HAIR = (
    DIGITS.mpf(10) ** -20
)  # 0.0005 is no binary number: what is half-way in decimals may miss it by less than this


class Quantities(Protocol):
    """What a solution gives: a quantity for a key."""

    def __getitem__(self, key: str) -> Quantity:
        """Find a quantity; indices in the key count from 0."""


def leaf(quantity: Quantity) -> Shown:
    """The number that stands for a quantity in a formula, with the digits it has everywhere.

    >>> from softmax_explained.core import default_lesson, solve
    >>> leaf(solve(default_lesson())["z[0]"]).text
    '2.0'
    """
    value = Float(f"{quantity.value!r}e{quantity.exponent}") if quantity.exponent else quantity.value
    shown: Shown = Shown(value, quantity.text, quantity.key)
    return shown


def with_numbers(expr: Expr, solution: Quantities, index: Mapping[Symbol, int]) -> Any:
    """Put the lesson's numbers into a formula: the same tree, every letter a `Shown`, every Σ written out.

    e^{z_k} becomes the length it stands for, and a slope such as ∂C/∂z_i its value.

    Args:
        expr: the formula; indices written as numbers in it count from 1, a[1] being the first share.
        solution: where the numbers come from.
        index: the class (or input) of each open index, counted from 0 as in `Solution`.

    Raises:
        UsageError: for an open index without a class, or a node that has no number.
        UnknownQuantityError: for a letter the solution does not know.

    >>> from softmax_explained.core import default_lesson, solve
    >>> from softmax_explained.core.derivations.registry import DERIVATIONS
    >>> from softmax_explained.core.formulas.symbols import i
    >>> to_text(with_numbers(DERIVATIONS["case_i_equals_j"][-1], solve(default_lesson()), {i: 0}))
    '0.659 (1 − 0.659)'
    """
    return _Numbers(solution).put(expr, {symbol: n + 1 for symbol, n in index.items()})


class _Numbers:
    def __init__(self, solution: Quantities) -> None:
        self.solution = solution

    def put(self, expr: Any, at: Index) -> Any:
        match expr:
            case Indexed():
                return self._shown(letter_key(expr, at))
            case Symbol():
                return self._shown(letter_key(expr))
            case exp() if isinstance(expr.args[0], Indexed) and str(expr.args[0].base.label) == "z":
                return self._shown(bracketed("e", expr.args[0].indices, at))
            case Partial():
                return self._shown(slope_key(expr, at))
            case Sum() if len(expr.limits) == 1:
                return self._written_out(expr.function, expr.limits[0], None, at)
            case SumNot():
                limits = (expr.index, expr.lo, expr.hi)
                return self._written_out(expr.body, limits, one_based(expr.missing, at), at)
            case KroneckerDelta():
                return Literal(int(holds(Eq(*expr.args, evaluate=False), at)))
            case Cases():
                return self.put(next(value for value, when in expr.rows if holds(when, at)), at)
            case Add():
                return Add(*self._terms(expr, at), evaluate=False)
            case Mul() | Pow() | exp() | log() | Relational():
                return expr.func(*(self.put(part, at) for part in expr.args), evaluate=False)
            case Paren() | Approx() | Becomes():
                return expr.func(*(self.put(part, at) for part in expr.args))
            case Number() | Literal() | Shown():
                return expr
        raise UsageError(
            f"{to_text(expr)} has no number",
            hint="put numbers into letters, slopes, sums and their arithmetic",
        )

    def _terms(self, expr: Any, at: Index) -> Iterator[Any]:
        """Give the terms of an Add; a Σ that was added brings its own."""
        for part in expr.args:
            put = self.put(part, at)
            if isinstance(part, Sum | SumNot) and isinstance(put, Add):
                yield from put.args
            else:
                yield put

    def _shown(self, key: str) -> Any:
        return leaf(self.solution[key])

    def _written_out(self, body: Any, limits: Any, hole: int | None, at: Index) -> Any:
        counter, lo, hi = limits
        last = int(self.solution[hi.name].value) if isinstance(hi, Symbol) else int(hi)
        terms = [self.put(body, {**at, counter: n}) for n in range(int(lo), last + 1) if n != hole]
        return Add(*terms, evaluate=False) if len(terms) != 1 else terms[0]


def with_result(expr: Any, quantity: Quantity) -> Any:
    """Write expr = result, or expr ≈ result when the displayed digits do not give the displayed result.

    A result half-way between two last digits is "≈" too: one viewer would round it up, another down.

    Args:
        expr: what `with_numbers` gave.
        quantity: the result.

    Raises:
        ProofError: when the quantity is not the value of the formula at all.

    >>> from softmax_explained.core import default_lesson, solve
    >>> from softmax_explained.core.derivations.registry import DERIVATIONS
    >>> from softmax_explained.core.formulas.symbols import i, j
    >>> solution = solve(default_lesson())
    >>> own = with_numbers(DERIVATIONS["case_i_equals_j"][-1], solution, {i: 0})
    >>> to_text(with_result(own, solution["J[0,0]"]))
    '0.659 (1 − 0.659) = 0.225'
    >>> tax = with_numbers(DERIVATIONS["case_i_not_j"][-1], solution, {i: 0, j: 1})
    >>> to_text(with_result(tax, solution["J[1,0]"]))
    '−0.659 · 0.242 ≈ −0.160'
    """
    scale = DIGITS.mpf(10) ** quantity.exponent
    result = leaf(quantity)
    try:
        again = compute(expr, shown=True)
    except ZeroDivisionError:  # a share too small for its digits: 1 / 0.000
        return Approx(expr, result)
    if all(_is_near_its_digits(number) for number in (result, *_numbers(expr))):
        _insist(expr, result)
    half_a_digit = scale / (2 * DIGITS.mpf(10) ** quantity.decimals) * (1 - HAIR)
    if abs(again - compute(result, shown=True)) < half_a_digit:
        return Eq(expr, result, evaluate=False)
    return Approx(expr, result)


def _insist(expr: Any, result: Any) -> None:
    exact, claimed = compute(expr, shown=False), compute(result, shown=False)
    if abs(exact - claimed) > SAME * max(1, abs(claimed)):
        raise ProofError(
            f"{to_text(expr)} is {float(exact):.6g}, but {result.key} is {float(claimed):.6g}",
            hint="give the quantity that the formula computes",
        )


def _is_near_its_digits(number: Any) -> bool:
    """Whether a number is neither too large for plain digits nor, unlike 0, too small for them.

    What is not may have been cut off at the end of what a float can hold, so nothing is to be checked by it.
    """
    return "×" not in number.text and bool(parse_number(number.text) or not number.value)


def _numbers(expr: Any) -> Iterator[Any]:
    if isinstance(expr, Shown):
        yield expr
        return
    for part in expr.args:
        yield from _numbers(part)
