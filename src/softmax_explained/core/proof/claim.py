"""What is to be proved: that one line of a derivation equals the next, for every choice of its indices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Literal

from sympy import Equality, Expr, Symbol

from softmax_explained.core.derivations.derivation import When
from softmax_explained.core.derivations.registry import SOFTMAX
from softmax_explained.core.derivations.theory import Theory
from softmax_explained.core.formulas.nodes import Differential, named
from softmax_explained.errors import UsageError

Relation = Literal["=", "<=", "<"]


class Undecided(Exception):  # noqa: N818  # not an error: a prover's way of saying "I cannot tell"
    """A prover met something it has no rule for, so it accepts nothing."""


@dataclass(frozen=True)
class Claim:
    """before = after, or before ≤ after, or before < after; a differential counts as a letter.

    Raises:
        UsageError: for a fact that the theory does not have.
    """

    before: Expr
    after: Expr
    free: tuple[Symbol, ...]  # the open indices, each running over its whole range
    when: When = None
    uses: frozenset[str] = frozenset()  # the names of the theory's facts that may be used
    theory: Theory = SOFTMAX
    relation: Relation = "="

    def __post_init__(self) -> None:
        if unknown := self.uses - self.theory.facts.keys():
            raise UsageError(
                f"a step uses {', '.join(sorted(unknown))}, which {self.theory.name} does not know",
                hint=f"facts of {self.theory.name}: {', '.join(self.theory.facts) or 'none'}",
            )
        for side in ("before", "after"):
            line = getattr(self, side)
            letters = {each: Symbol(named(each)[0]) for each in line.atoms(Differential)}
            object.__setattr__(self, side, line.xreplace(letters) if letters else line)

    @property
    def facts(self) -> tuple[Equality, ...]:
        """The equations behind `uses`."""
        return tuple(self.theory.facts[name] for name in sorted(self.uses))

    @property
    def pair(self) -> tuple[Symbol, Symbol] | None:
        """The open indices i and j that `when` compares; None without both."""
        letters = {index.name: index for index in self.free}
        return (letters["i"], letters["j"]) if {"i", "j"} <= letters.keys() else None

    def allows(self, same: bool) -> bool:
        """Whether i and j may be the same, or may be different."""
        return self.when is None or same == (self.when == "i=j")

    def assignments(self, sizes: Mapping[Symbol, int]) -> Iterator[Mapping[Symbol, int]]:
        """Each choice of the open indices that `when` allows, for some values of the upper bounds.

        >>> from softmax_explained.core.formulas.symbols import K, a, i, j
        >>> [tuple(at.values()) for at in Claim(a[i], a[j], (i, j), "i!=j").assignments({K: 2})]
        [(1, 2), (2, 1)]
        """
        ranges = [range(1, sizes[self.theory.indices[index]] + 1) for index in self.free]
        for choice in product(*ranges):
            at = dict(zip(self.free, choice, strict=True))
            if self.pair is None or self.allows(at[self.pair[0]] == at[self.pair[1]]):
                yield at
