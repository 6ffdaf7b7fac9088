"""What is read of a formula with hidden parts: gaps in sums close, a missing side claims nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from sympy import Eq, evaluate, log

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.nodes import Transposed
from softmax_explained.core.formulas.symbols import (
    DEFINITIONS,
    C,
    a,
    derivative,
    exp_sum,
    i,
    j,
    sum_over,
    vector_a,
    y,
    z,
)
from softmax_explained.core.printing.unicode import to_text
from softmax_explained.stage.text.formula import Formula

JACOBIAN = IDENTITIES["jacobian_matrix"].relation
with evaluate(False):
    THREE = Eq(C, -y[1] * log(a[1]) - y[2] * log(a[2]) - y[3] * log(a[3]))
    TERMS = [y[n] * log(a[n]) for n in (1, 2, 3)]
    PATHS, OUTER = DERIVATIONS["chain"].equations[0], vector_a * Transposed(vector_a)
    TWICE = Eq(DEFINITIONS["C"], sum_over(y[j], j))
    FIRST, SECOND = derivative(C, a[j]), derivative(a[j], z[i])
    LINKS = DERIVATIONS["other_path"].equations[0]


def read(expr: Any, *hidden: Any) -> list[str]:
    formula = Formula(expr)
    gone = {id(glyph) for part in hidden for glyph in _glyphs(formula, part)}
    visible = frozenset(n for n, glyph in enumerate(formula) if id(glyph) not in gone)
    return [to_text(relation) for relation in formula.printed.relations(visible, {})]


def _glyphs(formula: Formula, part: Any) -> Iterable[Any]:
    return formula.find(*part) if isinstance(part, tuple) else formula.find(part)


CASES = {
    "all of it": ((THREE,), ["C = −y_1 ln a_1 − y_2 ln a_2 − y_3 ln a_3"]),
    "terms with their signs": ((THREE, ("−", 0), TERMS[0], ("−", 2), TERMS[2]), ["C = −y_2 ln a_2"]),
    "a sign without its term": ((THREE, TERMS[0]), []),
    "a term without its sign": ((THREE, ("−", 1)), []),
    "the first sign": ((THREE, ("−", 0)), ["C = y_1 ln a_1 − y_2 ln a_2 − y_3 ln a_3"]),
    "no equals sign": ((THREE, "="), []),
    "no left-hand side": ((THREE, C), []),
    "no right-hand side": ((PATHS, PATHS.rhs), []),
    "a summand": ((PATHS, FIRST * SECOND), []),
    "a factor": ((PATHS, SECOND), ["∂C/∂z_i = Σ_j ∂C/∂a_j"]),
    "a factor of a bold product": ((JACOBIAN, "−", OUTER), ["J = diag(a)"]),
    "what is in brackets": ((JACOBIAN, vector_a), []),
    "a denominator": ((DEFINITIONS["a"], exp_sum), []),
    "two minus signs": ((LINKS, "−"), ["(∂C/∂a_j) (∂a_j/∂z_i) = (y_j/a_j) a_i a_j"]),
    "the end of a chain": ((TWICE, ("=", 1), sum_over(y[j], j)), ["C = −Σ_k y_k ln a_k"]),
    "nothing to claim": ((TERMS[0], y[1]), []),
}


@pytest.mark.parametrize("name", CASES)
def test_it_reads_as_what_is_left(name: str) -> None:
    arguments, expected = CASES[name]
    assert read(*arguments) == expected


def test_a_sum_on_two_lines_is_read_as_one() -> None:
    with evaluate(False):
        first, second = Formula(Eq(C, -TERMS[0])), Formula(-TERMS[1] - TERMS[2])
    first.continued_by(second)
    assert to_text(first.printed.claim) == "C = −y_1 ln a_1 − y_2 ln a_2 − y_3 ln a_3"
    everything = frozenset(range(len(first.submobjects)))
    last = second.indices(second.matches("−")[1]) + second.indices(second.matches(TERMS[2])[0])
    told = first.printed.relations(everything, {second.printed: frozenset(last)})
    assert [to_text(relation) for relation in told] == ["C = −y_1 ln a_1 − y_3 ln a_3"]
    alone = first.printed.relations(everything, {second.printed: frozenset()})
    assert [to_text(relation) for relation in alone] == ["C = −y_1 ln a_1"]


def test_copies_of_glyphs_know_the_expression_they_come_from() -> None:
    formula = Formula(THREE)
    copied = formula.find(TERMS[1]).copy()
    assert {glyph.printed[0] for glyph in copied} == {formula.printed}
    assert [glyph.printed[1] for glyph in copied] == formula.indices(formula.matches(TERMS[1])[0])
    assert formula.copy().printed is formula.printed
