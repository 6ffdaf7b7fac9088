"""The key of a letter or derivative in a formula: a_1 is "a[0]", ∂a_2/∂z_1 is "J[1,0]"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import Symbol
from sympy.core.relational import Equality, Unequality
from sympy.tensor.indexed import Indexed

from softmax_explained.core.printing.unicode import to_text
from softmax_explained.errors import UsageError

#: Letters whose quantities have other names.
_KEYS = {"w": "W", "y'": "ys", "epsilon": "eps"}
#: Derivatives that are quantities: ∂(first)/∂(second).
_SLOPES = {
    ("C", "a"): "dCda",
    ("a", "z"): "J",
    ("C", "z"): "g",
    ("Q", "z"): "gq",
    ("C", "w"): "dW",
    ("C", "b"): "db",
}

IndexValues = Mapping[Symbol, int]
"""The class or input that each free index stands for, counted from 1."""


def letter_key(letter: Any, at: IndexValues) -> str:
    """Return the key of a letter: "S", "eta", or "a[0]" for a_1.

    >>> from softmax_explained.core.formulas.symbols import i, m, w
    >>> letter_key(w[i, m], {i: 1, m: 2})
    'W[0,1]'
    """
    name = str(letter.base.label if isinstance(letter, Indexed) else letter.name)
    key = _KEYS.get(name, name)
    return bracketed(key, letter.indices, at) if isinstance(letter, Indexed) else key


def bracketed(name: str, indices: Any, at: IndexValues) -> str:
    """Return a key with 0-based indices."""
    return f"{name}[{','.join(str(one_based(index, at) - 1) for index in indices)}]"


def slope_key(expr: Any, at: IndexValues) -> str:
    """Return the key of a derivative: "J[1,0]" for ∂a_2/∂z_1.

    Raises:
        UsageError: for a derivative that is no quantity.
    """
    letters = tuple(str(part.base.label) if isinstance(part, Indexed) else str(part) for part in expr.args)
    if letters not in _SLOPES:
        raise UsageError(
            f"the slope {to_text(expr)} is no quantity",
            hint=f"slopes that are: {', '.join(f'∂{f}/∂{x}' for f, x in _SLOPES)}",
        )
    indices = [index for part in expr.args for index in getattr(part, "indices", ())]
    return bracketed(_SLOPES[letters], indices, at)


def one_based(index: Any, at: IndexValues) -> int:
    """Return the number an index stands for, counted from 1.

    Raises:
        UsageError: for a free index without a value.
    """
    found = at.get(index, index)
    try:
        return int(found)
    except TypeError:
        raise UsageError(
            f"the index {index} is open", hint=f"say which class it is, for example {{{index}: 0}}"
        ) from None


def holds(condition: Any, at: IndexValues) -> bool:
    """Whether the condition of a case holds for two indices.

    Raises:
        UsageError: for a condition that is not = or ≠.
    """
    if not isinstance(condition, Equality | Unequality):
        raise UsageError(f"a case must be = or ≠ of two indices, not {condition}", hint="use Eq or Ne")
    same = one_based(condition.lhs, at) == one_based(condition.rhs, at)
    return same == isinstance(condition, Equality)
