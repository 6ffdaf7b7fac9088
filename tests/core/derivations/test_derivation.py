"""The derivations of the film: their lines, their ends, their shape."""

import pytest
from sympy import Add, Eq, Sum, evaluate

from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.nodes import Approx
from softmax_explained.core.formulas.relations import sign_of
from softmax_explained.core.formulas.symbols import C, a, derivative, i, j, y, z

with evaluate(False):
    RESULTS = {
        "loss_slope": (derivative(C, a[j]), -y[j] / a[j]),
        "case_i_equals_j": (derivative(a[i], z[i]), a[i] * (1 - a[i])),
        "case_i_not_j": (derivative(a[j], z[i]), -a[i] * a[j]),
        "collapse": (derivative(C, z[i]), a[i] - y[i]),
        "second_proof": (derivative(C, z[i]), a[i] - y[i]),
        "product": (derivative(C, z[i]), a[i] - y[i]),
    }


@pytest.mark.parametrize("name", RESULTS)
def test_a_derivation_starts_and_ends_where_the_film_says(name):
    start, end = RESULTS[name]
    assert (DERIVATIONS[name][0], DERIVATIONS[name][-1]) == (start, end)


@pytest.mark.parametrize("derivation", DERIVATIONS.values(), ids=lambda one: one.name)
def test_lines_equations_rules_and_pairs_fit_together(derivation):
    assert len(derivation) == len(derivation.lines) == len(derivation.steps) + 1
    assert [equation.args for equation in derivation.equations] == [
        (derivation.start, line) for line in derivation.lines[1:]
    ]
    signs = [derivation.sign(0, line) for line in range(1, len(derivation))]
    assert [sign_of(equation) for equation in derivation.equations] == signs
    assert [before for before, _ in derivation.pairs()] == list(derivation.lines[:-1])
    assert derivation.rules == tuple(step.rule for _, step in derivation.pairs())


@pytest.mark.parametrize("derivation", DERIVATIONS.values(), ids=lambda one: one.name)
def test_no_line_repeats_the_line_before(derivation):
    pairs = list(derivation.pairs())
    assert pairs
    assert all(before != step.expr for before, step in pairs)


def test_every_derivation_is_found_under_its_name():
    assert all(name == derivation.name for name, derivation in DERIVATIONS.items())


def test_the_sum_of_the_targets_is_used_exactly_where_the_film_stamps_it():
    collapse = DERIVATIONS["collapse"]
    assert [step.rule for step in collapse.steps if step.uses] == ["targets-sum-to-one"]


def test_a_line_is_approximate_from_its_first_order_step_on():
    growth = DERIVATIONS["growth"]
    assert [growth.sign(0, 1), growth.sign(1, 2), growth.sign(0, 2)] == ["=", "≈", "≈"]
    assert isinstance(growth.equations[0], Eq)
    assert isinstance(growth.equations[1], Approx)
    assert growth.chain(0, 1, 2) == Approx(growth.equations[0], growth[2])


@pytest.mark.parametrize("derivation", DERIVATIONS.values(), ids=lambda one: one.name)
def test_something_is_factored_out_only_of_a_sum(derivation):
    """Of a product alone, as e^(z_j) e^(z_i) / S², nothing can be factored out: its fraction is split."""
    factored = [before for before, step in derivation.pairs() if step.rule == "factor"]
    assert all(before.has(Add, Sum) for before in factored)
