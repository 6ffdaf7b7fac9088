"""A narration is mastered once; what is kept of it can be lost or damaged without any harm."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from softmax_explained.stage.scene.record import RequestedSound
from softmax_explained.studio.audio import mix_cache
from softmax_explained.studio.audio.mix import Clip
from softmax_explained.studio.audio.mix_cache import MixCache
from softmax_explained.studio.speech.speech import Speech


def tone(seconds: float, pitch: float = 220) -> Speech:
    time = np.arange(int(24_000 * seconds)) / 24_000
    audio = (9000 * np.sin(2 * np.pi * pitch * time) * np.hanning(len(time))).astype(np.int16)
    return Speech(audio, 24_000, ((0.0, seconds),))


CLIPS = (Clip(0.5, tone(2)), Clip(3.0, tone(1.5)))


@pytest.fixture
def mastered(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The lengths of the tracks that are mastered."""
    lengths: list[float] = []
    encode = mix_cache.encoded_aac

    def noted(track: np.ndarray, ticks: np.ndarray | None) -> bytes:
        lengths.append(track.shape[1] / 48_000)
        return encode(track, ticks)

    monkeypatch.setattr(mix_cache, "encoded_aac", noted)
    return lengths


def test_the_second_time_it_is_fetched(mastered: list[float], tmp_path: Path) -> None:
    first = MixCache(tmp_path).mastered(CLIPS, 5.0)
    assert MixCache(tmp_path).mastered(CLIPS, 5.0) == first
    assert mastered == [5.0]


OTHERS: dict[str, tuple[Any, ...]] = {
    "a longer film": (CLIPS, 5.5),
    "another moment": ((CLIPS[0], Clip(3.1, tone(1.5))), 5.0),
    "a tick": (CLIPS, 5.0, (RequestedSound("land", 1.0),)),
    "other words": ((CLIPS[0], Clip(3.0, tone(1.5, pitch=330))), 5.0),
}


@pytest.mark.parametrize("other", OTHERS)
def test_what_is_heard_otherwise_is_mastered_anew(other: str, mastered: list[float], tmp_path: Path) -> None:
    cache = MixCache(tmp_path)
    first = cache.mastered(CLIPS, 5.0)
    assert cache.mastered(*OTHERS[other]) != first
    assert len(mastered) == 2


DAMAGE: dict[str, Callable[[Path], object]] = {
    "half a track": lambda entry: (entry / "track.mp4").write_bytes((entry / "track.mp4").read_bytes()[:999]),
    "no track": lambda entry: (entry / "track.mp4").unlink(),
    "half a record": lambda entry: (entry / "record.json").write_text('{"sha'),
    "another record": lambda entry: (entry / "record.json").write_text("[]"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_is_damaged_is_made_again(damage: str, mastered: list[float], tmp_path: Path) -> None:
    cache = MixCache(tmp_path)
    first = cache.mastered(CLIPS, 5.0)
    (entry,) = tmp_path.iterdir()
    DAMAGE[damage](entry)
    assert cache.mastered(CLIPS, 5.0) == first
    assert len(mastered) == 2


def test_without_a_place_to_keep_it_it_is_made_all_the_same(mastered: list[float], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    elsewhere = MixCache(tmp_path / "elsewhere").mastered(CLIPS, 5.0)
    assert MixCache(tmp_path / "file" / "sound").mastered(CLIPS, 5.0) == elsewhere
