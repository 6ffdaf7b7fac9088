"""The narration stands where its beats stand, as long as the picture, and is as loud as it should be."""

import io

import av
import numpy as np
import pytest
from meter import CEILING, LUFS, RATE, integrated, true_peak

from softmax_explained.errors import FilmError
from softmax_explained.studio.audio.mix import PRIMING, Clip, encoded_aac, narration_track
from softmax_explained.studio.speech.speech import Speech

VOICE = 24_000


def tone(seconds: float, level: float = 0.2) -> Speech:
    """A hum that swells and fades like syllables."""
    time = np.arange(int(seconds * VOICE)) / VOICE
    sound = level * np.sin(2 * np.pi * 220 * time) * np.abs(np.sin(2 * np.pi * 2 * time))
    return Speech(np.round(sound * 32767).astype(np.int16), VOICE, ((0.0, seconds),))


@pytest.mark.parametrize("frames", [61, 450, 451])
@pytest.mark.parametrize("rate", [15, 30, 60])
def test_the_track_is_exactly_as_long_as_the_picture(frames: int, rate: int) -> None:
    track = narration_track((Clip(0.1, tone(0.5)),), frames / rate)
    assert track.shape == (1, frames * RATE // rate)


def test_every_speech_stands_in_its_place() -> None:
    track = narration_track((Clip(0.35, tone(1)), Clip(3.0, tone(0.5))), 5.0)[0]
    heard = np.flatnonzero(np.abs(track) > 0.01) / RATE
    assert heard[0] == pytest.approx(0.35, abs=0.01)
    assert heard[-1] == pytest.approx(3.5, abs=0.01)
    assert not ((heard > 1.36) & (heard < 2.99)).any()


def test_speech_that_runs_into_the_next_is_an_error() -> None:
    with pytest.raises(FilmError, match="does not fit"):
        narration_track((Clip(0, tone(2)), Clip(1, tone(1))), 5)


def test_speech_past_the_end_is_an_error() -> None:
    with pytest.raises(FilmError, match=r"4\.50 s does not fit"):
        narration_track((Clip(4.5, tone(1)),), 5)


@pytest.mark.parametrize("level", [0.02, 0.9])
def test_what_is_decoded_is_as_loud_as_it_should_be(level: float) -> None:
    sound = encoded_aac(narration_track((Clip(0.35, tone(3, level)), Clip(4, tone(2, level))), 7.0))
    with av.open(io.BytesIO(sound)) as file:
        decoded = np.concatenate([frame.to_ndarray() for frame in file.decode(audio=0)], axis=1)
    assert integrated(decoded) == pytest.approx(LUFS, abs=1)
    assert true_peak(decoded) <= CEILING + 0.1


def test_the_sound_is_aac_lc_in_stereo_at_48_khz() -> None:
    sound = encoded_aac(narration_track((Clip(0.35, tone(3)),), 4.0))
    with av.open(io.BytesIO(sound)) as file:
        stream = file.streams.audio[0]
        assert (stream.codec_context.name, stream.profile) == ("aac", "LC")
        assert (stream.rate, stream.layout.name) == (48_000, "stereo")


def test_what_the_encoder_puts_before_the_sound_is_taken_off_its_front() -> None:
    track = narration_track((Clip(0.35, tone(3)),), 4.0)
    with av.open(io.BytesIO(encoded_aac(track))) as file:
        sizes = sum(1 for packet in file.demux(audio=0) if packet.size)
    assert 0 <= sizes * PRIMING - track.shape[1] < PRIMING  # a packet holds 1024 samples
