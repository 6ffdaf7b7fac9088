"""Every identity is proved by every prover, and each of its conditions is needed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sympy import (
    Derivative,
    Eq,
    Expr,
    Function,
    Ge,
    Integer,
    KroneckerDelta,
    Le,
    Lt,
    Matrix,
    Ne,
    Rational,
    Symbol,
    evaluate,
    simplify,
    symbols,
)

from softmax_explained.core.derivations.half import room, variance
from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.derivations.identity import Identity
from softmax_explained.core.derivations.registry import SOFTMAX
from softmax_explained.core.formulas.nodes import Becomes, Partial, SumNot, Transposed
from softmax_explained.core.formulas.symbols import (
    C,
    J,
    K,
    a,
    any_v,
    c,
    eta,
    f,
    f_prime,
    g,
    g_prime,
    j,
    k,
    sum_over,
    u,
    vector_a,
    vector_y,
    vector_z,
    y,
    z,
    z_max,
)
from softmax_explained.core.proof.claim import Claim, Undecided
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
    functions = {f: Function("f")(u), g: Function("g")(u)}
    functions |= {f_prime: functions[f].diff(u), g_prime: functions[g].diff(u)}

    for name in ("exponential_rule", "logarithm_rule", "quotient_rule"):
        rule = IDENTITIES[name].relation
        left, right = (side.replace(Partial, lambda of, by: Derivative(of, by)) for side in rule.args)
        assert simplify((left.xreplace(functions) - right.xreplace(functions)).doit()) == 0, name
    terms = IDENTITIES["chain_rule"].relation.rhs.subs(K, 2).doit().args
    parts = {tuple(part.args for part in term.args) for term in terms}
    assert parts == {((C, any_v[n]), (any_v[n], u)) for n in (1, 2)}
    first, second = Function("v_1")(u), Function("v_2")(u)
    p, q = symbols("p q")
    outer = Function("C")
    both = [
        outer(p, q).diff(p).subs({p: first, q: second}, simultaneous=True) * first.diff(u),
        outer(p, q).diff(q).subs({p: first, q: second}, simultaneous=True) * second.diff(u),
    ]
    assert simplify(outer(first, second).diff(u).doit() - sum(both).doit()) == 0


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


# At most half gets through softmax ------------------------------------------------------------------------


HALF = IDENTITIES["half"]
ALGEBRA = {"any K", "K = 2…6"}


def full(body: Expr, index: Symbol, hole: Expr, lo: Expr, hi: Expr) -> Expr:
    """A sum with a hole as SymPy's own sum."""
    return sum_over((1 - KroneckerDelta(index, hole)) * body, index, hi, lo)


def test_the_two_quadratic_forms_are_the_sums_of_squares_that_the_proof_says() -> None:
    shares, vector = symbols("a1:4", positive=True), symbols("v1:4", real=True)
    values = dict(zip([a[n] for n in (1, 2, 3)], shares, strict=True))
    values |= dict(zip([any_v[n] for n in (1, 2, 3)], vector, strict=True))
    jacobian = Matrix(3, 3, lambda j, i: shares[j] * (int(i == j) - shares[i]))
    column = Matrix(vector)
    form = (column.T * jacobian * column)[0]
    for made, expected in (
        (variance(lambda at: any_v[at]), form),
        (room(lambda at: any_v[at]), column.dot(column) / 2 - form),
    ):
        written = made.replace(SumNot, full).subs(K, 3).doit().xreplace(values)
        difference = (written - expected).subs(shares[2], 1 - shares[0] - shares[1])
        assert simplify(difference) == 0


with evaluate(False):
    NOT_HALF = {
        "a third": replace(HALF, relation=Le(HALF.relation.lhs, Rational(1, 3) * HALF.relation.rhs.args[1])),
        "another margin": replace(HALF, margin=2 * HALF.margin),
        "the other way round": replace(HALF, relation=Le(HALF.relation.rhs, HALF.relation.lhs)),
    }


@pytest.mark.parametrize("name", NOT_HALF)
def test_another_bound_than_half_is_refused_by_every_prover(name: str) -> None:
    difference, _ = claims_of(NOT_HALF[name], SOFTMAX)
    assert all(prove(difference) is not None for prove in PROVERS.values())


@pytest.mark.parametrize(
    ("value", "accepted"),
    [
        (sum_over((a[k] - y[k]) ** 2, k), True),
        (sum_over(a[k] * y[k] ** 2, k), True),
        (SumNot(a[k] * a[j], k, j, 1, K), True),
        (sum_over(a[k] - y[k], k), False),
        (sum_over((a[k] - y[k]) ** 3, k), False),
        (sum_over(-a[k], k), False),
        ((a[k] - y[k]) ** 2 - a[k], False),
    ],
)
def test_a_sign_is_read_off_squares_and_positive_letters_alone(value: Expr, accepted: bool) -> None:
    claim = Claim(Integer(0), value, (k, j), relation="<=")
    assert (PROVERS["any K"](claim) is None) == accepted
    assert (PROVERS["K = 2…6"](claim) is None) == accepted


def test_what_may_be_zero_is_not_above_zero() -> None:
    claim = Claim(Integer(0), sum_over((a[k] - y[k]) ** 2, k), (), relation="<")
    assert all(PROVERS[name](claim) is not None for name in ALGEBRA)


def test_no_other_norm_than_one_times_a_number_can_be_squared() -> None:
    with evaluate(False):
        sum_of_norms = replace(HALF, relation=Le(HALF.relation.lhs + HALF.relation.lhs, HALF.relation.rhs))
    with pytest.raises(Undecided, match="square"):
        list(claims_of(sum_of_norms, SOFTMAX))
