"""A chapter draws no frame with a claim that is not proved, however the formula comes onto the stage."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from manim import UP, FadeIn, FadeTransform, Transform, VGroup
from sympy import Eq, evaluate, exp

from films import production_of
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.symbols import C, a, derivative, i, j, y, z
from softmax_explained.errors import ProofError
from softmax_explained.stage import AlgebraSheet, Chapter, Formula, beat
from softmax_explained.stage.animations.transform_formula import TransformFormula
from softmax_explained.stage.scene.dry_run import dry_run

with evaluate(False):
    FALSE = Eq(a[i] / a[j], exp(z[i] + z[j]))
    TRUE = DERIVATIONS["collapse"].equations[-1]


class Tiny(Chapter):
    """A chapter of one beat; `show` is played in it."""

    show: Callable[[Chapter], None]

    @beat
    def one(self) -> None:
        self.on("shown")
        type(self).show(self)


PRODUCTION = production_of(Tiny, {"one": {"title": "One", "say": "Something is {shown|shown}."}})


def hidden(scene: Chapter) -> None:
    scene.add(Formula(FALSE).hidden())


def faded_in(scene: Chapter) -> None:
    scene.play(FadeIn(VGroup(VGroup(Formula(FALSE)))))


def some_glyphs(scene: Chapter) -> None:
    scene.play(FadeIn(Formula(FALSE).find(z[j]).copy()))


def transformed(scene: Chapter) -> None:
    line = Formula(a[i])
    scene.add(line).play(Transform(line, Formula(FALSE)))


def grown_out_of_a_line(scene: Chapter) -> None:
    line = Formula(TRUE)
    scene.add(line).play(TransformFormula(line, Formula(FALSE).shift(UP)))


def appearing(scene: Chapter) -> None:
    scene.play(*AlgebraSheet([FALSE, TRUE], scene.stage).begin())


def cross_faded(scene: Chapter) -> None:
    line = Formula(TRUE)
    scene.add(line).play(FadeTransform(line, Formula(FALSE)))


WAYS = (hidden, faded_in, some_glyphs, transformed, grown_out_of_a_line, appearing, cross_faded)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_claim_without_a_proof_is_an_error(way: Callable[[Chapter], None], monkeypatch) -> None:
    monkeypatch.setattr(Tiny, "show", way, raising=False)
    drawn = list[float]()
    monkeypatch.setattr(Tiny, "update_to_time", lambda self, time: drawn.append(time))
    with pytest.raises(ProofError, match="is not proved"):
        dry_run(Tiny, PRODUCTION)
    assert drawn == []


def test_a_proved_formula_and_its_parts_are_shown(monkeypatch) -> None:
    def proved(scene: Chapter) -> None:
        line = Formula(TRUE)
        scene.play(FadeIn(line, Formula(a[i] + y[j])))
        scene.play(FadeIn(line.find(a[i]).copy()))

    monkeypatch.setattr(Tiny, "show", proved, raising=False)
    played = dry_run(Tiny, PRODUCTION)
    assert [formula.proof for formula in played.records[0].formulas] == [(), ("collapse:12",)]


def test_the_hint_names_what_is_near_and_where_to_register(monkeypatch) -> None:
    with evaluate(False):
        slip = Eq(derivative(C, z[i]), a[i] + y[i])
    monkeypatch.setattr(Tiny, "show", lambda scene: scene.add(Formula(slip)), raising=False)
    with pytest.raises(ProofError, match=r"near it: ∂C/∂z_i = a_i − y_i \(.*core/derivations/identities.py"):
        dry_run(Tiny, PRODUCTION)


def test_a_formula_on_its_own_needs_no_proof() -> None:
    assert Formula(FALSE).plain == "a_i/a_j = e^(z_i + z_j)"
