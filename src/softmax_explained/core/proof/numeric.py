"""Two proofs by numbers, independent of any algebra: 50 digits for ten classes, and float64 differences.

A derivative is measured here, never derived: at 50 digits by a step along the imaginary axis, which loses
nothing to cancellation (W. Squire, G. Trapp, "Using complex variables to estimate derivatives of real
functions", SIAM Review 40, 1998); in float64 by central differences, on the theory's NumPy implementation.
"""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Callable, Mapping
from random import Random
from typing import Any, Self

import mpmath
import numpy as np
from sympy import Symbol

from softmax_explained.core.derivations.theory import Theory
from softmax_explained.core.formulas.nodes import named
from softmax_explained.core.proof.claim import Claim, Relation, Undecided, where
from softmax_explained.core.proof.interpreter import World, meaning

INPUTS = 3
POINTS = 2  # random points a claim is tried at
CHOICES = 6  # choices of the open indices tried at each
Letters = Mapping[tuple[str, tuple[int, ...]], Any]


class Measured(World):
    """A world at one point, where derivatives are measured by nudging a letter.

    Args:
        theory: what the letters stand for.
        sizes: the value of each upper end of an index.
        given: the values that do not follow from others, by name and 1-based indices.
        nudged: the name of the letter of which one part is moved.
    """

    def __init__(
        self, theory: Theory, sizes: Mapping[Symbol, int], given: Letters, nudged: str | None = None
    ) -> None:
        super().__init__(theory, sizes)
        self.given = given
        self.nudged = nudged
        self._known = dict(given)

    @classmethod
    def at_random(cls, claim: Claim, sizes: Mapping[Symbol, int], seed: int) -> Self:
        """Draw every letter that a theory draws, so that the facts hold that a claim uses."""
        world = cls(claim.theory, sizes, {})
        draw = Random(seed).uniform
        given: dict[Any, Any] = {}
        for letter, limits in claim.theory.drawn.items():
            name, _ = named(letter)
            given |= {(name, at): cls.convert(draw(*limits)) for at in world.parts(name)}
        for fact in claim.facts:
            name, _ = named(fact.lhs.function)
            *others, last = ((name, at) for at in world.parts(name))
            total = meaning(fact.rhs, world, {})
            scale = total / sum(given[part] for part in [*others, last])
            given |= {part: given[part] * scale for part in others}
            given[last] = total - sum(given[part] for part in others)  # exact to the last digit
        return cls(claim.theory, sizes, given)

    def letter(self, name: str, at: tuple[int, ...]) -> Any:
        """Give the value of a letter, or work its definition out, once."""
        if (name, at) not in self._known:
            if name not in self.theory.definitions:
                raise Undecided(f"the letter {name} has no value")
            self._known[name, at] = self.definition(name, at)
        return self._known[name, at]

    def with_nudge(self, name: str, at: tuple[int, ...], step: Any) -> Self:
        """Give the same world with one part of a letter moved by a step, and its other parts held."""
        if self.nudged is not None or name in self.theory.definitions.keys() - self.theory.variables:
            raise Undecided(f"no derivative along {name} is taken here")
        held = {(name, part): self.letter(name, part) for part in self.parts(name)}
        held[name, at] += step
        return type(self)(self.theory, self.sizes, {**self.given, **held}, nudged=name)

    @classmethod
    @abstractmethod
    def convert(cls, value: float) -> Any:
        """Give a float as a number of this world."""


class FiftyDigits(Measured):
    """Complex numbers of 150 digits, of which 50 are asked for."""

    digits = mpmath.MPContext()
    digits.dps = 150
    step = digits.mpf(10) ** -60

    @classmethod
    def convert(cls, value: float) -> Any:
        """Give a float as a number of 150 digits."""
        return cls.digits.mpf(value)

    def number(self, numerator: int, denominator: int) -> Any:
        """Give a rational number."""
        return self.digits.mpf(numerator) / denominator

    def exp(self, value: Any) -> Any:
        """Give e^value."""
        return self.digits.exp(value)

    def log(self, value: Any) -> Any:
        """Give ln value, along the branch that is real for positive numbers."""
        if not value:
            raise Undecided("ln 0 has no value")
        return self.digits.log(value)

    def derivative(self, of: Callable[[World], Any], name: str, at: tuple[int, ...]) -> Any:
        """Measure Im f(x + ih) / h: the error is h²/6 times the third derivative, near 1e-120."""
        return self.digits.im(of(self.with_nudge(name, at, self.digits.mpc(0, self.step)))) / self.step


class Float64(Measured):
    """Plain floats; letters with a reference implementation come from there, not from their definitions."""

    step = 1e-5

    @classmethod
    def convert(cls, value: float) -> float:
        """Give the float."""
        return value

    def number(self, numerator: int, denominator: int) -> float:
        """Give a rational number."""
        return numerator / denominator

    def exp(self, value: float) -> float:
        """Give e^value."""
        try:
            return math.exp(value)
        except OverflowError:
            raise Undecided(f"e^{value:g} is too large for a float") from None

    def log(self, value: float) -> float:
        """Give ln value."""
        if value <= 0:
            raise Undecided(f"ln {value:g} is no real number")
        return math.log(value)

    def definition(self, name: str, at: tuple[int, ...]) -> Any:
        """Compute a letter by its reference, unless what is nudged would not reach it that way."""
        sources, compute = self.theory.reference.get(name, ((), None))
        reached = set(sources).union(*map(self.theory.sources, sources))
        if compute is None or (self.nudged in self.theory.definitions and self.nudged not in reached):
            return super().definition(name, at)
        values = []
        for source in sources:
            shape = [self.sizes[end] for end in self.theory.shapes[source]]
            values.append(np.reshape([self.letter(source, part) for part in self.parts(source)], shape))
        return float(np.asarray(compute(*values))[tuple(n - 1 for n in at)])

    def derivative(self, of: Callable[[World], Any], name: str, at: tuple[int, ...]) -> float:
        """Measure (f(x + h) − f(x − h)) / 2h, good to about 1e-10."""
        up, down = (of(self.with_nudge(name, at, step)) for step in (self.step, -self.step))
        return float((up - down) / (2 * self.step))


def prove_to_fifty_digits(claim: Claim, classes: int = 10) -> str | None:
    """Compare both lines at random points, to 50 digits.

    Returns:
        None when they agree, else where they do not.
    """
    return _compare(claim, FiftyDigits, classes, tolerance=1e-50)


def prove_by_differences(claim: Claim, classes: int = 4) -> str | None:
    """Compare both lines at random points in float64, derivatives measured by central differences.

    Returns:
        None when they agree to 1e-7, else where they do not.
    """
    return _compare(claim, Float64, classes, tolerance=1e-7)


def _compare(claim: Claim, kind: type[Measured], classes: int, tolerance: float) -> str | None:
    sizes = claim.theory.sizes(classes, INPUTS)
    choices = list(claim.assignments(sizes))
    for seed in range(POINTS):
        world = kind.at_random(claim, sizes, seed)
        for at in Random(seed).sample(choices, min(CHOICES, len(choices))):
            try:
                left, right = meaning(claim.before, world, at), meaning(claim.after, world, at)
            except (Undecided, ZeroDivisionError) as why:
                return f"cannot tell: {where(sizes, at)}{why}"
            if not _related(left, right, claim.relation, tolerance * max(1, abs(left))):
                return f"{where(sizes, at)}{_short(left)} against {_short(right)}"
    return None


def _related(left: Any, right: Any, relation: Relation, slack: float) -> bool:
    gap = right - left
    if relation == "=" or gap.imag:
        return bool(relation == "=" and abs(gap) <= slack)
    return bool(gap.real > 0 if relation == "<" else gap.real >= -slack)


def _short(value: Any) -> str:
    number = complex(value)
    return f"{number:.6g}" if number.imag else f"{number.real:.6g}"
