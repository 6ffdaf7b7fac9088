"""Proof for a definite number of classes, in exact arithmetic: no rounding, no simplifier to trust.

Every line of the film is a rational function of a few things that are algebraically independent: the scores
z_k, their exponentials, S, ln S, the targets. So it lives in a differential field (R. H. Risch, "The problem
of integration in finite terms", 1969): d e^{z_k} = e^{z_k} dz_k, dS = Σ_k e^{z_k} dz_k, d ln S = dS / S. Two
lines are equal when their difference, with S written out, is the zero polynomial.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from sympy import ZZ, Symbol
from sympy.polys.fields import field

from softmax_explained.core.derivations.derivation import TARGETS_SUM_TO_ONE
from softmax_explained.core.proof.claim import Claim, Undecided
from softmax_explained.core.proof.interpreter import World, meaning

CLASSES = (2, 3, 4, 5, 6)
INPUTS = 2


class ExactWorld:
    """The differential field over K classes.

    Args:
        classes: K.
        sum_to_one: whether y_K is 1 − the other targets, instead of a letter of its own.

    The generators are named by letter and 1-based index, ("e", 2) being e^{z_2} and ("ln", 2) ln a_2.
    With `shares_free` the shares a_k are letters too, as they are under ∂/∂a_j.
    """

    inputs = INPUTS

    def __init__(self, classes: int, *, sum_to_one: bool) -> None:
        self.classes = classes
        self.sum_to_one = sum_to_one
        self.shares_free = False
        self._known: dict[Any, Any] = {}
        names: list[tuple[Any, ...]] = [
            (letter, k) for letter in ("z", "e", "y", "a", "ln", "b") for k in self._classes
        ]
        names += [("w", k, m) for k in self._classes for m in self._inputs]
        names += [("x", m) for m in self._inputs]
        names += [(letter,) for letter in ("S", "ln S", "c", "e^c", "epsilon")]
        self.field, *generators = field([Symbol(" ".join(map(str, name))) for name in names], ZZ)
        self.gen: dict[Any, Any] = dict(zip(names, generators, strict=True))

    @property
    def _classes(self) -> range:
        return range(1, self.classes + 1)

    @property
    def _inputs(self) -> range:
        return range(1, self.inputs + 1)

    def number(self, numerator: int, denominator: int) -> Any:
        """Give a rational number."""
        whole = self.field(numerator)
        return whole if denominator == 1 else whole / denominator

    def letter(self, name: str, at: tuple[int, ...], definition: Callable[[], Any]) -> Any:
        """Give a generator, or work the definition out, once.

        A share is e^{z_k} / S unless shares are letters of their own.
        """
        key = (name, at, self.shares_free)
        if key not in self._known:
            self._known[key] = self._letter(name, at, definition)
        return self._known[key]

    def _letter(self, name: str, at: tuple[int, ...], definition: Callable[[], Any]) -> Any:
        if name == "a" and not self.shares_free:
            return self.gen["e", *at] / self.gen["S",]
        if name == "y" and self.sum_to_one and at == (self.classes,):
            return 1 - sum(self.gen["y", k] for k in self._classes[:-1])
        return self.gen[name, *at] if (name, *at) in self.gen else definition()

    def exp(self, value: Any) -> Any:
        """Give e^value for a sum of scores and c, the only exponents that occur."""
        result = self.number(1, 1)
        partner = {self.gen["z", k]: self.gen["e", k] for k in self._classes}
        partner[self.gen["c",]] = self.gen["e^c",]
        for monomial, times in value.numer.terms():
            base = self.field(self.field.ring.from_dict({monomial: ZZ(1)}))
            if value.denom != 1 or base not in partner:
                raise Undecided(f"e^({value}) is not a product of e^z")
            result *= partner[base] ** int(times)
        return result

    def log(self, value: Any) -> Any:
        """Give ln value for a product of shares, exponentials and S, the only logarithms that occur."""
        if not value:
            raise Undecided("ln 0 has no value")
        top, tops = self._split(value.numer)
        bottom, bottoms = self._split(value.denom)
        if top != bottom:
            raise Undecided(f"ln({value}) is not a sum of logarithms")
        return tops - bottoms

    def _split(self, polynomial: Any) -> tuple[Any, Any]:
        """Take a polynomial apart into a coefficient and the logarithm of its monomial and powers of S."""
        logs = self.number(0, 1)
        written_out = sum(self.gen["e", k] for k in self._classes).numer
        while len(polynomial) > 1:
            quotient, rest = divmod(polynomial, written_out)
            if rest:
                raise Undecided(f"ln({polynomial}) has no rule")
            polynomial, logs = quotient, logs + self.gen["ln S",]
        partner: dict[Any, Any] = {("e", k): self.gen["z", k] for k in self._classes}
        partner |= {("a", k): self.gen["ln", k] for k in self._classes}
        partner |= {("S",): self.gen["ln S",], ("e^c",): self.gen["c",]}
        ((powers, coefficient),) = polynomial.terms()
        for name, power in zip(self.gen, powers, strict=True):
            if power and name not in partner:
                raise Undecided(f"ln of {name} has no rule")
            logs = logs + power * partner[name] if power else logs
        return coefficient, logs

    def slope(self, of: Callable[[World], Any], letter: str, at: tuple[int, ...]) -> Any:
        """Give ∂of/∂letter by the chain rule over the generators."""
        if letter not in ("a", "z", "w", "b"):
            raise Undecided(f"no slopes along {letter}")
        if self.shares_free:
            raise Undecided("a slope within a slope")
        if letter == "a":
            return self._along_a_share(of, at)
        value = of(self)
        moves = self._moves(letter, at)
        return sum((value.diff(self.gen[name]) * move for name, move in moves), self.number(0, 1))

    def _moves(self, letter: str, at: tuple[int, ...]) -> Iterable[tuple[Any, Any]]:
        """Each generator that a nudge of z_i, w_im or b_i moves, and how fast."""
        class_ = at[0]
        dz = self.gen["x", at[1]] if letter == "w" else self.number(1, 1)
        de = self.gen["e", class_] * dz
        yield (letter, *at), self.number(1, 1)
        if letter != "z":
            yield ("z", class_), dz
        yield ("e", class_), de
        yield ("S",), de
        yield ("ln S",), de / self.gen["S",]

    def _along_a_share(self, of: Callable[[World], Any], at: tuple[int, ...]) -> Any:
        self.shares_free = True
        try:
            value = of(self)
        finally:
            self.shares_free = False
        share, logarithm = self.gen["a", *at], self.gen["ln", *at]
        slope = value.diff(share) + value.diff(logarithm) / share
        worked_out = {("a", k): self.gen["e", k] / self.gen["S",] for k in self._classes}
        worked_out |= {("ln", k): self.gen["z", k] - self.gen["ln S",] for k in self._classes}
        return self._with(slope, worked_out)

    def _with(self, value: Any, replaced: dict[Any, Any]) -> Any:
        """Put field elements in the place of some generators."""

        def of(polynomial: Any) -> Any:
            total = self.number(0, 1)
            for powers, coefficient in polynomial.terms():
                term = self.field(coefficient)
                for name, power in zip(self.gen, powers, strict=True):
                    term = term * replaced.get(name, self.gen[name]) ** power if power else term
                total += term
            return total

        return of(value.numer) / of(value.denom)

    def is_zero(self, value: Any) -> bool:
        """Decide whether a value is 0, with S written out as Σ_k e^{z_k}."""
        written_out = sum(self.gen["e", k] for k in self._classes)
        return not value or not self._with(self.field(value.numer), {("S",): written_out})


@lru_cache(maxsize=2 * len(CLASSES))
def _world(classes: int, sum_to_one: bool) -> ExactWorld:
    return ExactWorld(classes, sum_to_one=sum_to_one)


def prove_exactly(claim: Claim, classes: Iterable[int] = CLASSES) -> str | None:
    """Prove a claim for each of the given numbers of classes and every choice of its indices.

    Returns:
        None when it holds, else where it does not.

    >>> from softmax_explained.core.formulas.symbols import a, i, k, sum_over
    >>> prove_exactly(Claim(sum_over(a[k], k), 2 * a[i], (i,)), classes=[2])
    'at K = 2, i = 1 the two lines differ'
    """
    for count in classes:
        world = _world(count, TARGETS_SUM_TO_ONE in claim.uses)
        for at in claim.assignments(count, INPUTS):
            try:
                difference = meaning(claim.before, world, at) - meaning(claim.after, world, at)
                if world.is_zero(difference):
                    continue
            except (Undecided, ZeroDivisionError) as why:
                return f"cannot tell at K = {count}: {why}"
            where = "".join(f", {index} = {value}" for index, value in at.items())
            return f"at K = {count}{where} the two lines differ"
    return None
