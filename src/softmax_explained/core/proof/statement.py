"""One proved relation: a definition, a line of a derivation, an identity, or a condition of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from sympy import Expr, Symbol

from softmax_explained.core.derivations.derivation import Derivation, When
from softmax_explained.core.derivations.identities import Identity
from softmax_explained.core.formulas.relations import Link, links
from softmax_explained.core.formulas.structure import Tree, tree
from softmax_explained.core.printing.unicode import to_text


@dataclass(frozen=True)
class Statement:
    """One proved relation."""

    name: str  # what a ledger calls it, such as collapse:9
    link: Link
    free: tuple[Symbol, ...]  # its open indices
    when: When = None
    given: tuple[Expr, ...] = ()  # equations that a lesson's numbers must fulfil

    def __str__(self) -> str:
        return told(self.link)

    @cached_property
    def sides(self) -> tuple[Tree, Tree]:
        """The structure of both sides."""
        return tree(self.link[0]), tree(self.link[2])


def of_definitions(definitions: Mapping[str, Expr]) -> Iterator[Statement]:
    """Each definition, letter = expression."""
    for name, equation in definitions.items():
        for link in links(equation):
            yield Statement(f"definition:{name}", link, tuple(getattr(link[0], "indices", ())))


def of_derivation(one: Derivation) -> Iterator[Statement]:
    """Every two lines of a derivation: start = line as `name:line`, two later ones as `name:line=line`."""
    for first, last in combinations(range(len(one)), 2):
        name = f"{one.name}:{f'{first}=' if first else ''}{last}"
        yield Statement(name, (one[first], "=", one[last]), one.free, one.when)


def of_identity(one: Identity) -> Iterator[Statement]:
    """Every relation of an identity, and every condition of it, which claims nothing by itself."""
    for link in links(one.relation):
        yield Statement(f"identity:{one.name}", link, one.free, one.when, one.given)
    for condition in (*one.given, *one.chosen):
        yield Statement(f"condition:{one.name}", (condition.lhs, "=", condition.rhs), one.free)


def told(link: Link) -> str:
    """A relation as plain text."""
    return f"{to_text(link[0])} {link[1]} {to_text(link[2])}"
