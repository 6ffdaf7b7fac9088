"""A plan knows every word's time before a frame is drawn."""

from dataclasses import replace
from pathlib import Path

import pytest
import tiny_film

from softmax_explained.errors import SpeechError
from softmax_explained.studio.planning.plan import Plan, make_plan
from softmax_explained.studio.speech.speech_cache import SpeechCache


def test_every_beat_is_spoken_and_timed(tiny_plan: Plan) -> None:
    assert list(tiny_plan.beats) == ["opening.first", "opening.second", "ending.last"]
    for name, beat in tiny_plan.beats.items():
        assert beat.speech is not None
        assert tiny_plan.production.timings[name] == beat.timing
        assert beat.timing.speech == beat.speech.duration


def test_a_mark_falls_on_its_word(tiny_plan: Plan) -> None:
    timing = tiny_plan.beats["opening.first"].timing
    assert timing.words[2].text == "circle"
    assert timing.marks["round"] == timing.words[2].start


def test_a_silent_film_leaves_the_times_to_the_stage(tmp_path: Path) -> None:
    plan = make_plan(tiny_film.PRODUCTION, SpeechCache(tmp_path / "speech"))
    assert not plan.production.timings
    assert all(beat.speech is None and beat.timing.speech > 0 for beat in plan.beats.values())
    assert not (tmp_path / "speech").exists()


def test_a_voice_that_is_not_there_is_refused(tmp_path: Path) -> None:
    production = replace(tiny_film.PRODUCTION, voice="emma")
    with pytest.raises(SpeechError, match="voices: af_heart, heart, am_michael, xiaoxiao, yunxi, none"):
        make_plan(production, SpeechCache(tmp_path))


def test_a_chapter_lasts_at_least_as_long_as_its_words(tiny_plan: Plan) -> None:
    for chapter in tiny_plan.chapters:
        assert chapter.seconds > sum(beat.timing.speech for beat in chapter.beats)
