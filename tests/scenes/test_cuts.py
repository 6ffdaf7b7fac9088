"""A cut shows some of the beats, each as the whole film does, and nothing of the others."""

from __future__ import annotations

import pytest
from stills import Piece, Played, Still, play

from softmax_explained.errors import UsageError
from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Production
from softmax_explained.stage.design.layout import FRAMES
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.film import Cut
from softmax_explained.studio.planning.plan import make_plan
from tolerances import ON_ITS_WORD

BEATS = [f"{name}.{beat}" for name in FILM.chapters for beat in FILM.chapter(name).beats()]
SHORTEST_MARK = 10.0  # seconds: players refuse chapter marks that are closer


def picture(still: Still) -> list[tuple[str, str, tuple[tuple[float, ...], ...]]]:
    """Each piece of type below the header, and where its glyphs stand."""

    def box(piece: Piece) -> tuple[tuple[float, ...], ...]:
        return tuple(tuple(round(edge, 3) for edge in glyph) for glyph in piece.glyphs)

    stage = FRAMES["wide"].stage
    below = [piece for piece in still.pieces if all(glyph[3] <= stage.top + 0.01 for glyph in piece.glyphs)]
    return sorted((piece.kind, piece.text, box(piece)) for piece in below)


SOME_CHAPTERS = [
    pytest.param(name, marks=[] if name in ("paths", "squared_error") else pytest.mark.slow)
    for name in FILM.chapters
]


@pytest.mark.parametrize(
    "cut", [cut for cut in FILM.cuts.values() if not cut.whole], ids=lambda cut: cut.name
)
def test_a_cut_names_beats_of_the_film_in_their_order(cut: Cut) -> None:
    assert cut.beats
    assert list(cut.beats) == [beat for beat in BEATS if beat in cut.beats]


def test_a_chapter_the_cut_has_nothing_of_is_refused_with_the_chapters_it_has() -> None:
    with pytest.raises(UsageError, match="the short cut has nothing of chapter 'neuron'") as refused:
        Production(FILM, chapters=("neuron",), cut=FILM.cut("short"))
    assert "opening, softmax" in str(refused.value.hint)


def test_what_is_said_in_a_cut_is_what_its_beats_say() -> None:
    plan = make_plan(Production(FILM, voice="none", cut=FILM.cut("short")))
    assert tuple(plan.beats) == FILM.cut("short").beats


@pytest.mark.parametrize("name", SOME_CHAPTERS)
def test_a_chapter_cut_to_its_last_beat_ends_with_the_same_picture(
    name: str, film: dict[str, Played]
) -> None:
    cut = Cut("last", (f"{name}.{FILM.chapter(name).beats()[-1]}",))
    (last,) = play(FILM.chapter(name), Production(FILM, cut=cut)).stills
    whole = film[name].stills[-1]
    assert picture(last) == picture(whole)
    assert (last.strays, last.updaters) == (0, 0)
    assert {number.key for number in last.record.numbers} <= {number.key for number in whole.record.numbers}


@pytest.mark.parametrize(
    "beat",
    ["softmax.share_out", "paths.add_them_up", "collapse.direct_path", "collapse.prediction_minus_target"],
)
def test_a_beat_after_one_that_is_left_out_still_moves_on_its_words(beat: str) -> None:
    name = beat.partition(".")[0]
    (record,) = dry_run(FILM.chapter(name), Production(FILM, cut=Cut("one", (beat,)))).records
    assert record.moves
    assert all(abs(move.start - move.word) <= ON_ITS_WORD for move in record.moves)


@pytest.mark.parametrize(("language", "name"), [("en", "loss"), ("en", "loss_slope"), ("zh", "loss_slope")])
def test_the_shortest_chapters_of_the_cut_are_long_enough_for_a_mark_in_a_player(
    language: str, name: str
) -> None:
    production = Production(FILM, language=language, cut=FILM.cut("short"))
    assert dry_run(FILM.chapter(name), production).clock >= SHORTEST_MARK
