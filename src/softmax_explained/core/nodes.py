"""What the film writes that SymPy has no word for: Σ_{j≠i}, a displayed number, ←, bold letters.

Each is a small SymPy expression, so a formula stays one tree from the first line of a proof to the last
glyph on the screen. None of them evaluates anything: what an author writes is what is printed.
"""

from __future__ import annotations

from typing import Any, Self

from sympy import Basic, Expr, Float, Integer, Symbol, Tuple, sympify
from sympy.core.symbol import Str

from softmax_explained.errors import UsageError


class Mark(Expr):  # type: ignore[misc]  # SymPy ships no type hints
    """A node that only means and prints: it never rewrites its parts."""

    is_commutative = True

    def __new__(cls, *parts: Any) -> Self:
        return Expr.__new__(cls, *map(sympify, parts))  # type: ignore[no-any-return]


def _part(n: int) -> property:
    """The n-th part of a node under a name of its own."""
    return property(lambda self: self.args[n])


def _name(n: int) -> property:
    """The n-th part of a node, a piece of text, as a Python string."""
    return property(lambda self: self.args[n].name)


class SumNot(Mark):
    """Σ_{j≠i} body: a sum over `index` from `lo` to `hi` that leaves `missing` out.

    >>> from softmax_explained.core.symbols import K, a, i, j, y
    >>> SumNot(y[j] * a[i], j, i, 1, K).missing
    i
    """

    def __new__(cls, body: Any, index: Any, missing: Any, lo: Any, hi: Any) -> Self:
        return Mark.__new__(cls, body, index, missing, lo, hi)

    body = _part(0)
    index = _part(1)
    missing = _part(2)
    lo = _part(3)
    hi = _part(4)

    @property
    def free_symbols(self) -> set[Basic]:
        """Every symbol but the index, which is bound."""
        bounds = self.missing.free_symbols | self.lo.free_symbols | self.hi.free_symbols
        return (self.body.free_symbols - {self.index}) | bounds


class Partial(Mark):
    """∂f/∂x, never carried out. `f` may be a letter (∂C/∂z_i) or a whole expression (∂/∂a_j (…))."""

    def __new__(cls, f: Any, x: Any) -> Self:
        return Mark.__new__(cls, f, x)

    f = _part(0)
    x = _part(1)


class Shown(Mark):
    """A number as the viewer sees it: its exact value, its digits, and the quantity it came from.

    Args:
        value: the exact value (a float, or a SymPy Float where a float would overflow).
        text: the digits on screen, written by the one formatter, for example "0.659".
        key: the quantity's key, for example "a[0]"; "" for a number that is no quantity.
    """

    def __new__(cls, value: Any, text: str, key: str = "") -> Self:
        return Mark.__new__(cls, Float(value), Str(str(text)), Str(str(key)))

    value = _part(0)
    text = _name(1)
    key = _name(2)


class Literal(Mark):
    """A whole number written on purpose: the 0 in 0 · S, the 1 in a_i · 1, which algebra would swallow."""

    def __new__(cls, number: Any) -> Self:
        return Mark.__new__(cls, Integer(number))

    number = _part(0)


class Paren(Mark):
    """Parentheses the author wants although the tree does not need them."""

    def __new__(cls, body: Any) -> Self:
        return Mark.__new__(cls, body)

    body = _part(0)


class Approx(Mark):
    """left ≈ right, for numbers whose displayed digits do not give the displayed result."""

    def __new__(cls, left: Any, right: Any) -> Self:
        return Mark.__new__(cls, left, right)

    lhs = _part(0)
    rhs = _part(1)


class Becomes(Mark):
    """left ← right: the new value of a letter, as in z ← z − η(a − y)."""

    def __new__(cls, left: Any, right: Any) -> Self:
        return Mark.__new__(cls, left, right)

    lhs = _part(0)
    rhs = _part(1)


class Cases(Mark):
    """One value a condition: Cases((a_i(1 − a_i), i = j), (−a_i a_j, i ≠ j)). No words, so no language.

    Args:
        rows: pairs (value, condition), the condition an Eq or Ne of two indices.
    """

    def __new__(cls, *rows: tuple[Any, Any]) -> Self:
        if not rows:
            raise UsageError("Cases without a row", hint="give at least one pair (value, condition)")
        return Mark.__new__(cls, *(Tuple(*row) for row in rows))

    rows = property(lambda self: tuple((row[0], row[1]) for row in self.args))


class Vector(Symbol):  # type: ignore[misc]
    """The letter of a whole vector, printed upright and bold."""


class Matrix(Symbol):  # type: ignore[misc]
    """The letter of a whole matrix, printed upright and bold."""


class Transposed(Mark):
    """Aᵀ."""

    def __new__(cls, of: Any) -> Self:
        return Mark.__new__(cls, of)

    of = _part(0)


class Diag(Mark):
    """diag(v): the matrix with v on its diagonal."""

    def __new__(cls, of: Any) -> Self:
        return Mark.__new__(cls, of)

    of = _part(0)


class Gradient(Mark):
    """∇_z C: all the slopes of f along the parts of a vector at once."""

    def __new__(cls, f: Any, x: Any) -> Self:
        return Mark.__new__(cls, f, x)

    f = _part(0)
    x = _part(1)


class Differential(Mark):
    """dz: a tiny nudge of z, with an upright d."""

    def __new__(cls, of: Any) -> Self:
        return Mark.__new__(cls, of)

    of = _part(0)


class Dots(Mark):
    """⋯, the terms not written out."""

    def __new__(cls) -> Self:
        return Mark.__new__(cls)


class Word(Mark):
    """A word inside a formula, in upright type. Any text is safe: it is escaped when it is printed."""

    def __new__(cls, text: str) -> Self:
        return Mark.__new__(cls, Str(str(text)))

    text = _name(0)
