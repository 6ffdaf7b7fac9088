"""A formula is named after its proof; false, unregistered or wrongly conditioned ones are refused."""

from __future__ import annotations

import re

import pytest
from sympy import Eq, Ge, Gt, Integer, KroneckerDelta, Le, Lt, Ne, evaluate, exp, log

from softmax_explained.core import Lesson, default_lesson, solve
from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.derivations.registry import DERIVATIONS, SOFTMAX
from softmax_explained.core.formulas.nodes import Approx, Cases, Dots, Literal, Paren, Shown
from softmax_explained.core.formulas.symbols import (
    DEFINITIONS,
    C,
    S,
    a,
    c,
    cross_entropy,
    derivative,
    dz,
    exp_sum,
    i,
    j,
    k,
    m,
    sum_over,
    w,
    x,
    y,
    y_smooth,
    z,
    z_max,
)
from softmax_explained.core.proof.statements import Statements
from softmax_explained.core.quantities.substitution import with_numbers, with_result
from softmax_explained.errors import ProofError

STATEMENTS = Statements(SOFTMAX)
FILM = solve(default_lesson())  # K = 3, M = 2, one-hot on class 2


def own(key: str) -> Shown:
    return FILM[key].shown


def slope(row: int, column: int) -> object:
    derivation = "case_i_equals_j" if row == column else "case_i_not_j"
    return with_numbers(DERIVATIONS[derivation][-1], FILM, {i: column, j: row})


with evaluate(False):
    PROVED = {
        "a digit more than elsewhere": (Eq(-log(FILM["a[t]"].finer().shown), own("C")), "numbers"),
        "a line": (DERIVATIONS["collapse"].equations[-1], "collapse:12"),
        "two later lines": (DERIVATIONS["other_path"].chain(1, 3), "other_path:1=3"),
        "read from right to left": (DERIVATIONS["shift_invariance"].chain(4, 0), "shift_invariance:4"),
        "with brackets": (Eq(derivative(C, z[i]), Paren(a[i] - y[i])), "collapse:12"),
        "for another index": (Eq(derivative(C, z[k]), a[k] - y[k]), "collapse:12"),
        "for a class": (Eq(derivative(a[1], z[3]), -a[3] * a[1]), "case_i_not_j:7"),
        "for two indices that are one": (
            Eq(derivative(a[2], z[2]), KroneckerDelta(2, 2) * a[2] - a[2] * a[2]),
            "jacobian:2",
        ),
        "a definition with another counter": (Eq(C, -sum_over(y[m] * log(a[m]), m)), "definition:C"),
        "a definition written out": (
            Eq(C, -y[1] * log(a[1]) - y[2] * log(a[2]) - y[3] * log(a[3])),
            "definition:C",
        ),
        "a sum written out": (Eq(exp(z[1]) + exp(z[2]) + exp(z[3]), exp_sum), "same"),
        "a definition with dots": (
            Eq(z[1], own("W[0,0]") * own("x[0]") + Dots() + own("b[0]")),
            "definition:z",
        ),
        "an identity whose condition the lesson fulfils": (Eq(C, -log(a[2])), "identity:one_hot_loss"),
        "an inequality turned round": (Ge(0, z[2] + c), "identity:none_above_zero"),
        "a letter that is chosen": (Eq(c, -z_max), "condition:none_above_zero"),
        "a letter and its number": (Eq(a[i], own("a[0]")), "value:a[0]"),
        "letters and their number": (Eq(-y[2] * log(a[2]), own("loss_term[1]")), "value:loss_term[1]"),
        "numbers whose digits agree": (Eq(slope(0, 0), own("J[0,0]")), "numbers"),
        "numbers whose digits do not": (Approx(slope(1, 0), own("J[1,0]")), "numbers"),
        "to first order": (Approx(exp(z[i] + dz), exp(z[i]) * (1 + dz)), "growth:2"),
        "an inequality of numbers": (Gt(own("z[0]"), Literal(1)), "numbers"),
        "a counter": (Eq(k, Integer(3)), "index"),
        "the same twice": (Eq(z[i], Paren(z[i])), "same"),
    }
    REFUSED = {
        "false": (Eq(a[i] / a[j], exp(z[i] + z[j])), "not proved"),
        "true and not registered": (Eq(a[i] / a[j], exp(z[i] - z[j])), "not proved"),
        "a false sign in a line": (Eq(derivative(C, z[i]), a[i] + y[i]), "near it: ∂C/∂z_i = a_i − y_i"),
        "with a letter of another loss": (Eq(derivative(C, z[i]), a[i] - y_smooth[i]), "not proved"),
        "a case in the other one": (Eq(derivative(a[1], z[1]), -a[1] * a[1]), "holds only for i ≠ j"),
        "a case for two indices": (Eq(derivative(a[j], z[i]), a[i] * (1 - a[i])), "not proved"),
        "cases changed over": (
            Eq(derivative(a[j], z[i]), Cases((a[i] * (1 - a[i]), Ne(i, j)), (-a[i] * a[j], Eq(i, j)))),
            "not proved",
        ),
        "a class for an input": (Eq(derivative(z[i], w[i, 3]), x[3]), "3 cannot stand for m"),
        "a class that is not there": (Eq(derivative(C, z[4]), a[4] - y[4]), "4 cannot stand for i"),
        "a counter as an open index": (
            Eq(sum_over(derivative(C, z[k]), k), sum_over(a[k] - y[i], k)),
            "not proved",
        ),
        "terms that are no sum": (Eq(exp(z[1]) + exp(z[2]) + exp(z[2]), exp_sum), "not proved"),
        "a sum with a term less": (Eq(C, -y[1] * log(a[1]) - y[2] * log(a[2])), "not proved"),
        "a sum that lost its rest": (Eq(C, log(exp_sum)), "not proved"),
        "a condition the lesson breaks": (Eq(C, -log(a[1])), "holds only for y_i = δ_ij"),
        "a chosen letter of another class": (Eq(a[1], y[1]), "holds only for"),
        "the weaker of two": (Lt(z[k] + c, 0), "not proved"),
        "the wrong way round": (Le(0, z[k] + c), "not proved"),
        "a number of another letter": (Eq(a[1], own("a[1]")), "not proved"),
        "digits of no quantity": (Eq(a[1], Shown(0.66, "0.660", "a[0]")), "0.660 is not a[0]"),
        "digits that are not rounded": (Eq(a[1], Shown(0.65900, "0.6589", "a[0]")), "0.6589 is not a[0]"),
        "a digit more than needed": (Eq(a[1], FILM["a[0]"].finer().shown), "0.6590 is not a[0]"),
        "two digits more": (Eq(a[1], Shown(0.65900, "0.65900", "a[0]")), "0.65900 is not a[0]"),
        "a wrong weight": (Eq(z[1], own("W[0,1]") * own("x[0]") + Dots() + own("b[0]")), "not proved"),
        "a wrong result": (Eq(slope(0, 0), own("J[1,0]")), "but J"),
        "= for digits that do not agree": (Eq(slope(1, 0), own("J[1,0]")), "ask for ≈"),
        "≈ for digits that agree": (Approx(slope(0, 0), own("J[0,0]")), "ask for ="),
        "a wrong inequality of numbers": (Lt(own("z[0]"), Literal(1)), "does not hold"),
        "≈ between letters": (Approx(a[i], exp(z[i])), "not proved"),
        "a counter past the end": (Eq(k, Integer(4)), "not proved"),
        "= for what holds to first order only": (Eq(exp(z[i] + dz), exp(z[i]) * (1 + dz)), "not proved"),
        "inside a larger expression": (Paren(Eq(a[i], y[j])) * a[i], "not proved"),
    }


@pytest.mark.parametrize("name", PROVED)
def test_a_proved_relation_is_named(name: str) -> None:
    relation, proof = PROVED[name]
    assert STATEMENTS.proofs_of(relation, FILM) == (proof,)


@pytest.mark.parametrize("name", REFUSED)
def test_any_other_relation_is_refused(name: str) -> None:
    relation, why = REFUSED[name]
    with pytest.raises(ProofError, match=re.escape(why)):
        STATEMENTS.proofs_of(relation, FILM)


@pytest.mark.parametrize("derivation", DERIVATIONS.values(), ids=lambda one: one.name)
def test_every_line_is_found(derivation) -> None:
    for line, equation in enumerate(derivation.equations, 1):
        assert len(STATEMENTS.proofs_of(equation, FILM)) == 1, line


def test_every_identity_without_a_condition_on_numbers_is_found() -> None:
    open_ones = [one for one in IDENTITIES.values() if not one.given]
    assert len(open_ones) >= 15
    for identity in open_ones:
        assert STATEMENTS.proofs_of(identity.relation, FILM)


def test_a_chain_is_proved_link_by_link() -> None:
    with evaluate(False):
        true = Ne(with_result(sum(own(f"z[{n}]") for n in range(3)), FILM["zsum"]), Literal(1))
        false = Eq(Eq(C, cross_entropy), log(exp_sum))
    assert STATEMENTS.proofs_of(true, FILM) == ("numbers", "numbers")
    with pytest.raises(ProofError, match="−Σ_k y_k ln a_k = ln Σ_k"):
        STATEMENTS.proofs_of(false, FILM)


def test_what_dots_leave_out_is_taken_from_the_side_before() -> None:
    with evaluate(False):
        short = own("W[0,0]") * own("x[0]") + Dots() + own("b[0]")
        true, false = (Eq(Eq(z[1], short), own(key)) for key in ("z[0]", "z[1]"))
    assert STATEMENTS.proofs_of(true, FILM) == ("definition:z", "value:z[0]")
    with pytest.raises(ProofError):
        STATEMENTS.proofs_of(false, FILM)


@pytest.mark.parametrize(("classes", "holds"), [((1, 3, 6), True), ((1, 2, 6), False), ((1, 3, 5), False)])
def test_a_sum_may_have_dots_twice_each_for_at_least_one_term(classes: tuple[int, ...], holds: bool) -> None:
    six = solve(Lesson.from_logits([0.0] * 6, list("abcdef"), [1, 0, 0, 0, 0, 0]))
    first, middle, last = classes
    with evaluate(False):
        total = Eq(S, exp(z[first]) + Dots() + exp(z[middle]) + Dots() + exp(z[last]))
    if holds:
        assert STATEMENTS.proofs_of(total, six) == ("definition:S",)
    else:
        with pytest.raises(ProofError, match="not proved"):
            STATEMENTS.proofs_of(total, six)


def test_an_expression_without_a_relation_claims_nothing_and_may_be_a_side() -> None:
    with evaluate(False):
        line, other = a[2] - y[2], a[i] + z[i]
    assert STATEMENTS.proofs_of(line, FILM) == STATEMENTS.proofs_of(other, FILM) == ()
    assert STATEMENTS.side_of(line, FILM) == "collapse:12"
    assert STATEMENTS.side_of(other, FILM) is None
    assert STATEMENTS.side_of(own("a[0]"), FILM) == "value:a[0]"


def test_the_definitions_are_statements() -> None:
    for name, equation in DEFINITIONS.items():
        assert STATEMENTS.proofs_of(equation, FILM) == (f"definition:{name}",)
