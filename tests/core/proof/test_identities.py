"""Every identity is proved by every prover, and each of its conditions is needed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sympy import Derivative, Eq, Function, Ge, Le, Lt, Ne, evaluate, simplify

from softmax_explained.core.derivations.identities import IDENTITIES, Identity
from softmax_explained.core.derivations.registry import SOFTMAX
from softmax_explained.core.formulas.nodes import Becomes, Partial, Transposed
from softmax_explained.core.formulas.symbols import (
    C,
    J,
    a,
    c,
    eta,
    f,
    f_prime,
    g,
    g_prime,
    k,
    u,
    v,
    vector_a,
    vector_y,
    vector_z,
    z,
    z_max,
)
from softmax_explained.core.proof.claim import Undecided
from softmax_explained.core.proof.identity_claims import claims_of
from softmax_explained.core.proof.verify import PROVERS, verify
from softmax_explained.errors import UsageError

NONE_ABOVE_ZERO = IDENTITIES["none_above_zero"]
CONDITIONS = [one.name for one in IDENTITIES.values() if one.uses or one.given or one.chosen]


@pytest.mark.parametrize("identity", IDENTITIES.values(), ids=lambda one: one.name)
def test_every_identity_is_accepted_by_every_prover(identity: Identity) -> None:
    proof = verify(identity)
    assert proof.steps
    assert all(step.accepted == tuple(PROVERS) for step in proof.steps), [
        step.refused for step in proof.steps
    ]


@pytest.mark.parametrize("name", CONDITIONS)
def test_every_condition_is_needed(name: str) -> None:
    bare = replace(IDENTITIES[name], uses=frozenset(), given=(), chosen=())
    (*_, last) = verify(bare).steps
    assert last.accepted == ()


def test_the_rules_hold_for_all_functions_by_sympys_own_derivatives() -> None:
    functions = {f: Function("f")(u), g: Function("g")(u), v: Function("v")(u)}
    functions |= {f_prime: functions[f].diff(u), g_prime: functions[g].diff(u)}
    outer = Function("C")

    for name in ("exponential_rule", "logarithm_rule", "quotient_rule"):
        rule = IDENTITIES[name].relation
        left, right = (side.replace(Partial, lambda of, by: Derivative(of, by)) for side in rule.args)
        assert simplify((left.xreplace(functions) - right.xreplace(functions)).doit()) == 0, name
    chain = IDENTITIES["chain_rule"].relation.rhs.args
    assert [part.args for part in chain] == [(C, v), (v, u)]
    slope = outer(functions[v]).diff(u)
    assert slope == outer(v).diff(v).subs(v, functions[v]) * functions[v].diff(u)


# What is false is refused --------------------------------------------------------------------------------

with evaluate(False):
    FALSE = {
        "the other way round": replace(NONE_ABOVE_ZERO, relation=Ge(z[k] + c, 0)),
        "a share on top": replace(NONE_ABOVE_ZERO, relation=Le(z[k] + a[k] - z_max, 0)),
        "the wrong sign": replace(NONE_ABOVE_ZERO, relation=Le(z[k] + z_max, 0)),
        "of a sum": replace(NONE_ABOVE_ZERO, relation=Le(z[k] + a[k] + c, 0)),
        "the largest score added": replace(
            NONE_ABOVE_ZERO, chosen=(Eq(c, z_max), *NONE_ABOVE_ZERO.chosen[1:])
        ),
        "uphill": replace(
            IDENTITIES["step"], relation=Becomes(vector_z, vector_z + eta * (vector_a - vector_y))
        ),
        "target minus prediction": replace(
            IDENTITIES["vector_result"],
            relation=Eq(IDENTITIES["vector_result"].relation.lhs, vector_y - vector_a),
        ),
        "a rule for another letter": replace(
            IDENTITIES["exponential_rule"], relation=Eq(Partial(u**2, u), u)
        ),
    }


@pytest.mark.parametrize("name", FALSE)
def test_a_false_identity_is_refused_by_every_prover(name: str) -> None:
    (step,) = verify(FALSE[name]).steps
    assert step.accepted == ()


def test_an_inequality_that_fails_at_single_points_only_is_refused_by_algebra() -> None:
    (step,) = verify(replace(NONE_ABOVE_ZERO, relation=Lt(z[k] + c, 0))).steps  # = for the largest itself
    assert not {"any K", "K = 2…6"} & set(step.accepted)


def test_true_inequalities_may_be_written_either_way() -> None:
    with evaluate(False):
        turned = replace(NONE_ABOVE_ZERO, relation=Ge(-(z[k] + c), 0))
        positive = Identity("positive", Lt(0, a[k]), (k,))
    assert verify(turned).holds
    assert verify(positive).holds


def test_what_no_prover_can_decide_is_an_error() -> None:
    unequal = Identity("unequal", Ne(a[k], 0, evaluate=False), (k,))
    with pytest.raises(UsageError, match="unequal"):
        verify(unequal)


with evaluate(False):
    SHAPELESS = {
        "product of a row and a row": Transposed(vector_a) * Transposed(vector_z),
        "entries of J\\*": J**2,
        "entries of J . a": vector_a + J,
    }


@pytest.mark.parametrize("why", SHAPELESS)
def test_a_product_a_sum_or_a_power_without_a_rule_has_no_entries(why: str) -> None:
    identity = Identity("shapeless", Eq(SHAPELESS[why], vector_a, evaluate=False))
    with pytest.raises(Undecided, match=why):
        list(claims_of(identity, SOFTMAX))
