"""UNPROVED: a relation that reads false, unregistered or wrongly conditioned is found, be it for a moment."""

from __future__ import annotations

from typing import Any

import pytest
from manim import UP, FadeIn, FadeOut, VGroup
from sympy import Eq, evaluate, exp, log
from test_check_rules import Tiny, checked

from softmax_explained.core.derivations.identities import IDENTITIES
from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.formulas.symbols import C, a, derivative, i, j, y, z
from softmax_explained.core.quantities.substitution import with_numbers
from softmax_explained.stage import Chapter, Formula, TransformFormula, beat

with evaluate(False):
    SLOPE, OTHER = derivative(a[2], z[1]), derivative(a[1], z[1])
    PLANTED = {
        "a false equation": Eq(a[i] / a[j], exp(z[i] + z[j])),
        "a true equation that is not registered": Eq(a[i] / a[j], exp(z[i] - z[j])),
        "a line under the condition of another": Eq(OTHER, -a[1] * a[1]),
    }
    TERMS = [y[n] * log(a[n]) for n in (1, 2, 3)]
    LOSS = Eq(C, -TERMS[0] - TERMS[1] - TERMS[2])
    PATHS = DERIVATIONS["chain"].equations[0]


def found(chapter: type[Chapter]) -> list[str]:
    """The formulas that are reported, all of them as errors."""
    findings = [finding for finding in checked(chapter).findings if finding.code == "UNPROVED"]
    assert all(finding.severity == "error" for finding in findings)
    return [finding.objects[0] for finding in findings]


def shows(expr: Any) -> type[Chapter]:
    class Shows(Tiny):
        @beat
        def one(self) -> None:
            self.on("first", FadeIn(Formula(expr)), run_time=0.5)
            self.on("second")

    return Shows


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found(name: str) -> None:
    assert found(shows(PLANTED[name])) == [f"Formula {Formula(PLANTED[name]).plain}"]


def test_a_fault_in_the_picture_with_which_a_chapter_begins_is_found_in_its_first_beat() -> None:
    class Begins(Tiny):
        def first_picture(self) -> None:
            self.add(Formula(PLANTED["a false equation"]))

        @beat
        def one(self) -> None:
            self.on("first")
            self.on("second")

    findings = [finding for finding in checked(Begins).findings if finding.code == "UNPROVED"]
    assert {(finding.beat, finding.film_time) for finding in findings} == {("one", 0.0)}


def test_a_proved_equation_is_no_finding() -> None:
    assert found(shows(LOSS)) == found(shows(IDENTITIES["none_above_zero"].relation)) == []


def test_wrong_numbers_and_a_wrong_sign_are_found() -> None:
    class Numbers(Tiny):
        @beat
        def one(self) -> None:
            product = with_numbers(DERIVATIONS["case_i_not_j"][-1], self.solution, {i: 0, j: 1})
            with evaluate(False):
                wrong = Eq(product, self.quantity("J[0,0]").shown)
                rounded = Eq(product, self.quantity("J[1,0]").shown)
            self.on("first", FadeIn(Formula(wrong).shift(UP), Formula(rounded)), run_time=0.5)
            self.on("second")

    assert found(Numbers) == ["Formula −0.659 · 0.242 = 0.225", "Formula −0.659 · 0.242 = −0.160"]


def test_half_a_sum_counts_as_what_it_reads() -> None:
    class Half(Tiny):
        @beat
        def one(self) -> None:
            line = Formula(LOSS)
            rest = VGroup(*line.find("−", 0), *line.find(TERMS[0]), *line.find("−", 2), *line.find(TERMS[2]))
            self.add(line)
            self.on("first", rest.animate.set_opacity(0), run_time=0.5)
            self.on("second")

    assert found(Half) == ["Formula C = −y_2 ln a_2"]


def test_half_a_sum_on_a_second_line_counts_too() -> None:
    class Half(Tiny):
        @beat
        def one(self) -> None:
            with evaluate(False):
                above, below = Formula(Eq(C, -TERMS[0])).shift(UP), Formula(-TERMS[1] - TERMS[2])
            self.add(above.continued_by(below), below)
            self.on("first", below.find(TERMS[2]).animate.set_opacity(0), run_time=0.5)
            self.on("second", below.find("−", 1).animate.set_opacity(0), run_time=0.5)

    assert found(Half) == ["Formula C = −y_1 ln a_1 − y_2 ln a_2"]


def test_half_a_product_is_found_though_it_passes() -> None:
    class Passing(Tiny):
        @beat
        def one(self) -> None:
            line = Formula(PATHS).hidden()
            self.add(line)
            self.on("first", *line.reveal(PATHS.lhs, "=", derivative(C, a[j])), run_time=0.5)
            self.play(*line.reveal(), run_time=0.5)
            self.on("second")

    assert found(Passing) == ["Formula ∂C/∂z_i = ∂C/∂a_j"]


def test_loose_glyphs_that_stand_are_read_and_those_on_their_way_are_not() -> None:
    class Loose(Tiny):
        @beat
        def one(self) -> None:
            line = Formula(IDENTITIES["jacobian_matrix"].relation)
            kept = VGroup(*[glyph.copy() for glyph in line[: len(line) - 4]])
            self.on("first", FadeIn(kept), run_time=0.5)
            self.on("second", FadeOut(kept), run_time=0.5)

    class OnTheirWay(Tiny):
        @beat
        def one(self) -> None:
            before, after = (Formula(DERIVATIONS["collapse"].equations[line]).shift(UP) for line in (6, 8))
            self.add(before)
            self.on("first", TransformFormula(before, after), run_time=1.0)
            self.on("second")

    assert found(Loose) == ["Formula J = diag(a)"]
    assert found(OnTheirWay) == []


def test_nobody_can_allow_it() -> None:
    from softmax_explained.errors import UsageError
    from softmax_explained.stage.scene.waivers import allow

    with pytest.raises(UsageError):
        allow(Formula(C), "UNPROVED", reason="it looks better")
