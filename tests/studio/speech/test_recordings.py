"""A maker's recordings are heard in place of a voice, and marks stand where their words are said in them."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
import tiny_film
from numpy.typing import NDArray

from softmax_explained.errors import SpeechError
from softmax_explained.stage.narration.reading_speed import Reading
from softmax_explained.stage.narration.sentence import Sentence
from softmax_explained.studio.planning.fingerprints import film_fingerprint
from softmax_explained.studio.planning.plan import make_plan
from softmax_explained.studio.speech import recogniser
from softmax_explained.studio.speech.hibari_voice import HibariVoice
from softmax_explained.studio.speech.recordings import RATE, read_recordings
from softmax_explained.studio.speech.speech import Speech, speak, voice_named
from softmax_explained.studio.speech.speech_cache import SpeechCache
from voices import need_model

ENCODINGS = {".wav": "pcm_s16le", ".flac": "flac", ".mp3": "mp3", ".m4a": "aac"}
ENGLISH = {
    "softmax.share_out": "Lay the pieces end to end: {total|together} they measure {S}. {divide|Divide} by "
    "that total; the {strip|strip} has length one. Each piece is now a {share|share}, a_i.",
    "nudge.other": "For any other output `j` there is no {growth|growth}. Only the {tax|tax} is left: minus "
    "a_i a_j.",
    "loss.why_log": "Why a {why|logarithm}? Prices should {add|add}, and a logarithm does {log|just} that.",
}
CHINESE = {
    "softmax.share_out": "把各段{lay|首尾}相接，{sum|总和}，就是{total|全长}，约 {S}。"
    "{divide|除以}全长：还是这一条。",
    "opening.two": "假设它错得{wrong|很}离谱。一种三步就过半，{slow|另一种}要六十一步。{why|为什么}？",
}


def sentence(text: str) -> Sentence:
    return Sentence.parse(text, {"S": ("11.213", "number")}.__getitem__)


def save(file: Path, audio: NDArray[np.float32], rate: int) -> None:
    """Encode a sound, (n,) in [−1, 1], by the ending of the file."""
    with av.open(str(file), "w") as container:
        stream = container.add_stream(ENCODINGS[file.suffix], rate=rate, layout="mono")
        frame = av.AudioFrame.from_ndarray(audio[np.newaxis].astype(np.float32), format="flt", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = rate, 0, Fraction(1, rate)
        wanted = stream.codec_context.format.name
        resampler = av.AudioResampler(format=wanted, layout="mono", rate=rate, frame_size=0)
        for part in (*resampler.resample(frame), None):
            container.mux(stream.encode(part))


def recorded(folder: Path, texts: dict[str, str], voice: str, ending: str = ".wav") -> dict[str, Speech]:
    """Recordings of a voice whose times are known, with half a second of silence on both sides."""
    speaker, cache = voice_named(voice), SpeechCache(folder.parent / "speech")
    assert speaker is not None
    said = {beat: speak(sentence(text), speaker, cache) for beat, text in texts.items()}
    for beat, speech in said.items():
        silence = np.zeros(speech.sample_rate // 2)
        save(folder / f"{beat}{ending}", np.concatenate([silence, speech.audio / 32768, silence]), 24_000)
    return said


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "recordings").mkdir()
    return tmp_path / "recordings"


def read(folder: Path, texts: dict[str, str], language: str = "en") -> dict[str, Speech]:
    return read_recordings(
        folder, {beat: sentence(text) for beat, text in texts.items()}, language, Reading()
    )


@pytest.mark.parametrize("ending", ENCODINGS)
def test_every_format_is_heard_without_the_silence_around_it(
    ending: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recogniser, "is_installed", lambda: False)
    said = recorded(folder, {"nudge.other": ENGLISH["nudge.other"]}, "heart", ending)["nudge.other"]
    heard = read(folder, {"nudge.other": ENGLISH["nudge.other"]})["nudge.other"]
    assert heard.sample_rate == RATE
    assert heard.duration == pytest.approx(said.duration, abs=0.15)
    assert heard.times[0][0] == 0
    assert heard.times[-1][1] == pytest.approx(heard.duration)


def test_without_a_recogniser_words_share_the_time_by_their_length(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recogniser, "is_installed", lambda: False)
    recorded(folder, ENGLISH, "heart")
    for beat, heard in read(folder, ENGLISH).items():
        starts, ends = np.array(heard.times).T
        assert len(starts) == len(sentence(ENGLISH[beat]).tokens)
        assert (np.diff(starts) > 0).all()
        assert (ends > starts).all()


@pytest.mark.slow
@pytest.mark.skipif(not recogniser.is_installed(), reason="the extra asr is not installed")
@pytest.mark.parametrize(
    ("language", "texts", "voice"), [("en", ENGLISH, "heart"), ("zh", CHINESE, "xiaoxiao")]
)
def test_with_a_recogniser_marks_are_within_a_fifth_of_a_second(
    language: str, texts: dict[str, str], voice: str, folder: Path, request: pytest.FixtureRequest
) -> None:
    if voice != "heart":
        need_model()
        request.getfixturevalue("kokoro")
    said = recorded(folder, texts, voice)
    for beat, heard in read(folder, texts, language).items():
        for mark, index in sentence(texts[beat]).marks.items():
            expected = said[beat].times[index][0]
            assert heard.times[index][0] == pytest.approx(expected, abs=0.2), (beat, mark)


def test_missing_and_doubled_recordings_are_all_named(folder: Path) -> None:
    (folder / "nudge.other.wav").touch()
    (folder / "nudge.other.mp3").touch()
    (folder / "notes.txt").touch()
    with pytest.raises(SpeechError) as caught:
        read(folder, ENGLISH)
    assert "softmax.share_out has none" in caught.value.message
    assert "loss.why_log has none" in caught.value.message
    assert "nudge.other has several: nudge.other.mp3, nudge.other.wav" in caught.value.message
    assert "softmax.share_out.wav" in caught.value.hint or ".wav" in caught.value.hint


@pytest.mark.parametrize("made", ["missing", "file"])
def test_a_folder_that_is_none_is_named(made: str, tmp_path: Path) -> None:
    if made == "file":
        (tmp_path / "x").touch()
    with pytest.raises(SpeechError, match="--recordings"):
        read(tmp_path / "x", ENGLISH)


def test_what_cannot_be_a_recording_of_its_sentence_is_named_with_all_others(folder: Path) -> None:
    (folder / "softmax.share_out.wav").write_bytes(b"RIFF no sound")
    save(folder / "nudge.other.wav", np.zeros(48_000), 48_000)
    tone = 0.3 * np.sin(np.arange(12_000) * 0.1)
    save(folder / "loss.why_log.wav", tone, 48_000)
    with pytest.raises(SpeechError) as caught:
        read(folder, ENGLISH)
    lines = caught.value.message.splitlines()
    assert any(line.strip().startswith("softmax.share_out.wav: ") for line in lines)
    assert any("nudge.other.wav" in line and "nothing audible" in line for line in lines)
    assert any("loss.why_log.wav: 0.2 s, and its sentence takes about" in line for line in lines)


def test_a_film_of_recordings_has_their_times_and_is_made_anew_when_they_change(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recogniser, "is_installed", lambda: False)
    script, voice = tiny_film.PRODUCTION.script, HibariVoice()
    beats = ["opening.first", "opening.second", "ending.last"]
    said = {beat: speak(script.sentence(beat), voice, SpeechCache(tmp_path / "speech")) for beat in beats}
    for beat, speech in said.items():
        save(folder / f"{beat}.wav", speech.audio / np.float32(32768), 24_000)
    production = replace(tiny_film.PRODUCTION, voice=None, recordings=folder)
    plan = make_plan(production)
    assert plan.production.voice == "recorded"
    for beat, speech in said.items():
        assert plan.beats[beat].timing.speech == pytest.approx(speech.duration, abs=0.02)
    before = film_fingerprint(production)
    save(folder / "ending.last.wav", 0.5 * said["ending.last"].audio / np.float32(32768), 24_000)
    after = film_fingerprint(production)
    assert [part for part in after if after[part] != before[part]] == ["recordings"]
