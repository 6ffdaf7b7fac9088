"""The four rules of the toolbox are true: SymPy carries out each derivative and finds the same."""

from __future__ import annotations

import pytest
import sympy as sp

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.formulas.nodes import Partial
from softmax_explained.core.formulas.symbols import C, K, any_v, f, f_prime, g, g_prime, u

RULES = ("exponential_rule", "logarithm_rule", "quotient_rule")


def carried_out(side: sp.Expr) -> sp.Expr:
    """One side of a rule for f = sin u + 2 and g = e^(u/2) + u²."""
    above, below = sp.sin(u) + 2, sp.exp(u / 2) + u**2
    known = {f: above, g: below, f_prime: sp.diff(above, u), g_prime: sp.diff(below, u)}
    return side.replace(Partial, lambda what, by: sp.diff(what.subs(known).doit(), by)).subs(known)


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("at", [0.3, 1.7])
def test_both_sides_of_a_rule_are_the_same_number(name: str, at: float) -> None:
    rule = IDENTITIES[name].relation
    left, right = (carried_out(side) for side in (rule.lhs, rule.rhs))
    assert float(left.subs(u, at)) == pytest.approx(float(right.subs(u, at)))


@pytest.mark.parametrize("at", [0.3, 1.7])
def test_the_chain_rule_adds_what_comes_along_every_path(at: float) -> None:
    middles = [u**2 + 1, sp.sin(u), sp.exp(u / 3)]
    outer = sp.log(any_v[1]) + any_v[1] * any_v[2] ** 2 + any_v[3] * any_v[1]
    inner = {any_v[n]: middle for n, middle in enumerate(middles, 1)}

    def slope(what: sp.Expr, by: sp.Expr) -> sp.Expr:
        if by == u:
            return sp.diff(what.subs(C, outer).subs(inner), u)
        return sp.diff(outer, by).subs(inner)

    rule = IDENTITIES["chain_rule"].relation
    terms = rule.rhs.subs(K, 3).doit()
    left, right = (side.replace(Partial, slope) for side in (rule.lhs, terms))
    assert len(terms.args) == 3
    assert float(left.subs(u, at)) == pytest.approx(float(right.subs(u, at)))
