"""Where a viewer sees a term struck out, a piece land or a counter run, the film asks for its tick."""

from __future__ import annotations

from itertools import pairwise

import pytest
from stills import Played

from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Production
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.record import BeatRecord

# Of the storyboard: the kinds that a beat is heard with, and how often if that is fixed.
HEARD = {
    "opening.two_losses": {"count": None},
    "goal.measure": {"land": 1},
    "softmax.only_differences": {"cancel": 1},
    "softmax_slope.case_i_not_j": {"cancel": 1},
    "loss_slope.the_sum_dies": {"cancel": 1},
    "collapse.other_paths": {"cancel": 1},
    "collapse.direct_path": {"cancel": 1},
    "collapse.complete_sum": {"land": 1},
    "collapse.prediction_minus_target": {"land": 1},
    "collapse.check": {"land": 2},
    "squared_error.nothing_to_cancel": {"cancel": 1},
    "squared_error.race": {"count": None},
    "practice.remember_the_picture": {"cancel": 1},
}
FASTEST = 6.5  # counts a second; more are a rattle


@pytest.fixture(scope="module")
def records(film: dict[str, Played]) -> dict[str, BeatRecord]:
    return {still.record.id: still.record for name in FILM.chapters for still in film[name].stills}


def test_the_beats_that_strike_land_and_count_are_heard_and_no_other(records: dict[str, BeatRecord]) -> None:
    assert {beat for beat, record in records.items() if record.sounds} == HEARD.keys()


@pytest.mark.parametrize("beat", HEARD)
def test_a_beat_is_heard_with_its_kind(beat: str, records: dict[str, BeatRecord]) -> None:
    sounds = records[beat].sounds
    assert {sound.kind for sound in sounds} == HEARD[beat].keys()
    for kind, times in HEARD[beat].items():
        assert times is None or sum(sound.kind == kind for sound in sounds) == times
    assert all(records[beat].start <= sound.start <= records[beat].end for sound in sounds)


@pytest.mark.parametrize("beat", ["opening.two_losses", "squared_error.race"])
def test_a_counter_ticks_evenly_and_not_too_fast(beat: str, records: dict[str, BeatRecord]) -> None:
    steps = [later.start - sooner.start for sooner, later in pairwise(records[beat].sounds)]
    assert len(steps) >= 5
    assert min(steps) >= 1 / FASTEST


def test_a_chapter_of_the_teaser_is_heard_too() -> None:
    (chapter,) = FILM.cut("teaser").own_chapters
    played = dry_run(FILM.chapter(chapter), Production(FILM, cut=FILM.cut("teaser")))
    kinds = {sound.kind for record in played.records for sound in record.sounds}
    assert kinds == {"cancel", "land", "count"}
