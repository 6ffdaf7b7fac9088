"""Every line of every derivation is proved, each prover can refuse, and what is assumed is needed."""

from dataclasses import replace

import numpy as np
import pytest
from sympy import Eq, IndexedBase, KroneckerDelta, Ne, evaluate, exp, log

from softmax_explained.core import default_lesson, solve
from softmax_explained.core.derivations.derivation import SUM_TO_ONE, TARGETS_SUM_TO_ONE, Derivation, Step
from softmax_explained.core.derivations.registry import DERIVATIONS, SOFTMAX
from softmax_explained.core.formulas.nodes import Cases, Literal, SumNot, Word, named
from softmax_explained.core.formulas.symbols import (
    DEFINITIONS,
    C,
    K,
    M,
    S,
    a,
    c,
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
    z,
)
from softmax_explained.core.proof.any_size import prove_for_any_size
from softmax_explained.core.proof.claim import Claim, Undecided
from softmax_explained.core.proof.exact import prove_exactly
from softmax_explained.core.proof.interpreter import interpret
from softmax_explained.core.proof.numeric import Float64
from softmax_explained.core.proof.verify import PROVERS, verify
from softmax_explained.errors import UsageError


def verdicts(before, after, free=(i,), when=None, uses=frozenset()):
    claim = Claim(before, after, free, when, uses)
    return {name: prove(claim) is None for name, prove in PROVERS.items()}


def everyone(verdict):
    return dict.fromkeys(PROVERS, verdict)


@pytest.mark.parametrize("derivation", DERIVATIONS.values(), ids=lambda one: one.name)
def test_every_step_is_accepted_by_every_prover(derivation):
    proof = verify(derivation)
    assert proof.holds, [step.refused for step in proof.steps]
    assert all(step.accepted == tuple(PROVERS) for step in proof.steps)


with evaluate(False):
    FIRST_ORDER = {
        "1 + dz": (exp(z[i]) * (1 + dz), True),
        "another way to write it": (exp(z[i]) + exp(z[i]) * dz, True),
        "a term of second order more": (exp(z[i]) * (1 + dz + dz**2), True),
        "the right value and another slope": (exp(z[i]) * (1 + 2 * dz), False),
        "the right slope and another value": (exp(z[i]) * (2 + dz), False),
        "the other sign": (exp(z[i]) * (1 - dz), False),
        "another letter": (exp(z[i]) * (1 + z[i]), False),
    }


@pytest.mark.parametrize("name", FIRST_ORDER)
def test_a_first_order_step_has_the_right_value_and_the_right_slope(name):
    line, holds = FIRST_ORDER[name]
    step = Step(line, "first-order", small=dz)
    (proof,) = verify(Derivation("nudged", exp(z[i] + dz), step, free=(i,))).steps
    assert proof.accepted == (tuple(PROVERS) if holds else ())


def test_what_holds_to_first_order_only_is_not_equal():
    assert verdicts(exp(z[i] + dz), exp(z[i]) * (1 + dz)) == everyone(False)


# What is assumed is needed ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["collapse", "product", "second_proof", "smoothed_targets", "log_sum_exp"])
def test_without_the_sum_of_the_targets_the_steps_that_use_it_fail(name):
    derivation = DERIVATIONS[name]
    needy = [(before, step.expr) for before, step in derivation.pairs() if step.uses]
    assert needy
    for before, after in needy:
        assert verdicts(before, after, derivation.free) == everyone(False)


def test_the_slope_on_the_diagonal_holds_for_i_equal_to_j_and_only_there():
    lines = derivative(a[j], z[i]), a[i] * (1 - a[i])
    assert verdicts(*lines, (i, j), "i=j") == everyone(True)
    assert verdicts(*lines, (i, j), "i!=j") == everyone(False)
    assert verdicts(*lines, (i, j)) == everyone(False)


def test_the_slope_off_the_diagonal_holds_for_i_other_than_j_and_only_there():
    lines = derivative(a[j], z[i]), -a[i] * a[j]
    assert verdicts(*lines, (i, j), "i!=j") == everyone(True)
    assert verdicts(*lines, (i, j), "i=j") == everyone(False)


def test_one_path_alone_is_not_the_slope():
    one_path = derivative(C, a[i]) * derivative(a[i], z[i])
    assert verdicts(derivative(C, z[i]), one_path, uses=SUM_TO_ONE) == everyone(False)


# Lines that are nearly right ----------------------------------------------------------------------------

with evaluate(False):
    NEARLY = {
        "the textbook's sum that is kept": (derivative(C, a[j]), -sum_over(y[k] / a[k], k), (j,)),
        "the sum bracketed round the first factor": (
            derivative(C, z[i]),
            sum_over(derivative(C, a[j]), j) * derivative(a[i], z[i]),
            (i,),
        ),
        "a sum that stops one short": (sum_over(exp(z[k]), k, K - 1), S, ()),
        "a sum that starts one late": (sum_over(y[k], k, K, 2), sum_over(y[k], k), ()),
        "a hole that is forgotten": (SumNot(y[j] * a[i], j, i, 1, K), sum_over(y[j] * a[i], j), (i,)),
        "a delta turned round": (KroneckerDelta(i, j) * a[i], (1 - KroneckerDelta(i, j)) * a[i], (i, j)),
        "cases swapped": (
            derivative(a[j], z[i]),
            Cases((a[i] * (1 - a[i]), Ne(i, j)), (-a[i] * a[j], Eq(i, j))),
            (i, j),
        ),
        "a sign": (derivative(C, z[i]), y[i] - a[i], (i,)),
        "a shift that is no shift": (exp(z[i] + c) / exp_sum, a[i], (i,)),
        "ln of a sum": (log(exp_sum), sum_over(z[k], k), ()),
        "a weight's slope without its input": (derivative(C, w[i, m]), a[i] - y[i], (i, m)),
        "a weight's slope with another input": (derivative(z[i], w[i, m]), x[1], (i, m)),
        "a delta summed over the inputs": (sum_over(KroneckerDelta(i, j) * a[j], j, M), a[i], (i,)),
        "a delta with a class that may not be there": (sum_over(KroneckerDelta(j, 12), j), Literal(1), ()),
        "a bound of inputs for one of classes": (sum_over(y[k], k, M), sum_over(y[k], k), ()),
    }


@pytest.mark.parametrize("name", NEARLY)
def test_a_line_that_is_nearly_right_is_refused_by_every_prover(name):
    before, after, free = NEARLY[name]
    assert verdicts(before, after, free) == everyone(False)


def test_targets_that_sum_to_one_do_not_make_everything_true():
    assert verdicts(a[i] * sum_over(y[j], j), a[i] * 2, uses=SUM_TO_ONE) == everyone(False)


# What a prover has no rule for, it does not accept --------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (exp(a[i]), exp(a[i])),
        (log(y[i] ** 2), log(y[i] ** 2)),
    ],
)
def test_the_algebraic_provers_refuse_what_they_have_no_rule_for_even_when_it_is_true(before, after):
    found = verdicts(before, after)
    assert (found["any K"], found["K = 2…6"]) == (False, False)
    assert (found["50 digits"], found["differences"]) == (True, True)


@pytest.mark.parametrize(
    "line",
    [
        Word("cat"),
        IndexedBase("q")[i],
        z[K + 1],
        derivative(derivative(C, a[j]), z[i]),
        derivative(C, y[i]),
        Cases((a[i], a[i] < 1)),
    ],
    ids=str,
)
def test_a_line_without_a_meaning_is_never_proved(line):
    assert not all(verdicts(line, line + 0 * a[i], (i, j)).values())


def test_division_by_zero_is_refused():
    with evaluate(False):
        line = a[i] / (y[i] - y[i])
    assert verdicts(line, line) == everyone(False)


# A failed proof ------------------------------------------------------------------------------------------


def test_a_failed_proof_names_the_step_its_lines_and_what_was_found():
    with evaluate(False):
        wrong = Derivation(
            "wrong",
            derivative(C, z[i]),
            Step(a[i] - y[i], "result", uses=SUM_TO_ONE),
            Step(a[i] + y[i], "slip"),
            free=(i,),
        )
    proof = verify(wrong)
    assert [step.holds for step in proof.steps] == [True, False]
    assert not proof.holds
    assert proof.steps[1].step.rule == "slip"
    assert proof.steps[1].refused.keys() == PROVERS.keys()
    assert "K = 2, i = 1" in proof.steps[1].refused["K = 2…6"]


@pytest.mark.parametrize(("when", "holds"), [("i=j", True), ("i!=j", False), (None, False)])
def test_a_derivation_holds_in_its_own_case_only(when, holds):
    step = Step(a[i] - a[i] ** 2, "own")
    assert verify(Derivation("own", derivative(a[j], z[i]), step, free=(i, j), when=when)).holds is holds


# The walk itself -----------------------------------------------------------------------------------------


def test_the_walk_gives_what_the_numpy_core_gives():
    solution = solve(default_lesson())
    lesson = solution.lesson
    drawn = {("y", (n + 1,)): value for n, value in enumerate(lesson.targets)}
    drawn |= {("b", (n + 1,)): value for n, value in enumerate(lesson.biases)}
    drawn |= {("x", (n + 1,)): value for n, value in enumerate(lesson.inputs)}
    drawn |= {("w", (r + 1, s + 1)): lesson.weights[r, s] for r in range(lesson.K) for s in range(lesson.M)}

    domain = Float64(replace(SOFTMAX, reference={}), {K: lesson.K, M: lesson.M}, drawn)
    for n in range(lesson.K):
        at = {i: n + 1}
        assert interpret(z[i], domain, at) == pytest.approx(solution.z[n])
        assert interpret(a[i], domain, at) == pytest.approx(solution.a[n])
        assert interpret(derivative(C, z[i]), domain, at) == pytest.approx(solution.gradient[n], abs=1e-9)
        for row in range(lesson.K):
            slope = interpret(derivative(a[j], z[i]), domain, {i: n + 1, j: row + 1})
            assert slope == pytest.approx(solution.J[row, n], abs=1e-9)
    assert interpret(S, domain, {}) == pytest.approx(solution.S)
    assert interpret(C, domain, {}) == pytest.approx(solution.C)
    assert np.isclose(interpret(Literal(3), domain, {}), 3)


def test_an_open_index_has_no_value():
    with pytest.raises(Undecided, match="open"):
        interpret(a[i], Float64(SOFTMAX, {K: 3, M: 2}, {}), {})


def test_claims_list_only_the_choices_their_case_allows():
    pairs = [tuple(at.values()) for at in Claim(a[i], a[j], (i, j), "i=j").assignments({K: 3, M: 2})]
    assert pairs == [(1, 1), (2, 2), (3, 3)]
    weights = list(Claim(w[i, m], w[i, m], (i, m)).assignments({K: 3, M: 2}))
    assert len(weights) == 6


def test_the_general_prover_says_what_is_left_over():
    assert "difference is" in (prove_for_any_size(Claim(a[i], a[i] + y[i], (i,))) or "")


# What a claim is made of -----------------------------------------------------------------------------------


def test_a_fact_that_a_theory_does_not_know_is_an_error():
    with pytest.raises(UsageError, match="inputs-sum-to-one") as caught:
        Claim(a[i], a[i], (i,), uses=frozenset({"inputs-sum-to-one"}))
    assert TARGETS_SUM_TO_ONE in caught.value.hint


@pytest.mark.parametrize(("letter", "indices"), [(z[i], (i,)), (S, ()), (a[i], (i,)), (C, ())], ids=str)
def test_every_definition_is_a_line_that_is_proved(letter, indices):
    definition = DEFINITIONS[named(letter)[0]]
    assert verdicts(definition.lhs, definition.rhs, indices) == everyone(True)


with evaluate(False):
    TOO_FAR = {
        "as many inputs as classes": (sum_over(sum_over(KroneckerDelta(j, k), j), k, M), M, ()),
        "a sum without what is not in it": (
            SumNot(y[j], j, i, 2, K),
            sum_over(y[j], j, K, 2) - y[i],
            (i,),
        ),
    }


@pytest.mark.parametrize("name", TOO_FAR)
def test_what_depends_on_how_far_an_index_goes_is_not_proved_for_any_number(name):
    before, after, free = TOO_FAR[name]
    assert not verdicts(before, after, free)["any K"]


# Inequalities --------------------------------------------------------------------------------------------

with evaluate(False):
    ORDERED = {
        "a share is above 0": (Literal(0), a[i], "<", (i,), True),
        "a weighted mean of shares": (Literal(0), sum_over(y[k] * a[k], k), "<=", (), True),
        "a sum of squares": (Literal(0), sum_over(y[k] ** 2, k), "<=", (), True),
        "a target may be 0": (Literal(0), y[i], "<", (i,), False),
        "scores are in no order": (z[i], z[j], "<=", (i, j), False),
        "not below itself": (a[i], a[i], "<", (i,), False),
    }


@pytest.mark.parametrize("name", ORDERED)
def test_the_algebraic_provers_decide_inequalities(name):
    before, after, relation, free, verdict = ORDERED[name]
    claim = Claim(before, after, free, relation=relation)
    assert [prove_for_any_size(claim) is None, prove_exactly(claim) is None] == [verdict, verdict]
