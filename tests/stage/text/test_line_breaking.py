"""Formulas that are too wide: they break before a sign and stay one formula."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from manim import Scene, VGroup
from sympy import Add, Eq, evaluate, exp
from sympy.core.relational import Relational

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.nodes import Approx, Becomes, Partial
from softmax_explained.core.formulas.symbols import S, a, i, j, y, z
from softmax_explained.stage.animations.transform_formula import TransformFormula
from softmax_explained.stage.design.layout import FRAMES
from softmax_explained.stage.design.style import style
from softmax_explained.stage.text.formula import Formula

NARROW = FRAMES["tall"].stage.width
FILM = {
    **{
        f"{name}, line {n}": each
        for name in DERIVATIONS
        for n, each in enumerate(DERIVATIONS[name].equations)
    },
    **{name: identity.relation for name, identity in IDENTITIES.items()},
}
SMALLER = {"squared_error, line 3": 0.896}  # one pair of parentheses, which is not broken
LONG = DERIVATIONS["collapse"].equations[2]  # 8.4 units: ∂C/∂z_i = −(y_i/a_i) a_i (1 − a_i) + Σ …


def broken() -> Formula:
    return Formula(LONG).fit_width(NARROW)


def test_a_formula_that_fits_stays_on_one_line() -> None:
    line = Formula(LONG)
    size = line.em
    assert line.fit_width(line.width).lines == 1
    assert line.em == pytest.approx(size)


def test_a_formula_a_little_too_wide_is_shrunk_and_not_broken() -> None:
    line = Formula(LONG)
    assert line.fit_width(0.95 * line.width).lines == 1


@pytest.mark.parametrize("name", FILM)
def test_every_line_of_the_film_fits_the_narrow_frame_at_a_readable_size(name: str) -> None:
    line = Formula(FILM[name]).fit_width(NARROW)
    assert line.width <= NARROW + 1e-6
    size = line.em / style().size("least_formula")
    if name in SMALLER:
        assert size == pytest.approx(SMALLER[name], abs=1e-3), line.plain
    else:
        assert size >= 1 - 1e-6, line.plain


@cache
def whole(name: str, size: str) -> Formula:
    return Formula(FILM[name], size=size)


def may_break(expr: Any) -> bool:
    return isinstance(expr, (Add, Relational, Approx, Becomes))


def kept_together(line: Formula) -> list[list[int]]:
    """Glyphs of parentheses, conditions, products, fractions, powers, sums and letters with indices."""
    parts = [
        node
        for node in line.nodes
        if node.kind in ("paren", "limits") or (node.kind == "expr" and not may_break(node.expr))
    ]
    return [line.indices(node) for node in parts]


@given(
    name=st.sampled_from(sorted(FILM)), width=st.floats(1.5, 9.0), size=st.sampled_from(["formula", "result"])
)
def test_no_break_goes_through_what_belongs_together(name: str, width: float, size: str) -> None:
    unbroken, line = whole(name, size), Formula(FILM[name], size=size).fit_width(width)
    assert line.width <= width + 1e-6
    scale = line.em / unbroken.em
    moved = np.array(
        [new.get_center() - scale * old.get_center() for new, old in zip(line, unbroken, strict=True)]
    )
    for part in kept_together(line):
        assert np.ptp(moved[part], axis=0) == pytest.approx([0, 0, 0], abs=1e-6), (line.plain, part)


@given(name=st.sampled_from(sorted(FILM)), width=st.floats(1.5, 9.0))
def test_later_lines_begin_with_an_operator_and_stand_clear_below_the_one_before(
    name: str, width: float
) -> None:
    unbroken, line = whole(name, "formula"), Formula(FILM[name]).fit_width(width)
    scale = line.em / unbroken.em
    drops = [
        round(float(old.get_y() * scale - new.get_y()), 4) for new, old in zip(line, unbroken, strict=True)
    ]
    lines = [
        VGroup(*[glyph for glyph, drop in zip(line, drops, strict=True) if drop == each])
        for each in sorted(set(drops))
    ]
    assert len(lines) == line.lines
    operators = {id(glyph) for node in line.nodes if node.kind == "op" for glyph in line.glyphs(node)}
    for above, below in pairwise(lines):
        assert above.get_bottom()[1] > below.get_top()[1]
        assert id(min(below, key=lambda glyph: float(glyph.get_left()[0]))) in operators


def test_it_breaks_before_the_plus_between_its_terms() -> None:
    line = broken()
    plus = line.find("+")
    assert line.lines == 2
    assert plus.get_top()[1] < line.find("=", 0).get_bottom()[1]
    assert line.find(y[j]).get_top()[1] < line.find(a[i], 0).get_bottom()[1]
    assert plus.get_left()[0] < line.find(y[j]).get_left()[0]


def test_no_break_goes_through_a_fraction_or_a_power() -> None:
    with evaluate(False):
        fraction = (exp(z[i]) * S - exp(z[i]) * exp(z[i])) / S**2
        power = exp(z[i] + z[j])
    assert Formula(fraction).fit_width(1.5).lines == 1
    assert Formula(power).fit_width(0.7).lines == 1


def test_a_condition_is_not_broken_at_its_equals_sign() -> None:
    line = Formula(DERIVATIONS["jacobian"].equations[0]).fit_width(3.0)
    conditions = [line.glyphs(node) for node in line.matches("=") if node.parent]
    (condition,) = [node for node in line.nodes if node.expr == Eq(i, j)]
    assert len(conditions) == 1 and line.lines == 2
    assert line.glyphs(condition).height < 1.5 * line.em


def test_parentheses_are_shrunk_and_not_broken() -> None:
    with evaluate(False):
        product = a[i] * (a[i] - y[i])
    assert Formula(product).fit_width(1.2).lines == 1


def test_a_line_with_nothing_else_to_break_at_breaks_before_its_equals_sign() -> None:
    with evaluate(False):
        line = Formula(DERIVATIONS["score_slope"].equations[0]).fit_width(NARROW)
    assert line.find("=").get_top()[1] < line.find(Partial(*line.expr.lhs.args)).get_bottom()[1]


def test_the_parts_of_a_broken_formula_keep_names_order_and_colours() -> None:
    line, whole = broken(), Formula(LONG)
    assert len(line.find(a[j])) == len(whole.find(a[j]))
    assert line.find(y[j]).get_y() < line.find(y[i]).get_y()
    for glyph, before in zip(line, whole, strict=True):
        assert glyph.get_fill_color() == before.get_fill_color()


def test_the_size_and_the_baseline_of_a_broken_formula_are_those_of_its_first_line() -> None:
    line, whole = broken(), Formula(LONG)
    assert line.em == pytest.approx(whole.em)
    rise = line.find("=", 0).get_y() - line.baseline
    assert rise == pytest.approx(whole.find("=", 0).get_y() - whole.baseline)


def test_a_broken_formula_still_aligns_and_grows_into_the_next_line() -> None:
    line = broken()
    following = Formula(DERIVATIONS["collapse"].equations[3]).fit_width(NARROW).align_at(line)
    assert following.find("=", 0).get_x() == pytest.approx(line.find("=", 0).get_x())
    scene = Scene()
    move = TransformFormula(line, following)
    scene.compile_animation_data(move)
    scene.begin_animations()
    move.finish()
    move.clean_up_from_scene(scene)
    assert following in scene.mobjects and line not in scene.mobjects
