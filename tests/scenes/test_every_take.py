"""A beat is the same bytes whatever is drawn with it, and however long the beats before it take."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from softmax_explained.scenes.film import FILM
from softmax_explained.stage.narration.timing import BeatTiming
from softmax_explained.stage.scene.chapter import Chapter
from softmax_explained.stage.scene.production import Production
from softmax_explained.studio.video.segment import draw, survey

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
    for beat, usual in [*zip(scene.beats(), together, strict=True)][1::2]:
        (alone,) = draw(with_other_beats_slower(scene, beat), scene, folders[1], take=[beat])
        assert alone.path.read_bytes() == usual.path.read_bytes(), beat
        assert (alone.frames, alone.records) == (usual.frames, usual.records)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["loss", "paths", "descent"])
def test_beats_that_are_only_looked_at_have_the_digests_of_those_that_are_drawn(
    name: str, tmp_path: Path
) -> None:
    scene = FILM.chapter(name)
    drawn = draw(PRODUCTION, scene, tmp_path)
    seen = tuple((*each.records, each.pictures) for each in drawn)
    assert survey(PRODUCTION, scene, scene.beats()) == seen
    for number, beat in enumerate(scene.beats()):  # whatever was played before it
        assert survey(with_other_beats_slower(scene, beat), scene, [beat]) == (seen[number],)
    assert None not in {pictures for _, pictures in seen}
