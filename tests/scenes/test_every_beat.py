"""What holds in every beat of every chapter, whatever it shows."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

import numpy as np
import pytest
from letters import normal
from stills import Played, Still
from sympy import Rational

from softmax_explained.core.derivations.registry import DERIVATIONS
from softmax_explained.core.number_format import parse_number
from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Production
from softmax_explained.stage.design.layout import FRAMES
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.text.text import figures
from softmax_explained.stage.text.typesetter import typeset
from softmax_explained.studio.check.thresholds import (
    CONTRAST_LARGE,
    EM,
    INDEX,
    OUTSIDE,
    OVERLAP,
    PIXEL,
    ROUNDING,
)
from softmax_explained.studio.planning.words_check import check_words
from tolerances import ON_ITS_WORD

SAFE = 0.9
"""The part of the frame's width and height in which everything stands: EBU R 95."""

ZOOMED_IN = {"nudge.grow"}
"""Beats that end while the camera looks at one end of a strip; the other end is outside the frame."""

BEATS = [f"{name}.{beat}" for name in FILM.chapters for beat in FILM.chapter(name).beats()]


@pytest.fixture(params=BEATS)
def still(request: pytest.FixtureRequest, film: dict[str, Played]) -> Still:
    """Each beat's last frame in turn."""
    name, _, beat = request.param.partition(".")
    return film[name].still(beat)


def test_the_words_fit_the_film(production: Production) -> None:
    check_words(FILM.script("en", production.solution), FILM.chapter_classes())


@pytest.mark.parametrize("name", FILM.chapters)
def test_a_chapter_writes_beats_and_no_construct(name: str) -> None:
    assert "construct" not in vars(FILM.chapter(name))
    assert FILM.chapter(name).construct is Chapter.construct


def test_the_measurements_see_the_film(film: dict[str, Played]) -> None:
    """What each beat is asked below may not apply to it, but it does to many."""
    stills = [still for name in FILM.chapters for still in film[name].stills]
    assert [still.record.id for still in stills] == BEATS
    pieces = [piece for still in stills for piece in still.pieces]
    for kind in ("Words", "Readout", "Formula"):
        assert sum(piece.kind == kind for piece in pieces) > len(BEATS), kind
    assert sum(len(piece.indices) for piece in pieces) > len(BEATS)
    assert sum(len(still.record.numbers) for still in stills) > len(BEATS)
    assert sum(len(piece.constants) + len(piece.keys) for piece in pieces) > len(BEATS)


SIGNS = re.compile("[=≠≈≤≥<>←]")


def test_every_relation_on_the_screen_has_a_proof(still: Still) -> None:
    """One name per sign in the plain text, but for the conditions of cases and what stands under a sum."""
    for formula in still.record.formulas:
        claims = re.sub(r"\(i [=≠] j\)|Σ_\(.*?\)", "", formula.text)
        signs = SIGNS.findall(claims) if len(claims) > 1 else []
        assert len(formula.proof) == len(signs), formula
        assert not (formula.proof and formula.part_of), formula


def test_the_film_shows_lines_identities_definitions_and_numbers(film: dict[str, Played]) -> None:
    stills = [still for name in FILM.chapters for still in film[name].stills]
    proofs = {proof for still in stills for formula in still.record.formulas for proof in formula.proof}
    known = [*DERIVATIONS, "identity", "condition", "definition", "value", "numbers", "same"]
    assert {proof.partition(":")[0] for proof in proofs} <= set(known)
    assert {"collapse:12", "definition:a", "identity:chain_rule", "identity:step"} <= proofs
    assert len(proofs) > 25


def test_the_title_has_left_by_the_last_frame(still: Still) -> None:
    assert not [piece for piece in still.pieces if piece.text == still.record.title], still.record.title


def test_every_number_of_the_ledger_is_drawn(still: Still) -> None:
    drawn = {piece.reads for piece in still.pieces if piece.kind == "Readout"}
    drawn_in_formulas = "".join(piece.reads for piece in still.pieces if piece.kind == "Formula")
    for number in still.record.numbers:
        digits = "".join(filter(str.isdigit, number.text))
        assert digits in drawn or digits in drawn_in_formulas, number


def test_every_piece_of_type_can_be_read(still: Still) -> None:
    assert still.pieces
    unread = [str(piece) for piece in still.pieces if not any(piece.letters)]
    assert not unread


def test_no_glyph_is_left_behind_by_a_move(still: Still) -> None:
    assert still.strays == 0


def test_nothing_follows_a_moving_value_any_more(still: Still) -> None:
    assert still.updaters == 0


def test_everything_stands_inside_the_safe_area(still: Still) -> None:
    frame, beyond = FRAMES["wide"], OUTSIDE * PIXEL + still.half_stroke
    left, bottom, right, top = still.reach
    assert left < 0 < right and bottom < 0 < top
    if still.record.id in ZOOMED_IN:
        assert left < -SAFE * frame.width / 2 - beyond, "the beat need not be listed any more"
        left = -right
    assert left >= -SAFE * frame.width / 2 - beyond and right <= SAFE * frame.width / 2 + beyond
    assert bottom >= -SAFE * frame.height / 2 - beyond and top <= SAFE * frame.height / 2 + beyond


def test_no_text_lies_on_other_text(still: Still) -> None:
    for one, other in combinations(still.pieces, 2):
        for a in one.glyphs:
            for b in other.glyphs:
                across, up = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
                assert min(across, up) <= OVERLAP * PIXEL, f"{one} lies on {other}"


def test_text_is_large_enough_to_read_on_a_phone(still: Still) -> None:
    for piece in still.pieces:
        assert piece.em >= EM * PIXEL * ROUNDING, f"{piece} is set in {piece.em / PIXEL:.0f} px"


def test_index_letters_are_large_enough_to_read_on_a_phone(still: Still) -> None:
    for piece in still.pieces:
        for height in piece.indices:
            assert height >= INDEX * PIXEL * ROUNDING, f"an index of {piece} is {height / PIXEL:.1f} px high"


def test_text_stands_out_from_what_it_stands_on(still: Still) -> None:
    for piece in still.pieces:
        assert piece.contrast >= CONTRAST_LARGE, f"{piece} has a contrast of {piece.contrast:.2f}"


def test_words_carry_no_digits(still: Still) -> None:
    words = [piece for piece in still.pieces if piece.kind == "Words"]
    digits = ["".join(filter(str.isdigit, piece.reads)) for piece in words]
    assert not [each for each in digits if each], words


def test_every_number_equals_the_core_to_half_a_unit_of_its_last_digit(
    still: Still, production: Production
) -> None:
    for number in still.record.numbers:
        quantity = production.solution[number.key]
        last = 0.5 * 10.0**-quantity.decimals * 10.0**quantity.exponent
        exact = quantity.value * 10.0**quantity.exponent
        assert abs(float(parse_number(number.text.replace("+", ""))) - exact) <= last * (1 + 1e-9), number


def test_a_readout_draws_the_digits_it_says(still: Still) -> None:
    for piece in still.pieces:
        if piece.kind == "Readout":
            assert piece.reads == "".join(filter(str.isdigit, piece.text)), piece
            fresh = [normal(outline.points) for outline in typeset(figures(piece.text)).outlines]
            assert len(fresh) == len(piece.shapes), f"{piece} draws another number of glyphs"
            for drawn, expected in zip(piece.shapes, fresh, strict=True):
                assert drawn.shape == expected.shape and np.allclose(drawn, expected, atol=0.02), piece


def test_formulas_hold_no_number_that_is_not_a_quantity_or_a_small_whole_one(still: Still) -> None:
    for piece in still.pieces:
        assert all(number == Rational(1, 2) or number in range(11) for number in piece.constants), piece
        assert all(piece.keys), piece


def test_every_marked_move_starts_on_its_word(still: Still) -> None:
    assert still.record.moves, "a beat without a marked move is a slide"
    for move in still.record.moves:
        assert abs(move.start - move.word) <= ON_ITS_WORD, (
            f"{move.mark} starts {move.start - move.word:+.2f} s off"
        )


@pytest.mark.parametrize("name", FILM.chapters)
def test_beats_follow_each_other_without_a_gap(name: str, film: dict[str, Played]) -> None:
    records = film[name].scene.records
    assert records[0].start == 0
    for before, after in pairwise(records):
        assert before.end == pytest.approx(after.start, abs=1e-9)
    assert records[-1].end == pytest.approx(film[name].scene.clock, abs=1e-9)


def test_a_beat_ends_when_its_speech_has_ended_and_its_picture_was_held(still: Still) -> None:
    assert still.record.end >= still.record.speech_end + 0.6
    assert still.record.end - still.record.speech_end < 8, "a frozen or silent stretch"
