"""An identity: an equation or inequality that is neither a definition nor a line of a derivation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sympy import Expr, Symbol, evaluate

from softmax_explained.core.derivations.derivation import When


@dataclass(frozen=True)
class Identity:
    """A relation that holds for every choice of its free indices, under its conditions.

    >>> from softmax_explained.core.derivations.identities import IDENTITIES
    >>> IDENTITIES["one_hot_loss"].given
    (Eq(y[i], KroneckerDelta(i, j)),)
    """

    name: str
    relation: Expr  # an equation, ≤, <, ≥, > or ←; in a chain a = b = c every neighbouring pair is claimed
    free: tuple[Symbol, ...] = ()  # the open indices
    when: When = None
    uses: frozenset[str] = frozenset()  # facts beyond the definitions, as for a step
    given: tuple[Expr, ...] = ()  # equations a lesson must fulfil; the left side is replaced before the proof
    chosen: tuple[Expr, ...] = ()  # the same for letters that may be chosen, and for what is always so
    # Letter → expression: what a general rule is proved for; a test proves the rule itself
    instance: Mapping[Expr, Expr] = field(default_factory=dict)
    #: Of an inequality, the larger side less the smaller (their squares, for norms), as a sum of terms that
    #: are seen to be at least 0: the proof is that it is this difference.
    margin: Expr | None = None

    def at(self, indices: Mapping[Symbol, Any]) -> Any:
        """Give the relation for some values of its open indices.

        >>> from sympy import Integer
        >>> from softmax_explained.core.derivations.identities import IDENTITIES
        >>> from softmax_explained.core.formulas.symbols import j
        >>> IDENTITIES["one_hot_loss"].at({j: Integer(2)})
        Eq(C, -log(a[2]))
        """
        with evaluate(False):
            return self.relation.xreplace(dict(indices))
