"""A line that comes together from formulas on the stage."""

import numpy as np
from manim import Scene
from sympy import evaluate

from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.symbols import a, i, j, y
from softmax_explained.stage.animations.assemble import Assemble
from softmax_explained.stage.text.formula import Formula

with evaluate(False):
    DIRECT, OTHER = -y[i] + y[i] * a[i], y[j] * a[i]

WHOLE = DERIVATIONS["collapse"].equations[4]


def test_afterwards_the_line_stands_there_and_nothing_else() -> None:
    scene, whole, direct, other = Scene(), Formula(WHOLE), Formula(DIRECT), Formula(OTHER)
    scene.add(direct, other)
    move = Assemble(whole, direct, other, keep=False)
    scene.compile_animation_data(move)
    scene.begin_animations()
    move.finish()
    move.clean_up_from_scene(scene)
    assert [mobject for mobject in scene.mobjects if mobject.family_members_with_points()] == [whole]


def test_every_glyph_of_the_sources_travels_to_a_glyph_of_its_own() -> None:
    whole, direct, other = Formula(WHOLE), Formula(DIRECT), Formula(OTHER)
    direct.shift([-4, 2, 0])
    other.shift([-4, -3, 0])
    move = Assemble(whole, direct, other)
    travelling = [part.mobject for part in move.animations]
    starts = {tuple(part.get_center().round(6)) for part in travelling}
    for glyph in [*direct, *other]:
        assert tuple(glyph.get_center().round(6)) in starts
    assert len(travelling) == len(whole.submobjects)


def test_an_operator_goes_with_its_terms_from_wherever_the_line_came() -> None:
    whole, direct = Formula(WHOLE), Formula(DIRECT)
    plus = direct.find("+")
    direct.shift([3, 0, 0])
    start = plus.get_center()
    (move,) = (
        part for part in Assemble(whole, direct).animations if np.allclose(part.mobject.get_center(), start)
    )
    assert np.allclose(move.target_mobject.get_center(), whole.find("+", 0).get_center())
