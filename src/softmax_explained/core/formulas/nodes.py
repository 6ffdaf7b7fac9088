"""The expression nodes that SymPy lacks: Σ_{j≠i}, a displayed number, ←, bold letters.

Each is a SymPy expression, so the provers and the screen use the same tree. None of them evaluates anything:
a formula is printed as it is written.
"""

from __future__ import annotations

from functools import partial
from inspect import get_annotations
from typing import Any

from sympy import Expr, Indexed, Symbol, Tuple, sympify
from sympy.core.symbol import Str

from softmax_explained.errors import UsageError


class FormulaNode(Expr):  # type: ignore[misc]  # SymPy ships no type hints
    """A node that is never evaluated. A subclass names its parts by annotations, in their order.

    Strings are kept as text, never parsed as mathematics.

    Raises:
        UsageError: the number of parts is wrong.

    >>> Approx(1, 2).rhs
    2
    >>> Approx(1)
    Traceback (most recent call last):
    softmax_explained.errors.UsageError: Approx: 1 argument(s) given
      it takes 2: lhs, rhs
    """

    is_commutative = True
    _names: tuple[str, ...] = ()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls._names = tuple(get_annotations(cls))
        for position, name in enumerate(cls._names):
            setattr(cls, name, property(partial(_part, position=position)))

    def __new__(cls, *parts: Any) -> Any:
        """Keep the parts as they are."""
        if len(parts) != len(cls._names):
            hint = f"it takes {len(cls._names)}: {', '.join(cls._names)}"
            raise UsageError(f"{cls.__name__}: {len(parts)} argument(s) given", hint=hint)
        return Expr.__new__(cls, *(Str(part) if isinstance(part, str) else sympify(part) for part in parts))


def _part(node: FormulaNode, position: int) -> Any:
    part = node.args[position]
    return part.name if isinstance(part, Str) else part


class SumNot(FormulaNode):
    """Σ_{j≠i} body: a sum over `index` from `lo` to `hi` without the value `missing`.

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
        """Every symbol except the index, which is bound."""
        outside = set().union(*(part.free_symbols for part in self.args[2:]))
        return outside | (self.body.free_symbols - {self.index})


class Partial(FormulaNode):
    """∂f/∂x, not evaluated. `f` may be a letter (∂C/∂z_i) or a whole expression (∂/∂a_j (…))."""

    f: Expr
    x: Expr


class Prime(Partial):
    """The same derivative written with a prime, (f/g)′, as in a rule that names its variable nowhere."""

    f: Expr
    x: Expr


class Shown(FormulaNode):
    """A displayed number.

    `value` is the exact value, a float (or a SymPy Float where a float would overflow), `text` the digits
    that `format_number` wrote, `key` the key of the quantity, "" for a number that is no quantity.

    >>> Shown(0.659001, "0.659", key="a[0]").text
    '0.659'
    """

    value: Expr
    text: str
    key: str

    def __new__(cls, value: Any, text: str, key: str = "") -> Any:
        """Make a node from a value and its digits."""
        return super().__new__(cls, value, text, key)


class Literal(FormulaNode):
    """A number that SymPy must not simplify away: the 0 in 0 · S, the 1 in a_i · 1, a number at an axis."""

    number: Expr


class Paren(FormulaNode):
    """Parentheses that the expression does not need."""

    body: Expr


class Approx(FormulaNode):
    """lhs ≈ rhs, for numbers whose displayed digits do not give the displayed result."""

    lhs: Expr
    rhs: Expr


class Becomes(FormulaNode):
    """lhs ← rhs: the new value of a letter, as in z ← z − η(a − y)."""

    lhs: Expr
    rhs: Expr


class Cases(FormulaNode):
    """A value per condition: Cases((a_i(1 − a_i), i = j), (−a_i a_j, i ≠ j)).

    Each row is a pair (value, condition), the condition an Eq or Ne of two indices.
    """

    def __new__(cls, *rows: tuple[Any, Any]) -> Any:
        """Keep the rows in their order."""
        if not rows:
            raise UsageError("Cases without a row", hint="give at least one pair (value, condition)")
        return Expr.__new__(cls, *(Tuple(*row) for row in rows))

    @property
    def rows(self) -> tuple[tuple[Expr, Expr], ...]:
        """The pairs (value, condition)."""
        return tuple((row[0], row[1]) for row in self.args)


class Vector(Symbol):  # type: ignore[misc]
    """The letter of a vector, printed upright and bold."""


class Matrix(Symbol):  # type: ignore[misc]
    """The letter of a matrix, printed upright and bold."""


class Transposed(FormulaNode):
    """Aᵀ."""

    of: Expr


class Diag(FormulaNode):
    """diag(v): the matrix with v on its diagonal."""

    of: Expr


class Norm(FormulaNode):
    """‖v‖: the Euclidean length of a vector."""

    of: Expr


class Gradient(FormulaNode):
    """∇_x f: the gradient of f with respect to the vector x."""

    f: Expr
    x: Expr


class Differential(FormulaNode):
    """dz: a small nudge of z, with an upright d."""

    of: Expr

    def _sympystr(self, printer: Any) -> str:
        """Print as text; SymPy has a node of the same name that is printed otherwise."""
        return f"d{printer.doprint(self.of)}"


class Change(FormulaNode):
    """ΔC: a change of C, with an upright Δ."""

    of: Expr


class Slash(FormulaNode):
    """over/under: a fraction in the height of one line."""

    over: Expr
    under: Expr


class Dots(FormulaNode):
    """⋯, for omitted terms."""


class Word(FormulaNode):
    """Text inside a formula, in upright type; any text is allowed, because printing escapes it."""

    text: str


def named(letter: Any) -> tuple[str, tuple[Any, ...]]:
    """Return the name and the indices of a letter; a differential is a letter of its own.

    >>> from softmax_explained.core.formulas.symbols import S, dz, i, m, w
    >>> named(w[i, m]), named(S), named(dz)
    (('w', (i, m)), ('S', ()), ('dz', ()))
    """
    if isinstance(letter, Differential):
        return f"d{letter.of}", ()
    if isinstance(letter, Indexed):
        return str(letter.base.label), letter.indices
    return str(letter.name), ()
