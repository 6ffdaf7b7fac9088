"""The keys of quantities, and the keys of letters and derivatives in a formula."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sympy import Symbol, exp
from sympy.core.relational import Equality, Unequality
from sympy.tensor.indexed import Indexed

from softmax_explained.core.formulas.nodes import Partial, named
from softmax_explained.core.printing.unicode import to_text
from softmax_explained.core.quantities.quantity import Quantity
from softmax_explained.errors import UnknownQuantityError, UsageError

_INDEXED = re.compile(r"(?P<name>\w+)\[(?P<indices>[^\[\]]*)\]")
IndexValues = Mapping[Symbol, int]
"""The class or input that each free index stands for, counted from 1."""


def find(key: str, quantities: Mapping[str, Quantity], letters: Mapping[str, int]) -> Quantity:
    """Find the quantity of a key, whose indices may be letters that stand for classes.

    Args:
        key: such as "S", "a[1]" or "J[o,i]".
        quantities: all quantities by key.
        letters: the class (0-based) that each letter stands for.

    Raises:
        UnknownQuantityError: there is none; lists up to five similar keys.
    """
    plain = key
    if parts := _INDEXED.fullmatch(key):
        indices = (index.strip() for index in parts["indices"].split(","))
        plain = f"{parts['name']}[{','.join(str(letters.get(index, index)) for index in indices)}]"
    if plain in quantities:
        return quantities[plain]
    family = plain.partition("[")[0].lower()
    same = [each for each in quantities if each.partition("[")[0].lower() == family]
    near = same or difflib.get_close_matches(plain, quantities, n=5, cutoff=0.5) or list(quantities)
    classes = ", ".join(f"{letter} is {number}" for letter, number in letters.items())
    counting = f"indices count from 0, and the letters stand for classes ({classes})"
    raise UnknownQuantityError(
        f"there is no quantity {key!r}", hint=f"similar keys: {', '.join(near[:5])}; {counting}"
    )


@dataclass(frozen=True)
class SymbolKeys:
    """Which quantity each letter and derivative of a film's formulas is.

    Args:
        letters: name of a letter → family of quantities, for those whose family is not named like the letter.
        derivatives: (letter, letter it is differentiated along) → family.
        exponentials: name of a letter u → the family of e^u.

    >>> from softmax_explained.core.formulas.symbols import a, derivative, i, j, m, w, z
    >>> keys = SymbolKeys({"w": "W"}, {("a", "z"): "J"})
    >>> keys.of(w[i, m], {i: 1, m: 2}), keys.of(derivative(a[j], z[i]), {i: 1, j: 2})
    ('W[0,1]', 'J[1,0]')
    """

    letters: Mapping[str, str] = field(default_factory=dict)
    derivatives: Mapping[tuple[str, str], str] = field(default_factory=dict)
    exponentials: Mapping[str, str] = field(default_factory=dict)

    def of(self, expr: Any, at: IndexValues) -> str | None:
        """Return the key of a letter, derivative or exponential; None for another expression.

        Raises:
            UsageError: for a derivative that is no quantity, or a free index without a value.
        """
        match expr:
            case Indexed() | Symbol():
                name, indices = named(expr)
                return _key(self.letters.get(name, name), indices, at)
            case exp(args=(Indexed() | Symbol() as letter,)) if named(letter)[0] in self.exponentials:
                name, indices = named(letter)
                return _key(self.exponentials[name], indices, at)
            case Partial(args=(Indexed() | Symbol() as f, Indexed() | Symbol() as x)):
                (f_name, f_indices), (x_name, x_indices) = named(f), named(x)
                if (f_name, x_name) in self.derivatives:
                    return _key(self.derivatives[f_name, x_name], [*f_indices, *x_indices], at)
            case Partial():
                pass
            case _:
                return None
        raise UsageError(
            f"the slope {to_text(expr)} is no quantity",
            hint=f"slopes that are: {', '.join(f'∂{f}/∂{x}' for f, x in self.derivatives)}",
        )


def _key(family: str, indices: Iterable[Any], at: IndexValues) -> str:
    """Return a key with 0-based indices."""
    inside = ",".join(str(one_based(index, at) - 1) for index in indices)
    return f"{family}[{inside}]" if inside else family


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
