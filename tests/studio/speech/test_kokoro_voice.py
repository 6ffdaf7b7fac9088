"""The voices of Kokoro say the same thing the same way, and their words are heard at their times."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from softmax_explained.errors import SpeechError
from softmax_explained.stage.narration.sentence import Sentence
from softmax_explained.studio.speech import kokoro_voice
from softmax_explained.studio.speech.kokoro_voice import KokoroVoice
from softmax_explained.studio.speech.speech import Speech, speak, speak_all, voice_named
from softmax_explained.studio.speech.speech_cache import SpeechCache
from voices import need_model

need_model()
pytestmark = pytest.mark.usefixtures("kokoro")

SENTENCES = {
    "xiaoxiao": "总和，就是全长，约 {S}。除以全长：还是这一条。",
    "yunxi": "跟着变的是别的输出。只剩负的，两个指数之积。",
    "af_heart": "Lay the pieces end to end: together they measure {S}. Divide by that total.",
    "am_michael": "Does it match? For any other output `j` there is no growth.",
}


def sentence(text: str) -> Sentence:
    return Sentence.parse(text, {"S": ("11.213", "number")}.__getitem__)


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory, data_folder: Path) -> dict[str, Speech]:
    cache = SpeechCache(tmp_path_factory.mktemp("speech"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(data_folder))
        return {name: speak(sentence(text), KokoroVoice(name), cache) for name, text in SENTENCES.items()}


def ends_of_pauses(speech: Speech) -> NDArray[np.float64]:
    """When sound begins after at least 80 ms of silence, in seconds: from the samples alone."""
    rate = speech.sample_rate
    window = rate // 200
    power = np.convolve((speech.audio / 32768) ** 2, np.full(window, 1 / window), "same")
    loud = power > 10 ** (-42 / 10)
    starts, least = np.flatnonzero(~loud[:-1] & loud[1:]), int(0.08 * rate)
    return np.array([n for n in starts if n > least and not loud[n - least : n].any()]) / rate


@pytest.mark.parametrize("name", SENTENCES)
def test_a_word_after_a_pause_starts_where_it_is_heard(name: str, said: dict[str, Speech]) -> None:
    heard, checked = ends_of_pauses(said[name]), 0
    for index, token in enumerate(sentence(SENTENCES[name]).tokens[:-1]):
        if any(sign in token.after for sign in ".?!。"):
            start = said[name].times[index + 1][0]
            assert start == pytest.approx(heard[np.argmin(np.abs(heard - start))], abs=0.12)
            checked += 1
    assert checked


@pytest.mark.parametrize("name", SENTENCES)
def test_every_token_has_its_time_in_order_and_inside_the_speech(name: str, said: dict[str, Speech]) -> None:
    starts, ends = np.array(said[name].times).T
    assert len(starts) == len(sentence(SENTENCES[name]).tokens)
    assert starts[0] == 0
    assert (np.diff(starts) > 0).all()
    assert (starts < ends).all()
    assert (ends[:-1] <= starts[1:] + 1e-9).all()
    assert ends[-1] <= said[name].duration


def test_several_threads_say_the_same_as_one_bit_by_bit(said: dict[str, Speech], tmp_path: Path) -> None:
    texts = ["情况二。", SENTENCES["yunxi"], "两个指数之积。"]
    told = list[int]()
    together = speak_all(
        list(map(sentence, texts)), KokoroVoice("yunxi"), SpeechCache(tmp_path), told=told.append
    )
    np.testing.assert_array_equal(together[1].audio, said["yunxi"].audio)
    assert together[1].times == said["yunxi"].times
    assert told == [1, 2, 3]


def test_a_voice_may_be_asked_by_threads_before_it_is_loaded() -> None:
    voice = KokoroVoice("yunxi")
    with ThreadPoolExecutor(4) as threads:
        sessions = list(threads.map(lambda _: voice._session, range(8)))
    assert len(set(map(id, sessions))) == 1


def test_speakers_and_rates_are_other_voices() -> None:
    identities = {KokoroVoice(name).identity for name in SENTENCES}
    assert len(identities | {KokoroVoice("yunxi", 0.8).identity}) == 5


def test_a_sentence_that_cannot_be_said_stops_the_others(tmp_path: Path) -> None:
    texts = ["-".join(["banana"] * 200), *(f"Number {n}." for n in range(50))]
    with pytest.raises(SpeechError, match="letters"):
        speak_all(list(map(sentence, texts)), KokoroVoice("af_heart"), SpeechCache(tmp_path))
    assert len(list(tmp_path.iterdir())) < 50


def test_a_damaged_model_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kokoro_voice, "MODEL", "0" * 64)
    with pytest.raises(SpeechError, match="checksum") as caught:
        _ = KokoroVoice("yunxi")._session
    assert "voice-zh" in caught.value.hint


def test_a_model_that_is_not_there_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kokoro_voice, "MODEL_PACKAGES", ("no_such_package",))
    with pytest.raises(SpeechError, match="cannot be read") as caught:
        _ = KokoroVoice("yunxi")._session
    assert "softmax-explained[voice-zh]" in caught.value.hint


@pytest.mark.slow
def test_a_voice_that_speaks_with_two_threads_takes_less_than_900_megabytes() -> None:
    command = """
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from softmax_explained.stage.narration.sentence import Sentence
from softmax_explained.studio.speech.speech import voice_named
from softmax_explained.studio.speech.text.spoken_sentence import spoken
voice = voice_named("xiaoxiao")
texts = "把第一环，负的标签除以概率，代入，放在求和号里面，每条路径传来乘积。", "跟着变的是别的输出。"
words = [spoken(Sentence.parse(text, {}.__getitem__), "zh") for text in texts * 3]
with ThreadPoolExecutor(2) as threads:
    list(threads.map(voice.say, words))
print(*(line for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line))
"""
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    assert int(done.stdout.split()[1]) * 1024 < 900e6


def test_both_engines_are_voices() -> None:
    for name in ("heart", *SENTENCES):
        voice = voice_named(name)
        assert voice is not None
        assert voice.sample_rate == 24_000
