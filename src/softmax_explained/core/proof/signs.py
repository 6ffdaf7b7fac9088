"""What the form of a formula says about its sign: squares, positive letters, and sums and products of them.

Two ways that share nothing, one for each algebraic prover: by the form as it is written, for any number of
classes, and by computing with signs instead of numbers, for a definite number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sympy import Add, Expr, Indexed, Mul, Number, Pow, Sum, Symbol, exp

from softmax_explained.core.derivations.theory import Sign, Theory
from softmax_explained.core.formulas.nodes import Literal, Paren, SumNot, named
from softmax_explained.core.proof.claim import Relation
from softmax_explained.core.proof.interpreter import Domain

ENOUGH: Mapping[Relation, Sign] = {"<=": Sign.NON_NEGATIVE, "<": Sign.POSITIVE}
"""What must be known of a value for it to be at least 0, or above 0."""


def sign_of_form(expr: Any, theory: Theory) -> Sign:
    """Read the sign of a formula off its form, for any number of classes; every letter is a real number.

    >>> from softmax_explained.core.derivations.registry import SOFTMAX
    >>> from softmax_explained.core.formulas.symbols import a, i, j, sum_over, y
    >>> sign_of_form(sum_over((a[i] - y[i]) ** 2 * a[i], i), SOFTMAX).name
    'NON_NEGATIVE'
    >>> sign_of_form(a[i] * a[j], SOFTMAX).name, sign_of_form(a[i] - y[i], SOFTMAX).name
    ('POSITIVE', 'UNKNOWN')
    """
    match expr:
        case Literal() | Paren():
            return sign_of_form(expr.args[0], theory)
        case Number():
            return Sign.POSITIVE if expr > 0 else Sign.NON_NEGATIVE if expr == 0 else Sign.UNKNOWN
        case Symbol() | Indexed():
            name, _ = named(expr)
            defined = theory.definitions.get(name)
            return sign_of_form(defined.rhs, theory) if defined is not None else theory.sign(name)
        case exp():
            return Sign.POSITIVE
        case Add():
            signs = [sign_of_form(part, theory) for part in expr.args]
            return max(signs) if all(signs) else Sign.UNKNOWN
        case Mul():
            return min(sign_of_form(part, theory) for part in expr.args)
        case Pow() if expr.exp.is_Integer:
            base = sign_of_form(expr.base, theory)
            is_square = expr.exp > 0 and expr.exp % 2 == 0
            return (
                Sign.POSITIVE if base is Sign.POSITIVE else Sign.NON_NEGATIVE if is_square else Sign.UNKNOWN
            )
        case Sum() if len(expr.limits) == 1:
            body = sign_of_form(expr.function, theory)
            return body if expr.limits[0][1] == 1 else min(body, Sign.NON_NEGATIVE)
        case SumNot():  # may have no term at all
            return min(sign_of_form(expr.body, theory), Sign.NON_NEGATIVE)
    return Sign.UNKNOWN


@dataclass(frozen=True)
class Known:
    """A number of which the sign alone is known."""

    sign: Sign
    is_zero: bool = False

    def __add__(self, other: Known) -> Known:
        if self.is_zero or other.is_zero:
            return other if self.is_zero else self
        known = self.sign and other.sign
        return Known(max(self.sign, other.sign) if known else Sign.UNKNOWN)

    def __mul__(self, other: Known) -> Known:
        return Known(min(self.sign, other.sign), self.is_zero or other.is_zero)

    def __pow__(self, exponent: int) -> Known:
        if self.sign is Sign.POSITIVE:
            return self
        is_square = exponent > 0 and exponent % 2 == 0
        return Known(Sign.NON_NEGATIVE if is_square else Sign.UNKNOWN)


class Signs(Domain):
    """Letters and results as signs, for a definite number of classes."""

    def number(self, numerator: int, denominator: int) -> Known:
        """Give the sign of a rational number."""
        value = numerator * denominator
        return Known(Sign.POSITIVE if value > 0 else Sign.UNKNOWN if value else Sign.NON_NEGATIVE, value == 0)

    def letter(self, name: str, at: tuple[int, ...]) -> Known:
        """Give the sign of a letter: what its definition or its range says."""
        if name in self.theory.definitions:
            return self.definition(name, at)  # type: ignore[no-any-return]
        return Known(self.theory.sign(name))

    def exp(self, value: Known) -> Known:
        """e^x is positive."""
        return Known(Sign.POSITIVE)

    def log(self, value: Known) -> Known:
        """Ln x may have any sign."""
        return Known(Sign.UNKNOWN)

    def derivative(self, of: Callable[[Domain], Any], name: str, at: tuple[int, ...]) -> Known:
        """A derivative may have any sign."""
        return Known(Sign.UNKNOWN)

    def mismatch(self, before: Known, after: Known, relation: Relation) -> str | None:
        """Accept only 0 ≤ value and 0 < value."""
        is_enough = before.is_zero and relation in ENOUGH and after.sign >= ENOUGH[relation]
        return None if is_enough else "the sign cannot be read off the form"


def is_zero(expr: Expr) -> bool:
    """Whether a formula is the number 0."""
    return bool(expr == 0 or expr == Literal(0))
