"""What is on the screen is read from the mobjects, and every number with its exact value."""

from __future__ import annotations

from xml.etree import ElementTree

from manim import Scene

from softmax_explained.core import Lesson, default_lesson, solve
from softmax_explained.core.derivations.registry import SOFTMAX
from softmax_explained.core.formulas.symbols import DEFINITIONS, S
from softmax_explained.core.proof.statements import Statements
from softmax_explained.stage.scene.on_screen import formulas_shown, numbers_shown, words_shown
from softmax_explained.stage.scene.proofs import Proofs
from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import Readout, Words
from softmax_explained.stage.text.worked_equation import equals

FILM = solve(default_lesson())
PROOFS = Proofs(Statements(SOFTMAX), FILM)
FAR = solve(Lesson.from_logits([1000, 0, -1000], ["a", "b", "c"], [0, 0, 1]))


def test_a_number_in_a_formula_is_as_exact_as_one_beside_a_picture() -> None:
    for solution in (FILM, FAR):  # e^1000 fits no float
        in_a_formula, beside_a_picture = Scene(), Scene()
        in_a_formula.add(Formula(equals(S, solution["S"])))
        beside_a_picture.add(Readout(solution["S"]))
        (number,) = numbers_shown(in_a_formula, solution)
        assert numbers_shown(beside_a_picture, solution) == (number,)
        assert (number.value, number.exponent) == (solution["S"].value, solution["S"].exponent)


def test_what_cannot_be_seen_is_not_shown() -> None:
    scene = Scene()
    scene.add(Readout(FILM["S"]).set_opacity(0), Words("gone").set_opacity(0.01), Formula(S).hidden())
    assert numbers_shown(scene, FILM) == ()
    assert words_shown(scene) == ()
    assert formulas_shown(scene, PROOFS) == ()


def test_what_is_shown_twice_is_told_once() -> None:
    scene = Scene()
    scene.add(
        Readout(FILM["S"]), Formula(FILM["S"].shown), Words("cat"), Words("cat"), Formula(S), Formula(S)
    )
    assert [number.key for number in numbers_shown(scene, FILM)] == ["S"]
    assert words_shown(scene) == ("cat",)
    shown = formulas_shown(scene, PROOFS)
    assert [(formula.text, formula.proof) for formula in shown] == [("11.213", ()), ("S", ())]
    assert [formula.part_of for formula in shown] == ["value:S", "definition:S"]


def test_a_formula_is_shown_with_its_proofs() -> None:
    scene = Scene()
    scene.add(Formula(equals(DEFINITIONS["C"], FILM["C"])))
    (shown,) = formulas_shown(scene, PROOFS)
    assert (shown.proof, shown.part_of) == (("definition:C", "definition:C"), None)
    assert shown.spoken.startswith(
        "C equals minus the sum over k of y sub k times the natural log of a sub k"
    )
    (math,) = ElementTree.fromstring(shown.mathml).findall("{*}mrow")
    assert [each.text for each in math if each.tag.endswith("mo")] == ["="]
    (chinese,) = formulas_shown(scene, PROOFS, "zh")
    assert chinese.spoken.startswith("C 等于负对 k 求和，")
    assert chinese.mathml == shown.mathml
