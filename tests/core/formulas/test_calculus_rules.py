"""The four rules of the toolbox are true: SymPy carries out each derivative and finds the same."""

from __future__ import annotations

import pytest
import sympy as sp

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.formulas.nodes import Partial
from softmax_explained.core.formulas.symbols import C, f, f_prime, g, g_prime, u, v

RULES = ("exponential_rule", "logarithm_rule", "quotient_rule", "chain_rule")


def carried_out(side: sp.Expr, inner: sp.Expr, outer: sp.Expr) -> sp.Expr:
    """One side of a rule for f = sin u + 2, g = e^(u/2) + u², v = `inner` of u and C = `outer` of v."""
    above, below = sp.sin(u) + 2, sp.exp(u / 2) + u**2
    known = {f: above, g: below, f_prime: sp.diff(above, u), g_prime: sp.diff(below, u)}

    def slope(what: sp.Expr, by: sp.Expr) -> sp.Expr:
        whole = what.subs(C, outer).subs(known).doit()
        return sp.diff(whole if by == v else whole.subs(v, inner), by)

    return side.replace(Partial, slope).subs(known).subs(v, inner)


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("at", [0.3, 1.7])
def test_both_sides_of_a_rule_are_the_same_number(name: str, at: float) -> None:
    rule = IDENTITIES[name].relation
    left, right = (carried_out(side, u**2 + 1, sp.log(v) + v**3) for side in (rule.lhs, rule.rhs))
    assert float(left.subs(u, at)) == pytest.approx(float(right.subs(u, at)))
