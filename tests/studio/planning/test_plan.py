"""A plan knows every word's time before a frame is drawn."""

from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import tiny_film

from softmax_explained.errors import SpeechError
from softmax_explained.stage import Production
from softmax_explained.stage.narration.words_file import WordsFile
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


def described_production() -> Production:
    """The tiny film, with what is seen in one of its beats."""
    words = deepcopy(dict(tiny_film.WORDS))
    words["opening"]["second"]["sight"] = "A square for each of {S} friends."
    file = WordsFile("en", "tiny film", words)
    return replace(tiny_film.PRODUCTION, words=file, voice="heart", described=True)


def test_what_is_seen_is_spoken_before_the_narration(tiny_plan: Plan, tmp_path: Path) -> None:
    plan = make_plan(described_production(), SpeechCache(tmp_path))
    plain, seen = tiny_plan.beats["opening.second"], plan.beats["opening.second"]
    assert plain.speech is not None
    assert seen.speech is not None
    later = seen.speech.duration - plain.speech.duration
    assert later > 2  # seconds: a sentence and a pause
    assert [word.start for word in seen.timing.words] == pytest.approx(
        [word.start + later for word in plain.timing.words]
    )
    assert seen.timing.speech == pytest.approx(seen.speech.duration)
    np.testing.assert_array_equal(seen.speech.audio[-len(plain.speech.audio) :], plain.speech.audio)
    pause = seen.speech.audio[: -len(plain.speech.audio)][-int(0.5 * seen.speech.sample_rate) :]
    assert not pause.any()
    assert min(cue.start for cue in seen.cues["en"]) == pytest.approx(later, abs=0.05)


def test_a_beat_without_a_description_is_narrated_as_ever(tiny_plan: Plan, tmp_path: Path) -> None:
    plan = make_plan(described_production(), SpeechCache(tmp_path))
    assert plan.beats["ending.last"].timing == tiny_plan.beats["ending.last"].timing


def test_a_film_without_a_voice_cannot_say_what_is_seen(tmp_path: Path) -> None:
    with pytest.raises(SpeechError, match="without a voice") as caught:
        make_plan(replace(described_production(), voice="none"), SpeechCache(tmp_path))
    assert "softmax-explained voices" in caught.value.hint
