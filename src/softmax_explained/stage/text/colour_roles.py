"""Which colour a sub-expression has: colour follows the role of a letter, never its class."""

from __future__ import annotations

from typing import Any

from sympy import Indexed, Symbol

from softmax_explained.core.formulas.nodes import Gradient, Partial, Shown

# The role of each letter of the film; a letter that is not here is ink
ROLE_OF_LETTER = {
    **{"x": "x", "w": "x", "b": "x", "z": "z", "a": "a"},
    **{"y": "y", "y'": "y", "C": "C", "C'": "C", "Q": "C"},
}
# The role of each family of quantities: the part of its key before the bracket
ROLE_OF_KEY = {
    **{"x": "x", "W": "x", "b": "x", "wx": "x"},
    **{"z": "z", "z1": "z", "shifted": "z", "z_max": "z"},
    **{"a": "a", "a1": "a"},
    **{"y": "y", "ys": "y"},
    **{
        "C": "C",
        "C1": "C",
        "Q": "C",
        "loss_term": "C",
        "dCda": "C",
        "g": "C",
        "gs": "C",
        "gq": "C",
        "fd": "C",
    },
    **{"term": "C", "onepath": "C", "ratio": "C", "JTv": "C", "gsum": "C", "dW": "C", "db": "C"},
}


def role_of_key(key: str) -> str:
    """The role of a quantity.

    >>> role_of_key("a[1]"), role_of_key("fd[i]"), role_of_key("S")
    ('a', 'C', 'ink')
    """
    return ROLE_OF_KEY.get(key.partition("[")[0], "ink")


def role_of(expr: Any) -> str | None:
    """The role that colours a whole node of a formula, or None if its parts have their own.

    >>> from softmax_explained.core.formulas.symbols import C, a, i, z
    >>> role_of(a[i]), role_of(Partial(C, z[i])), role_of(Partial(a[i], z[i]))
    ('a', 'C', None)
    """
    match expr:
        case Partial() | Gradient():
            return "C" if role_of(expr.f) == "C" else None
        case Shown():
            return role_of_key(expr.key)
        case Indexed():
            return ROLE_OF_LETTER.get(expr.base.label.name)
        case Symbol():
            return ROLE_OF_LETTER.get(expr.name)
    return None
