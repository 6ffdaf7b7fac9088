"""A beat asks for sounds beside its moves; they are recorded, with their times."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from manim import FadeIn, Square

from films import production_of
from softmax_explained.errors import UsageError
from softmax_explained.stage import Chapter, beat
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.film import Cut
from softmax_explained.stage.scene.record import RequestedSound

WORDS = {
    "one": {"title": "One", "say": "First {gone|this} goes, then {there|that} lands, and so on and on."},
    "two": {"title": "Two", "say": "And {more|more}."},
}


class Sounding(Chapter):
    @beat
    def one(self) -> None:
        self.on("gone", FadeIn(Square()), run_time=0.4, sound="cancel")
        self.on("there", FadeIn(Square()), run_time=0.4, sound="land")
        self.tick("count")
        self.tick("count", after=0.25)

    @beat
    def two(self) -> None:
        self.on("more", sound="count")


class Counting(Chapter):
    @beat
    def one(self) -> None:
        self.on("gone", FadeIn(Square()), run_time=0.8, sound="count", times=4)
        self.on("there", FadeIn(Square()), run_time=0.6, sound="count", times=1000)


class Wrong(Chapter):
    @beat
    def one(self) -> None:
        self.on("gone", FadeIn(Square()), sound="bang")
        self.on("there")


PRODUCTION = production_of(Sounding, WORDS)


def test_a_sound_starts_with_its_move_and_a_landing_ends_one() -> None:
    record, silent = dry_run(Sounding, PRODUCTION).records
    cancel, land, now, later = record.sounds
    first, second = record.moves
    assert cancel == RequestedSound("cancel", first.start)
    assert (land.kind, now.kind, later.kind) == ("land", "count", "count")
    assert land.start == pytest.approx(second.start + 0.4, abs=0.07)
    assert now.start == land.start
    assert later.start == pytest.approx(now.start + 0.25)
    assert silent.sounds == ()  # a mark that is passed moves nothing


def test_a_counter_is_heard_evenly_and_at_most_six_times_a_second() -> None:
    (record,) = dry_run(Counting, production_of(Counting, {"one": WORDS["one"]})).records
    starts = [sound.start for sound in record.sounds]
    first, second = (move.start for move in record.moves)
    assert starts[:4] == pytest.approx([first + 0.2, first + 0.4, first + 0.6, first + 0.8], abs=0.05)
    assert len(starts) == 4 + 4  # 0.6 s at six a second, rounded
    assert all(second < start <= second + 0.65 for start in starts[4:])
    assert min(b - a for a, b in pairwise(starts[4:])) == pytest.approx(0.6 / 4, abs=0.02)


def test_sounds_move_with_their_beat() -> None:
    record, _ = dry_run(Sounding, PRODUCTION).records
    assert [each.start for each in record.later(10).sounds] == pytest.approx(
        [each.start + 10 for each in record.sounds]
    )


def test_a_beat_that_is_left_out_makes_no_sound() -> None:
    cut = Cut("some", ("sounding.two",))
    (record,) = dry_run(Sounding, replace(PRODUCTION, cut=cut)).records
    assert (record.id, record.sounds) == ("sounding.two", ())


def test_a_sound_nobody_knows_is_named() -> None:
    with pytest.raises(UsageError, match="no sound 'bang'") as caught:
        dry_run(Wrong, production_of(Wrong, {"one": WORDS["one"]}))
    assert "cancel, land, count" in caught.value.hint
