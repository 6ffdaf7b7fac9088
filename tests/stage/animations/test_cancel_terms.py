"""Parts of a formula that cancel leave it and are gone; the rest stays where it was."""

from manim import DOWN, UP, Scene
from sympy import evaluate

from softmax_explained.core.formulas.symbols import a, i, j, y
from softmax_explained.stage.animations.cancel_terms import CancelTerms
from softmax_explained.stage.text.formula import Formula

with evaluate(False):
    LINE = (y[j] / a[j]) * a[i] * a[j]


def played(formula: Formula, alpha: float, **options: object) -> CancelTerms:
    move = CancelTerms(formula, [(a[j], 0), (a[j], 1)], **options)  # type: ignore[arg-type]
    scene = Scene()
    scene.compile_animation_data(move)
    scene.begin_animations()
    move.interpolate(alpha)
    return move


def test_only_the_parts_that_cancel_become_invisible_in_the_line() -> None:
    formula = Formula(LINE)
    played(formula, 0.0)
    assert {glyph.get_fill_opacity() for glyph in formula.find(a[j])} == {0}
    assert {glyph.get_fill_opacity() for glyph in formula.find(a[i])} == {1}


def test_the_parts_meet_outside_the_line_on_the_side_that_was_asked_for() -> None:
    for side, beyond in ((DOWN, lambda part, line: part.get_top()[1] < line.get_bottom()[1]),
                         (UP, lambda part, line: part.get_bottom()[1] > line.get_top()[1])):  # fmt: skip
        formula = Formula(LINE)
        one, other = played(formula, 0.8, side=side).mobject
        assert beyond(one, formula) and beyond(other, formula)
        assert abs(one.get_x() - other.get_x()) < 0.02


def test_in_the_end_nothing_of_them_can_be_seen() -> None:
    move = played(Formula(LINE), 1.0)
    assert all(glyph.get_fill_opacity() == 0 for part in move.mobject for glyph in part)
