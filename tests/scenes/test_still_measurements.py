"""The measurements of a still are those of pictures whose sizes and colours are known."""

from __future__ import annotations

import numpy as np
import pytest
from drawn import Drawing, luminance
from letters import read
from manim import RIGHT, UP, Line, ManimColor, Rectangle, VGroup
from stills import Piece, index_heights, piece
from sympy import exp

from softmax_explained.core.formulas.symbols import a, i, z
from softmax_explained.stage.text.formula import Formula
from softmax_explained.stage.text.text import TypesetText, Words
from softmax_explained.studio.check.thresholds import PIXEL

GROUND = ManimColor("#101010")
FRAME = (14.0, 8.0)


def drawn(*mobjects: VGroup, text: TypesetText) -> Piece:
    return piece(text, text.submobjects, Drawing(mobjects, text.submobjects, GROUND, FRAME, 1080))


def wcag(ink: str, ground: str) -> float:
    lighter, darker = sorted(
        (float(luminance(np.array(ManimColor(colour).to_rgb()))) for colour in (ink, ground)), reverse=True
    )
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(
    ("ink", "ground", "ratio"), [("#ffffff", "#000000", 21.0), ("#777777", "#ffffff", 4.48)]
)
def test_contrasts_are_those_that_are_published(ink: str, ground: str, ratio: float) -> None:
    assert wcag(ink, ground) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("em", [0.2, 0.31, 1.7])
@pytest.mark.parametrize("word", ["fox", "R2D2", "x"])
def test_words_are_as_large_as_they_are_scaled(em: float, word: str) -> None:
    words = Words(word, size="body")
    words.scale(em / words.em)
    seen = drawn(words, text=words)
    assert seen.em == pytest.approx(em, rel=1e-3)
    assert seen.reads == word


@pytest.mark.parametrize("em", [0.3, 0.6])
def test_an_index_is_measured_and_an_exponent_is_not(em: float) -> None:
    indexed, raised = Formula(a[i]), Formula(exp(z[i]))
    for formula in (indexed, raised):
        formula.scale(em / formula.em)
    letters = [read(glyph.points) for glyph in indexed.submobjects]
    assert [letter and letter.name for letter in letters] == ["a", "i"]
    assert index_heights(indexed.submobjects, letters) == pytest.approx(
        (float(np.ptp(indexed.submobjects[1].points[:, 1])),)
    )
    seen = drawn(raised, text=raised)
    assert seen.reads == "ezi"
    assert seen.em == pytest.approx(em, rel=1e-3)
    (index,) = seen.indices
    assert index == pytest.approx(float(np.ptp(raised.submobjects[2].points[:, 1])))


@pytest.mark.parametrize("ink", ["#ffffff", "#888888", "#333333"])
@pytest.mark.parametrize("behind", ["#101010", "#0044cc", "#cccc00"])
def test_contrast_is_that_of_the_colours_that_were_chosen(ink: str, behind: str) -> None:
    words = Words("contrast").set_fill(ManimColor(ink), 1)
    card = Rectangle(width=6, height=2, fill_color=ManimColor(behind), fill_opacity=1, stroke_width=0)
    assert drawn(card, words, text=words).contrast == pytest.approx(wcag(ink, behind), rel=0.03)


def test_the_letter_that_stands_out_least_counts() -> None:
    words = Words("contrast").set_fill(ManimColor("#ffffff"), 1)
    words.submobjects[3].set_fill(ManimColor("#303030"))
    assert drawn(words, text=words).contrast == pytest.approx(wcag("#303030", GROUND.to_hex()), rel=0.03)


def test_text_that_dims_loses_contrast() -> None:
    words = Words("contrast").set_fill(ManimColor("#ffffff"), 0.5)
    half = ManimColor.from_rgb(tuple((np.array(GROUND.to_rgb()) + 1) / 2))
    assert drawn(words, text=words).contrast == pytest.approx(wcag(half.to_hex(), GROUND.to_hex()), rel=0.03)


def test_text_below_a_shape_cannot_be_seen() -> None:
    words = Words("hidden").set_fill(ManimColor("#ffffff"), 1)
    card = Rectangle(width=6, height=2, fill_color=ManimColor("#0044cc"), fill_opacity=1, stroke_width=0)
    assert drawn(words, card, text=words).contrast == pytest.approx(1, abs=0.01)


def test_a_letter_that_is_crossed_out_can_still_be_seen() -> None:
    words = Words("aj").set_fill(ManimColor("#ffffff"), 1).scale(3)
    stroke = Line(words.get_corner(-RIGHT - UP), words.get_corner(RIGHT + UP), stroke_width=4)
    assert drawn(words, stroke, text=words).contrast > 15


def test_the_extent_is_that_of_what_is_drawn() -> None:
    words = Words("extent").set_fill(ManimColor("#ffffff"), 1).shift(2 * RIGHT + UP)
    card = Rectangle(width=1, height=2, fill_color=ManimColor("#0044cc"), fill_opacity=1, stroke_width=0)
    drawing = Drawing([card, words], words.submobjects, GROUND, FRAME, 1080)
    expected = (-0.5, -1.0, float(words.get_right()[0]), float(words.get_top()[1]))
    assert drawing.extent() == pytest.approx(expected, abs=2 * PIXEL)


def test_an_outline_that_is_no_letter_is_not_read() -> None:
    assert read(Rectangle(width=1, height=2).points) is None
    stretched = Words("x").submobjects[0].stretch(1.2, 0)
    assert read(stretched.points) is None
