"""Proof for definite numbers of classes, in exact arithmetic, without rounding or heuristic simplification.

Every line is a rational function of letters, exponentials and logarithms: an element of a differential field
(R. H. Risch, "The problem of integration in finite terms", 1969), where d e^u = e^u du, d ln p = dp / p. The
exponentials of different monomials and the logarithms of different irreducible polynomials are algebraically
independent, so two lines are equal exactly when their difference, with every definition written out, is 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from sympy import Equality, Symbol

from softmax_explained.core.derivations.theory import Sign, Theory
from softmax_explained.core.formulas.nodes import named
from softmax_explained.core.proof.claim import Claim, Relation, Undecided
from softmax_explained.core.proof.interpreter import Domain, find_mismatch, interpret
from softmax_explained.core.proof.signs import Signs, is_zero

CLASSES = (2, 3, 4, 5, 6)
INPUTS = 2
Sizes = tuple[tuple[Symbol, int], ...]  # the pairs of Theory.sizes, hashable


class Laurent:
    """A polynomial in generators and their reciprocals: sorted pairs (generator, exponent) → coefficient."""

    def __init__(self, terms: Mapping[tuple[tuple[int, int], ...], Fraction]) -> None:
        self.terms = {monomial: times for monomial, times in terms.items() if times}
        self.generators = {part for monomial in self.terms for part, _ in monomial}

    @classmethod
    def of(cls, powers: Mapping[int, int], times: Fraction | int = 1) -> Laurent:
        """Give times · ∏ generator^power."""
        return cls({tuple(sorted(pair for pair in powers.items() if pair[1])): Fraction(times)})

    def __add__(self, other: Laurent) -> Laurent:
        terms = dict(self.terms)
        for monomial, times in other.terms.items():
            terms[monomial] = terms.get(monomial, Fraction(0)) + times
        return Laurent(terms)

    def __mul__(self, other: Laurent) -> Laurent:
        terms: dict[Any, Fraction] = {}
        for left, some in self.terms.items():
            for right, more in other.terms.items():
                powers = dict(left)
                for part, power in right:
                    powers[part] = powers.get(part, 0) + power
                monomial = tuple(sorted(pair for pair in powers.items() if pair[1]))
                terms[monomial] = terms.get(monomial, 0) + some * more
        return Laurent(terms)

    def __sub__(self, other: Laurent) -> Laurent:
        return self + other * Laurent.of({}, -1)

    def __pow__(self, exponent: int) -> Laurent:
        if len(self.terms) == 1:
            ((monomial, times),) = self.terms.items()
            return Laurent.of({part: power * exponent for part, power in monomial}, times**exponent)
        result = ONE
        for _ in range(exponent):
            result *= self
        return result

    def powers(self, part: int) -> list[int]:
        """Give the exponent of a generator in each term."""
        return [dict(monomial).get(part, 0) for monomial in self.terms]


ZERO, ONE = Laurent({}), Laurent.of({})


class DifferentialField(Domain):
    """The differential field over the letters of a theory; generators are numbered in order of creation.

    A generator is a letter, the "exp" or "log" of the polynomial `inside` it, or a "base" that stands for it
    as the base of a power: so every denominator is a monomial.
    """

    def __init__(self, theory: Theory, sizes: Sizes, facts: tuple[Equality, ...]) -> None:
        super().__init__(theory, dict(sizes))
        self.kinds: list[Any] = []  # (name, at) for a letter
        self.inside: list[Laurent] = []
        self.signs: list[Sign] = []
        self._numbers: dict[Any, int] = {}
        self._written: dict[int, Laurent] = {}
        self._rates: dict[Any, Laurent] = {}
        for fact in facts:
            name, _ = named(fact.lhs.function)
            *others, last = (self.letter(name, at) for at in self.parts(name))
            self._written[min(last.generators)] = interpret(fact.rhs, self, {}) - sum(others, ZERO)

    def _generator(self, kind: Any, inside: Laurent = ZERO) -> Laurent:
        """Give a generator after writing it out, so that nothing without a value gets one."""
        key = kind, frozenset(inside.terms.items())
        number = self._numbers.setdefault(key, len(self.kinds))
        itself = Laurent.of({number: 1})
        if number == len(self.kinds):
            self.kinds.append(kind)
            self.inside.append(inside)
            signs = {"exp": Sign.POSITIVE, "log": Sign.UNKNOWN, "base": self._sign(inside)}
            self.signs.append(signs[kind] if kind in signs else self.theory.sign(kind[0]))
        if number not in self._written:
            self._written[number] = itself  # as a letter without a definition, and ln of it, remain
            try:
                self._written[number] = self._write(number)
            except (Undecided, ZeroDivisionError):
                del self._written[number]
                raise
        return itself

    def letter(self, name: str, at: tuple[int, ...]) -> Laurent:
        """Give a generator; what it is defined as is written out last."""
        return self._generator((name, at))

    def number(self, numerator: int, denominator: int) -> Laurent:
        """Give a rational number."""
        return Laurent.of({}, Fraction(numerator, denominator))

    def power(self, value: Laurent, exponent: int) -> Laurent:
        """Give value^exponent."""
        if exponent < 0 and self.holds(value, "="):
            raise ZeroDivisionError("a division by 0")
        return (self._generator("base", value) if len(value.terms) > 1 else value) ** exponent

    def exp(self, value: Laurent) -> Laurent:
        """Give e^value as a product over the terms of value, each a whole number times a monomial."""
        result = ONE
        for monomial, times in value.terms.items():
            if times.denominator != 1 or not monomial:
                raise Undecided(f"e^({times} …) has no rule")
            (part, power), *more = monomial
            is_log = self.kinds[part] == "log" and power == 1 and not more
            base = self.inside[part] if is_log else self._generator("exp", Laurent.of(dict(monomial)))
            result *= self.power(base, int(times))
        return result

    def log(self, value: Laurent) -> Laurent:
        """Give ln value; it is split into a sum last."""
        return self._generator("log", value)

    def derivative(self, of: Callable[[Domain], Any], name: str, at: tuple[int, ...]) -> Laurent:
        """Give ∂of/∂letter by the chain rule over the generators."""
        if name not in self.theory.variables:
            raise Undecided(f"no derivative is taken along {name}")
        return self._derivative(of(self), name, at)

    def _derivative(self, value: Laurent, name: str, at: tuple[int, ...]) -> Laurent:
        total = ZERO
        for part in value.generators:
            if (part, name, at) not in self._rates:
                self._rates[part, name, at] = self._rate(part, name, at)
            if self._rates[part, name, at].terms:
                scaled = zip(value.terms.items(), value.powers(part), strict=True)
                per_part = Laurent({monomial: times * power for (monomial, times), power in scaled})
                total += per_part * Laurent.of({part: -1}) * self._rates[part, name, at]
        return total

    def _rate(self, part: int, name: str, at: tuple[int, ...]) -> Laurent:
        """The derivative of a generator."""
        match self.kinds[part]:
            case (own, where) if own == name:
                return ONE if where == at else ZERO
            case (own, where):
                defined = own in self.theory.definitions
                return self._derivative(self.definition(own, where), name, at) if defined else ZERO
        inner = self._derivative(self.inside[part], name, at)
        if self.kinds[part] == "exp":
            return Laurent.of({part: 1}) * inner
        return self.power(self.inside[part], -1) * inner if self.kinds[part] == "log" else inner

    def mismatch(self, before: Laurent, after: Laurent, relation: Relation) -> str | None:
        """Return a message if the relation does not hold between two values, else None."""
        return None if self.holds(after - before, relation) else "the two lines differ"

    def holds(self, difference: Laurent, relation: Relation) -> bool:
        """Decide whether a difference is 0, at least 0 or above 0, once everything is written out."""
        polynomial, names = self._cleared(self._written_out(difference))
        if relation == "=" or not polynomial.terms:
            return not polynomial.terms and relation != "<"
        sign = min([self._sign(polynomial), *(self.signs[name] for name in names)])
        return sign >= (Sign.POSITIVE if relation == "<" else Sign.NON_NEGATIVE)

    def _sign(self, value: Laurent) -> Sign:
        """Say what is known of a sum: the most of any term, if no term may be below 0."""
        signs = [min((self.signs[part] for part, _ in one), default=Sign.POSITIVE) for one in value.terms]
        is_known = signs and all(signs) and all(times > 0 for times in value.terms.values())
        return max(signs) if is_known else Sign.UNKNOWN

    def _written_out(self, value: Laurent) -> Laurent:
        total = ZERO
        for monomial, times in value.terms.items():
            term = Laurent.of({}, times)
            for part, power in monomial:
                written = self._written[part]
                if power < 0 and len(written.terms) != 1:
                    scale, factors = self._factors(written)
                    term *= Laurent.of({one: many * power for one, many in factors.items()}, scale**power)
                else:
                    term *= written**power
            total += term
        return total

    def _write(self, part: int) -> Laurent:
        inside = self._written_out(self.inside[part])
        match self.kinds[part]:
            case (name, at):
                defined = name in self.theory.definitions
                return self._written_out(self.definition(name, at)) if defined else self._written[part]
            case "log":
                return self._split_log(*self._factors(inside))
            case "exp":
                if any(self.kinds[one] in ("exp", "base") for one in inside.generators):
                    raise Undecided("an exponent is no polynomial of letters")
                return self.exp(inside)
        return inside

    def _split_log(self, times: Fraction, factors: Mapping[int, int]) -> Laurent:
        """Give ln of a product as a sum; at most one factor, and only to the power ±1, may be below 0."""
        unsure = [power for part, power in factors.items() if self.signs[part] != Sign.POSITIVE]
        sums = [self.inside[part] for part in factors if self.kinds[part] == "base"]
        # A sum has no factors if it is linear in what only one of its terms has
        is_known = all(any(sorted(one.powers(n))[-2:] == [0, 1] for n in one.generators) for one in sums)
        if times != 1 or unsure not in ([], [1], [-1]) or not is_known:
            raise Undecided("ln of a product whose factors may be negative or are not known")
        total = ZERO
        for part, power in factors.items():
            is_exp = self.kinds[part] == "exp"
            ln = self.inside[part] if is_exp else self._generator("log", Laurent.of({part: 1}))
            total += ln * Laurent.of({}, power)
        return total

    def _factors(self, value: Laurent) -> tuple[Fraction, Mapping[int, int]]:
        """Factor a value: a number, and the power of each letter, exponential and sum."""
        polynomial, powers = self._cleared(value)
        if not polynomial.terms:
            raise ZeroDivisionError("a division by 0 or ln 0")
        lowest = {part: min(polynomial.powers(part)) for part in polynomial.generators}
        rest = polynomial * Laurent.of({part: -low for part, low in lowest.items()})
        scale = rest.terms[min(rest.terms)]  # equal sums get one name: their first coefficient is 1
        if len(rest.terms) > 1:
            name = self._generator("base", rest * Laurent.of({}, 1 / scale))
            powers[min(name.generators)] = powers.get(min(name.generators), 0) + 1
        return scale, powers | {part: low for part, low in lowest.items() if low}

    def _cleared(self, value: Laurent) -> tuple[Laurent, dict[int, int]]:
        """Clear denominators: value = polynomial · ∏ base^power, with no base in the polynomial."""
        bases = [part for part in value.generators if self.kinds[part] == "base"]
        lowest = {part: min(0, *value.powers(part)) for part in bases}
        total = ZERO
        for monomial, times in value.terms.items():
            term = Laurent.of({part: power for part, power in monomial if part not in lowest}, times)
            for part, low in lowest.items():
                term *= self.inside[part] ** (dict(monomial).get(part, 0) - low)
            total += term
        return total, {part: low for part, low in lowest.items() if low}


_field = lru_cache(maxsize=2 * len(CLASSES))(DifferentialField)


def prove_exactly(claim: Claim, classes: Iterable[int] = CLASSES) -> str | None:
    """Prove a claim for some numbers of classes and every choice of its indices: None, or where it fails.

    >>> from softmax_explained.core.formulas.symbols import a, i, k, sum_over
    >>> prove_exactly(Claim(sum_over(a[k], k), 2 * a[i], (i,)), classes=[2])
    'at K = 2, i = 1: the two lines differ'
    """
    for sizes in dict.fromkeys(tuple(claim.theory.sizes(count, INPUTS).items()) for count in classes):
        if claim.relation != "=" and is_zero(claim.before):
            signs = Signs(claim.theory, dict(sizes))
            if find_mismatch(claim, signs, claim.assignments(signs.sizes)) is None:
                continue
        domain = _field(claim.theory, sizes, claim.facts)
        if found := find_mismatch(claim, domain, claim.assignments(domain.sizes)):
            return found
    return None
