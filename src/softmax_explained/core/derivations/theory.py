"""A theory: what the letters of a film stand for, what may be assumed and what is derived."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import cached_property, lru_cache
from typing import Any

from sympy import Eq, Equality, Expr, Indexed, Integer, Symbol

from softmax_explained.core.derivations.derivation import Derivation
from softmax_explained.core.derivations.identity import Identity
from softmax_explained.core.formulas.nodes import named
from softmax_explained.errors import UsageError


class Sign(IntEnum):
    """What is known about the sign of a value, for all values of the letters."""

    UNKNOWN = 0
    NON_NEGATIVE = 1
    POSITIVE = 2


@dataclass(frozen=True, eq=False)
class Theory:
    """The letters of a film and what is true of them. Compared and hashed by identity."""

    name: str  # for messages
    #: Letter → (lowest, highest) of its random values, if it follows from no others: `{c: (-2, 2)}`.
    #: A lowest value of 0 says that the letter is never negative, one above 0 that it is positive.
    ranges: Mapping[Any, tuple[float, float]]
    #: Name of a letter → `Eq(letter, expression)`, for the letters that follow from others.
    definitions: Mapping[str, Expr]
    #: The names of the letters that a derivative may be taken along; the other parts of such a letter are
    #: held constant, and so is what it is computed from.
    variables: frozenset[str]
    #: Index letter → the letter of its upper end, `{i: K, m: M}`: i counts from 1 to K.
    indices: Mapping[Symbol, Symbol] = field(default_factory=dict)
    #: Name → `Eq(Σ over all parts of a letter in ranges, number)`, true only where a step says so.
    facts: Mapping[str, Equality] = field(default_factory=dict)
    #: Name of a letter → the letters it is computed from and a NumPy function of their values, an
    #: implementation that is independent of `definitions`.
    reference: Mapping[str, tuple[tuple[str, ...], Callable[..., Any]]] = field(default_factory=dict)
    derivations: Mapping[str, Derivation] = field(default_factory=dict)
    identities: Mapping[str, Identity] = field(default_factory=dict)

    @cached_property
    def shapes(self) -> Mapping[str, tuple[Symbol, ...]]:
        """For each letter that has a value, the upper end of each of its indices: (K, M) for a weight."""
        letters = [named(each) for each in (*self.ranges, *(one.lhs for one in self.definitions.values()))]
        for name, indices in letters:
            if unknown := set(indices) - self.indices.keys():
                raise UsageError(
                    f"{self.name}: the index {unknown.pop()} of {name} has no upper end",
                    hint="add it to `indices`, for example as {i: K}",
                )
        return {name: tuple(self.indices[at] for at in indices) for name, indices in letters}

    def sizes(self, first: int, others: int) -> Mapping[Symbol, int]:
        """Choose the upper end of every index: `first` for the first that is named, `others` for the rest."""
        ends = dict.fromkeys(self.indices.values(), others)
        return {**ends, **dict.fromkeys([*ends][:1], first)}

    def sign(self, name: str) -> Sign:
        """Say what is known of the sign of a letter: what its range allows."""
        lowest = next((low for letter, (low, _) in self.ranges.items() if named(letter)[0] == name), -1)
        return Sign.POSITIVE if lowest > 0 else Sign.NON_NEGATIVE if lowest == 0 else Sign.UNKNOWN

    def sources(self, name: str) -> frozenset[str]:
        """Give the letters that a letter is computed from, directly or not.

        >>> from softmax_explained.core.derivations.registry import SOFTMAX
        >>> sorted(SOFTMAX.sources("a"))
        ['b', 'w', 'x', 'z']
        """
        if name not in self.definitions:
            return frozenset()
        rhs = self.definitions[name].rhs
        direct = {one for one, _ in map(named, rhs.atoms(Indexed, Symbol))} & self.shapes.keys()
        return frozenset(direct).union(*map(self.sources, direct))

    def at_zero(self, letter: Any) -> Theory:
        """Give the same theory with a letter fixed at 0; its derivatives are taken there.

        >>> from softmax_explained.core.derivations.registry import SOFTMAX
        >>> from softmax_explained.core.formulas.symbols import dz
        >>> SOFTMAX.at_zero(dz).definitions["dz"]
        Eq(dz, 0)
        """
        return _at_zero(self, letter)


@lru_cache
def _at_zero(theory: Theory, letter: Any) -> Theory:
    symbol = Symbol(named(letter)[0])
    ranges = {each: limits for each, limits in theory.ranges.items() if named(each) != named(letter)}
    fixed = {symbol.name: Eq(symbol, Integer(0), evaluate=False)}
    return replace(theory, ranges=ranges, definitions={**theory.definitions, **fixed})
