"""Formulas: every glyph knows its part, and parts travel together."""

from __future__ import annotations

from itertools import pairwise

import pytest
from sympy import Eq, evaluate, exp

from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.symbols import DEFINITIONS, C, S, a, derivative, i, j, y, z
from softmax_explained.errors import FilmError
from softmax_explained.stage.animations.transform_formula import match
from softmax_explained.stage.design.style import style
from softmax_explained.stage.text.formula import Formula

with evaluate(False):
    RESULT = Eq(derivative(C, z[i]), a[i] - y[i])


def colours(glyphs: object) -> set[str]:
    return {glyph.get_fill_color().to_hex() for glyph in glyphs}  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", DERIVATIONS)
def test_every_glyph_of_every_derivation_knows_its_node(name: str) -> None:
    for equation in DERIVATIONS[name].equations:
        formula = Formula(equation)
        assert len(formula.node_of_glyph) == len(formula.submobjects)
        assert all(0 <= node < len(formula.nodes) for node in formula.node_of_glyph)


def test_a_part_is_found_by_its_expression() -> None:
    formula = Formula(RESULT)
    assert len(formula.find(a[i])) == 2  # the letter and its index
    assert len(formula.find("−")) == 1
    assert formula.find(a[i]).get_x() < formula.find(y[i]).get_x()


def test_the_nth_occurrence_is_counted_in_reading_order() -> None:
    formula = Formula(DERIVATIONS["case_i_equals_j"].equations[-1])  # ∂a_i/∂z_i = a_i (1 − a_i)
    places = [formula.find(a[i], nth).get_x() for nth in range(3)]
    assert places == sorted(places)


def test_a_part_that_is_not_there_is_an_error_that_shows_the_formula() -> None:
    with pytest.raises(FilmError, match=r"no a_j .* in .*a_i − y_i"):
        Formula(RESULT).find(a[j])


def test_colour_follows_the_role_of_a_letter() -> None:
    formula = Formula(RESULT)
    assert colours(formula.find(a[i])) == {style().colour("a").to_hex()}
    assert colours(formula.find(y[i])) == {style().colour("y").to_hex()}
    assert colours(formula.find(derivative(C, z[i]))) == {style().colour("C").to_hex()}
    assert colours(formula.find("=")) == {style().colour("ink").to_hex()}


def test_parentheses_are_ink_whatever_they_hold() -> None:
    formula = Formula(DERIVATIONS["other_path"].equations[0])  # (−y_j/a_j)(−a_i a_j)
    ink = style().colour("ink").to_hex()
    pairs = [node for node in formula.nodes if node.kind == "paren"]
    assert len(pairs) == 2
    for node in pairs:
        own = [formula.submobjects[k] for k, owner in enumerate(formula.node_of_glyph) if owner == node.id]
        assert own and colours(own) == {ink}


def test_a_fraction_bar_is_a_filled_box_and_not_a_hairline() -> None:
    formula = Formula(DEFINITIONS["a"])
    bars = [glyph for glyph in formula.submobjects if glyph.width > 20 * glyph.height]
    assert len(bars) == 1
    assert bars[0].get_fill_opacity() == 1 and bars[0].get_stroke_width() == 0


def test_lines_align_at_their_equals_signs() -> None:
    upper = Formula(DERIVATIONS["collapse"].equations[0])
    lower = Formula(DERIVATIONS["collapse"].equations[-1]).align_at(upper)
    assert lower.find("=", 0).get_x() == pytest.approx(upper.find("=", 0).get_x())


def test_a_quiet_line_keeps_every_role_readable() -> None:
    formula = Formula(RESULT).deemphasise()
    for glyph in formula.submobjects:
        assert glyph.get_fill_opacity() == style().dim(formula.role_of_glyph(glyph)) < 1


@pytest.mark.parametrize("name", [name for name, line in DERIVATIONS.items() if len(line.equations) > 1])
def test_a_morph_uses_every_glyph_once(name: str) -> None:
    lines = [Formula(equation) for equation in DERIVATIONS[name].equations]
    for source, target in pairwise(lines):
        plan = match(source, target)
        pairs = [*plan.moves, *plan.becomes]
        left = sorted([k for pair in pairs for k in pair[0]] + plan.gone)
        right = sorted([k for pair in pairs for k in pair[1]] + plan.new)
        assert left == list(range(len(source.submobjects)))
        assert right == list(range(len(target.submobjects)))


def test_equal_parts_travel_and_keep_their_indices() -> None:
    source, target = (Formula(line) for line in DERIVATIONS["direct_path"].equations[1:3])
    plan = match(source, target)  # −y_i (1 − a_i)  →  −y_i + y_i a_i
    travelling = {tuple(source.indices(node)) for node in source.matches(a[i])}
    assert {left for left, _ in plan.moves} & travelling


def test_what_the_author_says_becomes_something_else_does() -> None:
    source, target = (Formula(line) for line in DERIVATIONS["case_i_equals_j"].equations[4:6])
    with evaluate(False):
        share = exp(z[i]) / S
    plan = match(source, target, becomes=[(share, (a[i], 1))])
    (left, right), *_ = plan.becomes
    assert left == tuple(source.indices(source.matches(share)[0]))
    assert right == tuple(target.indices(target.matches(a[i])[1]))
