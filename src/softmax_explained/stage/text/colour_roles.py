"""The colour of a sub-expression follows the role of its letter, never its class."""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from sympy import Indexed, Symbol

from softmax_explained.core.formulas.nodes import Gradient, Partial, Shown


@dataclass(frozen=True)
class ColourRoles:
    """The roles of a film's letters and quantities; what has none is ink.

    Attributes:
        letters: the role of each letter, by its name without indices.
        quantities: the role of each family of quantities, by the part of their keys before the bracket.
        whole: a derivative or gradient of a letter with this role has one colour, denominator included.

    >>> from softmax_explained.core.formulas.symbols import C, a, i, z
    >>> roles = ColourRoles({"z": "z", "a": "a", "C": "C"}, {"a": "a", "fd": "C"}, whole="C")
    >>> roles.of(a[i]), roles.of(Partial(C, z[i])), roles.of(Partial(a[i], z[i]))
    ('a', 'C', None)
    >>> roles.of_key("a[1]"), roles.of_key("fd[i]"), roles.of_key("S")
    ('a', 'C', 'ink')
    """

    letters: Mapping[str, str] = field(default_factory=dict)
    quantities: Mapping[str, str] = field(default_factory=dict)
    whole: str = ""

    def of(self, expr: Any) -> str | None:
        """The role that colours a whole node, or None if its parts have roles of their own."""
        match expr:
            case Partial() | Gradient():
                return self.whole if self.whole and self.of(expr.f) == self.whole else None
            case Shown():
                return self.of_key(expr.key)
            case Indexed():
                return self.letters.get(expr.base.label.name)
            case Symbol():
                return self.letters.get(expr.name)
        return None

    def of_key(self, key: str) -> str:
        """The role of a quantity."""
        return self.quantities.get(key.partition("[")[0], "ink")


_ROLES: ContextVar[ColourRoles] = ContextVar("colour roles", default=ColourRoles())  # noqa: B039 - frozen


def use_roles(roles: ColourRoles) -> None:
    """Colour all formulas typeset from now on by the roles of a film."""
    _ROLES.set(roles)


def film_roles() -> ColourRoles:
    """The roles of the film being drawn."""
    return _ROLES.get()
