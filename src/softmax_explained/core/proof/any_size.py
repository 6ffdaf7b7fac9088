"""Proof for any number of classes at once: sums stay sums, and their upper bounds stay letters.

A line is rewritten in letters, e^u of monomials u, ln p and sums: products are multiplied out, factors that
do not depend on a counter leave its sum, δ contracts, derivatives are taken. Then every definition is written
out. None of this is shared with the provers that fix the number of classes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sympy import Add, Dummy, Expr, Indexed, Integer, KroneckerDelta, Mul, Number, Pow, Sum, Symbol, expand
from sympy.core.relational import Equality, Unequality
from sympy.functions import exp, log
from sympy.ntheory import prime
from sympy.polys import cancel, factor, together
from sympy.simplify import fraction

from softmax_explained.core.derivations.theory import Sign, Theory
from softmax_explained.core.formulas.nodes import Cases, Literal, Paren, Partial, SumNot, named
from softmax_explained.core.formulas.symbols import sum_over
from softmax_explained.core.proof.any_size_calculus import Bounds, E, L, derivative, open_sum, total
from softmax_explained.core.proof.claim import Claim, Relation, Undecided
from softmax_explained.core.proof.signs import ENOUGH, is_zero, sign_of_form

# The assumptions of SymPy that say what a Sign says
ASSUMPTIONS: tuple[dict[str, bool], ...] = ({}, {"nonnegative": True}, {"positive": True})


def prove_for_any_size(claim: Claim) -> str | None:
    """Prove a claim for symbolic sizes and open indices: None, or what the difference is.

    >>> from softmax_explained.core.formulas.symbols import a, i, k, sum_over, y
    >>> prove_for_any_size(Claim(sum_over(a[i] * y[k], k), a[i] * sum_over(y[k], k), (i,)))
    """
    if claim.relation != "=" and is_zero(claim.before):
        sign = sign_of_form(claim.after, claim.theory)
        if sign >= ENOUGH[claim.relation]:
            return None
    lines = _normal_form(claim.theory)
    try:
        before, after = lines.of(claim.before), lines.of(claim.after)
        difference = lines.final.of(after) - lines.final.of(before)
        facts = {lines.final.of(fact.lhs): lines.final.of(fact.rhs) for fact in claim.facts}
        cases = [expand(case.xreplace(facts)) for case in _index_cases(claim, difference)]
        if all(lines.final.holds(case, claim.relation) for case in cases):
            return None
    except Undecided as why:
        return f"cannot tell: {why}"
    return f"the difference is {(after - before).replace(E, exp).replace(L, log)}"


class _NormalForm:
    """The normal forms of a theory's formulas.

    In the form of lines, letters remain; in its `final` form they are replaced by their definitions, and ln
    of a product by a sum.
    """

    def __init__(self, theory: Theory, lines: _NormalForm | None = None) -> None:
        self.theory = theory
        self.bounds: Bounds = lines.bounds if lines else dict(theory.indices)
        self.final = self if lines else _NormalForm(theory, self)
        self._definitions: dict[str, Any] = {}

    def of(self, expr: Expr) -> Any:
        """Rewrite a formula; Undecided for a node or an exponent that there is no rule for."""
        match expr:
            case Number() if expr.is_Rational:
                return expr
            case Literal() | Paren():
                return self.of(expr.args[0])
            case Symbol() if expr in self.bounds or expr in self.theory.indices.values():
                return expr
            case Symbol() | Indexed() if named(expr)[0] in self.theory.shapes:
                defined = self is self.final and named(expr)[0] in self.theory.definitions
                return self._definition(*named(expr)) if defined else expr
            case Add():
                return Add(*map(self.of, expr.args))
            case Mul():
                return expand(Mul(*map(self.of, expr.args)))
            case Pow() if expr.exp.is_Integer:
                base = self.of(expr.base)
                if base == 0 and expr.exp < 0:
                    raise Undecided("a division by 0")
                return expand(base**expr.exp)
            case exp() | E():
                return Mul(*map(self._power_of_e, Add.make_args(expand(self.of(expr.args[0])))))
            case log() | L():
                value = self.of(expr.args[0])
                split = self.final.split_ln(self.final.of(value))  # refuses what may be below 0
                return split if self is self.final else L(value)
            case Sum():
                body, counter = open_sum(expr, self.bounds)
                return total(self.of(body), *counter, self.bounds)
            case SumNot():
                body = expr.body * (1 - KroneckerDelta(expr.index, expr.missing))
                return self.of(sum_over(body, expr.index, expr.hi, expr.lo))
            case KroneckerDelta():
                return KroneckerDelta(*expr.args)
            case Cases():
                return self._cases(expr)
            case Partial():
                return self._partial(expr)
        raise Undecided(f"no rule for the {type(expr).__name__} {expr}")

    def _definition(self, name: str, at: tuple[Any, ...]) -> Any:
        equation = self.theory.definitions[name]
        if name not in self._definitions:
            self._definitions[name] = self.of(equation.rhs)
        return self._definitions[name].xreplace(dict(zip(named(equation.lhs)[1], at, strict=True)))

    def _power_of_e(self, term: Any) -> Any:
        times, monomial = term.as_coeff_Mul()
        if term == 0:
            return Integer(1)
        if not times.is_Integer or monomial == 1 or monomial.has(E):
            raise Undecided(f"no rule for e^({term})")
        return (monomial.args[0] if monomial.func == L else E(monomial)) ** times

    def _cases(self, expr: Any) -> Any:
        result, others = Integer(0), Integer(1)  # others: 1 where no case so far applies
        for value, when in expr.rows:
            if not isinstance(when, Equality | Unequality):
                raise Undecided(f"a case must be = or ≠ of two indices, not {when}")
            same = KroneckerDelta(when.lhs, when.rhs)
            applies = same if isinstance(when, Equality) else 1 - same
            result += others * applies * self.of(value)
            others = expand(others * (1 - applies))
        if others != 0:
            raise Undecided("the cases leave something out")
        return expand(result)

    def _partial(self, expr: Partial) -> Any:
        name, at = named(expr.x)
        if name not in self.theory.variables or expr.f.has(Partial):
            raise Undecided(f"no rule for a derivative along {expr.x}")

        def rate(letter: Any) -> Any:
            own, where = named(letter)
            if own == name:
                return Mul(*(KroneckerDelta(*pair) for pair in zip(where, at, strict=True)))
            defined = own in self.theory.definitions
            return derivative(self._definition(own, where), rate, self.bounds) if defined else Integer(0)

        return derivative(self.of(expr.f), rate, self.bounds)

    def _flat(self, value: Any) -> tuple[Any, dict[Any, Any]]:
        """Replace all but sums, products and powers by letters: what holds for those holds for any values."""
        atoms = value.atoms(Sum, Indexed, KroneckerDelta, E, L)
        atoms |= {letter for letter in value.free_symbols if named(letter)[0] in self.theory.shapes}
        letters = {atom: Dummy(real=True, **ASSUMPTIONS[self._sign(atom)]) for atom in atoms}
        return value.xreplace(letters), {letter: atom for atom, letter in letters.items()}

    def _sign(self, atom: Any) -> Sign:
        match atom:
            case E():
                return Sign.POSITIVE
            case Indexed() | Symbol():
                return self.theory.sign(named(atom)[0])
            case Sum():
                body, _ = self._flat(atom.function)
                has_terms = all(lo == 1 and hi.is_positive for _, lo, hi in atom.limits)
                sign = Sign.POSITIVE if body.is_positive and has_terms else Sign.NON_NEGATIVE
                return sign if body.is_nonnegative else Sign.UNKNOWN
        return Sign.UNKNOWN

    def split_ln(self, value: Any) -> Any:
        """Give ln of a product as a sum; at most one factor, and only to the power ±1, may be below 0."""
        flat, atoms = self._flat(value)
        parts = Mul.make_args(factor(together(flat)))
        times = Mul(*(part for part in parts if part.is_number))
        factors = dict(part.as_base_exp() for part in parts if not part.is_number)
        unsure = [base for base in factors if not base.is_positive]
        if times == -1 and unsure:
            times, factors[-unsure[0]] = 1, factors.pop(unsure[0])
            unsure[0] = -unsure[0]
        if times != 1 or len(unsure) > 1 or any(abs(factors[base]) != 1 for base in unsure):
            raise Undecided(f"no rule for ln({value})")
        result = Integer(0)
        for base, power in factors.items():
            inside = base.xreplace(atoms)
            result += power * (inside.args[0] if isinstance(inside, E) else L(inside))
        return expand(result)

    def holds(self, difference: Any, relation: Relation) -> bool:
        """Decide whether a written-out difference is 0, at least 0 or above 0."""
        flat, _ = self._flat(difference)
        if relation == "=":
            # One point where it is not 0 settles it, and costs far less than a common denominator.
            letters = sorted(flat.free_symbols, key=str)
            at_a_point = flat.xreplace({letter: Integer(prime(n)) for n, letter in enumerate(letters, 5)})
            return not (at_a_point.is_Rational and at_a_point != 0) and bool(cancel(together(flat)) == 0)
        top, bottom = map(expand, fraction(cancel(together(flat))))
        return bool(bottom.is_positive and (top.is_positive or (relation == "<=" and top.is_nonnegative)))


_normal_form = lru_cache(_NormalForm)


def _index_cases(claim: Claim, value: Any) -> list[Any]:
    """The value for i = j and for i ≠ j, as far as the claim allows them."""
    if claim.pair is None:
        return [value]
    i, j = claim.pair
    cases = {True: {j: i}, False: {KroneckerDelta(i, j): Integer(0)}}
    return [value.xreplace(put) for same, put in cases.items() if claim.allows(same)]
