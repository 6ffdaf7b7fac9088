"""Two proofs by numbers, independent of any algebra: 50 digits for ten classes, and float64 differences.

A slope is measured here, never derived: at 50 digits by a step along the imaginary axis, which loses nothing
to cancellation (W. Squire, G. Trapp, "Using complex variables to estimate derivatives of real functions",
SIAM Review 40, 1998); in float64 by central differences, on shares and losses from the film's own NumPy core.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from random import Random
from typing import Any, Self

import mpmath
import numpy as np

from softmax_explained.core.derivations.derivation import TARGETS_SUM_TO_ONE
from softmax_explained.core.formulas.symbols import a, z
from softmax_explained.core.numerics.softmax import cross_entropy, softmax, squared_error
from softmax_explained.core.proof.claim import Claim, Undecided
from softmax_explained.core.proof.interpreter import World, meaning

INPUTS = 3
POINTS = 2  # random points a claim is tried at
CHOICES = 6  # choices of the open indices tried at each
Key = tuple[str, tuple[int, ...]]
Letters = Mapping[Key, Any]


def point(classes: int, seed: int, *, sum_to_one: bool) -> dict[Key, float]:
    """Draw the letters everything else follows from: inputs, weights, biases, targets, c and ε.

    >>> drawn = point(3, seed=1, sum_to_one=True)
    >>> round(sum(drawn["y", (k,)] for k in (1, 2, 3)), 12)
    1.0
    """
    draw = Random(seed).uniform
    each, inputs = range(1, classes + 1), range(1, INPUTS + 1)
    drawn: dict[Key, float] = {("y", (k,)): draw(0.1, 1) for k in each}
    if sum_to_one:
        total = sum(drawn.values())
        drawn = {key: value / total for key, value in drawn.items()}
    drawn |= {("b", (k,)): draw(-1, 1) for k in each}
    drawn |= {("w", (k, m)): draw(-1, 1) for k in each for m in inputs}
    drawn |= {("x", (m,)): draw(-1.5, 1.5) for m in inputs}
    return drawn | {("c", ()): draw(-2, 2), ("epsilon", ()): draw(0.1, 0.9)}


class Measured(ABC):
    """A world at one point, where slopes are measured by nudging a letter.

    Args:
        classes: K.
        drawn: the letters that do not follow from others.
    """

    inputs = INPUTS

    def __init__(self, classes: int, drawn: Letters, *, nudged: bool = False) -> None:
        self.classes = classes
        self.drawn = drawn
        self.nudged = nudged
        self.known = dict(drawn)

    def letter(self, name: str, at: tuple[int, ...], definition: Callable[[], Any]) -> Any:
        """Give the value drawn for a letter, or work its definition out, once."""
        if (name, at) not in self.known:
            self.known[name, at] = definition()
        return self.known[name, at]

    def with_nudge(self, name: str, at: tuple[int, ...], step: Any) -> Self:
        """Give the same world with one letter moved by a step.

        Under ∂/∂a_j the other shares and the scores stay where they are; under ∂/∂z_i the other scores do.
        """
        if self.nudged:
            raise Undecided("a slope within a slope")
        held = {"a": (z, a), "z": (z,)}.get(name, ())
        fixed = dict(self.drawn)
        for base in held:
            for k in range(1, self.classes + 1):
                fixed[str(base.label), (k,)] = meaning(base[k], self, {})
        if (name, at) not in fixed:
            raise Undecided(f"no slopes along {name}")
        fixed[name, at] += step
        return type(self)(self.classes, fixed, nudged=True)

    @abstractmethod
    def number(self, numerator: int, denominator: int) -> Any:
        """Give a rational number."""

    @abstractmethod
    def exp(self, value: Any) -> Any:
        """Give e^value."""

    @abstractmethod
    def log(self, value: Any) -> Any:
        """Give ln value."""

    @abstractmethod
    def slope(self, of: Callable[[World], Any], letter: str, at: tuple[int, ...]) -> Any:
        """Measure ∂of/∂letter."""


class FiftyDigits(Measured):
    """Complex numbers of 150 digits, of which 50 are asked for."""

    digits = mpmath.MPContext()
    digits.dps = 150
    step = digits.mpf(10) ** -60

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

    def slope(self, of: Callable[[World], Any], letter: str, at: tuple[int, ...]) -> Any:
        """Measure Im f(x + ih) / h: the error is h²/6 times the third slope, near 1e-120."""
        return self.digits.im(of(self.with_nudge(letter, at, self.digits.mpc(0, self.step)))) / self.step


class Float64(Measured):
    """Plain floats; the shares and the losses come from the film's NumPy core, not from the definitions."""

    step = 1e-5

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

    def letter(self, name: str, at: tuple[int, ...], definition: Callable[[], Any]) -> Any:
        """Give a letter's value; a, C and Q as the film computes them, unless the shares are held."""
        if name in ("a", "C", "Q") and ("a", (1,)) not in self.drawn:
            scores = np.array([meaning(z[k], self, {}) for k in range(1, self.classes + 1)])
            targets = np.array([self.known["y", (k,)] for k in range(1, self.classes + 1)])
            if name == "a":
                return float(softmax(scores)[at[0] - 1])
            return cross_entropy(scores, targets) if name == "C" else squared_error(scores, targets)
        return super().letter(name, at, definition)

    def slope(self, of: Callable[[World], Any], letter: str, at: tuple[int, ...]) -> float:
        """Measure (f(x + h) − f(x − h)) / 2h, good to about 1e-10."""
        up, down = (of(self.with_nudge(letter, at, step)) for step in (self.step, -self.step))
        return float((up - down) / (2 * self.step))


def prove_to_fifty_digits(claim: Claim, classes: int = 10) -> str | None:
    """Compare both lines at random points, to 50 digits.

    Returns:
        None when they agree, else where they do not.
    """
    sum_to_one = TARGETS_SUM_TO_ONE in claim.uses

    def world(seed: int) -> Measured:
        drawn = point(classes, seed, sum_to_one=sum_to_one)
        exact = {key: FiftyDigits.digits.mpf(value) for key, value in drawn.items()}
        if sum_to_one:  # floats do so only within 1e-16: the last target makes it exact
            exact["y", (classes,)] = 1 - sum(exact["y", (k,)] for k in range(1, classes))
        return FiftyDigits(classes, exact)

    return _compare(claim, world, tolerance=1e-50)


def prove_by_differences(claim: Claim, classes: int = 4) -> str | None:
    """Compare both lines at random points in float64, slopes measured by central differences.

    Returns:
        None when they agree to 1e-7, else where they do not.
    """

    def world(seed: int) -> Measured:
        return Float64(classes, point(classes, seed, sum_to_one=TARGETS_SUM_TO_ONE in claim.uses))

    return _compare(claim, world, tolerance=1e-7)


def _compare(claim: Claim, world_at: Callable[[int], Measured], tolerance: float) -> str | None:
    for seed in range(POINTS):
        world = world_at(seed)
        choices = list(claim.assignments(world.classes, INPUTS))
        for at in Random(seed).sample(choices, min(CHOICES, len(choices))):
            try:
                left, right = meaning(claim.before, world, at), meaning(claim.after, world, at)
            except (Undecided, ZeroDivisionError) as why:
                return f"cannot tell at K = {world.classes}: {why}"
            if not abs(left - right) <= tolerance * max(1, abs(left)):
                where = "".join(f", {index} = {value}" for index, value in at.items())
                return f"at K = {world.classes}{where}: {_short(left)} against {_short(right)}"
    return None


def _short(value: Any) -> str:
    number = complex(value)
    return f"{number:.6g}" if number.imag else f"{number.real:.6g}"
