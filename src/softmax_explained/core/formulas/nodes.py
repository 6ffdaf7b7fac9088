"""What the film writes that SymPy has no word for: Σ_{j≠i}, a displayed number, ←, bold letters.

Each is a small SymPy expression, so a formula stays one tree from the first line of a proof to the last
glyph on the screen. None of them evaluates anything: what an author writes is what is printed.
"""

from __future__ import annotations

from inspect import get_annotations
from typing import Any

from sympy import Expr, Symbol, Tuple, sympify
from sympy.core.symbol import Str
from sympy.tensor.indexed import Indexed

from softmax_explained.errors import UsageError


class Mark(Expr):  # type: ignore[misc]  # SymPy ships no type hints
    """A node that only means and prints. A subclass names its parts by annotating them, in order.

    Text stays text: a Python string is never parsed as mathematics.

    Raises:
        UsageError: when the number of parts is not the number of names.

    >>> Approx(1, 2).rhs
    2
    >>> Approx(1)
    Traceback (most recent call last):
    softmax_explained.errors.UsageError: Approx: 1 part given
      it takes 2: lhs, rhs
    """

    is_commutative = True
    _names: tuple[str, ...] = ()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls._names = tuple(get_annotations(cls))
        for position, name in enumerate(cls._names):
            setattr(cls, name, _part(position))

    def __new__(cls, *parts: Any) -> Any:
        """Take the parts as they are."""
        if len(parts) != len(cls._names):
            found = f"{len(parts)} part{'' if len(parts) == 1 else 's'} given"
            raise UsageError(
                f"{cls.__name__}: {found}", hint=f"it takes {len(cls._names)}: {', '.join(cls._names)}"
            )
        return cls._of(*parts)

    @classmethod
    def _of(cls, *parts: Any) -> Any:
        return Expr.__new__(cls, *(Str(part) if isinstance(part, str) else sympify(part) for part in parts))


def _part(position: int) -> property:
    def read(node: Mark) -> Any:
        part = node.args[position]
        return part.name if isinstance(part, Str) else part

    return property(read)


class SumNot(Mark):
    """Σ_{j≠i} body: a sum over `index` from `lo` to `hi` that leaves `missing` out.

    >>> from softmax_explained.core.formulas.symbols import K, a, i, j, y
    >>> SumNot(y[j] * a[i], j, i, 1, K).missing
    i
    """

    body: Expr
    index: Symbol
    missing: Expr
    lo: Expr
    hi: Expr

    @property
    def free_symbols(self) -> Any:
        """Every symbol but the index, which is bound."""
        outside = set().union(*(part.free_symbols for part in self.args[2:]))
        return outside | (self.body.free_symbols - {self.index})


class Partial(Mark):
    """∂f/∂x, never carried out. `f` may be a letter (∂C/∂z_i) or a whole expression (∂/∂a_j (…))."""

    f: Expr
    x: Expr


class Shown(Mark):
    """A number as the viewer sees it: its exact value, its digits, and the quantity it came from.

    `value` is a float (or a SymPy Float where a float would overflow), `text` the digits on screen as the
    one formatter wrote them, `key` the quantity's key, "" for a number that is no quantity.

    >>> Shown(0.659001, "0.659", key="a[0]").text
    '0.659'
    """

    value: Expr
    text: str
    key: str

    def __new__(cls, value: Any, text: str, key: str = "") -> Any:
        """Take a number and how it looks."""
        return super().__new__(cls, value, text, key)


class Literal(Mark):
    """A whole number written on purpose: the 0 in 0 · S, the 1 in a_i · 1, which algebra would swallow."""

    number: Expr


class Paren(Mark):
    """Parentheses the author wants although the tree does not need them."""

    body: Expr


class Approx(Mark):
    """lhs ≈ rhs, for numbers whose displayed digits do not give the displayed result."""

    lhs: Expr
    rhs: Expr


class Becomes(Mark):
    """lhs ← rhs: the new value of a letter, as in z ← z − η(a − y)."""

    lhs: Expr
    rhs: Expr


class Cases(Mark):
    """One value a condition: Cases((a_i(1 − a_i), i = j), (−a_i a_j, i ≠ j)). No words, so no language.

    Each row is a pair (value, condition), the condition an Eq or Ne of two indices.
    """

    def __new__(cls, *rows: tuple[Any, Any]) -> Any:
        """Take the rows in the order they are to stand."""
        if not rows:
            raise UsageError("Cases without a row", hint="give at least one pair (value, condition)")
        return cls._of(*(Tuple(*row) for row in rows))

    @property
    def rows(self) -> tuple[tuple[Expr, Expr], ...]:
        """The pairs (value, condition)."""
        return tuple((row[0], row[1]) for row in self.args)


class Vector(Symbol):  # type: ignore[misc]
    """The letter of a whole vector, printed upright and bold."""


class Matrix(Symbol):  # type: ignore[misc]
    """The letter of a whole matrix, printed upright and bold."""


class Transposed(Mark):
    """Aᵀ."""

    of: Expr


class Diag(Mark):
    """diag(v): the matrix with v on its diagonal."""

    of: Expr


class Gradient(Mark):
    """∇_z C: all the slopes of f along the parts of a vector at once."""

    f: Expr
    x: Expr


class Differential(Mark):
    """dz: a tiny nudge of z, with an upright d."""

    of: Expr


class Change(Mark):
    """ΔC: by how much C changes, with an upright Δ."""

    of: Expr


class Dots(Mark):
    """⋯, the terms not written out."""


class Word(Mark):
    """A word inside a formula, in upright type. Any text is safe: it is escaped when it is printed."""

    text: str


def named(letter: Any) -> tuple[str, tuple[Any, ...]]:
    """Give the name and the indices of a letter.

    >>> from softmax_explained.core.formulas.symbols import S, i, m, w
    >>> named(w[i, m]), named(S)
    (('w', (i, m)), ('S', ()))
    """
    if isinstance(letter, Indexed):
        return str(letter.base.label), letter.indices
    return str(letter.name), ()
