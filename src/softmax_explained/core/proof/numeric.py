"""Two proofs by numbers, independent of any algebra: 50 digits for ten classes, and float64 differences.

A derivative is measured: at 50 digits by a step along the imaginary axis, which loses nothing to cancellation
(W. Squire, G. Trapp, "Using complex variables to estimate derivatives of real functions", SIAM Review 40,
1998); in float64 by central differences, on the theory's NumPy implementation.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from random import Random
from typing import Any, Self

import mpmath
import numpy as np
from sympy import Symbol

from softmax_explained.core.derivations.theory import Theory
from softmax_explained.core.formulas.nodes import named
from softmax_explained.core.proof.claim import Claim, Relation, Undecided
from softmax_explained.core.proof.interpreter import Domain, find_mismatch, interpret

INPUTS = 3
POINTS = {"=": 2, "<=": 40, "<": 40}  # random points a claim is tried at; an inequality may fail at few
CHOICES = 6  # choices of the open indices tried at each, next to the first and last values of each index
Given = Mapping[tuple[str, tuple[int, ...]], Any]


class Sampled(Domain):
    """The letters at one point: `given` do not follow from others; one part of `varied` was moved."""

    real: Callable[[int], Any]
    tolerance: float

    def __init__(self, theory: Theory, sizes: Mapping[Symbol, int], given: Given, varied: str = "") -> None:
        super().__init__(theory, sizes)
        self.given = given
        self.varied = varied
        self._known = dict(given)

    @classmethod
    def at_random(cls, claim: Claim, sizes: Mapping[Symbol, int], seed: int) -> Self:
        """Draw the letters so that the facts hold that a claim uses."""
        domain = cls(claim.theory, sizes, {})
        draw = Random(seed).uniform
        given: dict[Any, Any] = {}
        for letter, limits in claim.theory.ranges.items():
            name, _ = named(letter)
            for at in domain.parts(name):
                given[name, at] = domain.number(*draw(*limits).as_integer_ratio())
        for fact in claim.facts:
            name, _ = named(fact.lhs.function)
            *others, last = ((name, at) for at in domain.parts(name))
            total = interpret(fact.rhs, domain, {})
            scale = total / sum(given[part] for part in [*others, last])
            given |= {part: given[part] * scale for part in others}
            given[last] = total - sum(given[part] for part in others)  # exact to the last digit
        return cls(claim.theory, sizes, given)

    def number(self, numerator: int, denominator: int) -> Any:
        """Give a rational number."""
        return self.real(numerator) / denominator

    def letter(self, name: str, at: tuple[int, ...]) -> Any:
        """Give the value of a letter, computed from its definition once."""
        if (name, at) not in self._known:
            self._known[name, at] = self.definition(name, at)
        return self._known[name, at]

    def with_step(self, name: str, at: tuple[int, ...], step: Any) -> Self:
        """Give the same domain with one part of a letter moved by a step, and its other parts held."""
        if name in self.theory.definitions.keys() - self.theory.variables:
            raise Undecided(f"no derivative is taken along {name}")
        held = {(name, part): self.letter(name, part) for part in self.parts(name)}
        held[name, at] += step
        return type(self)(self.theory, self.sizes, {**self.given, **held}, varied=name)

    def mismatch(self, before: Any, after: Any, relation: Relation) -> str | None:
        """Return both values if the relation does not hold between them, else None."""
        gap, slack = after - before, self.tolerance * max(1, abs(before))
        agree = abs(gap) <= slack
        if relation != "=":
            agree = not gap.imag and (gap.real > 0 if relation == "<" else gap.real >= -slack)
        if agree:
            return None
        return " against ".join(mpmath.nstr(mpmath.mpmathify(value), 6) for value in (before, after))


class FiftyDigits(Sampled):
    """Complex numbers of 150 digits, of which 50 are asked for; ln is real for positive numbers."""

    digits = mpmath.MPContext()
    digits.dps = 150
    real = digits.mpf
    step = digits.mpf(10) ** -60
    tolerance = 1e-50
    exp = staticmethod(digits.exp)
    log = staticmethod(digits.log)

    def derivative(self, of: Callable[[Domain], Any], name: str, at: tuple[int, ...]) -> Any:
        """Measure Im f(x + ih) / h: the error is h²/6 times the third derivative, near 1e-120."""
        return self.digits.im(of(self.with_step(name, at, self.digits.mpc(0, self.step)))) / self.step


class Float64(Sampled):
    """Plain floats; letters with a reference implementation come from there, not from their definitions."""

    real = float
    step = 1e-5
    tolerance = 1e-7
    exp = staticmethod(math.exp)
    log = staticmethod(math.log)

    def definition(self, name: str, at: tuple[int, ...]) -> Any:
        """Compute a letter by its reference, unless the letter that is varied would not reach it that way."""
        sources, compute = self.theory.reference.get(name, ((), None))
        reached = set(sources).union(*map(self.theory.sources, sources))
        if compute is None or (self.varied in self.theory.definitions and self.varied not in reached):
            return super().definition(name, at)
        values = []
        for source in sources:
            shape = [self.sizes[end] for end in self.theory.shapes[source]]
            values.append(np.reshape([self.letter(source, part) for part in self.parts(source)], shape))
        return float(np.asarray(compute(*values))[tuple(n - 1 for n in at)])

    def derivative(self, of: Callable[[Domain], Any], name: str, at: tuple[int, ...]) -> float:
        """Measure (f(x + h) − f(x − h)) / 2h, good to about 1e-10."""
        up, down = (of(self.with_step(name, at, step)) for step in (self.step, -self.step))
        return float((up - down) / (2 * self.step))


def prove_to_fifty_digits(claim: Claim, classes: int = 10) -> str | None:
    """Compare both sides at random points, to 50 digits: None when they agree, else where they do not."""
    return _try(claim, FiftyDigits, classes)


def prove_by_differences(claim: Claim, classes: int = 4) -> str | None:
    """Compare both sides at random points in float64, to 1e-7: None when they agree, else where not."""
    return _try(claim, Float64, classes)


def _try(claim: Claim, kind: type[Sampled], classes: int) -> str | None:
    sizes = claim.theory.sizes(classes, INPUTS)
    choices = list(claim.assignments(sizes))
    last = {index: sizes[end] for index, end in claim.theory.indices.items()}
    ends = [at for at in choices if all(n in (1, last[index]) for index, n in at.items())]
    for seed in range(POINTS[claim.relation]):
        some = [*ends, *Random(seed).sample(choices, min(CHOICES, len(choices)))]
        if found := find_mismatch(claim, kind.at_random(claim, sizes, seed), some):
            return found
    return None
