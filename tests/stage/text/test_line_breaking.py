"""Formulas that are too wide: they break before a sign and stay one formula."""

from __future__ import annotations

import pytest
from manim import Scene
from sympy import evaluate, exp

from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.nodes import Partial
from softmax_explained.core.formulas.symbols import S, a, i, j, y, z
from softmax_explained.stage.animations.transform_formula import TransformFormula
from softmax_explained.stage.design.layout import FRAMES
from softmax_explained.stage.design.style import style
from softmax_explained.stage.text.formula import Formula

NARROW = FRAMES["tall"].stage.width
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


@pytest.mark.parametrize("name", DERIVATIONS)
def test_every_line_of_every_derivation_fits_the_narrow_frame_at_a_readable_size(name: str) -> None:
    for equation in DERIVATIONS[name].equations:
        line = Formula(equation).fit_width(NARROW)
        assert line.width <= NARROW + 1e-6
        assert line.em >= style().size("least_formula") - 1e-6, line.plain


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
