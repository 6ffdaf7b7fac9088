"""The film and its cuts are as long as announced: silent in both languages, and with the English voice."""

from __future__ import annotations

import pytest

from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Production
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.studio.planning.plan import make_plan

LENGTHS = {  # seconds
    "full": (570.0, 690.0),
    "short": (180.0, 230.0),
    "short-algebra": (180.0, 230.0),
    "teaser": (40.0, 60.0),
}
QUESTION_ASKED_BY = 21.0  # seconds until the question of the film has been asked
OVERHEAD = 2.2  # seconds of a beat without words, on average
CUTS = [pytest.param(cut, marks=[] if cut == "teaser" else pytest.mark.slow) for cut in FILM.cuts]
SPOKEN = pytest.param("en", "heart", marks=pytest.mark.slow)  # it speaks every sentence


def beats_of(cut: str, language: str, voice: str) -> tuple[BeatRecord, ...]:
    """As they are played in the film, one chapter after the other."""
    plan = make_plan(Production(FILM, language=language, voice=voice, cut=FILM.cut(cut)))
    clock, records = 0.0, list[BeatRecord]()
    for chapter in plan.chapters:
        records += [record.later(clock) for record in dry_run(chapter.scene, plan.production).records]
        clock = records[-1].end
    return tuple(records)


@pytest.mark.parametrize(("language", "voice"), [("en", "none"), ("zh", "none"), SPOKEN])
@pytest.mark.parametrize("cut", CUTS)
def test_a_cut_is_as_long_as_announced(cut: str, language: str, voice: str) -> None:
    beats = beats_of(cut, language, voice)
    shortest, longest = LENGTHS[cut]
    assert shortest <= beats[-1].end <= longest
    silent = [(beat.end - beat.start) - (beat.speech_end - beat.speech_start) for beat in beats]
    assert sum(silent) / len(silent) <= OVERHEAD
    if cut != "teaser":
        assert [beat.id for beat in beats[:2]] == ["opening.guess_and_truth", "opening.two_losses"]
        assert beats[1].end <= QUESTION_ASKED_BY
