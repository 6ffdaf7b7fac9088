"""The sound of chapters of the film itself, with its voice: as loud as asked for, and ticks far below it."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from pathlib import Path

import av
import numpy as np
import pytest
from meter import CEILING, LUFS, RATE, integrated, momentary_loudness, true_peak

from softmax_explained.scenes.film import FILM
from softmax_explained.stage import Production
from softmax_explained.stage.scene.dry_run import dry_run
from softmax_explained.stage.scene.record import SOUNDS, BeatRecord
from softmax_explained.studio.audio import mix
from softmax_explained.studio.audio.loudness import Samples
from softmax_explained.studio.audio.mix import PRIMING
from softmax_explained.studio.audio.mix_cache import MixCache
from softmax_explained.studio.output.make_film import audio
from softmax_explained.studio.planning.plan import Plan, make_plan

pytestmark = pytest.mark.slow  # it speaks two chapters

VERY_QUIET = -34.0  # LUFS: 20 LU below the voice
FRAME = 1024  # samples that AAC encodes together: one louder sample says nothing
SOON = 0.004  # seconds after which a tick is as loud as it gets


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(Production(FILM, chapters=("opening", "collapse"), quality="draft", voice="heart"))


@pytest.fixture(scope="module")
def beats(plan: Plan) -> tuple[BeatRecord, ...]:
    """As they are played in the film, one chapter after the other."""
    clock, records = 0.0, list[BeatRecord]()
    for chapter in plan.chapters:
        played = dry_run(chapter.scene, plan.production)
        records += [record.later(clock) for record in played.records]
        clock = records[-1].end
    return tuple(records)


@dataclass(frozen=True)
class Mixed:
    """The sound of a film, decoded again, and what the AAC encoder was given; from the start of the film."""

    decoded: Samples
    given: Samples


def mixed(plan: Plan, beats: tuple[BeatRecord, ...], folder: Path) -> Mixed:
    given = list[Samples]()
    encode = mix._encode

    def noted(track: Samples) -> bytes:
        given.append(track)
        return encode(track)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mix, "_encode", noted)
        file = audio(plan, beats, beats[-1].end, MixCache(folder))
    assert file is not None
    with av.open(io.BytesIO(file)) as container:
        sound = np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)
    before = (0, 0), (PRIMING, 0)  # so many samples come before it in the film
    return Mixed(np.pad(sound, before), np.pad(given[-1], before))


@pytest.fixture(scope="module")
def mixed_with_ticks(
    plan: Plan, beats: tuple[BeatRecord, ...], tmp_path_factory: pytest.TempPathFactory
) -> Mixed:
    return mixed(plan, beats, tmp_path_factory.mktemp("ticked"))


@pytest.fixture(scope="module")
def mixed_without(
    plan: Plan, beats: tuple[BeatRecord, ...], tmp_path_factory: pytest.TempPathFactory
) -> Mixed:
    without = replace(plan, production=replace(plan.production, sounds=False))
    return mixed(without, beats, tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module")
def ticked(mixed_with_ticks: Mixed) -> Samples:
    return mixed_with_ticks.decoded


@pytest.fixture(scope="module")
def plain(mixed_without: Mixed) -> Samples:
    return mixed_without.decoded


def level(sound: Samples) -> Samples:
    """The root mean square of each frame of one channel."""
    whole = sound[: len(sound) // FRAME * FRAME].reshape(-1, FRAME)
    return np.sqrt(np.mean(np.square(whole), axis=1))


def test_it_is_as_loud_as_platforms_play_it_and_does_not_clip(ticked: Samples, plain: Samples) -> None:
    for sound in (ticked, plain):
        assert integrated(sound) == pytest.approx(LUFS, abs=1)
        assert true_peak(sound) <= CEILING + 0.1


def test_ticks_are_very_quiet_beside_it(ticked: Samples, plain: Samples) -> None:
    assert ticked.shape == plain.shape
    assert -50 < momentary_loudness((ticked - plain)[:1]).max() <= VERY_QUIET


def test_every_tick_is_heard_on_its_move_and_nothing_else_is_added(
    ticked: Samples,
    plain: Samples,
    mixed_with_ticks: Mixed,
    mixed_without: Mixed,
    beats: tuple[BeatRecord, ...],
) -> None:
    sounds = [sound for beat in beats for sound in beat.sounds]
    assert {sound.kind for sound in sounds} == SOUNDS.keys()
    added = np.abs(ticked - plain)[0]
    expected = np.zeros(len(added), bool)
    softest = np.inf
    for sound in sounds:
        first = round(sound.start * RATE)
        expected[first - FRAME : first + RATE // 2] = True  # an AAC frame early, until it has decayed
        loudest = added[first : first + RATE // 20].max()
        assert loudest > 0.02
        assert added[first : first + round(SOON * RATE)].max() > loudest / 2
        softest = min(softest, level(added[first : first + FRAME]).max())
    given = np.abs(mixed_with_ticks.given - mixed_without.given)[0]
    assert given[expected[: len(given)]].max() > 0.02
    assert level(np.where(expected[: len(given)], 0, given)).max() < softest / 1000
    # What AAC rounds otherwise; anything that is heard lasts longer than one of its frames, which may be
    # encoded another way altogether.
    others = level(np.where(expected, 0, added))
    assert np.minimum(others[:-1], others[1:]).max() < softest / 8
