"""The voice says the same thing the same way, and its word times are where the words are heard."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from softmax_explained.errors import SpeechError
from softmax_explained.stage.narration.narration import narration_of
from softmax_explained.stage.narration.sentence import Sentence
from softmax_explained.studio.cache.store import cache_folder
from softmax_explained.studio.speech.hibari_voice import HibariVoice
from softmax_explained.studio.speech.speech import Speech, speak, voice_named
from softmax_explained.studio.speech.speech_cache import SpeechCache
from softmax_explained.studio.speech.text.spoken_sentence import spoken
from softmax_explained.studio.speech.text.spoken_word import SpokenWord, Utterance

HEART = HibariVoice()

SENTENCES = [
    "Softmax first raises `e` to each score. Every value becomes positive, and higher scores pull ahead.",
    "Lay the pieces end to end: together they measure {S}. Divide by that total; the strip has length one.",
    "For any other output `j` there is no growth. Only the tax is left: minus a_i a_j.",
    "Does it match the measurement? Formula {g}, nudge {g}. And the components add up to zero.",
]


def sentence(text: str) -> Sentence:
    return Sentence.parse(text, {"S": ("11.212", "number"), "g": ("−0.341", "number")}.__getitem__)


@pytest.fixture
def cache(tmp_path: Path) -> SpeechCache:
    return SpeechCache(tmp_path / "speech")


def onsets(speech: Speech) -> NDArray[np.float64]:
    """When sound begins after at least 50 ms of silence, in seconds: from the samples alone."""
    rate = speech.sample_rate
    window = rate // 200
    power = np.convolve((speech.audio / 32768) ** 2, np.full(window, 1 / window), "same")
    loud = power > 10 ** (-42 / 10)
    starts = np.flatnonzero(~loud[:-1] & loud[1:])
    return np.array([n for n in starts if n > rate // 20 and not loud[n - rate // 20 : n].any()]) / rate


@pytest.mark.parametrize("text", SENTENCES)
def test_a_word_after_a_pause_starts_where_it_is_heard(text: str, cache: SpeechCache) -> None:
    said = sentence(text)
    speech = speak(said, HEART, cache)
    heard, checked = onsets(speech), 0
    for index, token in enumerate(said.tokens[:-1]):
        if any(sign in token.after for sign in ".?!;"):
            nearest = heard[np.argmin(np.abs(heard - speech.times[index + 1][0]))]
            assert speech.times[index + 1][0] == pytest.approx(nearest, abs=0.1)
            checked += 1
    assert checked


@pytest.mark.parametrize("text", SENTENCES)
def test_every_token_has_its_time_in_order_and_inside_the_speech(text: str, cache: SpeechCache) -> None:
    said = sentence(text)
    speech = speak(said, HEART, cache)
    starts, ends = np.array(speech.times).T
    assert len(starts) == len(said.tokens)
    assert starts[0] == 0
    assert (np.diff(starts) > 0).all()
    assert (starts < ends).all()
    assert (ends[:-1] <= starts[1:] + 1e-9).all()
    assert ends[-1] <= speech.duration


def test_a_number_takes_as_long_as_all_of_its_words(cache: SpeechCache) -> None:
    speech = speak(sentence("It is {S} now"), HEART, cache)
    start, end = speech.times[2]
    assert end - start > 1.0  # eleven point two one two


def test_speech_begins_and_ends_with_sound(cache: SpeechCache) -> None:
    speech = speak(sentence(SENTENCES[0]), HEART, cache)
    level = np.abs(speech.audio / 32768)
    assert level[: speech.sample_rate // 10].max() > 10 ** (-50 / 20)
    assert level[-speech.sample_rate // 10 :].max() > 10 ** (-50 / 20)


def test_two_voices_say_the_same_thing_bit_by_bit(tmp_path: Path) -> None:
    first = speak(sentence(SENTENCES[1]), HibariVoice(), SpeechCache(tmp_path / "a"))
    second = speak(sentence(SENTENCES[1]), HibariVoice(), SpeechCache(tmp_path / "b"))
    np.testing.assert_array_equal(first.audio, second.audio)
    assert first.times == second.times


def test_a_slower_voice_takes_longer_and_is_another_voice(cache: SpeechCache) -> None:
    usual, slow = (
        speak(sentence(SENTENCES[0]), HEART, cache),
        speak(sentence(SENTENCES[0]), HibariVoice(0.8), cache),
    )
    assert slow.duration > usual.duration
    assert HibariVoice(0.8).identity != HEART.identity


class Once(HibariVoice):
    """A voice that says a thing once."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[tuple[SpokenWord, ...]] = []

    def say(self, words: tuple[SpokenWord, ...]) -> Utterance:
        assert words not in self.said
        self.said.append(words)
        return super().say(words)


def test_what_was_said_before_comes_out_of_the_cache_unchanged(cache: SpeechCache) -> None:
    voice = Once()
    first, second = speak(sentence("It is {S}."), voice, cache), speak(sentence("It is {S}."), voice, cache)
    np.testing.assert_array_equal(first.audio, second.audio)
    assert first.times == second.times
    assert len(voice.said) == 1


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("samples.s16le", b""),
        ("samples.s16le", b"RIFF"),
        ("record.json", b"{"),
        ("record.json", b"\xff"),
        ("record.json", json.dumps({"sha256": "0", "spans": []}).encode()),
        ("record.json", b"[]"),
    ],
)
def test_a_damaged_entry_is_made_again(name: str, damage: bytes, cache: SpeechCache) -> None:
    first = speak(sentence("It is {S}."), HEART, cache)
    (entry,) = cache.folder.iterdir()
    (entry / name).write_bytes(damage)
    again = speak(sentence("It is {S}."), HEART, cache)
    np.testing.assert_array_equal(first.audio, again.audio)
    assert [entry] == list(cache.folder.iterdir())
    assert cache.load(entry.name) is not None


def test_an_entry_that_lacks_the_time_of_a_word_is_made_again(cache: SpeechCache) -> None:
    first = speak(sentence("It is {S}."), HEART, cache)
    (entry,) = cache.folder.iterdir()
    record = json.loads((entry / "record.json").read_text("utf-8"))
    (entry / "record.json").write_text(json.dumps(record | {"spans": record["spans"][:-1]}), "utf-8")
    assert speak(sentence("It is {S}."), HEART, cache).times == first.times


def test_speech_that_cannot_be_kept_is_heard_all_the_same(cache: SpeechCache, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    spoken_here = speak(sentence("One."), HEART, SpeechCache(tmp_path / "file" / "speech"))
    np.testing.assert_array_equal(spoken_here.audio, speak(sentence("One."), HEART, cache).audio)


@pytest.mark.parametrize("broken", ["file", "link"])
def test_what_lies_in_the_place_of_an_entry_makes_room_for_it(
    broken: str, cache: SpeechCache, tmp_path: Path
) -> None:
    speak(sentence("One."), HEART, cache)
    (entry,) = cache.folder.iterdir()
    entry.rename(tmp_path / "gone")
    entry.write_text("no entry") if broken == "file" else entry.symlink_to(tmp_path / "nowhere")
    speak(sentence("One."), HEART, cache)
    assert cache.load(entry.name) is not None


def test_the_engine_of_the_voice_tells_nobody_about_this_machine(tmp_path: Path) -> None:
    command = """
from softmax_explained.studio.speech.hibari_voice import HibariVoice
from softmax_explained.studio.speech.text.spoken_word import SpokenWord
HibariVoice().say((SpokenWord("one", "", "."),))
"""
    folders = {
        "TMPDIR": tmp_path / "temporary",
        "XDG_CACHE_HOME": tmp_path / "cache",
        "HOME": tmp_path / "home",
    }
    for folder in folders.values():
        folder.mkdir()
    environment = {key: value for key, value in os.environ.items() if key != "ORT_DISABLE_TELEMETRY"}
    environment |= {name: str(folder) for name, folder in folders.items()}
    done = subprocess.run([sys.executable, "-c", command], env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []  # it notes first what it would send


def test_the_cache_lies_where_the_desktop_standard_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "softmax-explained"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")  # the standard says to ignore it
    assert cache_folder() == Path.home() / ".cache" / "softmax-explained"


@pytest.mark.parametrize("name", ["emma", "fenrir", "Heart", "", "../heart"])
def test_a_voice_that_would_have_to_be_downloaded_is_refused(name: str) -> None:
    with pytest.raises(SpeechError, match="voices: af_heart, heart, am_michael, xiaoxiao, yunxi, none"):
        voice_named(name)


def test_a_voice_without_its_model_says_what_to_do(
    cache: SpeechCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "softmax_explained.studio.speech.hibari_voice.voice_path",
        lambda name, download_missing: "/no/model.onnx",
    )
    with pytest.raises(SpeechError, match="reinstall hibari-tts"):
        speak(sentence("One."), HibariVoice(), cache)


def test_a_name_longer_than_the_model_can_say_is_refused(cache: SpeechCache) -> None:
    with pytest.raises(SpeechError, match="letters"):
        speak(sentence("-".join(["banana"] * 200)), HEART, cache)


def test_a_sentence_without_a_full_stop_may_be_long(cache: SpeechCache) -> None:
    said = sentence(", and then ".join(["the score of every class is raised by one half"] * 15))
    speech = speak(said, HEART, cache)
    assert len(speech.times) == len(said.tokens)
    assert speech.duration > 30


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=30))
def test_whatever_a_class_is_called_the_words_around_it_keep_their_times(name: str) -> None:
    said = Sentence.parse("It is {cls[t]}, then.", {"cls[t]": (name, "word")}.__getitem__)
    words = spoken(said)
    spans = HEART.say(words).spans
    assert len(spans) == len(words)
    assert all(
        start < end for (start, end), word in zip(spans, words, strict=True) if word.text in {"It", "then"}
    )


def test_a_silence_falls_between_the_words_and_moves_those_after_it(cache: SpeechCache) -> None:
    said = narration_of(sentence("How {ask|much}? It is {S}."), None, {"pauses": {"ask": 1.5}}, "made.up")
    plain = speak(said.voice, HEART, cache)
    ((moment, seconds),) = silences = said.insertions(plain.times, plain.duration)
    paused = plain.with_silences(silences)
    assert plain.times[1][1] <= moment <= plain.times[2][0]
    assert paused.duration == pytest.approx(plain.duration + 1.5, abs=1e-3)
    first = round(moment * plain.sample_rate)
    assert not paused.audio[first : first + round(seconds * plain.sample_rate)].any()
    np.testing.assert_allclose(onsets(paused)[-1], onsets(plain)[-1] + 1.5, atol=0.01)
    assert paused.times[:2] == plain.times[:2]
    np.testing.assert_allclose(paused.times[2:], np.array(plain.times[2:]) + 1.5)
    timing = said.timing(plain.times, plain.duration)
    np.testing.assert_allclose([(word.start, word.end) for word in timing.words], paused.times)
    assert timing.speech == pytest.approx(paused.duration, abs=1e-3)


def test_speech_without_silences_stays_as_it_is(cache: SpeechCache) -> None:
    speech = speak(sentence("One."), HEART, cache)
    np.testing.assert_array_equal(speech.with_silences(()).audio, speech.audio)
