"""A beat is the same bytes whatever is drawn with it, and however long the beats before it take."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from softmax_explained.scenes.film import FILM
from softmax_explained.stage.narration.timing import BeatTiming
from softmax_explained.stage.scene.beat import Parts
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.production import Production
from softmax_explained.stage.scene.record import BeatRecord
from softmax_explained.studio.video.segment import PlayedBeat, draw, joined, play

PRODUCTION = Production(FILM, quality="draft")
SLOWER = 1.37


def slower(timing: BeatTiming) -> BeatTiming:
    marks = {mark: SLOWER * moment for mark, moment in timing.marks.items()}
    return replace(timing, speech=SLOWER * timing.speech, marks=marks)


def with_other_beats_slower(scene: type[Chapter], beat: str) -> Production:
    """The settings, with all beats of a chapter but one said more slowly."""
    timings = {
        f"{scene.name}.{other}": slower(PRODUCTION.timing(f"{scene.name}.{other}"))
        for other in scene.beats()
        if other != beat
    }
    return replace(PRODUCTION, timings=timings)


@pytest.mark.slow
@pytest.mark.parametrize("name", FILM.chapters)
def test_a_beat_drawn_by_itself_is_what_it_is_in_its_chapter(name: str, tmp_path: Path) -> None:
    scene, folders = FILM.chapter(name), [tmp_path / "together", tmp_path / "alone"]
    for folder in folders:
        folder.mkdir()
    together = draw(PRODUCTION, scene, folders[0])
    assert [each.first_beat for each in together] == [f"{name}.{beat}" for beat in scene.beats()]
    seen = tuple(PlayedBeat(*each.records, each.pictures, each.begins, each.ends) for each in together)
    assert None not in {each for beat in seen for each in (beat.pictures, beat.begins, beat.ends)}
    assert play(PRODUCTION, scene, scene.beats()) == seen
    assert [before.ends for before in seen[:-1]] == [beat.begins for beat in seen[1:]]
    assert len({beat.ends for beat in seen}) == len(seen)
    for beat in seen:  # what is read from the cache is written to the ledger with the same digits
        kept = json.loads(json.dumps(asdict(beat.record)))
        assert repr(TypeAdapter(BeatRecord).validate_python(kept)) == repr(beat.record)
    for number, beat in enumerate(scene.beats()):  # the bytes of every second one, the digests of all
        slower = with_other_beats_slower(scene, beat)
        assert play(slower, scene, [beat]) == (seen[number],), beat
        if number % 2:
            (alone,) = draw(slower, scene, folders[1], take=[beat])
            assert alone.path.read_bytes() == together[number].path.read_bytes(), beat
            assert (alone.frames, alone.records) == (together[number].frames, together[number].records)
    longest = max(together, key=lambda each: each.frames)
    beat = longest.first_beat.partition(".")[2]
    halves = [
        part
        for parts in (Parts(0, 1), Parts(1))
        for part in draw(PRODUCTION, scene, folders[1], take=[beat], parts=parts)
    ]
    assert joined(halves, tmp_path / "joined.mp4").path.read_bytes() == longest.path.read_bytes()
