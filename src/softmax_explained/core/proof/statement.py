"""One proved relation: a definition, a line of a derivation, an identity, or a condition of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from sympy import Expr, Symbol

from softmax_explained.core.derivations.derivation import When
from softmax_explained.core.derivations.theory import Theory
from softmax_explained.core.formulas.nodes import named
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
        return link_text(self.link)

    @cached_property
    def sides(self) -> tuple[Tree, Tree]:
        """The structure of both sides."""
        return tree(self.link[0]), tree(self.link[2])


def statements_of(theory: Theory) -> Iterator[Statement]:
    """Every definition and relation of an identity, and every two lines of a derivation.

    Line n of a derivation is called `name:n`, and that its lines m and n are equal `name:m=n`. The conditions
    of an identity are statements too.
    """
    for name, equation in theory.definitions.items():
        yield Statement(f"definition:{name}", (equation.lhs, "=", equation.rhs), named(equation.lhs)[1])
    for identity in theory.identities.values():
        for link in links(identity.relation):
            yield Statement(f"identity:{identity.name}", link, identity.free, identity.when, identity.given)
        for condition in (*identity.given, *identity.chosen):
            link = condition.lhs, "=", condition.rhs
            yield Statement(f"condition:{identity.name}", link, identity.free)
    for one in theory.derivations.values():
        for first, last in combinations(range(len(one)), 2):
            name = f"{one.name}:{f'{first}=' if first else ''}{last}"
            yield Statement(name, (one[first], one.sign(first, last), one[last]), one.free, one.when)


def link_text(link: Link) -> str:
    """A relation as plain text."""
    return f"{to_text(link[0])} {link[1]} {to_text(link[2])}"
