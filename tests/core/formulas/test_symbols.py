"""The letters and the extra nodes: they keep what an author writes and never evaluate."""

import pickle

import pytest
from sympy import Eq, Integer, Sum, Symbol, evaluate, exp

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.formulas import nodes
from softmax_explained.core.formulas.nodes import FormulaNode
from softmax_explained.core.formulas.symbols import (
    DEFINITIONS,
    C,
    K,
    a,
    derivative,
    i,
    j,
    k,
    sum_over,
    y,
    z,
)
from softmax_explained.errors import UsageError


def test_a_slope_of_a_letter_is_not_carried_out():
    assert derivative(C, z[i]) != 0
    assert derivative(C, z[i]) == derivative(C, z[i])


def test_a_sum_is_the_sum_sympy_knows():
    assert sum_over(exp(z[k]), k) == Sum(exp(z[k]), (k, 1, K))


def test_a_sum_written_without_evaluation_gets_no_factor_of_one():
    with evaluate(False):
        ours, sympys = sum_over(y[k], k), Sum(y[k], (k, 1, K))
    assert ours.function == y[k]
    assert sympys.function != y[k]  # the artefact `sum_over` is there to avoid


def test_nested_sums_stay_nested():
    inner = sum_over(a[j] * y[k], k)
    assert sum_over(inner, j).function == inner


def test_definitions_keep_the_order_of_their_author():
    assert DEFINITIONS["a"].rhs.args[0] == exp(z[i])
    assert DEFINITIONS["z"].rhs.args[0].func is Sum


def test_definitions_and_identities_cannot_be_changed():
    for mapping in (DEFINITIONS, IDENTITIES):
        with pytest.raises(TypeError):
            mapping["a"] = 1


ONE_OF_EACH = [
    nodes.SumNot(y[j] * a[i], j, i, 1, K),
    nodes.Partial(C, z[i]),
    nodes.Prime(C, z[i]),
    nodes.Shown(0.659, "0.659", "a[0]"),
    nodes.Literal(0),
    nodes.Paren(a[i]),
    nodes.Approx(a[i], y[i]),
    nodes.Becomes(z[i], y[i]),
    nodes.Cases((a[i], Eq(i, j))),
    nodes.Transposed(nodes.Matrix("J")),
    nodes.Diag(nodes.Vector("a")),
    nodes.Norm(nodes.Vector("a")),
    nodes.Gradient(C, nodes.Vector("z")),
    nodes.Differential(Symbol("z")),
    nodes.Change(Symbol("C")),
    nodes.Slash(Integer(1), a[i]),
    nodes.Dots(),
    nodes.Word("cat"),
]


@pytest.mark.parametrize("node", ONE_OF_EACH, ids=lambda node: type(node).__name__)
def test_a_node_is_rebuilt_from_its_parts_copied_and_compared(node):
    assert node.func(*node.args) == node
    assert hash(node.func(*node.args)) == hash(node)
    assert pickle.loads(pickle.dumps(node)) == node


def test_no_kind_of_node_was_left_out_of_that_test():
    kinds = {
        each for each in vars(nodes).values() if isinstance(each, type) and issubclass(each, FormulaNode)
    }
    assert {type(node) for node in ONE_OF_EACH} == kinds - {FormulaNode}


def test_parts_have_names():
    shown = nodes.Shown(0.25, "0.250", "a[1]")
    assert (shown.value, shown.text, shown.key) == (0.25, "0.250", "a[1]")


def test_text_is_never_parsed_as_mathematics():
    assert nodes.Word("__import__('os').getcwd()").text == "__import__('os').getcwd()"
    assert nodes.Shown(1.0, "exit()").text == "exit()"


def test_the_index_of_a_sum_with_a_hole_is_bound_and_the_hole_is_free():
    assert nodes.SumNot(y[j] * a[i], j, i, 1, K).free_symbols >= {i, K}
    assert j not in nodes.SumNot(y[j] * a[i], j, i, 1, K).free_symbols


def test_the_hole_of_a_sum_can_be_put_in_numbers():
    assert nodes.SumNot(y[j], j, i, 1, K).xreplace({i: Integer(2)}).missing == 2


@pytest.mark.parametrize("make", [lambda: nodes.Approx(1), lambda: nodes.Dots(1), lambda: nodes.SumNot(1, 2)])
def test_a_wrong_number_of_parts_is_told_with_the_names_of_the_right_ones(make):
    with pytest.raises(UsageError, match="it takes"):
        make()


def test_cases_without_a_row_are_refused():
    with pytest.raises(UsageError, match="at least one pair"):
        nodes.Cases()


def test_a_bold_letter_is_another_letter_than_the_plain_one():
    assert nodes.Vector("a") != Symbol("a")
    assert nodes.Matrix("J") != nodes.Vector("J")
