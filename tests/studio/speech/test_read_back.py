"""A recogniser understands the narration of the film, in both languages."""

from pathlib import Path

import pytest

from read_back.heard import HeardBeat, english_sounds, error_rate, read_back
from softmax_explained.studio.speech import recogniser
from softmax_explained.studio.speech.speech_cache import SpeechCache
from voices import need_model

MOST = 0.04  # of all words or syllables
MOST_OF_A_BEAT = {"en": 0.15, "zh": 0.10}

needs_recogniser = pytest.mark.skipif(not recogniser.is_installed(), reason="the extra asr is not installed")


@pytest.mark.slow
@needs_recogniser
@pytest.mark.parametrize(("language", "voice"), [("en", "heart"), ("zh", "xiaoxiao")])
def test_the_narration_is_understood(
    language: str, voice: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if voice != "heart":
        need_model()
        request.getfixturevalue("kokoro")
    beats = read_back(language, voice, cache=SpeechCache(tmp_path))
    assert len(beats) > 45
    assert [(beat.beat, beat.text) for beat in beats if beat.rate > MOST_OF_A_BEAT[language]] == []
    assert error_rate(beats) <= MOST
    others = [*beats[1:], beats[0]]  # what was not said is not heard
    mixed = [
        HeardBeat(ours.beat, ours.said, other.heard, "") for ours, other in zip(beats, others, strict=True)
    ]
    assert error_rate(mixed) > 0.5


def test_letters_and_numbers_are_written_as_they_are_said() -> None:
    expected = ["a", "i", "d", "z", "over", "zero", "point", "two", "times", "the", "chances"]
    heard = english_sounds("AI, D, Z over 0.2 times the chances", expected)
    assert heard == ["a", "i", "d", "z", "over", "zero", "point", "two", "times", "the", "chances"]
