"""What is to be proved: that one line of a derivation equals the next, for every choice of its indices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from sympy import Expr, Symbol

from softmax_explained.core.derivations.derivation import When
from softmax_explained.core.formulas.symbols import i, j, m


class Undecided(Exception):  # noqa: N818  # not an error: a prover's way of saying "I cannot tell"
    """A prover met something it has no rule for, so it accepts nothing."""


@dataclass(frozen=True)
class Claim:
    """before = after.

    Args:
        before, after: two lines of a derivation.
        free: the open indices, each running over all classes (m: over all inputs).
        when: "i=j", "i!=j", or None for every choice.
        uses: facts beyond the definitions, see Step.
    """

    before: Expr
    after: Expr
    free: tuple[Symbol, ...]
    when: When = None
    uses: frozenset[str] = frozenset()

    def assignments(self, classes: int, inputs: int) -> Iterator[Mapping[Symbol, int]]:
        """Each choice of the open indices, counted from 1, that the side condition allows.

        >>> from softmax_explained.core.formulas.symbols import a
        >>> [tuple(at.values()) for at in Claim(a[i], a[j], (i, j), "i!=j").assignments(2, 1)]
        [(1, 2), (2, 1)]
        """
        ranges = [range(1, (inputs if index == m else classes) + 1) for index in self.free]
        for choice in product(*ranges):
            at = dict(zip(self.free, choice, strict=True))
            same = at.get(i) == at.get(j)
            if self.when is None or same == (self.when == "i=j"):
                yield at
